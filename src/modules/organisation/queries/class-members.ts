import type { Day } from '../../../kernel/days.ts'
import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

export interface ClassMember {
  readonly pupil: number
  readonly surname: string
  readonly forename: string
  readonly upn: string | null
  readonly from: Day
}

/** Who is in a class now, by name. Only for those who may send its school’s results; others get nothing. */
export async function classMembers(viewer: Viewer, school: number, id: number): Promise<ClassMember[]> {
  if (!includesSchool(schoolsWhere(viewer, 'send results'), school)) return []
  return read(viewer, (db) =>
    db
      .selectFrom('organisation.class_member as m')
      .innerJoin('organisation.pupil as p', (join) =>
        join.onRef('p.trust_id', '=', 'm.trust_id').onRef('p.pupil_id', '=', 'm.pupil_id'),
      )
      .select(['m.pupil_id as pupil', 'p.surname', 'p.forename', 'p.upn', 'm.from_day as from'])
      .where('m.trust_id', '=', viewer.trust)
      .where('m.school_id', '=', school)
      .where('m.class_id', '=', id)
      .where('m.to_day', 'is', null)
      .orderBy('p.surname')
      .orderBy('p.forename')
      .execute(),
  )
}

/** A class that came out of another, or that another came out of, in the middle of the year. */
export interface ClassKin {
  readonly class: number
  readonly name: string
  readonly day: Day
  readonly kin: 'came out of' | 'went into'
}

/** Where a class came from and where its pupils went, as far as the viewer reaches its school. */
export const classKin = (viewer: Viewer, id: number): Promise<ClassKin[]> =>
  read(viewer, async (db) => {
    const rows = await db
      .selectFrom('organisation.class_follows as f')
      .innerJoin('organisation.class as now', (join) =>
        join.onRef('now.trust_id', '=', 'f.trust_id').onRef('now.class_id', '=', 'f.class_id'),
      )
      .innerJoin('organisation.class as then', (join) =>
        join.onRef('then.trust_id', '=', 'f.trust_id').onRef('then.class_id', '=', 'f.from_class_id'),
      )
      .select([
        'f.class_id as now',
        'f.from_class_id as then',
        'now.name as nowName',
        'then.name as thenName',
        'f.day',
      ])
      .where('f.trust_id', '=', viewer.trust)
      .where((is) => is.or([is('f.class_id', '=', id), is('f.from_class_id', '=', id)]))
      .orderBy('now.name')
      .execute()
    return rows.map((row) =>
      row.now === id
        ? { class: row.then, name: row.thenName, day: row.day, kin: 'came out of' as const }
        : { class: row.now, name: row.nowName, day: row.day, kin: 'went into' as const },
    )
  })
