import type { DuckDBValue } from '@duckdb/node-api'
import { literal } from '../../../platform/lake/duck.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { LakeFile } from '../../evidence/index.ts'
import { filesOf } from '../cells/manifest.ts'

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
  readonly status: 'result' | 'absent' | 'not taken' | 'below test' | 'left' | 'other scale'
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
  reading = 'union_by_name = false',
): Promise<T[]> {
  if (paths.length === 0) return []
  const files = paths.map((path) => literal(viewer.house.lake.path(path))).join(', ')
  const bench = await viewer.house.lake.duck.workbench()
  try {
    return await bench.rows<T>(
      `${select} from read_parquet([${files}], ${reading}) where ${where}`,
      {} as Record<string, DuckDBValue>,
    )
  } finally {
    bench.close()
  }
}

interface Asked {
  readonly snapshot: number
  readonly schools: readonly number[]
  readonly drops: readonly number[]
  readonly whose: Whose
}

const filesAsked = async (
  viewer: Viewer,
  fact: LakeFile['fact'],
  { snapshot, schools, drops }: Omit<Asked, 'whose'>,
) =>
  [...(await filesOf(viewer, snapshot, drops)).values()]
    .flat()
    .filter((file) => file.fact === fact && schools.includes(file.school))

/** Results of these pupils in a snapshot. The caller has made sure that the viewer may see them. */
export async function resultsOfPupils(viewer: Viewer, asked: Asked): Promise<ResultRow[]> {
  const { whose } = asked
  if ('pupils' in whose && whose.pupils.length === 0) return []
  const files = await filesAsked(viewer, 'result', asked)
  return rowsOf(
    viewer,
    files.map((file) => file.path),
    'select pupil, school, drop_id as "drop", year_group as "year", assessment, subject, class_id as "class", raw, value, grade, status, expected',
    condition(whose),
  )
}

/** Sessions of these pupils in a snapshot, each drop's year to date. */
export async function attendanceOfPupils(viewer: Viewer, asked: Asked): Promise<AttendanceRow[]> {
  const { whose } = asked
  if ('pupils' in whose && whose.pupils.length === 0) return []
  const files = await filesAsked(viewer, 'attendance', asked)
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
  const asked = { snapshot, schools: [school], drops: [drop] }
  const files = [
    ...(await filesAsked(viewer, 'pupil_state', asked)),
    ...(await filesAsked(viewer, 'result', asked)),
  ]
  const found = await rowsOf<{ pupil: number }>(
    viewer,
    files.map((file) => file.path),
    'select distinct pupil',
    `class_id = ${Number(form)}`,
    'union_by_name = true',
  )
  return found.map((row) => row.pupil)
}

/** As the school wrote it, or the reason why there is nothing: `104`, `absent`. */
export const resultWords = (row: Pick<ResultRow, 'status' | 'raw' | 'grade' | 'value'>): string =>
  row.status === 'other scale'
    ? `${row.raw ?? ''} (another scale)`
    : row.status === 'result'
      ? (finerThan(row) ?? row.grade ?? row.raw ?? String(row.value ?? ''))
      : row.status

/** `5+`, where the grade that counts is 5. */
const finerThan = ({ raw, grade }: Pick<ResultRow, 'raw' | 'grade'>): string | undefined =>
  grade && raw && raw.length > grade.length && raw.startsWith(grade) ? raw : undefined

/** Sessions attended in percent, or nothing without a possible session. */
export const attendedShare = (
  row: Pick<AttendanceRow, 'possible' | 'authorised' | 'unauthorised'>,
): number | undefined =>
  row.possible > 0 ? (100 * (row.possible - row.authorised - row.unauthorised)) / row.possible : undefined
