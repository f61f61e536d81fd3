import { Refusal } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** Subjects that the trust assesses, by code; those already known keep their names. The answer: id by code, for every subject asked for. */
export async function addSubjects(
  viewer: Viewer,
  subjects: readonly { readonly code: string; readonly name: string }[],
): Promise<ReadonlyMap<string, number>> {
  if (!may(viewer, 'open drop')) throw new Refusal('Only the trust’s data lead can add subjects.')
  if (subjects.length === 0) return new Map()
  return write(viewer, async (tx) => {
    const added = await tx
      .insertInto('organisation.subject')
      .values(subjects.map((subject) => ({ trust_id: viewer.trust, ...subject })))
      .onConflict((on) => on.columns(['trust_id', 'code']).doNothing())
      .returning('code')
      .execute()
    const known = await tx
      .selectFrom('organisation.subject')
      .select(['subject_id', 'code'])
      .where(
        'code',
        'in',
        subjects.map((subject) => subject.code),
      )
      .execute()
    if (added.length)
      await record(viewer, tx, {
        subject: 'organisation.subject',
        id: added.map((row) => row.code).join(' '),
        deed: 'added',
      })
    return new Map(known.map((row) => [row.code, row.subject_id]))
  })
}

/** A department of a school and the subjects that it teaches; the answer is its id. */
export async function addDepartment(
  viewer: Viewer,
  department: { readonly school: number; readonly name: string; readonly subjects: readonly number[] },
): Promise<number> {
  if (!may(viewer, 'manage people', { school: department.school }))
    throw new Refusal('You can’t add departments here.')
  return write(viewer, async (tx) => {
    const { department_id: id } = await tx
      .insertInto('organisation.department')
      .values({ trust_id: viewer.trust, school_id: department.school, name: department.name })
      .returning('department_id')
      .executeTakeFirstOrThrow()
    if (department.subjects.length) {
      await tx
        .insertInto('organisation.department_subject')
        .values(
          department.subjects.map((subject) => ({
            trust_id: viewer.trust,
            school_id: department.school,
            department_id: id,
            subject_id: subject,
          })),
        )
        .execute()
    }
    await record(viewer, tx, {
      subject: 'organisation.department',
      id,
      deed: 'added',
      school: department.school,
    })
    return id
  })
}
