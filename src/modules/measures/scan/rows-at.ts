import type { Lake } from '../../../platform/lake/lake.ts'
import type { LakeFile } from '../../evidence/index.ts'
import { type DropKnown, layOut } from '../cells/make-cells.ts'
import type { Coded, ScanRows } from '../domain/scan/rows.ts'
import { scanFactsSql } from './facts-sql.ts'

interface Fact {
  readonly measure: string
  readonly pupil: number
  readonly school: number
  readonly year_group: string
  readonly class_id: number | null
  readonly v: number | null
  readonly prior: number | null
  readonly [group: string]: string | number | null
}

/** Everyone of a measure's population at a drop: those with a value as rows for the scan, the others counted. */
export interface RowsAt {
  readonly measure: string
  readonly rows: ScanRows
  /** Pupils of a place and group without a value. */
  readonly without: readonly Fact[]
  /** Share of the pupils with a value who also have a prior attainment. */
  readonly withPrior: number
}

export const groupColumns = [
  'disadvantage',
  'sex',
  'sen',
  'language',
  'ethnicity',
  'prior_band',
  'attending',
  'mobility',
] as const

const attendance = 'attendance'

/** Attendance is not held against itself. */
const groupsFor = (measure: string) =>
  groupColumns.filter((name) => name !== 'attending' || measure !== attendance)

function coded(name: string, words: readonly string[]): Coded {
  const levels = [...new Set(words)].sort()
  const at = new Map(levels.map((level, code) => [level, code]))
  return { name, levels, codes: Int32Array.from(words, (word) => at.get(word)!) }
}

/** Similar pupils have the same prior attainment (or none, as the youngest), characteristics and attendance. */
function predictorsOf(measure: string, facts: readonly Fact[]): ScanRows['predictors'] {
  const known = facts.filter(({ prior }) => prior !== null)
  const mean = known.reduce((sum, { prior }) => sum + prior!, 0) / Math.max(1, known.length)
  const made = [
    { name: 'prior', values: Float64Array.from(facts, ({ prior }) => prior ?? mean) },
    { name: 'no prior', values: Float64Array.from(facts, ({ prior }) => Number(prior === null)) },
    ...groupsFor(measure)
      .filter((column) => column !== 'prior_band')
      .flatMap((column) =>
        [...new Set(facts.map((fact) => fact[column] as string))]
          .sort()
          .slice(1)
          .map((level) => ({
            name: level,
            values: Float64Array.from(facts, (fact) => Number(fact[column] === level)),
          })),
      ),
  ]
  return made.filter(({ values }) => values.some((value) => value !== values[0]))
}

function rowsOf(measure: string, all: readonly Fact[]): RowsAt {
  const facts = all.filter(({ v }) => v !== null)
  const who = new Map<number, number>()
  for (const { pupil } of facts) if (!who.has(pupil)) who.set(pupil, who.size)
  return {
    measure,
    without: all.filter(({ v }) => v === null),
    withPrior: facts.filter(({ prior }) => prior !== null).length / Math.max(1, facts.length),
    rows: {
      outcome: Float64Array.from(facts, ({ v }) => v!),
      predictors: predictorsOf(measure, facts),
      places: [
        coded(
          'school',
          facts.map(({ school }) => String(school)),
        ),
        coded(
          'year',
          facts.map(({ year_group }) => year_group),
        ),
        coded(
          'class',
          facts.map(({ class_id }) => (class_id === null ? '' : String(class_id))),
        ),
      ],
      withinFirst: true,
      pairsWith: ['disadvantage', 'sex'],
      groups: groupsFor(measure).map((name) =>
        coded(
          name,
          facts.map((fact) => fact[name] as string),
        ),
      ),
      pupils: Int32Array.from(facts, ({ pupil }) => who.get(pupil)!),
    },
  }
}

/** Reads what the scan looks through at a drop, measure by measure, from the sealed files of every school of the trust. */
export async function rowsAt(
  lake: Lake,
  drop: DropKnown,
  files: readonly LakeFile[],
  measures: readonly string[],
): Promise<RowsAt[]> {
  if (files.length === 0 || measures.length === 0) return []
  const bench = await lake.duck.workbench()
  try {
    await layOut(bench, lake, [drop], files)
    const facts = await bench.rows<Fact>(scanFactsSql(measures))
    return [...Map.groupBy(facts, ({ measure }) => measure)].map(([measure, some]) => rowsOf(measure, some))
  } finally {
    bench.close()
  }
}
