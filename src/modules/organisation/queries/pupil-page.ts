import { NotHere } from '../../../kernel/refusal.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { DatedCharacteristic } from '../domain/characteristics.ts'
import { mayBeSeen } from './seen-pupils.ts'

export interface PupilEnrolment {
  readonly school: number
  readonly schoolName: string
  readonly schoolSlug: string
  readonly from: string
  readonly to: string | null
}

export interface PupilClass {
  readonly class: number
  readonly school: number
  readonly name: string
  readonly kind: 'form' | 'teaching'
  readonly academicYear: number
  readonly yearGroup: string
  readonly subject: string | null
  readonly from: string
  readonly to: string | null
}

export interface PupilPage {
  readonly id: number
  readonly upn: string | null
  readonly localId: string | null
  readonly surname: string
  readonly forename: string
  readonly born: string | null
  /** Latest first. */
  readonly enrolments: readonly PupilEnrolment[]
  /** Year group of each academic year, latest first. */
  readonly years: readonly {
    readonly academicYear: number
    readonly yearGroup: string
    readonly school: number
  }[]
  readonly classes: readonly PupilClass[]
  /** As recorded, oldest first; two schools may have recorded the same. */
  readonly characteristics: readonly (DatedCharacteristic & { readonly school: number })[]
}

/** What is known of one pupil, as far as this viewer reaches. @throws NotHere when the viewer may not see the pupil. */
export async function pupilById(viewer: Viewer, id: number): Promise<PupilPage> {
  const page = await read(viewer, async (db) => {
    const pupil = await db
      .selectFrom('organisation.pupil as p')
      .select(['pupil_id as id', 'upn', 'local_id as localId', 'surname', 'forename', 'born'])
      .where('pupil_id', '=', id)
      .where(mayBeSeen(viewer))
      .executeTakeFirst()
    if (!pupil) return undefined
    const enrolments = await db
      .selectFrom('organisation.enrolment as e')
      .innerJoin('organisation.school as s', (join) =>
        join.onRef('s.trust_id', '=', 'e.trust_id').onRef('s.school_id', '=', 'e.school_id'),
      )
      .select([
        's.school_id as school',
        's.name as schoolName',
        's.slug as schoolSlug',
        'from_day as from',
        'to_day as to',
      ])
      .where('pupil_id', '=', id)
      .orderBy('from_day', 'desc')
      .execute()
    const years = await db
      .selectFrom('organisation.year_placement')
      .select(['academic_year as academicYear', 'year_group as yearGroup', 'school_id as school'])
      .where('pupil_id', '=', id)
      .orderBy('academic_year', 'desc')
      .execute()
    const classes = await db
      .selectFrom('organisation.class_member as m')
      .innerJoin('organisation.class as c', (join) =>
        join
          .onRef('c.trust_id', '=', 'm.trust_id')
          .onRef('c.school_id', '=', 'm.school_id')
          .onRef('c.class_id', '=', 'm.class_id'),
      )
      .leftJoin('organisation.subject as s', (join) =>
        join.onRef('s.trust_id', '=', 'c.trust_id').onRef('s.subject_id', '=', 'c.subject_id'),
      )
      .select([
        'c.class_id as class',
        'c.school_id as school',
        'c.name',
        'c.kind',
        'c.academic_year as academicYear',
        'c.year_group as yearGroup',
        's.name as subject',
        'm.from_day as from',
        'm.to_day as to',
      ])
      .where('m.pupil_id', '=', id)
      .orderBy('c.academic_year', 'desc')
      .orderBy('c.kind')
      .orderBy('c.name')
      .execute()
    const characteristics = await db
      .selectFrom('organisation.characteristic')
      .select(['kind', 'value', 'from_day as from', 'to_day as to', 'school_id as school'])
      .where('pupil_id', '=', id)
      .orderBy('from_day')
      .orderBy('kind')
      .execute()
    return { ...pupil, enrolments, years, classes, characteristics }
  })
  if (!page) throw new NotHere()
  return page
}

export interface PupilName {
  readonly pupil: number
  readonly surname: string
  readonly forename: string
}

/** Names of the pupils asked for whom the viewer may see; the others are left out. */
export async function pupilNames(viewer: Viewer, pupils: readonly number[]): Promise<Map<number, PupilName>> {
  if (pupils.length === 0) return new Map()
  const rows = await read(viewer, (db) =>
    db
      .selectFrom('organisation.pupil as p')
      .select(['pupil_id as pupil', 'surname', 'forename'])
      .where('pupil_id', 'in', pupils)
      .where(mayBeSeen(viewer))
      .execute(),
  )
  return new Map(rows.map((row) => [row.pupil, row]))
}

/** The pupil with that UPN, or who had it before, if this viewer may see them. */
export const pupilIdByUpn = async (viewer: Viewer, upn: string): Promise<number | undefined> =>
  (
    await read(viewer, (db) =>
      db
        .selectFrom('organisation.pupil as p')
        .select('pupil_id')
        .where((find) =>
          find.or([
            find('upn', '=', upn),
            find(
              'pupil_id',
              'in',
              find
                .selectFrom('organisation.former_upn as f')
                .select('f.pupil_id')
                .where('f.trust_id', '=', viewer.trust)
                .where('f.upn', '=', upn),
            ),
          ]),
        )
        .where(mayBeSeen(viewer))
        .executeTakeFirst(),
    )
  )?.pupil_id
