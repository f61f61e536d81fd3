import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** Who a row of a school's file may be: one row for each pupil on roll there on the day. */
export interface PupilForMatching {
  readonly pupil: number
  readonly school: number
  readonly upn: string | null
  readonly localId: string | null
  readonly surname: string
  readonly forename: string
  readonly born: string | null
  readonly yearGroup: string | null
  /** The form, `4C`. */
  readonly classId: number | null
  readonly form: string | null
}

/** Everyone on roll at the schools on the day. Only for those who may send these schools' results; others get nothing. */
export async function pupilsForMatching(
  viewer: Viewer,
  schools: readonly number[],
  academicYear: number,
  day: string,
): Promise<PupilForMatching[]> {
  const reach = schoolsWhere(viewer, 'send results')
  const asked = schools.filter((school) => includesSchool(reach, school))
  if (asked.length === 0) return []
  return read(viewer, (db) =>
    db
      .selectFrom('organisation.enrolment as e')
      .innerJoin('organisation.pupil as p', (join) =>
        join.onRef('p.trust_id', '=', 'e.trust_id').onRef('p.pupil_id', '=', 'e.pupil_id'),
      )
      .leftJoin('organisation.year_placement as y', (join) =>
        join
          .onRef('y.trust_id', '=', 'e.trust_id')
          .onRef('y.school_id', '=', 'e.school_id')
          .onRef('y.pupil_id', '=', 'e.pupil_id')
          .on('y.academic_year', '=', academicYear),
      )
      .leftJoin(
        (make) =>
          make
            .selectFrom('organisation.class_member as m')
            .innerJoin('organisation.class as c', (join) =>
              join
                .onRef('c.trust_id', '=', 'm.trust_id')
                .onRef('c.school_id', '=', 'm.school_id')
                .onRef('c.class_id', '=', 'm.class_id'),
            )
            .select(['m.trust_id', 'm.school_id', 'm.pupil_id', 'c.class_id', 'c.name'])
            .where('c.kind', '=', 'form')
            .where('c.academic_year', '=', academicYear)
            .where('m.from_day', '<=', day)
            .where((find) => find.or([find('m.to_day', 'is', null), find('m.to_day', '>=', day)]))
            .as('f'),
        (join) =>
          join
            .onRef('f.trust_id', '=', 'e.trust_id')
            .onRef('f.school_id', '=', 'e.school_id')
            .onRef('f.pupil_id', '=', 'e.pupil_id'),
      )
      .distinctOn(['e.school_id', 'e.pupil_id'])
      .select([
        'e.pupil_id as pupil',
        'e.school_id as school',
        'p.upn',
        'p.local_id as localId',
        'p.surname',
        'p.forename',
        'p.born',
        'y.year_group as yearGroup',
        'f.class_id as classId',
        'f.name as form',
      ])
      .where('e.school_id', 'in', asked)
      .where('e.from_day', '<=', day)
      .where((find) => find.or([find('e.to_day', 'is', null), find('e.to_day', '>=', day)]))
      .orderBy('e.school_id')
      .orderBy('e.pupil_id')
      .execute(),
  )
}
