import type { Method } from './deviance.ts'
import { withoutAliased } from './fit.ts'
import { backward, cholesky, forward, inverseOf, logDeterminant } from './matrix.ts'
import { minimise } from './minimise.ts'
import { type GroupSums, placeOf, triangle } from './sums.ts'

/** A school or a class with its shrunken effect, in the outcome's unit, comparative standard error and 95% interval. */
export interface LevelEffect {
  readonly group: string
  readonly n: number
  readonly intercept: number
  readonly se: number
  readonly low: number
  readonly high: number
}

export interface ThreeLevelFit {
  readonly method: Method
  readonly n: number
  readonly fixed: readonly { readonly name: string; readonly estimate: number; readonly se: number }[]
  readonly variance: {
    readonly group: { readonly intercept: number }
    readonly nested: { readonly intercept: number }
    readonly residual: number
  }
  readonly logLik: number
  readonly minus2LogLik: number
  readonly effects: readonly LevelEffect[]
  /** Of the classes, each beyond its school's. */
  readonly nestedEffects: readonly (LevelEffect & { readonly within: string })[]
  readonly notes: readonly string[]
}

/** Classes as groups of the sums, each with the place of its school among `owners`. */
export interface Nesting {
  readonly owners: readonly string[]
  readonly ownerOf: readonly number[]
  readonly names: readonly string[]
}

interface At {
  readonly deviance: number
  readonly beta: Float64Array
  readonly factor: Float64Array
  /** Variance of the residual, scaled. */
  readonly residual: number
}

/**
 * Everything of the classes that the likelihood needs. With a = τ²class / σ², a class of n pupils has the precision
 * I − a/(1 + na) 11' (Woodbury), so that its sums are enough; the school's b = τ²school / σ² takes off one more product of the sums
 * of its classes' 1/(1 + na).
 */
class Levels {
  readonly #sums: GroupSums
  readonly #nesting: Nesting
  readonly #method: Method
  readonly p: number
  readonly n: number

  constructor(sums: GroupSums, nesting: Nesting, method: Method) {
    this.#sums = sums
    this.#nesting = nesting
    this.#method = method
    this.p = sums.fixed.length
    this.n = sums.n.reduce((total, one) => total + one, 0)
  }

  /** A product of two columns in a class; the outcome is column `p`. */
  product(group: number, one: number, other: number): number {
    const { columns, products } = this.#sums
    return products[group * triangle(columns) + placeOf(one, other, columns)]!
  }

