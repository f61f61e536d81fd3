import { backward, cholesky, forward, inverseOf, logDeterminant, type Matrix } from './matrix.ts'
import { type GroupSums, placeOf, triangle } from './sums.ts'

export type Method = 'ml' | 'reml'

/** The sums laid out for the model: what belongs to all groups once, what belongs to each side by side. */
export interface Laid {
  readonly n: number
  /** Fixed effects and random effects of a group. */
  readonly p: number
  readonly k: 1 | 2
  readonly groups: number
  readonly xx: Matrix
  readonly xy: Float64Array
  readonly yy: number
  /** Group after group: Z'Z (k×k), Z'X (k×p), Z'y (k). */
  readonly zz: Float64Array
  readonly zx: Float64Array
  readonly zy: Float64Array
}

export function layOut(sums: GroupSums): Laid {
  const { columns, products } = sums
  const p = sums.fixed.length
  const y = columns - 1
  const k = sums.slope ? 2 : 1
  const z = sums.slope ? [0, sums.slope.at] : [0]
  const groups = sums.groups.length
  const size = triangle(columns)
  const at = (group: number, one: number, other: number) =>
    products[group * size + placeOf(one, other, columns)]!
  const total = (one: number, other: number) => {
    let sum = 0
    for (let group = 0; group < groups; group++) sum += at(group, one, other)
    return sum
  }
  const xx = new Float64Array(p * p)
  const xy = new Float64Array(p)
  for (let row = 0; row < p; row++) {
    xy[row] = total(row, y)
    for (let column = 0; column < p; column++) xx[row * p + column] = total(row, column)
  }
  const zz = new Float64Array(groups * k * k)
  const zx = new Float64Array(groups * k * p)
  const zy = new Float64Array(groups * k)
  for (let group = 0; group < groups; group++)
    for (let row = 0; row < k; row++) {
      for (let column = 0; column < k; column++)
        zz[(group * k + row) * k + column] = at(group, z[row]!, z[column]!)
      for (let column = 0; column < p; column++)
        zx[(group * k + row) * p + column] = at(group, z[row]!, column)
      zy[group * k + row] = at(group, z[row]!, y)
    }
  return { n: sums.n.reduce((sum, n) => sum + n, 0), p, k, groups, xx, xy, yy: total(y, y), zz, zx, zy }
}

/** What the deviance rests on at one θ. */
export interface Evaluated {
  readonly deviance: number
  readonly beta: Float64Array
  /** Cholesky factor of X'V⁻¹X, and its inverse, in units of the residual variance. */
  readonly factor: Matrix
  readonly residual: number
}

/** Λ, the relative Cholesky factor of the groups' covariance, k×k: θ is its lower triangle, row by row. */
export const lambdaOf = (theta: Float64Array): Float64Array =>
  theta.length === 1 ? theta : new Float64Array([theta[0]!, 0, theta[1]!, theta[2]!])

/** Λ'Z'ZΛ + I of one group, inverted, and the logarithm of its determinant. */
export function shrinkOf(laid: Laid, lambda: Float64Array, group: number, inverse: Float64Array): number {
  if (laid.k === 1) {
    const m = 1 + lambda[0]! * laid.zz[group]! * lambda[0]!
    inverse[0] = 1 / m
    return Math.log(m)
  }
  const [s11, s12, s22] = [laid.zz[group * 4]!, laid.zz[group * 4 + 1]!, laid.zz[group * 4 + 3]!]
  const [t11, t21, t22] = [lambda[0]!, lambda[2]!, lambda[3]!]
  const h11 = s11 * t11 + s12 * t21
  const h21 = s12 * t11 + s22 * t21
  const m11 = 1 + t11 * h11 + t21 * h21
  const m12 = t22 * h21
  const m22 = 1 + t22 * s22 * t22
  const determinant = m11 * m22 - m12 * m12
  inverse[0] = m22 / determinant
  inverse[1] = -m12 / determinant
  inverse[2] = inverse[1]!
  inverse[3] = m11 / determinant
  return Math.log(determinant)
}

/**
 * Profiled deviance of the two-level model: −2 log-likelihood (ML) or restricted (REML) with fixed effects and residual variance at
 * their best for this θ (Bates, Mächler, Bolker and Walker 2015, equations 34 and 41). Costs groups × p², whatever the number of pupils.
 */
