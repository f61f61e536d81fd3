/**
 * Value added of a million made-up pupils in 5,000 schools against R's lme4, where R is on the machine: the fit alone, each with its data
 * in memory. Prints both answers, so that the figures can be seen to agree, and the ratio.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fitModel } from '../src/modules/measures/domain/value-added/fit.ts'
import { sumsOfFile } from '../src/modules/measures/files/sums-of-file.ts'
import { openDuck } from '../src/platform/lake/duck.ts'
import { root } from './scale.ts'

const rows = Number(process.argv[2] ?? 1_000_000)
const schools = Math.max(2, Math.round(rows / 200))
const folder = join(root, 'out', 'value-added')
mkdirSync(folder, { recursive: true })
const file = join(folder, 'pupils.csv')
const duck = await openDuck({ spill: folder, memory: '4GB' })
const bench = await duck.workbench()

try {
  await bench.run(`copy (
    with school as (select range as school, 0.3 * sqrt(-2 * ln(random() + 1e-12)) * cos(6.283185307 * random()) as u from range(${schools})),
      pupil as (select range % ${schools} as school, sqrt(-2 * ln(random() + 1e-12)) * cos(6.283185307 * random()) as prior,
        0.75 * sqrt(-2 * ln(random() + 1e-12)) * cos(6.283185307 * random()) as e from range(${rows}))
    select school, round(prior, 5) as prior, round(0.1 + 0.55 * prior + u + e, 5) as score from pupil join school using (school)
  ) to '${file}' (header)`)
  const ask = { outcome: 'score', predictors: ['prior'], group: 'school', categorical: [], baseline: {} }
  const from = performance.now()
  const { sums } = await sumsOfFile(bench, file, ask)
  const read = performance.now() - from
  const fits = Array.from({ length: 5 }, () => {
    const start = performance.now()
    const fit = fitModel(sums, 'reml')
    return { ms: performance.now() - start, fit }
  }).sort((a, b) => a.ms - b.ms)
  const { ms, fit } = fits[2]!
  const say = (values: readonly number[]) => values.map((value) => value.toPrecision(7)).join('  ')
  console.log(`${rows.toLocaleString('en-GB')} pupils in ${schools.toLocaleString('en-GB')} schools, REML`)
  console.log(
    `ours  ${say([fit.fixed[0]!.estimate, fit.fixed[1]!.estimate, fit.variance.group.intercept, fit.variance.residual])}   fit ${ms.toFixed(0)} ms, file read and summed ${read.toFixed(0)} ms`,
  )
  const script = join(folder, 'fit.R')
  writeFileSync(
    script,
    `suppressMessages(library(lme4)); d <- read.csv("${file}"); t <- proc.time()[3]
     m <- lmer(score ~ prior + (1 | school), d); t <- proc.time()[3] - t
     cat(t, fixef(m), as.data.frame(VarCorr(m))[, 4], sep = " ")`,
  )
  const { status, stdout } = spawnSync('Rscript', [script], { encoding: 'utf8' })
  if (status !== 0) console.log('R with lme4 is not on this machine: no comparison.')
  else {
    const [seconds, ...figures] = stdout.trim().split(/\s+/).map(Number)
    console.log(`lme4  ${say(figures)}   fit ${(seconds! * 1000).toFixed(0)} ms`)
    console.log(
      `ratio of the fits lme4 / ours: ${((seconds! * 1000) / ms).toFixed(0)} (to hold: 50); with our reading of the file: ${((seconds! * 1000) / (ms + read)).toFixed(1)}`,
    )
  }
} finally {
  bench.close()
  duck.close()
  rmSync(folder, { recursive: true, force: true })
}
