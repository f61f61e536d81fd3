import type { Duck } from '../../../platform/lake/duck.ts'
import { type Funnel, funnel, type Kind } from '../domain/funnel/funnel.ts'
import type { Overdispersion } from '../domain/funnel/spread.ts'
import { fitModel, type Method, type ModelFit } from '../domain/value-added/fit.ts'
import { type CountsAsk, countsOfFile } from '../files/counts-of-file.ts'
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
