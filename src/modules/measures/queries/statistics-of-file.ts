import { Refusal } from '../../../kernel/refusal.ts'
import type { Duck } from '../../../platform/lake/duck.ts'
import { type Funnel, funnel, type Kind } from '../domain/funnel/funnel.ts'
import type { Overdispersion } from '../domain/funnel/spread.ts'
import { fewestPupils } from '../domain/scan/adder.ts'
import { type Finding, type Scan, scan } from '../domain/scan/scan.ts'
import { sentenceOf } from '../domain/scan/sentence.ts'
import { fitModel, type Method, type ModelFit } from '../domain/value-added/fit.ts'
import { fitThreeLevel, type ThreeLevelFit } from '../domain/value-added/three-level.ts'
import { type CountsAsk, countsOfFile } from '../files/counts-of-file.ts'
import { resultsOfFile, type ScanAsk } from '../files/results-of-file.ts'
import { type ModelAsk, sumsOfFile } from '../files/sums-of-file.ts'

/** Value added from any file with a heading: no trust, no viewer, nothing kept. @throws Refusal */
export async function valueAddedOfFile(
  duck: Duck,
  file: string,
  ask: ModelAsk & { readonly method: Method },
): Promise<ModelFit & { readonly dropped: number }> {
  const bench = await duck.workbench()
  try {
    const { sums, dropped } = await sumsOfFile(bench, file, ask)
    return { ...fitModel(sums, ask.method), dropped }
  } finally {
    bench.close()
  }
}

/** The same of pupils in classes (`nested`) in schools (`group`). @throws Refusal */
export async function threeLevelOfFile(
  duck: Duck,
  file: string,
  ask: ModelAsk & { readonly nested: string; readonly method: Method },
): Promise<ThreeLevelFit & { readonly dropped: number }> {
  if (ask.slope)
    throw new Refusal('With groups in groups (--nested) the lines run side by side: leave out --slope.')
  const bench = await duck.workbench()
  try {
    const { sums, nesting, dropped } = await sumsOfFile(bench, file, ask)
    return { ...fitThreeLevel(sums, nesting!, ask.method), dropped }
  } finally {
    bench.close()
  }
}

/** A funnel plot’s numbers from any file with a heading. @throws Refusal */
export async function funnelOfFile(
  duck: Duck,
  file: string,
  ask: CountsAsk & {
    readonly kind?: Kind
    readonly overdispersion: Overdispersion
    readonly limits?: 'normal' | 'exact'
  },
): Promise<Funnel & { readonly dropped: number }> {
  const bench = await duck.workbench()
  try {
    const { units, dropped } = await countsOfFile(bench, file, ask)
    return { ...funnel(units, ask), dropped }
  } finally {
    bench.close()
  }
}

/** What stands out in any file of results, each finding in words. @throws Refusal */
export async function scanOfFile(
  duck: Duck,
  file: string,
  ask: ScanAsk & { readonly fdr: number },
): Promise<
  Omit<Scan, 'findings'> & {
    readonly findings: readonly (Finding & { readonly sentence: string })[]
    readonly dropped: number
  }
> {
  if (!(ask.fdr > 0 && ask.fdr < 1))
    throw new Refusal('A false-discovery rate is a share between 0 and 1, such as 0.05.')
  const bench = await duck.workbench()
  try {
    const { rows, dropped } = await resultsOfFile(bench, file, ask)
    const found = scan(rows, ask)
    if (found.tested === 0)
      throw new Refusal(
        `No place or group has at least ${fewestPupils} pupils with similar pupils elsewhere to hold them against.`,
      )
    return {
      ...found,
      findings: found.findings.map((finding) => ({ ...finding, sentence: sentenceOf(finding) })),
      dropped,
    }
  } finally {
    bench.close()
  }
}
