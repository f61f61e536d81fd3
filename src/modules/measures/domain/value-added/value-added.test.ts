import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { evaluate, gradientAt, layOut } from './deviance.ts'
import { fitModel, type Method } from './fit.ts'
import { rankEffects } from './ranks.ts'
import { type GroupSums, placeOf, type Scaled, triangle } from './sums.ts'

/** Sums of rows in memory, scaled as the reader of files does it. */
function sumsOf(
  rows: readonly { readonly g: string; readonly y: number; readonly x: readonly number[] }[],
  names: readonly string[],
  slopeAt?: number,
): GroupSums {
  const scale = (name: string, values: readonly number[]): Scaled => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return {
      name,
      mean,
      deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length),
    }
  }
  const columns = names.map((name, at) =>
    scale(
      name,
      rows.map((row) => row.x[at]!),
    ),
  )
  const outcome = scale(
    'y',
    rows.map((row) => row.y),
  )
  const groups = [...new Set(rows.map((row) => row.g))]
  const many = columns.length + 2
  const size = triangle(many)
  const n = new Float64Array(groups.length)
  const products = new Float64Array(groups.length * size)
  const of = (value: number, { mean, deviation }: Scaled) => (value - mean) / deviation
  for (const row of rows) {
    const at = groups.indexOf(row.g)
    n[at]! += 1
    const w = [1, ...row.x.map((value, place) => of(value, columns[place]!)), of(row.y, outcome)]
    for (let i = 0; i < many; i++)
      for (let j = i; j < many; j++) products[at * size + placeOf(i, j, many)]! += w[i]! * w[j]!
  }
  return {
    groups,
    n,
    fixed: [{ name: 'intercept', mean: 0, deviation: 1 }, ...columns],
    outcome,
    ...(slopeAt === undefined ? {} : { slope: { column: columns[slopeAt]!, at: slopeAt + 1 } }),
    columns: many,
    products,
  }
}

/** Twelve groups of 1 to 13, the same on every machine; R makes them by the same formula. */
const sizes = [1, 3, 5, 8, 13, 4, 6, 9, 2, 7, 10, 12]
const rows = sizes
  .flatMap((size, at) => Array.from({ length: size }, () => at + 1))
  .map((g, place) => {
    const i = place + 1
    const x = ((i * 37) % 41) / 10 - 2
    const kind = i % 3
    const y =
      50 +
      3 * x +
      4 * Math.sin(g * 1.7) +
      x * Math.cos(g * 2.3) +
      2 * Number(kind === 1) +
      3 * Math.sin(i * 12.9898) +
      2 * Math.cos(i * 78.233)
    return { g: String(g), y: Math.round(y * 1e4) / 1e4, x: [x, Number(kind === 1), Number(kind === 2)] }
  })
const plain = sumsOf(
  rows.map((row) => ({ ...row, x: row.x.slice(0, 1) })),
  ['x'],
)
const sloped = sumsOf(rows, ['x', 'k=b', 'k=c'], 0)

interface Known {
  readonly fixed: readonly number[]
  readonly se: readonly number[]
  readonly variance: readonly number[]
  readonly deviance: number
  /** Effect and its error of groups 5 and 1. */
  readonly effects: readonly number[]
}

/** lme4 1.1-31 in R 4.2.2, bobyqa to 1e-11. */
const known: readonly [string, GroupSums, Method, Known][] = [
  [
    'random intercept, ML',
    plain,
    'ml',
    {
      fixed: [51.301507079, 3.08593134382],
      se: [0.920768591703, 0.304494183799],
      variance: [8.37397735047, 8.07396852074],
      deviance: 417.187847846,
      effects: [1.95462251524, 0.760389139199, 1.3809927657, 2.02746601335],
    },
  ],
  [
    'random intercept, REML',
    plain,
    'reml',
    {
      fixed: [51.3057599267, 3.08628811041],
      se: [0.963284851132, 0.307427915676],
      variance: [9.29255684006, 8.1922804371],
      deviance: 416.002584776,
      effects: [1.96234950311, 0.76821486356, 1.4390179207, 2.08660008612],
    },
  ],
  [
    'random slope and a category, ML',
    sloped,
    'ml',
    {
      fixed: [50.5499484826, 3.29230649136, 2.16408527858, -0.076266511294],
      se: [1.01204078776, 0.425039848349, 0.680780473069, 0.672725651396],
      variance: [8.45698933546, 0.910253721105, -1.10444776638, 5.82568778756],
      deviance: 401.159094006,
      effects: [2.06407966324, 0.653557690889, 0.474596704941, 2.27312740232],
    },
  ],
  [
    'random slope and a category, REML',
    sloped,
    'reml',
    {
      fixed: [50.5547835373, 3.29827713262, 2.164607276, -0.0808558383401],
      se: [1.05583116235, 0.451974367041, 0.693298137381, 0.685093521756],
      variance: [9.31993118959, 1.09085919087, -1.24079235284, 6.03178463621],
      deviance: 397.483201089,
      effects: [2.06519128101, 0.667107935349, 0.471248917776, 2.38336455746],
    },
  ],
]

