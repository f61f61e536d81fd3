/** Solves a symmetric system (lower triangle) by Cholesky; a column that the others make up already gets 0. */
export function solve(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const l = new Float64Array(size * size)
  const left = new Uint8Array(size)
  for (let j = 0; j < size; j++) {
    let pivot = a[j * size + j]!
    for (let k = 0; k < j; k++) pivot -= l[j * size + k]! ** 2
    if (pivot <= 1e-9 * Math.max(a[j * size + j]!, 1e-300)) {
      left[j] = 1
      continue
    }
    const root = Math.sqrt(pivot)
    l[j * size + j] = root
    for (let i = j + 1; i < size; i++) {
      let sum = a[i * size + j]!
      for (let k = 0; k < j; k++) sum -= l[i * size + k]! * l[j * size + k]!
      l[i * size + j] = sum / root
    }
  }
  const x = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    if (left[i]) continue
    let sum = b[i]!
    for (let k = 0; k < i; k++) sum -= l[i * size + k]! * x[k]!
    x[i] = sum / l[i * size + i]!
  }
  for (let i = size - 1; i >= 0; i--) {
    if (left[i]) continue
    let sum = x[i]!
    for (let k = i + 1; k < size; k++) sum -= l[k * size + i]! * x[k]!
    x[i] = sum / l[i * size + i]!
  }
  return x
}
