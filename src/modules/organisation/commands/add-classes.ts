import { Refusal } from '../../../kernel/refusal.ts'
import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import { record, write } from '../../../platform/database/door.ts'
import { insertMany, takeIds } from '../../../platform/database/insert-many.ts'
import type { Viewer } from '../../../platform/viewer.ts'

export interface NewClass {
  readonly school: number
  readonly academicYear: number
  readonly name: string
  readonly yearGroup: string
  readonly kind?: 'form' | 'teaching'
  readonly subject?: number
  readonly department?: number
  readonly teachers?: readonly {
    readonly person: number
    readonly from: string
    readonly to?: string | null
  }[]
}

/** New forms and teaching classes, with who teaches them. The answer: their ids, in the order given. */
export async function addClasses(viewer: Viewer, classes: readonly NewClass[]): Promise<number[]> {
  const reach = schoolsWhere(viewer, 'send results')
  if (classes.some((one) => !includesSchool(reach, one.school)))
    throw new Refusal('You can’t add classes at this school.')
  if (classes.length === 0) return []
  return write(viewer, async (tx) => {
    const ids = await takeIds(tx, 'organisation.class', 'class_id', classes.length)
    const trust_id = viewer.trust
    await insertMany(
      tx,
      'organisation.class',
      {
        trust_id: 'integer',
        school_id: 'integer',
        class_id: 'integer',
        academic_year: 'integer',
        name: 'text',
        year_group: 'text',
        kind: 'text',
        subject_id: 'integer',
        department_id: 'integer',
      },
      classes.map((one, at) => ({
        trust_id,
        school_id: one.school,
        class_id: ids[at]!,
        academic_year: one.academicYear,
        name: one.name,
        year_group: one.yearGroup,
        kind: one.kind ?? 'form',
        subject_id: one.subject ?? null,
        department_id: one.department ?? null,
      })),
    )
    await insertMany(
      tx,
      'organisation.class_teacher',
      {
        trust_id: 'integer',
        school_id: 'integer',
        class_id: 'integer',
        person_id: 'integer',
        from_day: 'date',
        to_day: 'date',
      },
      classes.flatMap((one, at) =>
        (one.teachers ?? []).map((teacher) => ({
          trust_id,
          school_id: one.school,
          class_id: ids[at]!,
          person_id: teacher.person,
          from_day: teacher.from,
          to_day: teacher.to ?? null,
        })),
      ),
    )
    await record(viewer, tx, {
      subject: 'organisation.class',
      id: ids[0]!,
      deed: 'added',
      detail: { classes: ids.length },
    })
    return ids
  })
}
