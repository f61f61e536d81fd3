import { acrossTheTrust, mayAnywhere } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** Where a pupil whom the trust knows is and was on roll. */
export interface KnownPlaces {
  readonly pupil: number
  readonly upn: string
  readonly enrolments: readonly {
    readonly school: number
    readonly from: string
    readonly to: string | null
  }[]
}

/**
 * Who in the whole trust has one of these UPNs, and where they were on roll: for whoever sends a school’s file, which holds the
 * UPN. No name is in the answer. Whoever may send nothing gets nothing.
 */
export async function placesOfUpns(viewer: Viewer, upns: readonly string[]): Promise<KnownPlaces[]> {
  if (upns.length === 0 || !mayAnywhere(viewer, 'send results')) return []
  const found = new Map<number, KnownPlaces & { enrolments: KnownPlaces['enrolments'][number][] }>()
  for (let start = 0; start < upns.length; start += 5_000) {
    const rows = await read(acrossTheTrust(viewer), (db) =>
      db
        .selectFrom('organisation.pupil as p')
        .leftJoin('organisation.enrolment as e', (join) =>
          join.onRef('e.trust_id', '=', 'p.trust_id').onRef('e.pupil_id', '=', 'p.pupil_id'),
        )
        .select([
          'p.pupil_id as pupil',
          'p.upn',
          'e.school_id as school',
          'e.from_day as from',
          'e.to_day as to',
        ])
        .where('p.trust_id', '=', viewer.trust)
        .where('p.upn', 'in', upns.slice(start, start + 5_000))
        .orderBy('e.from_day')
        .execute(),
    )
    for (const { pupil, upn, school, from, to } of rows) {
      const known = found.get(pupil) ?? { pupil, upn: upn!, enrolments: [] }
      found.set(pupil, known)
      if (school !== null && from !== null) known.enrolments.push({ school, from, to })
    }
  }
  return [...found.values()]
}
