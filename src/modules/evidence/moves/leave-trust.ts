import { type Day, isDay } from '../../../kernel/days.ts'
import { enforce, Refusal, refused, type Verdict } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { read, type Writing, within, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { auditIn, endRolesAt, type RoleAtSchool, rolesGoingOn } from '../../access/index.ts'
import {
  endMembership,
  endPostsAt,
  type HeldPupil,
  leaveRoll,
  pupilsHeld,
  type School,
  schoolById,
} from '../../organisation/index.ts'
import { type Drop, dropTitle } from '../drops/domain/drop.ts'
import { drops } from '../drops/queries/drops.ts'
import { filesIn, latestIn } from '../snapshots/queries.ts'
import { restate } from './restate.ts'

/** What goes, and what stays, when a school leaves the trust with a day. */
export interface Leaving {
  readonly school: School
  readonly last: Day
  /** On roll after the day, until now. */
  readonly onRoll: readonly HeldPupil[]
  /** Everyone of whom the trust holds something through this school. */
  readonly held: readonly HeldPupil[]
  readonly roles: readonly RoleAtSchool[]
  /** Open drops of a later day that no longer ask the school, and whose figures no longer count it. */
  readonly drops: readonly { readonly code: string; readonly title: string; readonly asAt: Day }[]
  /** Drops that hold something of it, and go on holding it. */
  readonly kept: number
}

export interface AskedLeaving {
  readonly school: number
  /** Its last day in the trust. */
  readonly last: Day
  readonly why: string
}

/** May the viewer record that the school leaves? */
export function canLeaveTrust(viewer: Viewer, school: School): Verdict {
  if (!may(viewer, 'keep schools') || !may(viewer, 'send results') || !may(viewer, 'manage people'))
    return refused('Only the trust’s data lead can record that a school leaves.')
  if (school.left !== null && school.left < viewer.today)
    return refused(`${school.shortName} has left already.`)
  return { ok: true }
}

const later = (all: readonly Drop[], last: Day) => all.filter((drop) => !drop.lock && drop.asAt > last)

/** What would go, worked out without changing anything. @throws NotHere, Refusal */
export async function leaving(viewer: Viewer, { school: id, last }: AskedLeaving): Promise<Leaving> {
  const school = await schoolById(viewer, id)
  enforce(canLeaveTrust(viewer, school))
  if (!isDay(last))
    throw new Refusal(
      last ? `${last} is not a day on the calendar.` : 'Say what its last day in the trust is.',
    )
  if (school.joined !== null && last < school.joined)
    throw new Refusal('Its last day can’t be before the day it joined.')
  const held = await pupilsHeld(viewer, id)
  const found = await read(viewer, async (db) => ({
    roles: await rolesGoingOn(db, viewer, id, last),
    files: await filesIn(db, await latestIn(db), { schools: [id] }),
  }))
  return {
    school,
    last,
    held,
    onRoll: held.filter(({ from, to }) => from <= last && (to === null || to > last)),
    roles: found.roles,
    drops: later(await drops(viewer), last).map((drop) => ({
      code: drop.code,
      title: dropTitle(drop),
      asAt: drop.asAt,
    })),
    kept: new Set(found.files.map(({ drop }) => drop)).size,
  }
}

/**
 * A school leaves the trust: its membership, its roll, its people’s posts and roles end with the day, and open drops of a later day
 * neither ask nor count it. Everything sealed stays as it is. @throws Refusal with nothing changed.
 */
export async function leaveTrust(viewer: Viewer, asked: AskedLeaving): Promise<Leaving> {
  const plan = await leaving(viewer, asked)
  const why = asked.why.trim()
  if (why.length < 5) throw new Refusal('Say in a few words why it leaves, and where it goes: it is kept.')
  if (why.length > 300) throw new Refusal('Say why in fewer than 300 characters.')
  await write(viewer, async (tx) => {
    await endSchool(viewer, tx, plan, why)
    await auditIn(viewer, tx, {
      deed: 'recorded that a school leaves',
      subject: 'organisation.school',
      id: plan.school.id,
      school: plan.school.id,
      detail: { what: plan.school.name, last: plan.last, why, ids: plan.onRoll.map(({ pupil }) => pupil) },
    })
  })
  await restate(viewer, {
    schools: [plan.school.id],
    why: `${plan.school.shortName} left the trust before this drop’s day.`,
  })
  return plan
}

/** What ends with a school, in the caller’s transaction. */
export async function endSchool(viewer: Viewer, tx: Writing, plan: Leaving, why: string): Promise<void> {
  const { school, last } = plan
  const own = within(viewer, tx)
  await endMembership(own, school.id, last, why)
  await leaveRoll(
    own,
    plan.held.filter(({ to }) => to === null || to > last).map(({ pupil }) => ({ pupil, school: school.id })),
    last,
  )
  await endPostsAt(own, school.id, last)
  await endRolesAt(viewer, tx, school.id, last)
  const codes = plan.drops.map(({ code }) => code)
  if (codes.length)
    await tx
      .deleteFrom('evidence.drop_request')
      .where('trust_id', '=', viewer.trust)
      .where('school_id', '=', school.id)
      .where('drop_id', 'in', (find) =>
        find
          .selectFrom('evidence.drop')
          .select('drop_id')
          .where('trust_id', '=', viewer.trust)
          .where('code', 'in', codes),
      )
      .execute()
  await tx
    .updateTable('evidence.upload_key')
    .set({ revoked_at: viewer.house.clock.now(), revoked_by: viewer.person || null })
    .where('trust_id', '=', viewer.trust)
    .where('school_id', '=', school.id)
    .where('revoked_at', 'is', null)
    .execute()
}
