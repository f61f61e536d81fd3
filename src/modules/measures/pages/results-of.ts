import type { DuckDBValue } from '@duckdb/node-api'
import { literal } from '../../../platform/lake/duck.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { snapshotFiles } from '../../evidence/index.ts'

/** One result of one pupil as the lake holds it. */
export interface ResultRow {
  readonly pupil: number
  readonly school: number
  readonly drop: number
  readonly year: string
  readonly assessment: string
  readonly subject: string
  readonly class: number | null
  readonly raw: string | null
  readonly value: number | null
  readonly grade: string | null
  readonly status: 'result' | 'absent' | 'not taken' | 'below test' | 'left'
  readonly expected: boolean | null
}

export interface AttendanceRow {
  readonly pupil: number
  readonly school: number
  readonly drop: number
  readonly year: string
  readonly possible: number
  readonly authorised: number
  readonly unauthorised: number
}

type Whose = { readonly pupil: number } | { readonly pupils: readonly number[] }

const condition = (whose: Whose): string =>
  'pupil' in whose ? `pupil = ${Number(whose.pupil)}` : `pupil in (${whose.pupils.map(Number).join(', ')})`

async function rowsOf<T>(
  viewer: Viewer,
  paths: readonly string[],
  select: string,
  where: string,
): Promise<T[]> {
  if (paths.length === 0) return []
  const files = paths.map((path) => literal(viewer.house.lake.path(path))).join(', ')
  const bench = await viewer.house.lake.duck.workbench()
  try {
    return await bench.rows<T>(
      `${select} from read_parquet([${files}]) where ${where}`,
      {} as Record<string, DuckDBValue>,
    )
  } finally {
    bench.close()
  }
}

interface Asked {
  readonly snapshot: number
  readonly schools: readonly number[]
  readonly drops?: readonly number[]
  readonly whose: Whose
}

/** Results of these pupils in a snapshot. The caller has made sure that the viewer may see them. */
export async function resultsOfPupils(
  viewer: Viewer,
  { snapshot, schools, drops, whose }: Asked,
): Promise<ResultRow[]> {
  if ('pupils' in whose && whose.pupils.length === 0) return []
  const files = await snapshotFiles(viewer, snapshot, { fact: 'result', schools, drops })
  return rowsOf(
    viewer,
    files.map((file) => file.path),
    'select pupil, school, drop_id as "drop", year_group as "year", assessment, subject, class_id as "class", raw, value, grade, status, expected',
    condition(whose),
  )
}

/** Sessions of these pupils in a snapshot, each drop's year to date. */
export async function attendanceOfPupils(
  viewer: Viewer,
  { snapshot, schools, drops, whose }: Asked,
): Promise<AttendanceRow[]> {
  if ('pupils' in whose && whose.pupils.length === 0) return []
  const files = await snapshotFiles(viewer, snapshot, { fact: 'attendance', schools, drops })
  return rowsOf(
    viewer,
    files.map((file) => file.path),
    'select pupil, school, drop_id as "drop", year_group as "year", possible, authorised, unauthorised',
    condition(whose),
  )
}

/** Who was in a class at a drop: by the roll of the day for a form, by the results for a teaching class. */
export async function pupilsOfClass(
  viewer: Viewer,
  { snapshot, school, drop, form }: { snapshot: number; school: number; drop: number; form: number },
): Promise<number[]> {
  const files = await snapshotFiles(viewer, snapshot, { schools: [school], drops: [drop] })
  const pathsOf = (fact: string) => files.filter((file) => file.fact === fact).map((file) => file.path)
  const [onRoll, taught] = await Promise.all([
    rowsOf<{ pupil: number }>(
      viewer,
      pathsOf('pupil_state'),
      'select distinct pupil',
      `class_id = ${Number(form)}`,
    ),
    rowsOf<{ pupil: number }>(
      viewer,
      pathsOf('result'),
      'select distinct pupil',
      `class_id = ${Number(form)}`,
    ),
  ])
  return [...new Set([...onRoll, ...taught].map((row) => row.pupil))]
}

/** As the school wrote it, or the reason why there is nothing: `104`, `absent`. */
export const resultWords = (row: Pick<ResultRow, 'status' | 'raw' | 'grade' | 'value'>): string =>
  row.status === 'result' ? (row.grade ?? row.raw ?? String(row.value ?? '')) : row.status

/** Sessions attended in percent, or nothing without a possible session. */
export const attendedShare = (
  row: Pick<AttendanceRow, 'possible' | 'authorised' | 'unauthorised'>,
): number | undefined =>
  row.possible > 0 ? (100 * (row.possible - row.authorised - row.unauthorised)) / row.possible : undefined
