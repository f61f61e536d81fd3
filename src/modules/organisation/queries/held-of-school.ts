import { may } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** A pupil of whom a school’s record holds something. */
export interface HeldPupil {
  readonly pupil: number
  readonly upn: string | null
  readonly localId: string | null
  readonly surname: string
  readonly forename: string
  readonly born: string | null
  /** First and last day on this school’s roll; the last is null while they are on it. */
  readonly from: string
  readonly to: string | null
  /** On the roll of another school of the trust at some time after they were here, or now. */
  readonly alsoElsewhere: boolean
}

/** Everyone who was ever on a school’s roll, by name: for who sees its pupils and sends its results; others get nothing. */
export async function pupilsHeld(viewer: Viewer, school: number): Promise<HeldPupil[]> {
  if (!may(viewer, 'see pupils', { school }) || !may(viewer, 'send results', { school })) return []
  const rows = await read(viewer, (db) =>
    db
      .selectFrom('organisation.enrolment as e')
      .innerJoin('organisation.pupil as p', (join) =>
        join.onRef('p.trust_id', '=', 'e.trust_id').onRef('p.pupil_id', '=', 'e.pupil_id'),
      )
      .select(['p.pupil_id as pupil', 'p.upn', 'p.local_id as localId', 'p.surname', 'p.forename', 'p.born'])
      .select(['e.from_day as from', 'e.to_day as to', 'e.school_id as at'])
      .where('e.trust_id', '=', viewer.trust)
      .where((find) =>
        find.exists(
          find
            .selectFrom('organisation.enrolment as here')
            .select('here.enrolment_id')
            .whereRef('here.trust_id', '=', 'e.trust_id')
            .whereRef('here.pupil_id', '=', 'e.pupil_id')
            .where('here.school_id', '=', school),
        ),
      )
      .orderBy('p.surname')
      .orderBy('p.forename')
      .orderBy('e.from_day')
      .execute(),
  )
  return [...Map.groupBy(rows, ({ pupil }) => pupil).values()].map((stays) => {
    const own = stays.filter(({ at }) => at === school)
    const { pupil, upn, localId, surname, forename, born } = stays[0]!
    return {
      pupil,
      upn,
      localId,
      surname,
      forename,
      born,
      from: own[0]!.from,
      to: own.some(({ to }) => to === null)
        ? null
        : own
            .map(({ to }) => to!)
            .sort()
            .at(-1)!,
      alsoElsewhere: stays.some(({ at }) => at !== school),
    }
  })
}
