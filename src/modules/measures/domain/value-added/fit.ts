import {
  type Evaluated,
  evaluate,
  gradientAt,
  type Laid,
  lambdaOf,
  layOut,
  type Method,
  shrinkOf,
} from './deviance.ts'
import { cholesky, inverseOf } from './matrix.ts'
import { minimise } from './minimise.ts'
import { type Ranked, rankEffects } from './ranks.ts'
import { type GroupSums, placeOf, type Scaled, triangle } from './sums.ts'

/** Goldstein and Healy (1995): two such intervals that do not overlap differ at about the 5% level. */
const comparing = 1.39
const z95 = 1.96

export interface Effect extends Ranked {
  readonly group: string
  readonly n: number
  /** Shrunken distance from what is expected, in the outcome's unit, where every other column is 0. */
  readonly intercept: number
  /** Comparative standard error: of the effect, given the model. */
  readonly se: number
  /** 95% interval. */
  readonly low: number
  readonly high: number
  /** Goldstein and Healy's interval, for comparing two groups by eye. */
  readonly compareLow: number
  readonly compareHigh: number
  /** How far this group's slope is from the common one. */
  readonly slope?: number
  readonly slopeSe?: number
}

export interface ModelFit {
  readonly method: Method
  readonly n: number
  readonly fixed: readonly { readonly name: string; readonly estimate: number; readonly se: number }[]
  readonly variance: {
    readonly group: { readonly intercept: number; readonly slope?: number; readonly covariance?: number }
    readonly residual: number
  }
  /** Share of the variance, beyond what the fixed effects explain, that lies between groups. */
  readonly between: number
  readonly logLik: number
  readonly minus2LogLik: number
  readonly effects: readonly Effect[]
  /** What had to be left out or could not be told, a sentence each. */
  readonly notes: readonly string[]
}

/** Takes out columns that are combinations of those before them. */
export function withoutAliased(sums: GroupSums): { sums: GroupSums; aliased: string[] } {
  const { columns } = sums
  const p = sums.fixed.length
  const size = triangle(columns)
  const total = (one: number, other: number) => {
    let sum = 0
    for (let group = 0; group < sums.groups.length; group++)
      sum += sums.products[group * size + placeOf(one, other, columns)]!
    return sum
  }
  const kept: number[] = []
  const aliased: string[] = []
  for (let column = 0; column < p; column++) {
    const tried = [...kept, column]
    const xx = new Float64Array(tried.length ** 2)
    tried.forEach((one, row) => {
      tried.forEach((other, at) => {
        xx[row * tried.length + at] = total(one, other)
      })
    })
    if ('aliased' in cholesky(xx, tried.length, 1e-9)) aliased.push(sums.fixed[column]!.name)
    else kept.push(column)
  }
  if (aliased.length === 0) return { sums, aliased }
  const slopeOut = sums.slope && sums.slope.at < p && !kept.includes(sums.slope.at)
  const rest = Array.from({ length: columns - p }, (_, at) => p + at)
  const order = [...kept, ...(slopeOut ? [sums.slope!.at] : []), ...rest]
  const products = new Float64Array(sums.groups.length * triangle(order.length))
  for (let group = 0; group < sums.groups.length; group++)
    order.forEach((one, row) => {
      for (let column = row; column < order.length; column++)
        products[group * triangle(order.length) + placeOf(row, column, order.length)] =
          sums.products[group * size + placeOf(one, order[column]!, columns)]!
    })
  return {
    sums: {
      ...sums,
      fixed: kept.map((column) => sums.fixed[column]!),
      ...(sums.slope ? { slope: { ...sums.slope, at: order.indexOf(sums.slope.at) } } : {}),
      columns: order.length,
      products,
    },
    aliased,
  }
}

const starts = [0, 0.03, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 8]