export function evaluate(laid: Laid, theta: Float64Array, method: Method): Evaluated {
  const { n, p, k, groups, zx, zy } = laid
  const lambda = lambdaOf(theta)
  const a = laid.xx.slice()
  const c = laid.xy.slice()
  let yy = laid.yy
  let determinant = 0
  const inverse = new Float64Array(k * k)
  const bx = new Float64Array(k * p)
  const mx = new Float64Array(k * p)
  for (let group = 0; group < groups; group++) {
    determinant += shrinkOf(laid, lambda, group, inverse)
    for (let column = 0; column < p; column++) {
      const one = zx[group * k * p + column]!
      if (k === 1) {
        bx[column] = lambda[0]! * one
        mx[column] = inverse[0]! * bx[column]!
        continue
      }
      const two = zx[(group * k + 1) * p + column]!
      bx[column] = lambda[0]! * one + lambda[2]! * two
      bx[p + column] = lambda[3]! * two
      mx[column] = inverse[0]! * bx[column]! + inverse[1]! * bx[p + column]!
      mx[p + column] = inverse[2]! * bx[column]! + inverse[3]! * bx[p + column]!
    }
    const by1 =
      k === 1 ? lambda[0]! * zy[group]! : lambda[0]! * zy[group * 2]! + lambda[2]! * zy[group * 2 + 1]!
    const by2 = k === 1 ? 0 : lambda[3]! * zy[group * 2 + 1]!
    for (let row = 0; row < p; row++) {
      const [m1, m2] = [mx[row]!, k === 1 ? 0 : mx[p + row]!]
      c[row]! -= m1 * by1 + m2 * by2
      for (let column = 0; column <= row; column++)
        a[row * p + column]! -= m1 * bx[column]! + (k === 1 ? 0 : m2 * bx[p + column]!)
    }
    yy -=
      k === 1
        ? by1 * inverse[0]! * by1
        : by1 * (inverse[0]! * by1 + inverse[1]! * by2) + by2 * (inverse[2]! * by1 + inverse[3]! * by2)
  }
  for (let row = 0; row < p; row++)
    for (let column = row + 1; column < p; column++) a[row * p + column] = a[column * p + row]!
  const factor = cholesky(a, p, 1e-13)
  if ('aliased' in factor)
    return { deviance: Number.POSITIVE_INFINITY, beta: c, factor: a, residual: Number.NaN }
  const half = forward(factor, p, c.slice())
  const residual = yy - half.reduce((sum, value) => sum + value * value, 0)
  const beta = backward(factor, p, half)
  const freedom = method === 'ml' ? n : n - p
  const deviance =
    determinant +
    (method === 'ml' ? 0 : logDeterminant(factor, p)) +
    freedom * (1 + Math.log((2 * Math.PI * residual) / freedom))
  return { deviance: residual > 0 ? deviance : Number.POSITIVE_INFINITY, beta, factor, residual }
}

/** The slope of the deviance in each element of θ, worked out, not by differences. */
export function gradientAt(laid: Laid, theta: Float64Array, method: Method, at: Evaluated): Float64Array {
  const { n, p, k, groups, zz, zx, zy } = laid
  const lambda = lambdaOf(theta)
  const places =
    k === 1
      ? [[0, 0]]
      : [
          [0, 0],
          [1, 0],
          [1, 1],
        ]
  const gradient = new Float64Array(places.length)
  const inverse = new Float64Array(k * k)
  const covariance = method === 'reml' ? inverseOf(at.factor, p) : undefined
  const weight = (method === 'ml' ? n : n - p) / at.residual
  const h = new Float64Array(k * k)
  const rz = new Float64Array(k)
  const u = new Float64Array(k)
  const ze = new Float64Array(k)
  const cxx = new Float64Array(k * k)
  for (let group = 0; group < groups; group++) {
    shrinkOf(laid, lambda, group, inverse)
    const s = (row: number, column: number) => zz[(group * k + row) * k + column]!
    const m = (row: number, column: number) => inverse[row * k + column]!
    const l = (row: number, column: number) => lambda[row * k + column]!
    for (let row = 0; row < k; row++) {
      let sum = zy[group * k + row]!
      for (let column = 0; column < p; column++) sum -= zx[(group * k + row) * p + column]! * at.beta[column]!
      rz[row] = sum
      for (let column = 0; column < k; column++) {
        let product = 0
        for (let between = 0; between < k; between++) product += s(row, between) * l(between, column)
        h[row * k + column] = product
      }
    }
    for (let row = 0; row < k; row++) {
      let sum = 0
      for (let column = 0; column < k; column++)
        for (let between = 0; between < k; between++)
          sum += m(row, column) * l(between, column) * rz[between]!
      u[row] = sum
    }
    for (let row = 0; row < k; row++) {
      let sum = rz[row]!
      for (let column = 0; column < k; column++) sum -= h[row * k + column]! * u[column]!
      ze[row] = sum
    }
    let q: Float64Array | undefined
    let d: Float64Array | undefined
    if (covariance) {
      for (let row = 0; row < k; row++)
        for (let column = 0; column < k; column++) {
          let sum = 0
          for (let i = 0; i < p; i++)
            for (let j = 0; j < p; j++)
              sum +=
                zx[(group * k + row) * p + i]! * covariance[i * p + j]! * zx[(group * k + column) * p + j]!
          cxx[row * k + column] = sum
        }
      q = times(times(inverse, transposed(lambda, k), k), cxx, k)
      d = times(times(q, lambda, k), inverse, k)
    }
    places.forEach(([a, b], place) => {
      let ofDeterminant = 0
      let ofFixed = 0
      for (let j = 0; j < k; j++) {
        ofDeterminant += h[a! * k + j]! * m(j, b!)
        if (d) ofFixed += h[a! * k + j]! * d[j * k + b!]!
      }
      gradient[place]! +=
        2 * ofDeterminant - 2 * weight * ze[a!]! * u[b!]! - (q ? 2 * q[b! * k + a!]! - 2 * ofFixed : 0)
    })
  }
  return gradient
}

function times(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size)
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      for (let between = 0; between < size; between++)
        product[row * size + column]! += a[row * size + between]! * b[between * size + column]!
  return product
}

function transposed(a: Float64Array, size: number): Float64Array {
  const turned = new Float64Array(size * size)
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) turned[column * size + row] = a[row * size + column]!
  return turned
}
