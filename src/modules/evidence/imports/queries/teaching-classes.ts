import { read } from '../../../../platform/database/door.ts'
import { keptUntilWritten, ofPeople } from '../../../../platform/database/kept.ts'
import { manyRows } from '../../../../platform/database/many-rows.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import type { Drop } from '../../drops/domain/drop.ts'

interface Taught {
  readonly pupil: number
  readonly subject: string
  readonly class: number
}

/** Which class teaches whom which subject on the day of a drop. */
export const teachingClasses = (
  viewer: Viewer,
  schools: readonly number[],
  drop: Drop,
): Promise<readonly Taught[]> =>
  schools.length === 0
    ? Promise.resolve([])
    : keptUntilWritten(
        viewer,
        `taught ${drop.academicYear} ${drop.asAt} ${schools.join(',')}`,
        () => asked(viewer, schools, drop),
        ofPeople,
      )

const asked = (viewer: Viewer, schools: readonly number[], drop: Drop): Promise<Taught[]> =>
  read(viewer, (db) =>
    manyRows(
      db,
      db
        .selectFrom('organisation.class as c')
        .innerJoin('organisation.class_member as m', (join) =>
          join
            .onRef('m.trust_id', '=', 'c.trust_id')
            .onRef('m.school_id', '=', 'c.school_id')
            .onRef('m.class_id', '=', 'c.class_id'),
        )
        .innerJoin('organisation.subject as s', (join) =>
          join.onRef('s.trust_id', '=', 'c.trust_id').onRef('s.subject_id', '=', 'c.subject_id'),
        )
        .select(['m.pupil_id as pupil', 's.code as subject', 'c.class_id as class'])
        .where('c.kind', '=', 'teaching')
        .where('c.academic_year', '=', drop.academicYear)
        .where('c.school_id', 'in', schools)
        .where('m.from_day', '<=', drop.asAt)
        .where((find) => find.or([find('m.to_day', 'is', null), find('m.to_day', '>=', drop.asAt)])),
      { pupil: 'number', subject: 'code', class: 'number' },
    ),
  )
