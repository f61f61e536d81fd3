import type { Codes } from './rows.ts'

type Column = { readonly codes: Codes; readonly levels: { readonly length: number } }

/** Of every row a code of the combination of some columns: counted from 0 within each block of rows. */
export interface Layout {
  readonly codes: Int32Array
  /** How many there are in each block. */
  readonly many: Int32Array
}

const widest = 20_000_000

/** The whole of the rows as one block. */
export const oneBlock = (rows: number): Int32Array => Int32Array.of(0, rows)

/** Combines columns into one, block by block: the same number for rows of a block that agree in all of them. */
export function layOutCodes(columns: readonly Column[], blocks: Int32Array): Layout {
  const rows = blocks.at(-1)!
  const codes = new Int32Array(rows)
  const many = new Int32Array(blocks.length - 1).fill(1)
  let table = new Int32Array(1024)
  const stamps = columns.map(({ levels }) => new Int32Array(levels.length))
  const locals = columns.map(({ levels }) => new Int32Array(levels.length))
  for (let block = 0; block < many.length; block++) {
    const [from, to] = [blocks[block]!, blocks[block + 1]!]
    columns.forEach((column, at) => {
      const [stamp, local, { codes: given }] = [stamps[at]!, locals[at]!, column]
      let width = 0
      for (let row = from; row < to; row++) {
        const level = given[row]!
        if (stamp[level] === block + 1) continue
        stamp[level] = block + 1
        local[level] = width++
      }
      const size = many[block]! * width
      let next = 0
      if (size <= widest) {
        if (table.length < size) table = new Int32Array(2 * size)
        table.fill(-1, 0, size)
        for (let row = from; row < to; row++) {
          const key = codes[row]! * width + local[given[row]!]!
          if (table[key] === -1) table[key] = next++
          codes[row] = table[key]!
        }
      } else {
        const seen = new Map<number, number>()
        for (let row = from; row < to; row++) {
          const key = codes[row]! * width + local[given[row]!]!
          const known = seen.get(key) ?? seen.size
          seen.set(key, known)
          codes[row] = known
        }
        next = seen.size
      }
      many[block] = next
    })
  }
  return { codes, many }
}

/** Combines columns over all rows. */
export function combined(columns: readonly Column[], rows: number): { codes: Int32Array; many: number } {
  const { codes, many } = layOutCodes(columns, oneBlock(rows))
  return { codes, many: rows === 0 ? 1 : many[0]! }
}
