import type { AcademicYear } from '../../../kernel/academic-year.ts'
import type { Measure, Phase } from '../domain/measure.ts'
import { national } from './national.ts'

/** A national figure for England, with its standing and where it was read. */
export interface Benchmark {
  /** Academic year it is of: 2024 is 2024/25. */
  readonly year: AcademicYear
  /** In the unit of the measure. */
  readonly value: number
  readonly population: string
  readonly status: 'provisional' | 'revised' | 'final' | 'published'
  readonly source: string
  /** Known from memory only, and said so wherever it is shown. */
  readonly toVerify: boolean
  /** `England 75%, Department for Education, 2024/25` */
  readonly label: string
}

export interface NationalRow {
  readonly measure: string
  readonly year: AcademicYear
  readonly value: number
  readonly phase?: Phase
  readonly population: string
  readonly status: Benchmark['status']
  readonly source: string
  readonly toVerify: boolean
}

/** A termly measure is read against the national tests of the year group that sits them. */
const stoodInFor: Record<string, { readonly measure: string; readonly yearGroup: string }> = {
  'reading-expected': { measure: 'ks2-reading-expected', yearGroup: '6' },
  'writing-expected': { measure: 'ks2-writing-expected', yearGroup: '6' },
  'mathematics-expected': { measure: 'ks2-mathematics-expected', yearGroup: '6' },
  'rwm-expected': { measure: 'ks2-rwm-expected', yearGroup: '6' },
}

const fits = (row: NationalRow, phase: Phase | undefined) => row.phase === undefined || row.phase === phase

/**
 * The national figure to read a measure against: of that academic year, or else the latest published before it (its own
 * `year` says which). Year groups that sit no national test, and phases that are not in the table, have none.
 */
export function benchmark(
  measure: Pick<Measure, 'id'> | string,
  year: AcademicYear,
  phase?: Phase,
  yearGroup?: string,
): Benchmark | undefined {
  const id = typeof measure === 'string' ? measure : measure.id
  const standIn = stoodInFor[id]
  if (standIn && standIn.yearGroup !== yearGroup) return undefined
  const rows = national.filter(
    (row) => row.measure === (standIn?.measure ?? id) && row.year <= year && fits(row, phase),
  )
  const latest = rows.reduce<NationalRow | undefined>(
    (best, row) =>
      !best || row.year > best.year || (row.year === best.year && row.phase !== undefined) ? row : best,
    undefined,
  )
  return latest && described(latest)
}

/** Every national figure held for a measure, oldest first. */
export const benchmarks = (measure: Pick<Measure, 'id'> | string): Benchmark[] => {
  const id = typeof measure === 'string' ? measure : measure.id
  return national
    .filter((row) => row.measure === (stoodInFor[id]?.measure ?? id))
    .toSorted((a, b) => a.year - b.year)
    .map(described)
}

const described = ({ measure: _, phase, ...row }: NationalRow): Benchmark => ({
  ...row,
  label: `England, ${row.population}, ${row.year}/${String((row.year + 1) % 100).padStart(2, '0')}${row.status === 'published' ? '' : `, ${row.status}`}${row.toVerify ? ', to verify' : ''}`,
})
