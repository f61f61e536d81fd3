/** A small symmetric matrix, row by row. */
export type Matrix = Float64Array

/**
 * Cholesky factor of a positive definite matrix of `size` rows: lower triangle, row by row. Undefined where a pivot falls
 * under `least` of its diagonal: then that column is a combination of those before it.
 */
export function cholesky(a: Matrix, size: number, least = 1e-11): Matrix | { readonly aliased: number } {
  const l = new Float64Array(size * size)
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++) {
      let sum = a[row * size + column]!
      for (let at = 0; at < column; at++) sum -= l[row * size + at]! * l[column * size + at]!
      if (row !== column) l[row * size + column] = sum / l[column * size + column]!
      else if (sum <= least * Math.abs(a[row * size + row]!) || !(sum > 0)) return { aliased: row }
      else l[row * size + row] = Math.sqrt(sum)
    }
  return l
}

/** Solves L x = b in place. */
export function forward(l: Matrix, size: number, b: Float64Array): Float64Array {
  for (let row = 0; row < size; row++) {
    let sum = b[row]!
    for (let at = 0; at < row; at++) sum -= l[row * size + at]! * b[at]!
    b[row] = sum / l[row * size + row]!
  }
  return b
}

/** Solves L' x = b in place. */
export function backward(l: Matrix, size: number, b: Float64Array): Float64Array {
  for (let row = size - 1; row >= 0; row--) {
    let sum = b[row]!
    for (let at = row + 1; at < size; at++) sum -= l[at * size + row]! * b[at]!
    b[row] = sum / l[row * size + row]!
  }
  return b
}

/** The inverse of the matrix whose Cholesky factor this is. */
export function inverseOf(l: Matrix, size: number): Matrix {
  const inverse = new Float64Array(size * size)
  for (let column = 0; column < size; column++) {
    const unit = new Float64Array(size)
    unit[column] = 1
    backward(l, size, forward(l, size, unit))
    for (let row = 0; row < size; row++) inverse[row * size + column] = unit[row]!
  }
  return inverse
}

/** Twice the logarithms of the diagonal: the logarithm of the determinant of L L'. */
export function logDeterminant(l: Matrix, size: number): number {
  let sum = 0
  for (let row = 0; row < size; row++) sum += Math.log(l[row * size + row]!)
  return 2 * sum
}