/** The best θ, from the best of several starts. A boundary (no variance) is θ = 0: the deviance is even in it. */
function bestTheta(laid: Laid, method: Method) {
  const downhill = {
    value: (theta: Float64Array) => evaluate(laid, theta, method).deviance,
    gradient: (theta: Float64Array) => gradientAt(laid, theta, method, evaluate(laid, theta, method)),
  }
  const alone = laid.k === 1 ? laid : withoutSlope(laid)
  const start = starts
    .map((theta) => ({ theta, value: evaluate(alone, new Float64Array([theta]), method).deviance }))
    .toSorted((a, b) => a.value - b.value)[0]!
  if (laid.k === 1) return minimise(downhill, new Float64Array([start.theta === 0 ? 0.01 : start.theta]))
  const tried = [0.05, 0.2, 0.7].flatMap((slope) =>
    [-0.5, 0, 0.5].map((lean) => {
      const spread = (start.theta || 0.05) * slope
      const theta = new Float64Array([start.theta || 0.05, lean * spread, spread])
      return { theta, value: downhill.value(theta) }
    }),
  )
  return tried
    .toSorted((a, b) => a.value - b.value)
    .slice(0, 2)
    .map(({ theta }) => minimise(downhill, theta))
    .toSorted((a, b) => a.value - b.value)[0]!
}

function withoutSlope(laid: Laid): Laid {
  const { groups, p } = laid
  const [zz, zx, zy] = [new Float64Array(groups), new Float64Array(groups * p), new Float64Array(groups)]
  for (let group = 0; group < groups; group++) {
    zz[group] = laid.zz[group * 4]!
    zy[group] = laid.zy[group * 2]!
    zx.set(laid.zx.subarray(group * 2 * p, group * 2 * p + p), group * p)
  }
  return { ...laid, k: 1, zz, zx, zy }
}

/**
 * Fits a two-level linear model (pupils in groups) by maximum likelihood or REML: random intercept, and where the sums hold
 * one a random slope, with a free covariance. Works on the groups' sums alone. Agrees with R's `lme4::lmer`.
 */
export function fitModel(given: GroupSums, method: Method): ModelFit {
  const { sums, aliased } = withoutAliased(given)
  const laid = layOut(sums)
  const found = bestTheta(laid, method)
  const theta = found.at.map((part, place) => (place === 1 ? part : Math.abs(part)))
  if (theta.length === 3) {
    theta[1] = found.at[0]! < 0 ? -found.at[1]! : found.at[1]!
    if (theta[2]! < 1e-5 * Math.max(1e-3, Math.abs(theta[1]!))) theta[2] = 0
  }
  if (theta[0]! < 1e-6) theta[0] = 0
  const at = evaluate(laid, theta, method)
  const freedom = method === 'ml' ? laid.n : laid.n - laid.p
  const residual = at.residual / freedom
  const unscaled = unscale(sums, laid, theta, at, residual)
  const scaleLog = Math.log(sums.outcome.deviation)
  const minus2LogLik =
    at.deviance +
    2 * freedom * scaleLog +
    (method === 'ml' ? 0 : 2 * sums.fixed.reduce((sum, { deviation }) => sum + Math.log(deviation), 0))
  const effects = effectsOf(sums, laid, theta, at, residual)
  const { group } = unscaled.variance
  const notes = [
    ...aliased.map(
      (name) => `${name} says nothing that the columns before it do not say together; it was left out.`,
    ),
    ...(group.intercept === 0 && !group.slope
      ? ['The groups differ by no more than chance would have it: the variance between them is 0.']
      : []),
    ...(theta.length === 3 && theta[2] === 0
      ? ['The slopes differ by no more than their groups’ levels tell already (a singular fit).']
      : []),
    ...(found.settled ? [] : ['The search for the best fit had not settled when it was stopped.']),
  ]
  return {
    method,
    n: laid.n,
    ...unscaled,
    logLik: -minus2LogLik / 2,
    minus2LogLik,
    effects,
    notes,
  }
}

