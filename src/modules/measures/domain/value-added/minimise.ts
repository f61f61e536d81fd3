import { backward, cholesky, forward } from './matrix.ts'

interface Downhill {
  readonly value: (at: Float64Array) => number
  readonly gradient: (at: Float64Array) => Float64Array
}

/** Solves (H + λI) step = −g with the least λ that leaves a way downhill. */
function stepFrom(hessian: Float64Array, gradient: Float64Array): Float64Array {
  const size = gradient.length
  let largest = 1e-12
  for (let row = 0; row < size; row++) largest = Math.max(largest, Math.abs(hessian[row * size + row]!))
  for (let damping = 0; ; damping = damping === 0 ? largest * 1e-4 : damping * 8) {
    const damped = hessian.slice()
    for (let row = 0; row < size; row++) damped[row * size + row]! += damping
    const factor = cholesky(damped, size, 1e-10)
    if ('aliased' in factor) continue
    return backward(
      factor,
      size,
      forward(
        factor,
        size,
        gradient.map((slope) => -slope),
      ),
    )
  }
}

/** Newton's method with damping and halved steps; second derivatives by central differences of the gradient. */
export function minimise(
  { value, gradient }: Downhill,
  start: Float64Array,
): { at: Float64Array; value: number; settled: boolean } {
  let at = start
  let here = value(at)
  for (let turn = 0; turn < 100; turn++) {
    const slope = gradient(at)
    const size = at.length
    const hessian = new Float64Array(size * size)
    for (let column = 0; column < size; column++) {
      const reach = 1e-4 * (Math.abs(at[column]!) + 0.05)
      const [up, down] = [at.slice(), at.slice()]
      up[column]! += reach
      down[column]! -= reach
      const [above, below] = [gradient(up), gradient(down)]
      for (let row = 0; row < size; row++)
        hessian[row * size + column] = (above[row]! - below[row]!) / (2 * reach)
    }
    for (let row = 0; row < size; row++)
      for (let column = 0; column < row; column++) {
        const mean = (hessian[row * size + column]! + hessian[column * size + row]!) / 2
        hessian[row * size + column] = mean
        hessian[column * size + row] = mean
      }
    const step = stepFrom(hessian, slope)
    let share = 1
    let next = at
    let there = Number.POSITIVE_INFINITY
    for (; share > 1e-10; share /= 2) {
      next = at.map((value_, place) => value_ + share * step[place]!)
      there = value(next)
      if (there <= here + 1e-12 * Math.abs(here)) break
    }
    const moved = Math.max(
      ...step.map((part, place) => (Math.abs(part) * share) / (Math.abs(at[place]!) + 0.01)),
    )
    if (there <= here + 1e-12 * Math.abs(here)) {
      at = next
      here = Math.min(here, there)
    }
    if (moved < 1e-10 || share <= 1e-10) return { at, value: here, settled: true }
  }
  return { at, value: here, settled: false }
}
