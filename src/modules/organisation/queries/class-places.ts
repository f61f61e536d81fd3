import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

export interface ClassPlaces {
  readonly pupils: readonly { readonly class: number; readonly pupil: number }[]
  readonly teachers: readonly { readonly class: number; readonly person: number }[]
}

/** Who is in the classes of a school and who teaches them, now and from now on. Only for those who may send the school’s results. */
export async function classPlaces(
  viewer: Viewer,
  school: number,
  classes: readonly number[],
): Promise<ClassPlaces> {
  if (classes.length === 0 || !includesSchool(schoolsWhere(viewer, 'send results'), school))
    return { pupils: [], teachers: [] }
  return read(viewer, async (db) => ({
    pupils: await db
      .selectFrom('organisation.class_member')
      .select(['class_id as class', 'pupil_id as pupil'])
      .where('school_id', '=', school)
      .where('class_id', 'in', [...classes])
      .where('to_day', 'is', null)
      .execute(),
    teachers: await db
      .selectFrom('organisation.class_teacher')
      .select(['class_id as class', 'person_id as person'])
      .where('school_id', '=', school)
      .where('class_id', 'in', [...classes])
      .where('to_day', 'is', null)
      .execute(),
  }))
}
