import { addDays, type Day, isDay } from '../../../kernel/days.ts'
import { enforce, Refusal } from '../../../kernel/refusal.ts'
import { write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { auditIn, carryRoles, type RoleAtSchool } from '../../access/index.ts'
import { carryInto, type School, schoolById } from '../../organisation/index.ts'
import { canLeaveTrust, endSchool, type Leaving, leaving } from './leave-trust.ts'
import { restate } from './restate.ts'

export interface AskedMerger {
  /** The school that goes on: one of the two, or a new one that was added. */
  readonly into: number
  /** The school that becomes part of it. */
  readonly from: number
  /** First day as one school. */
  readonly day: Day
}

export interface Merging {
  readonly into: School
  readonly from: Leaving
  readonly day: Day
}

/** What a merger would do, before it is done. @throws Refusal, NotHere */
export async function merging(viewer: Viewer, asked: AskedMerger): Promise<Merging> {
  const into = await schoolById(viewer, asked.into)
  const from = await schoolById(viewer, asked.from)
  enforce(canLeaveTrust(viewer, from))
  enforce(canLeaveTrust(viewer, into))
  if (into.id === from.id) throw new Refusal('A school merges with another, not with itself.')
  if (!isDay(asked.day))
    throw new Refusal(
      asked.day ? `${asked.day} is not a day on the calendar.` : 'Say from which day they are one school.',
    )
  const plan = await leaving(viewer, { school: from.id, last: addDays(asked.day, -1), why: '' })
  return { into, from: plan, day: asked.day }
}

/**
 * Two schools of the trust become one: pupils, classes of the year, posts and roles go on at the school that goes on, the other ends the
 * day before. Its figures stay its own at their addresses. The answer: roles at departments, which are not carried. @throws Refusal
 */
export async function mergeSchools(
  viewer: Viewer,
  asked: AskedMerger,
): Promise<Merging & { readonly left: readonly RoleAtSchool[] }> {
  const plan = await merging(viewer, asked)
  const { into, from, day } = plan
  const pupils = from.onRoll.map(({ pupil }) => pupil)
  const left = await write(viewer, async (tx) => {
    const classes = await carryInto(viewer, tx, {
      from: from.school.id,
      fromName: from.school.shortName,
      into: into.id,
      day,
      pupils,
    })
    await endSchool(viewer, tx, from, `Became part of ${into.name}.`)
    await auditIn(viewer, tx, {
      deed: 'merged schools',
      subject: 'organisation.school',
      id: into.id,
      school: into.id,
      detail: { what: `${from.school.name} into ${into.name}`, day, ids: pupils },
    })
    return carryRoles(viewer, tx, from.roles, { into: into.id, day, classes })
  })
  await restate(viewer, {
    schools: [from.school.id, into.id],
    why: `${from.school.shortName} became part of ${into.shortName}.`,
    carry: pupils.map((pupil) => ({ pupil, from: from.school.id, to: into.id })),
  })
  return { ...plan, left }
}