/** Estimates in the columns' own units. */
function unscale(
  sums: GroupSums,
  laid: Laid,
  theta: Float64Array,
  { beta, factor }: Evaluated,
  residual: number,
): Pick<ModelFit, 'fixed' | 'variance' | 'between'> {
  const { p } = laid
  const y = sums.outcome.deviation
  const covariance = inverseOf(factor, p)
  /** Row of the change of units: the intercept takes off every column's mean. */
  const weights = (row: number) =>
    row === 0
      ? sums.fixed.map((column, at) => (at === 0 ? 1 : -column.mean / column.deviation))
      : sums.fixed.map((column, at) => (at === row ? 1 / column.deviation : 0))
  const fixed = sums.fixed.map(({ name }, row) => {
    const weight = weights(row)
    let estimate = row === 0 ? sums.outcome.mean : 0
    let variance = 0
    for (let i = 0; i < p; i++) {
      estimate += y * weight[i]! * beta[i]!
      for (let j = 0; j < p; j++) variance += weight[i]! * weight[j]! * covariance[i * p + j]!
    }
    return { name, estimate, se: y * Math.sqrt(variance * residual) }
  })
  const lambda = lambdaOf(theta)
  if (laid.k === 1) {
    const intercept = y * y * residual * lambda[0]! ** 2
    return {
      fixed,
      variance: { group: { intercept }, residual: y * y * residual },
      between: intercept / (intercept + y * y * residual),
    }
  }
  const [v11, v12, v22] = [lambda[0]! ** 2, lambda[0]! * lambda[2]!, lambda[2]! ** 2 + lambda[3]! ** 2]
  const { mean, deviation } = sums.slope!.column
  const shift = mean / deviation
  const scale = y * y * residual
  const centred = scale * v11
  return {
    fixed,
    variance: {
      group: {
        intercept: scale * (v11 - 2 * shift * v12 + shift * shift * v22),
        slope: (scale * v22) / deviation ** 2,
        covariance: (scale * (v12 - shift * v22)) / deviation,
      },
      residual: scale,
    },
    between: centred / (centred + scale),
  }
}

function effectsOf(
  sums: GroupSums,
  laid: Laid,
  theta: Float64Array,
  { beta }: Evaluated,
  residual: number,
): Effect[] {
  const { k, p } = laid
  const y = sums.outcome.deviation
  const lambda = lambdaOf(theta)
  const inverse = new Float64Array(k * k)
  const found = sums.groups.map((group, at) => {
    shrinkOf(laid, lambda, at, inverse)
    const rz = Array.from({ length: k }, (_, row) => {
      let sum = laid.zy[at * k + row]!
      for (let column = 0; column < p; column++) sum -= laid.zx[(at * k + row) * p + column]! * beta[column]!
      return sum
    })
    if (k === 1) {
      const shrunk = lambda[0]! ** 2 * inverse[0]!
      return { group, n: sums.n[at]!, intercept: y * shrunk * rz[0]!, se: y * Math.sqrt(residual * shrunk) }
    }
    // Λ M⁻¹ Λ': what the group's own residuals are turned into effects by, and in units of the residual variance their covariance.
    const [t11, t21, t22] = [lambda[0]!, lambda[2]!, lambda[3]!]
    const [i11, i12, i22] = [inverse[0]!, inverse[1]!, inverse[3]!]
    const w11 = t11 * i11 * t11
    const w12 = t11 * (i11 * t21 + i12 * t22)
    const w22 = t21 * (i11 * t21 + i12 * t22) + t22 * (i12 * t21 + i22 * t22)
    const b1 = w11 * rz[0]! + w12 * rz[1]!
    const b2 = w12 * rz[0]! + w22 * rz[1]!
    const { mean, deviation } = sums.slope!.column
    const shift = mean / deviation
    return {
      group,
      n: sums.n[at]!,
      intercept: y * (b1 - shift * b2),
      se: y * Math.sqrt(residual * Math.max(0, w11 - 2 * shift * w12 + shift * shift * w22)),
      slope: (y * b2) / deviation,
      slopeSe: (y * Math.sqrt(residual * Math.max(0, w22))) / deviation,
    }
  })
  const ranked = rankEffects(found.map(({ intercept, se }) => ({ value: intercept, se })))
  return found.map((effect, at) => ({
    ...effect,
    low: effect.intercept - z95 * effect.se,
    high: effect.intercept + z95 * effect.se,
    compareLow: effect.intercept - comparing * effect.se,
    compareHigh: effect.intercept + comparing * effect.se,
    ...ranked[at]!,
  }))
}

export type { Method, Scaled }
