import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** Who holds a post at a school or teaches a class there today. Only for those who may send its results; others get nothing. */
export async function staffOf(viewer: Viewer, school: number): Promise<number[]> {
  if (!includesSchool(schoolsWhere(viewer, 'send results'), school)) return []
  const { posts, teaching } = await read(viewer, async (db) => ({
    posts: await db
      .selectFrom('organisation.post')
      .select('person_id')
      .where('trust_id', '=', viewer.trust)
      .where('school_id', '=', school)
      .where('from_day', '<=', viewer.today)
      .where((is) => is.or([is('to_day', 'is', null), is('to_day', '>=', viewer.today)]))
      .execute(),
    teaching: await db
      .selectFrom('organisation.class_teacher')
      .select('person_id')
      .where('trust_id', '=', viewer.trust)
      .where('school_id', '=', school)
      .where('from_day', '<=', viewer.today)
      .where((is) => is.or([is('to_day', 'is', null), is('to_day', '>=', viewer.today)]))
      .execute(),
  }))
  return [...new Set([...posts, ...teaching].map((one) => one.person_id))].sort((a, b) => a - b)
}
