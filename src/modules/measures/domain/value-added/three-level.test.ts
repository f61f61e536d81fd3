import { describe, expect, it } from 'vitest'
import { sumsOfRows } from './sums-of-rows.ts'
import { fitThreeLevel, type Nesting } from './three-level.ts'

/** Ten schools of two to four classes, the same on every machine; R makes them by the same formula. */
function rows(between = 1) {
  const made: { school: number; class: number; x: number; y: number }[] = []
  for (let s = 1; s <= 10; s++)
    for (let c = 1; c <= 2 + (s % 3); c++)
      for (let k = 1; k <= 4 + ((s * 7 + c * 3) % 6); k++) {
        const i = made.length + 1
        const x = 1.3 * Math.sin(1.7 * i)
        const level = between * (0.5 * Math.sin(2.3 * s) + 0.4 * Math.cos(1.1 * s + 2.9 * c))
        made.push({
          school: s,
          class: c,
          x,
          y: 2 + 0.6 * x + level + 0.8 * Math.sin(12.9898 * i) * Math.cos(7.8233 * i),
        })
      }
  return made
}

function fitted(method: 'ml' | 'reml', between?: number) {
  const all = rows(between)
  const classes = [...new Set(all.map((row) => `${row.school}/${row.class}`))]
  const nesting: Nesting = {
    owners: [...new Set(all.map(({ school }) => String(school)))],
    ownerOf: classes.map((name) => Number(name.split('/')[0]) - 1),
    names: classes.map((name) => name.split('/')[1]!),
  }
  const sums = sumsOfRows(
    {
      outcome: Float64Array.from(all, ({ y }) => y),
      predictors: [{ name: 'x', values: Float64Array.from(all, ({ x }) => x) }],
    },
    {
      name: 'class',
      levels: classes,
      codes: Int32Array.from(all, (row) => classes.indexOf(`${row.school}/${row.class}`)),
    },
  )
  return fitThreeLevel(sums, nesting, method)
}

/** lme4 1.1-31 in R 4.2.2: lmer(y ~ x + (1 | s/c), d, REML = …), ranef(m, condVar = TRUE). */
describe('pupils in classes in schools agree with lme4', () => {
  it.each([
    [
      'ml' as const,
      [1.95023994322, 0.601926355211, 0.107003269185, 0.0330442255593],
      [0.0885052532441, 0.0437033172642, 0.182914850495],
      272.414583674,
      [0.232028754469, -0.341897358447, 0.244470694353],
      0.136336985463,
      [-0.0819236561176, 0.2695405967764, -0.0730426538308],
      0.151732661484,
    ],
    [
      'reml' as const,
      [1.95221809793, 0.601927917264, 0.112958638623, 0.033130884359],
      [0.101434456553, 0.043855114129, 0.183876038717],
      279.972589994,
      [0.236600129471, -0.350613296677, 0.25266534431],
      0.138431360942,
      [-0.086171145553, 0.2657603799957, -0.0772953391186],
      0.152743123769,
    ],
  ])('%s', (method, fixed, variance, deviance, schools, schoolSe, classes, classSe) => {
    const fit = fitted(method)
    expect(fit.n).toBe(201)
    const [one, two] = fit.fixed
    for (const [at, found] of [one!.estimate, two!.estimate, one!.se, two!.se].entries())
      expect(found).toBeCloseTo(fixed[at]!, 6)
    expect(fit.variance.group.intercept).toBeCloseTo(variance[0]!, 5)
    expect(fit.variance.nested.intercept).toBeCloseTo(variance[1]!, 5)
    expect(fit.variance.residual).toBeCloseTo(variance[2]!, 5)
    expect(fit.minus2LogLik).toBeCloseTo(deviance, 6)
    for (const [at, effect] of schools.entries()) expect(fit.effects[at]!.intercept).toBeCloseTo(effect, 5)
    expect(fit.effects[0]!.se).toBeCloseTo(schoolSe, 5)
    for (const [at, effect] of classes.entries())
      expect(fit.nestedEffects[at]!.intercept).toBeCloseTo(effect, 5)
    expect(fit.nestedEffects[0]!.se).toBeCloseTo(classSe, 5)
    expect(fit.nestedEffects[0]).toMatchObject({ group: '1', within: '1' })
  })

  it('says so where neither schools nor classes differ by more than chance', () => {
    const fit = fitted('ml', 0)
    expect(fit.variance.nested.intercept).toBe(0)
    expect(fit.variance.group.intercept).toBe(0)
    expect(fit.notes).toHaveLength(2)
    expect(fit.effects.every(({ intercept }) => intercept === 0)).toBe(true)
  })
})
