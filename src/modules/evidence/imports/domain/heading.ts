import { isHeadingWord } from './heading-words.ts'
import { readDate } from './read-date.ts'

const isData = (cell: string): boolean =>
  /^[-+]?\d+([.,]\d+)?%?$/.test(cell) || /^[A-Z]\d{11}[0-9A-Z]$/i.test(cell) || readDate(cell).kind === 'day'

/**
 * Which of a file's first rows is the heading: the place in `rows`, or undefined where the first full row is data already.
 * Rows above it (a title, the date of the export) are passed over.
 */
export function headingAt(rows: readonly (readonly string[])[]): number | undefined {
  const filled = rows.map((row) => row.map((cell) => cell.trim()).filter((cell) => cell !== ''))
  const width = Math.max(0, ...filled.map((row) => row.length))
  for (const [at, row] of filled.slice(0, 25).entries()) {
    if (row.length === 0) continue
    const known = row.filter(isHeadingWord).length
    const data = row.filter(isData).length
    if (known >= 2 && known >= data) return at
    if (known === 1 && data === 0 && row.length >= Math.min(2, width)) return at
    if (row.length >= Math.max(2, width * 0.6) || row.length === width) {
      const distinct = new Set(row.map((cell) => cell.toLowerCase())).size
      const below = filled.slice(at + 1).some((later) => later.some(isData))
      if (data === 0 && distinct === row.length && (below || rows.length === 1)) return at
      return data === 0 && filled.length > at + 1 && !below && distinct === row.length ? at : undefined
    }
  }
  return undefined
}
