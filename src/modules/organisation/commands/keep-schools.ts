import { type Day, dayName, isDay } from '../../../kernel/days.ts'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

const mustKeep = (viewer: Viewer) => {
  if (!may(viewer, 'keep schools'))
    throw new Refusal('Only the trust’s data lead or an administrator can change the record of schools.')
}

export interface SchoolRevision {
  readonly name: string
  readonly laestab: string | null
  readonly admits: 'mixed' | 'girls' | 'boys'
  readonly ages?: readonly [number, number]
}

/** A school’s record says what is so now; its short name, address and cluster stay the trust’s own. @throws Refusal, NotHere */
export async function reviseSchool(viewer: Viewer, school: number, now: SchoolRevision): Promise<void> {
  mustKeep(viewer)
  await write(viewer, async (tx) => {
    const before = await tx
      .selectFrom('organisation.school')
      .select(['name', 'laestab', 'admits', 'low_age', 'high_age'])
      .where('school_id', '=', school)
      .executeTakeFirst()
    if (!before) throw new NotHere('There is no such school in this trust.')
    await tx
      .updateTable('organisation.school')
      .set({
        name: now.name,
        laestab: now.laestab,
        admits: now.admits,
        ...(now.ages ? { low_age: now.ages[0], high_age: now.ages[1] } : {}),
      })
      .where('trust_id', '=', viewer.trust)
      .where('school_id', '=', school)
      .execute()
    await record(viewer, tx, {
      subject: 'organisation.school',
      id: school,
      deed: 'revised',
      school,
      detail: { before, now },
    })
  })
}

/** The last day that a school was open, or belonged to the trust, and why it went. @throws Refusal */
export async function endMembership(viewer: Viewer, school: number, last: Day, why = ''): Promise<void> {
  mustKeep(viewer)
  await write(viewer, async (tx) => {
    await tx
      .updateTable('organisation.membership')
      .set({ to_day: last, why })
      .where('trust_id', '=', viewer.trust)
      .where('school_id', '=', school)
      .where('to_day', 'is', null)
      .execute()
    await record(viewer, tx, {
      subject: 'organisation.school',
      id: school,
      deed: 'left',
      school,
      detail: { last, ...(why ? { why } : {}) },
    })
  })
}

/** The day a school joined the trust, once somebody says it: what comes for a day before is its own history. @throws Refusal, NotHere */
export async function recordJoining(viewer: Viewer, school: number, day: Day): Promise<void> {
  mustKeep(viewer)
  if (!isDay(day))
    throw new Refusal(day ? `${day} is not a day on the calendar.` : 'Say on which day it joined.')
  await write(viewer, async (tx) => {
    const last = await tx
      .selectFrom('organisation.membership')
      .select(['from_day', 'to_day'])
      .where('trust_id', '=', viewer.trust)
      .where('school_id', '=', school)
      .orderBy('from_day', 'desc')
      .executeTakeFirst()
    if (!last) throw new NotHere('There is no such school in this trust.')
    if (last.to_day !== null && day > last.to_day)
      throw new Refusal(`It left on ${dayName(last.to_day)}, so it did not join on ${dayName(day)}.`)
    await tx
      .updateTable('organisation.membership')
      .set({ from_day: day, joining_known: true })
      .where('trust_id', '=', viewer.trust)
      .where('school_id', '=', school)
      .where('from_day', '=', last.from_day)
      .execute()
    await record(viewer, tx, {
      subject: 'organisation.school',
      id: school,
      deed: 'joined',
      school,
      detail: { day },
    })
  })
}

/** URNs that schools had before they converted: history joins through them. @throws Refusal */
export async function addPredecessors(
  viewer: Viewer,
  links: readonly { readonly school: number; readonly urn: string; readonly until: Day | null }[],
): Promise<void> {
  mustKeep(viewer)
  if (links.length === 0) return
  await write(viewer, async (tx) => {
    await tx
      .insertInto('organisation.school_predecessor')
      .values(
        links.map(({ school, urn, until }) => ({
          trust_id: viewer.trust,
          school_id: school,
          urn,
          laestab: null,
          until_day: until,
        })),
      )
      .onConflict((on) => on.columns(['trust_id', 'school_id', 'urn']).doNothing())
      .execute()
    for (const { school, urn } of links)
      await record(viewer, tx, {
        subject: 'organisation.school',
        id: school,
        deed: 'predecessor added',
        school,
        detail: { urn },
      })
  })
}

/** The trust’s number at Companies House. @throws Refusal */
export async function reviseTrust(viewer: Viewer, now: { readonly companiesHouse: string }): Promise<void> {
  mustKeep(viewer)
  await write(viewer, async (tx) => {
    await tx
      .updateTable('organisation.trust')
      .set({ companies_house: now.companiesHouse })
      .where('trust_id', '=', viewer.trust)
      .execute()
    await record(viewer, tx, {
      subject: 'organisation.trust',
      id: viewer.trust,
      deed: 'revised',
      detail: now,
    })
  })
}