function near(value: number, other: number, digits = 6): void {
  const apart = Math.abs(value - other)
  expect(apart, `${value} is ${other}`).toBeLessThan(10 ** -digits * Math.max(1, Math.abs(other)))
}

describe('a two-level model agrees with lme4', () => {
  it.each(known)('%s', (_, sums, method, wanted) => {
    const fit = fitModel(sums, method)
    fit.fixed.forEach(({ estimate, se }, at) => {
      near(estimate, wanted.fixed[at]!)
      near(se, wanted.se[at]!)
    })
    const { group, residual } = fit.variance
    const variance =
      group.slope === undefined
        ? [group.intercept, residual]
        : [group.intercept, group.slope, group.covariance!, residual]
    for (const [at, value] of variance.entries()) near(value, wanted.variance[at]!, 5)
    near(fit.minus2LogLik, wanted.deviance, 9)
    const [five, one] = ['5', '1'].map((name) => fit.effects.find((effect) => effect.group === name)!)
    for (const [at, value] of [five!.intercept, five!.se, one!.intercept, one!.se].entries())
      near(value, wanted.effects[at]!, 5)
  })

  it.each(['ml', 'reml'] as const)('and climbs by a slope that is the deviance’s own, %s', (method) => {
    const laid = layOut(sloped)
    const theta = new Float64Array([0.9, -0.3, 0.4])
    const gradient = gradientAt(laid, theta, method, evaluate(laid, theta, method))
    theta.forEach((_, at) => {
      const [up, down] = [theta.slice(), theta.slice()]
      up[at]! += 1e-5
      down[at]! -= 1e-5
      const rise = (evaluate(laid, up, method).deviance - evaluate(laid, down, method).deviance) / 2e-5
      near(gradient[at]!, rise, 5)
    })
  })
})

describe('hard cases of the model', () => {
  it('groups that differ by nothing have a variance of 0, and effects of 0', () => {
    const flat = sumsOf(
      rows.map((row, at) => ({ ...row, g: String(at % 6), y: ((at * 7) % 13) + row.x[0]! })),
      ['x', 'k=b', 'k=c'],
    )
    const fit = fitModel(flat, 'reml')
    expect(fit.variance.group.intercept).toBe(0)
    expect(fit.effects.every(({ intercept }) => intercept === 0)).toBe(true)
    expect(fit.notes.join(' ')).toMatch(/no more than chance/)
  })

  it('a column that repeats another is left out and named, and nothing else changes', () => {
    const doubled = sumsOf(
      rows.map((row) => ({ ...row, x: [row.x[0]!, 2 * row.x[0]! + 7] })),
      ['x', 'twice'],
    )
    const fit = fitModel(doubled, 'ml')
    expect(fit.fixed.map(({ name }) => name)).toEqual(['intercept', 'x'])
    expect(fit.notes.join(' ')).toMatch(/^twice says nothing/)
    near(fit.fixed[1]!.estimate, 3.08593134382)
  })

  it('columns far from 0 fit as well as centred ones: years, not only scores', () => {
    const far = sumsOf(
      rows.map((row) => ({ ...row, x: [row.x[0]! + 2024] })),
      ['x'],
      0,
    )
    const close = sumsOf(
      rows.map((row) => ({ ...row, x: row.x.slice(0, 1) })),
      ['x'],
      0,
    )
    near(fitModel(far, 'ml').minus2LogLik, fitModel(close, 'ml').minus2LogLik, 9)
    near(fitModel(far, 'ml').fixed[1]!.estimate, fitModel(close, 'ml').fixed[1]!.estimate, 8)
  })

  it('a group of one is drawn most of the way to what is expected', () => {
    const fit = fitModel(plain, 'ml')
    const one = fit.effects.find(({ group }) => group === '1')!
    expect(one.n).toBe(1)
    expect(one.high - one.low).toBeGreaterThan(fit.effects.find(({ group }) => group === '5')!.se * 2 * 1.96)
  })
})

