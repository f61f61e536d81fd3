import { type Reading, read } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import type { ResultStatus } from '../../tables.ts'

/** One grade of a scale, or a code that stands where a result would (`A`, absent). */
export interface ScaleGrade {
  readonly code: string
  readonly name: string
  readonly points: number | null
  readonly place: number
  readonly status: ResultStatus
  readonly expected: boolean
  readonly higher: boolean
}

/** What a result may be: a number from `low` to `high`, or one of an ordered list of grades. */
export interface Scale {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly kind: 'number' | 'grade'
  readonly low: number | null
  readonly high: number | null
  readonly step: number | null
  /** The least value that counts as the expected standard. */
  readonly expected: number | null
  readonly higher: number | null
  readonly unit: string
  readonly from: string
  readonly to: string | null
  readonly grades: readonly ScaleGrade[]
}

/** What is tested, in which subject, on which scale. */
export interface Assessment {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly kind: 'termly' | 'statutory'
  readonly subject: { readonly id: number; readonly code: string; readonly name: string }
  readonly scale: Scale
}

/** An assessment that a drop asks of a year group. */
export interface Asked {
  readonly assessment: Assessment
  readonly yearGroup: string
}

export const scales = (viewer: Viewer): Promise<Scale[]> => read(viewer, (db) => scalesIn(db, viewer.trust))

async function scalesIn(db: Reading, trust: number): Promise<Scale[]> {
  const rows = await db
    .selectFrom('evidence.scale')
    .where('trust_id', '=', trust)
    .selectAll()
    .orderBy('code')
    .orderBy('from_day')
    .execute()
  const grades = await db
    .selectFrom('evidence.scale_grade')
    .where('trust_id', '=', trust)
    .selectAll()
    .orderBy('scale_id')
    .orderBy('place')
    .execute()
  return rows.map((row) => ({
    id: row.scale_id,
    code: row.code,
    name: row.name,
    kind: row.kind,
    low: row.low,
    high: row.high,
    step: row.step,
    expected: row.expected,
    higher: row.higher,
    unit: row.unit,
    from: row.from_day,
    to: row.to_day,
    grades: grades
      .filter((grade) => grade.scale_id === row.scale_id)
      .map(({ code, name, points, place, status, expected, higher }) => ({
        code,
        name,
        points,
        place,
        status,
        expected,
        higher,
      })),
  }))
}

/** Every assessment that the trust knows, by subject. */
export const assessments = (viewer: Viewer): Promise<Assessment[]> =>
  read(viewer, (db) => assessmentsIn(db, viewer.trust))

async function assessmentsIn(db: Reading, trust: number): Promise<Assessment[]> {
  const byId = new Map((await scalesIn(db, trust)).map((scale) => [scale.id, scale]))
  const rows = await db
    .selectFrom('evidence.assessment as a')
    .innerJoin('organisation.subject as s', (on) =>
      on.onRef('s.trust_id', '=', 'a.trust_id').onRef('s.subject_id', '=', 'a.subject_id'),
    )
    .where('a.trust_id', '=', trust)
    .select([
      'a.assessment_id',
      'a.code',
      'a.name',
      'a.kind',
      'a.scale_id',
      's.subject_id',
      's.code as subject',
      's.name as subject_name',
    ])
    .orderBy('s.name')
    .orderBy('a.name')
    .execute()
  return rows.map((row) => ({
    id: row.assessment_id,
    code: row.code,
    name: row.name,
    kind: row.kind,
    subject: { id: row.subject_id, code: row.subject, name: row.subject_name },
    scale: byId.get(row.scale_id)!,
  }))
}

/** What a drop asks of which year group. */
export const askedIn = (viewer: Viewer, drop: { readonly id: number }): Promise<Asked[]> =>
  read(viewer, async (db) => {
    const known = new Map((await assessmentsIn(db, viewer.trust)).map((one) => [one.id, one]))
    const rows = await db
      .selectFrom('evidence.drop_assessment')
      .where('trust_id', '=', viewer.trust)
      .where('drop_id', '=', drop.id)
      .select(['assessment_id', 'year_group'])
      .execute()
    return rows.map((row) => ({ assessment: known.get(row.assessment_id)!, yearGroup: row.year_group }))
  })
