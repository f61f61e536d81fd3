import { literal, type Workbench } from '../../../platform/lake/duck.ts'
import type { Lake } from '../../../platform/lake/lake.ts'
import type { LakeFile } from '../../evidence/index.ts'
import { type DropKnown, layOut } from '../cells/make-cells.ts'
import type { Coded, ScanRows } from '../domain/scan/rows.ts'
import { groupLevels, scanFactsSql } from './facts-sql.ts'

/** Everyone of a measure's population at a drop: those with a value as rows for the scan, the others only where and who they are. */
export interface RowsAt {
  readonly measure: string
  readonly rows: ScanRows
  readonly without: Pick<ScanRows, 'places' | 'groups'> & { readonly many: number }
  /** Share of the pupils with a value who also have a prior attainment. */
  readonly withPrior: number
}

const groupColumns = Object.keys(groupLevels) as (keyof typeof groupLevels)[]

/** Attendance is not held against itself. */
const groupsFor = (measure: string) =>
  groupColumns.filter((name) => name !== 'attending' || measure !== 'attendance')

/** The columns as they are fetched: `levels` where they are words. */
interface Fetched {
  readonly measure: Coded
  readonly pupil: Float64Array
  readonly v: Float64Array
  readonly prior: Float64Array
  readonly words: readonly Coded[]
}

/** Column by column as numbers; a word by its place among the levels of its column, no number as NaN. */
async function fetched(bench: Workbench, measures: readonly string[]): Promise<Fetched> {
  await bench.run(`create temporary table scan_fact as ${scanFactsSql(measures)}`)
  const distinct = async (column: string) =>
    (
      await bench.rows<{ word: string }>(
        `select distinct coalesce(${column}::varchar, '') as word from scan_fact order by 1`,
      )
    ).map(({ word }) => word)
  const words = [
    { name: 'measure', column: 'measure', levels: measures },
    { name: 'school', column: 'school', levels: await distinct('school') },
    { name: 'year', column: 'year_group', levels: await distinct('year_group') },
    { name: 'class', column: 'class_id', levels: await distinct('class_id') },
    ...groupColumns.map((name) => ({ name, column: name, levels: groupLevels[name] as readonly string[] })),
  ]
  const number = (column: string) => `coalesce(${column}, 'nan'::double)`
  const result = await bench.connection.run(
    `select pupil::double, ${number('v')}, ${number('prior')}, ${words
      .map(
        ({ column, levels }) =>
          `(list_position([${levels.map(literal).join(', ')}], coalesce(${column}::varchar, '')) - 1)::integer`,
      )
      .join(', ')} from scan_fact`,
  )
  const chunks = await result.fetchAllChunks()
  const many = chunks.reduce((sum, { rowCount }) => sum + rowCount, 0)
  const numbers = Array.from({ length: 3 }, () => new Float64Array(many))
  const codes = words.map(() => new Int32Array(many))
  let from = 0
  for (const chunk of chunks) {
    ;[...numbers, ...codes].forEach((into, at) => {
      const { items } = chunk.getColumnVector(at) as unknown as { readonly items: Float64Array | Int32Array }
      into.set(items.subarray(0, chunk.rowCount), from)
    })
    from += chunk.rowCount
  }
  const [measure, ...others] = words.map(
    ({ name, levels }, at): Coded => ({ name, levels, codes: codes[at]! }),
  )
  return { measure: measure!, pupil: numbers[0]!, v: numbers[1]!, prior: numbers[2]!, words: others }
}

/** A column of some rows, with no levels but those that they have. */
function columnOf({ name, levels, codes }: Coded, rows: Int32Array): Coded {
  const used = new Int32Array(levels.length).fill(-1)
  for (const row of rows) used[codes[row]!] = 0
  const kept = levels.filter((_, level) => used[level] === 0)
  let next = 0
  for (let level = 0; level < levels.length; level++) if (used[level] === 0) used[level] = next++
  return { name, levels: kept, codes: Int32Array.from(rows, (row) => used[codes[row]!]!) }
}

const columnsOf = (columns: readonly Coded[], rows: Int32Array) =>
  columns.map((column) => columnOf(column, rows))

function rowsOf(measure: string, { pupil, v, prior, words }: Fetched, all: Int32Array): RowsAt {
  const places = words.slice(0, 3)
  const groups = groupsFor(measure).map((name) => words.find((column) => column.name === name)!)
  const held = all.filter((row) => !Number.isNaN(v[row]!))
  const missing = all.filter((row) => Number.isNaN(v[row]!))
  let [sum, known] = [0, 0]
  for (const row of held)
    if (!Number.isNaN(prior[row]!)) {
      sum += prior[row]!
      known++
    }
  const mean = sum / Math.max(1, known)
  const who = new Map<number, number>()
  for (const row of held) if (!who.has(pupil[row]!)) who.set(pupil[row]!, who.size)
  const looked = columnsOf(groups, held)
  const numbers = [
    {
      name: 'prior',
      values: Float64Array.from(held, (row) => (Number.isNaN(prior[row]!) ? mean : prior[row]!)),
    },
    { name: 'no prior', values: Float64Array.from(held, (row) => Number(Number.isNaN(prior[row]!))) },
  ]
  return {
    measure,
    without: { places: columnsOf(places, missing), groups: columnsOf(groups, missing), many: missing.length },
    withPrior: known / Math.max(1, held.length),
    rows: {
      outcome: Float64Array.from(held, (row) => v[row]!),
      // Similar pupils have the same prior attainment (or none, as the youngest), characteristics and attendance.
      predictors: numbers.filter(({ values }) => values.some((value) => value !== values[0])),
      categories: looked.filter(({ name }) => name !== 'prior_band'),
      places: columnsOf(places, held),
      withinFirst: true,
      pairsWith: ['disadvantage', 'sex'],
      groups: looked,
      pupils: Int32Array.from(held, (row) => who.get(pupil[row]!)!),
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
    const facts = await fetched(bench, measures)
    const { codes } = facts.measure
    const sets: RowsAt[] = []
    for (let from = 0; from < codes.length; ) {
      let to = from
      while (to < codes.length && codes[to] === codes[from]) to++
      const start = from
      const rows = Int32Array.from({ length: to - from }, (_, at) => start + at)
      sets.push(rowsOf(measures[codes[from]!]!, facts, rows))
      from = to
    }
    return sets
  } finally {
    bench.close()
  }
}
