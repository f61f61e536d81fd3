import { NotHere } from '../../../kernel/refusal.ts'
import { includesSchool, mayAnywhere, schoolsWhere } from '../../../kernel/viewer.ts'
import { type Reading, read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { pupilNames } from '../../organisation/index.ts'
import type { Glass } from '../domain/break-glass.ts'

/** What a person has broken that still holds at this moment. */
export const glassesOf = (db: Reading, trust: number, person: number, now: Date): Promise<Glass[]> =>
  db
    .selectFrom('access.break_glass')
    .where('trust_id', '=', trust)
    .where('person_id', '=', person)
    .where('until_at', '>', now)
    .where('ended_at', 'is', null)
    .select(['break_glass_id as id', 'school_id as school', 'pupil_id as pupil', 'until_at as until'])
    .execute()

export interface BrokenGlass extends Glass {
  readonly person: number
  readonly name: string
  readonly schoolName: string
  /** The pupil's name, when this reader may know it. */
  readonly pupilName: string | null
  readonly reason: string
  readonly from: Date
  /** When it was ended before its time, and by whom. */
  readonly ended: Date | null
  readonly endedBy: string | null
  readonly holds: boolean
  readonly told: readonly { readonly name: string; readonly sent: Date | null }[]
}

/** Each glass that was broken: one's own, and those of the schools whose trail one reads; latest first. @throws NotHere */
export async function brokenGlasses(viewer: Viewer): Promise<BrokenGlass[]> {
  if (!mayAnywhere(viewer, 'break glass') && !mayAnywhere(viewer, 'see audit')) throw new NotHere()
  const reach = schoolsWhere(viewer, 'see audit')
  const now = viewer.house.clock.now()
  const { rows, letters } = await read(viewer, async (db) => {
    const all = await db
      .selectFrom('access.break_glass as g')
      .innerJoin('organisation.person as p', (join) =>
        join.onRef('p.trust_id', '=', 'g.trust_id').onRef('p.person_id', '=', 'g.person_id'),
      )
      .innerJoin('organisation.school as s', (join) =>
        join.onRef('s.trust_id', '=', 'g.trust_id').onRef('s.school_id', '=', 'g.school_id'),
      )
      .leftJoin('organisation.person as e', (join) =>
        join.onRef('e.trust_id', '=', 'g.trust_id').onRef('e.person_id', '=', 'g.ended_by'),
      )
      .where('g.trust_id', '=', viewer.trust)
      .select(['g.break_glass_id as id', 'g.person_id as person', 'p.name', 'g.school_id as school'])
      .select(['s.short_name as schoolName', 'g.pupil_id as pupil', 'g.reason', 'g.from_at as from'])
      .select(['g.until_at as until', 'g.ended_at as ended', 'e.name as endedBy'])
      .orderBy('g.break_glass_id', 'desc')
      .execute()
    const mine = all.filter((row) => row.person === viewer.person || includesSchool(reach, row.school))
    const told = await db
      .selectFrom('access.break_glass_letter as l')
      .innerJoin('organisation.person as p', (join) =>
        join.onRef('p.trust_id', '=', 'l.trust_id').onRef('p.person_id', '=', 'l.person_id'),
      )
      .where('l.trust_id', '=', viewer.trust)
      .select(['l.break_glass_id as glass', 'p.name', 'l.sent_at as sent'])
      .orderBy('l.person_id')
      .execute()
    return { rows: mine, letters: Map.groupBy(told, ({ glass }) => glass) }
  })
  const names = await pupilNames(
    viewer,
    rows.flatMap(({ pupil }) => pupil ?? []),
  )
  return rows.map((row) => {
    const pupil = row.pupil === null ? undefined : names.get(row.pupil)
    return {
      ...row,
      pupilName: pupil ? `${pupil.forename} ${pupil.surname}` : null,
      holds: row.ended === null && row.until > now,
      told: (letters.get(row.id) ?? []).map(({ name, sent }) => ({ name, sent })),
    }
  })
}
