import { type Grade, gradeOf } from '../domain/key-stage-4/grades.ts'
import { priorMean } from '../domain/key-stage-4/progress-8.ts'
import { keyStage4Measures } from '../domain/key-stage-4/pupil-measures.ts'

/** What slot filling reads: every pupil of Years 10 and 11 with each of their results, or once without. */
export const keyStage4Sql = `
  select p.drop_id, p.school, p.pupil, p.year_group, p.academic_year, d.kind, p.prior, p.prior_reading, p.prior_mathematics,
    r.subject, r.grade, r.value, r.status
  from pupil_state p
  join drop_kind d on d.drop_id = p.drop_id
  left join result r on r.drop_id = p.drop_id and r.school = p.school and r.pupil = p.pupil
  where p.year_group in ('10', '11')
  order by p.drop_id, p.school, p.year_group, p.pupil, r.subject, r.assessment`

export interface KeyStage4Row {
  readonly drop_id: number
  readonly school: number
  readonly pupil: number
  readonly year_group: string
  readonly academic_year: number
  readonly kind: 'termly' | 'statutory'
  readonly prior: number | null
  readonly prior_reading: number | null
  readonly prior_mathematics: number | null
  readonly subject: string | null
  readonly grade: string | null
  readonly value: number | null
  readonly status: string | null
}

export interface KeyStage4Value {
  readonly drop_id: number
  readonly school: number
  readonly pupil: number
  readonly measure: string
  readonly v: number | null
}

/** Attainment 8, Progress 8 and their kin, pupil by pupil, of the year groups in which anyone has a GCSE grade. */
export function keyStage4Values(rows: readonly KeyStage4Row[]): KeyStage4Value[] {
  const pupils = new Map<string, { first: KeyStage4Row; grades: Grade[] }>()
  const graded = new Set<string>()
  for (const row of rows) {
    const key = `${row.drop_id} ${row.school} ${row.pupil}`
    const known = pupils.get(key) ?? { first: row, grades: [] }
    pupils.set(key, known)
    const grade =
      row.status === 'result' && row.subject ? gradeOf(row.subject, row.grade, row.value) : undefined
    if (!grade) continue
    known.grades.push(grade)
    if (grade.gcse) graded.add(`${row.drop_id} ${row.school} ${row.year_group}`)
  }
  return [...pupils.values()]
    .filter(({ first }) => graded.has(`${first.drop_id} ${first.school} ${first.year_group}`))
    .flatMap(({ first, grades }) => {
      const prior = first.prior ?? priorMean(first.prior_reading, first.prior_mathematics) ?? null
      const values = keyStage4Measures(
        { grades, yearGroup: first.year_group, prior },
        { academicYear: first.academic_year, kind: first.kind },
      )
      return [...values].map(([measure, v]) => ({
        drop_id: first.drop_id,
        school: first.school,
        pupil: first.pupil,
        measure,
        v,
      }))
    })
}