describe('ranks', () => {
  it('are certain where nothing overlaps, and share the middle where all do', () => {
    const apart = rankEffects([3, 1, 2].map((value) => ({ value, se: 0.01 })))
    expect(apart.map(({ rank }) => rank)).toEqual([1, 3, 2])
    expect(apart.map(({ expectedRank }) => Math.round(expectedRank))).toEqual([1, 3, 2])
    expect(apart[0]!.rankHigh).toBeCloseTo(1, 6)
    const alike = rankEffects([0.01, 0, -0.01, 0.02, 0].map((value) => ({ value, se: 5 })))
    for (const { expectedRank, rankLow, rankHigh } of alike) {
      expect(expectedRank).toBeCloseTo(3, 1)
      expect([rankLow, rankHigh]).toEqual([1, 5])
    }
  })
})

const shared = join(import.meta.dirname, '../../../../../../shared/data/exam-london')

describe('London schools, 4,059 pupils', () => {
  const cells = (line: string) =>
    [...line.matchAll(/"([^"]*)"|([^,]+)/g)].map(([, quoted, bare]) => quoted ?? bare!)
  const table = (name: string) => {
    const [head, ...lines] = readFileSync(join(shared, name), 'utf8').trim().split('\n').map(cells)
    return lines.map((line) => Object.fromEntries(line.map((cell, at) => [head![at]!, cell])))
  }

  it('all 65 effects, errors, intervals and ranks are those of lme4, and so is every parameter', ({
    skip,
  }) => {
    if (!existsSync(shared)) skip('The shared data are not on this machine.')
    const pupils = table('exam.csv').map((row) => ({
      g: row.school!,
      y: Number(row.normexam),
      x: [Number(row.standLRT)],
    }))
    const models = table('expected_model_results.csv')
    const value = (model: string, parameter: string) =>
      Number(models.find((row) => row.model === model && row.parameter === parameter)!.value)
    for (const [model, slope, method] of [
      ['exam_ri_ML', undefined, 'ml'],
      ['exam_ri_REML', undefined, 'reml'],
      ['exam_rs_ML', 0, 'ml'],
      ['exam_rs_REML', 0, 'reml'],
    ] as const) {
      const fit = fitModel(sumsOf(pupils, ['standLRT'], slope), method)
      near(fit.fixed[0]!.estimate, value(model, 'fixed:(Intercept)'))
      near(fit.fixed[1]!.estimate, value(model, 'fixed:standLRT'))
      near(fit.fixed[1]!.se, value(model, 'se:standLRT'))
      near(fit.variance.group.intercept, value(model, 'var:school:(Intercept)'))
      near(fit.variance.residual, value(model, 'var:Residual:residual'))
      near(fit.minus2LogLik, value(model, 'minus2logLik'), 9)
      if (slope !== undefined) {
        near(fit.variance.group.slope!, value(model, 'var:school:standLRT'))
        near(fit.variance.group.covariance!, value(model, 'cov:school:(Intercept),standLRT'))
      }
    }
    const fit = fitModel(sumsOf(pupils, ['standLRT']), 'ml')
    const wanted = table('expected_school_value_added_ri_ML.csv')
    expect(wanted).toHaveLength(65)
    for (const row of wanted) {
      const effect = fit.effects.find(({ group }) => group === row.school)!
      near(effect.intercept, Number(row.blup), 5)
      near(effect.se, Number(row.comparative_se), 5)
      near(effect.low, Number(row.ci95_low), 5)
      near(effect.compareHigh, Number(row.goldstein_healy_high), 5)
      expect(effect.rank).toBe(Number(row.rank))
    }
    const both = fitModel(sumsOf(pupils, ['standLRT'], 0), 'ml')
    for (const row of table('expected_blups_rs_ML.csv')) {
      const effect = both.effects.find(({ group }) => group === row.grp)!
      near(row.term === 'standLRT' ? effect.slope! : effect.intercept, Number(row.condval), 5)
      near(row.term === 'standLRT' ? effect.slopeSe! : effect.se, Number(row.condsd), 5)
    }
  })
})