  /** By school: 1'A⁻¹1, and 1'A⁻¹ of each column and the outcome. */
  ofOwners(a: number): { weight: Float64Array; sums: Float64Array } {
    const { p } = this
    const weight = new Float64Array(this.#nesting.owners.length)
    const sums = new Float64Array(weight.length * (p + 1))
    for (const [group, owner] of this.#nesting.ownerOf.entries()) {
      const n = this.#sums.n[group]!
      weight[owner]! += n / (1 + n * a)
      for (let i = 0; i <= p; i++) sums[owner * (p + 1) + i]! += this.product(group, 0, i) / (1 + n * a)
    }
    return { weight, sums }
  }

  evaluate(theta: Float64Array): At {
    const { p } = this
    const [a, b] = [theta[0]! ** 2, theta[1]! ** 2]
    const width = p + 1
    const v = new Float64Array(width * width)
    let logs = 0
    for (let group = 0; group < this.#sums.n.length; group++) {
      const n = this.#sums.n[group]!
      const k = a / (1 + n * a)
      logs += Math.log1p(n * a)
      for (let i = 0; i < width; i++)
        for (let j = 0; j <= i; j++)
          v[i * width + j]! +=
            this.product(group, i, j) - k * this.product(group, 0, i) * this.product(group, 0, j)
    }
    const { weight, sums } = this.ofOwners(a)
    for (let owner = 0; owner < weight.length; owner++) {
      const q = b / (1 + b * weight[owner]!)
      logs += Math.log1p(b * weight[owner]!)
      for (let i = 0; i < width; i++)
        for (let j = 0; j <= i; j++)
          v[i * width + j]! -= q * sums[owner * width + i]! * sums[owner * width + j]!
    }
    const xx = new Float64Array(p * p)
    for (let i = 0; i < p; i++) for (let j = 0; j <= i; j++) xx[i * p + j] = xx[j * p + i] = v[i * width + j]!
    const factor = cholesky(xx, p) as Float64Array
    const xy = v.slice(p * width, p * width + p)
    const beta = backward(factor, p, forward(factor, p, xy.slice()))
    let rest = v[p * width + p]!
    for (let i = 0; i < p; i++) rest -= beta[i]! * xy[i]!
    const freedom = this.#method === 'ml' ? this.n : this.n - p
    const residual = rest / freedom
    const deviance =
      freedom * (Math.log(2 * Math.PI * residual) + 1) +
      logs +
      (this.#method === 'ml' ? 0 : logDeterminant(factor, p))
    return { deviance, beta, factor, residual }
  }
}

const reach = 1e-4

/**
 * Fits a three-level linear model (pupils in classes in schools) with a random intercept of each, by maximum likelihood or REML, on the
 * sums of the classes alone. Agrees with R's `lme4::lmer(y ~ x + (1 | school/class))`.
 */
export function fitThreeLevel(given: GroupSums, nesting: Nesting, method: Method): ThreeLevelFit {
  const { sums, aliased } = withoutAliased(given)
  const levels = new Levels(sums, nesting, method)
  const { p, n } = levels
  const value = (theta: Float64Array) => levels.evaluate(theta).deviance
  const gradient = (theta: Float64Array) =>
    theta.map((_, at) => {
      const step = (by: number) => value(theta.map((one, place) => (place === at ? one + by : one)))
      return (8 * (step(reach) - step(-reach)) - (step(2 * reach) - step(-2 * reach))) / (12 * reach)
    })
  const starts = [0.05, 0.3, 1].flatMap((one) => [0.05, 0.3, 1].map((other) => Float64Array.of(one, other)))
  const start = starts.toSorted((one, other) => value(one) - value(other))[0]!
  const found = minimise({ value, gradient }, start)
  const theta = found.at.map((one) => (Math.abs(one) < 1e-5 ? 0 : Math.abs(one)))
  const at = levels.evaluate(theta)
  const y = sums.outcome.deviation
  const scale = y * y * at.residual
  const freedom = method === 'ml' ? n : n - p
  const minus2LogLik =
    at.deviance +
    2 * freedom * Math.log(y) +
    (method === 'ml' ? 0 : 2 * sums.fixed.reduce((sum, { deviation }) => sum + Math.log(deviation), 0))
  const [a, b] = [theta[0]! ** 2, theta[1]! ** 2]
  return {
    method,
    n,
    fixed: fixedOf(sums, at, y),
    variance: { group: { intercept: b * scale }, nested: { intercept: a * scale }, residual: scale },
    logLik: -minus2LogLik / 2,
    minus2LogLik,
    ...effectsOf(levels, sums, nesting, at.beta, { a, b, y, residual: at.residual }),
    notes: [
      ...aliased.map(
        (name) => `${name} says nothing that the columns before it do not say together; it was left out.`,
      ),
      ...(a === 0
        ? ['Classes of a school differ by no more than chance would have it: the variance between them is 0.']
        : []),
      ...(b === 0
        ? ['Schools differ by no more than their classes explain: the variance between them is 0.']
        : []),
      ...(found.settled ? [] : ['The search for the best fit had not settled when it was stopped.']),
    ],
  }
}

/** Estimates in the columns' own units. */
function fixedOf(sums: GroupSums, { beta, factor, residual }: At, y: number): ThreeLevelFit['fixed'] {
  const p = sums.fixed.length
  const covariance = inverseOf(factor, p)
  return sums.fixed.map(({ name }, row) => {
    const weight = sums.fixed.map(({ mean, deviation }, at) =>
      row === 0 ? (at === 0 ? 1 : -mean / deviation) : at === row ? 1 / deviation : 0,
    )
    let [estimate, variance] = [row === 0 ? sums.outcome.mean : 0, 0]
    for (let i = 0; i < p; i++) {
      estimate += y * weight[i]! * beta[i]!
      for (let j = 0; j < p; j++) variance += weight[i]! * weight[j]! * covariance[i * p + j]!
    }
    return { name, estimate, se: y * Math.sqrt(variance * residual) }
  })
}

function effectsOf(
  levels: Levels,
  sums: GroupSums,
  { owners, ownerOf, names }: Nesting,
  beta: Float64Array,
  { a, b, y, residual }: { a: number; b: number; y: number; residual: number },
): Pick<ThreeLevelFit, 'effects' | 'nestedEffects'> {
  const { p } = levels
  const { weight, sums: of } = levels.ofOwners(a)
  const without = (product: (column: number) => number) => {
    let rest = product(p)
    for (let i = 0; i < p; i++) rest -= beta[i]! * product(i)
    return rest
  }
  const sure = (group: string, many: number, effect: number, variance: number): LevelEffect => {
    const se = y * Math.sqrt(residual * Math.max(0, variance))
    return {
      group,
      n: many,
      intercept: y * effect,
      se,
      low: y * effect - 1.96 * se,
      high: y * effect + 1.96 * se,
    }
  }
  const many = new Float64Array(owners.length)
  ownerOf.forEach((owner, group) => {
    many[owner]! += sums.n[group]!
  })
  const shares = Array.from(weight, (one) => b / (1 + b * one))
  const schools = shares.map((share, owner) => share * without((column) => of[owner * (p + 1) + column]!))
  return {
    effects: owners.map((name, owner) => sure(name, many[owner]!, schools[owner]!, shares[owner]!)),
    nestedEffects: ownerOf.map((owner, group) => {
      const n = sums.n[group]!
      const w = n / (1 + n * a)
      const rest = without((column) => levels.product(group, 0, column)) / (1 + n * a)
      return {
        ...sure(names[group]!, n, a * (rest - w * schools[owner]!), a - a * a * (w - w * w * shares[owner]!)),
        within: owners[owner]!,
      }
    }),
  }
}
