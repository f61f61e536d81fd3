import { londonDay, londonTime } from '../../../kernel/days.ts'
import { enforce, NotHere, Refusal } from '../../../kernel/refusal.ts'
import { mayDo } from '../../../kernel/roles.ts'
import { type Reading, read, record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { pupilIdByUpn } from '../../organisation/index.ts'
import { canBreakGlass, canEndGlass, grantOfGlass } from '../domain/break-glass.ts'
import { holdsOn } from '../domain/grants.ts'
import { heldRoles } from '../queries/roles-held.ts'
import { auditIn } from './audit.ts'
import { tellOfGlass } from './tell-of-glass.ts'

export interface AskedGlass {
  readonly school: number
  /** Only this pupil, by UPN; every pupil of the school when left out. */
  readonly upn?: string
  readonly reason: string
  readonly hours: number
}

export interface Broken {
  readonly id: number
  readonly pupil: number | null
  readonly until: Date
}

/**
 * Lets the viewer see a school, or one pupil of it, beyond their roles, until it ends by itself. The trust is told at once.
 * @throws Refusal in a sentence, with nothing changed. @throws NotHere when there is no such school.
 */
export async function breakGlass(viewer: Viewer, asked: AskedGlass): Promise<Broken> {
  const { house } = viewer
  const from = house.clock.now()
  const until = new Date(from.getTime() + asked.hours * 3_600_000)
  const tell = await read(viewer, (db) => toBeTold(db, viewer, asked.school))
  enforce(canBreakGlass(viewer, asked, tell.length))
  const pupil = asked.upn?.trim() ? await pupilAsked(viewer, asked.school, asked.upn.trim()) : null
  const id = await write(viewer, async (tx) => {
    const glass = await tx
      .insertInto('access.break_glass')
      .values({
        trust_id: viewer.trust,
        person_id: viewer.person,
        school_id: asked.school,
        pupil_id: pupil,
        reason: asked.reason.trim(),
        from_at: from,
        until_at: until,
        ended_at: null,
        ended_by: null,
      })
      .returning('break_glass_id as id')
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('access.break_glass_letter')
      .values(
        tell.map((person) => ({
          trust_id: viewer.trust,
          break_glass_id: glass.id,
          person_id: person,
          sent_at: null,
        })),
      )
      .execute()
    const detail = { reason: asked.reason.trim(), until: `${londonDay(until)} ${londonTime(until)}` }
    await record(viewer, tx, {
      subject: 'access.break_glass',
      id: glass.id,
      deed: 'broke glass',
      school: asked.school,
      detail,
    })
    await auditIn(viewer, tx, {
      deed: 'broke glass',
      subject: pupil === null ? 'organisation.school' : 'organisation.pupil',
      id: pupil ?? asked.school,
      school: asked.school,
      detail,
    })
    return glass.id
  })
  await tellOfGlass(viewer, id)
  return { id, pupil, until }
}

/** Ends it before its time. @throws Refusal, NotHere */
export const endGlass = (viewer: Viewer, id: number): Promise<void> =>
  write(viewer, async (tx) => {
    const glass = await tx
      .selectFrom('access.break_glass')
      .where('trust_id', '=', viewer.trust)
      .where('break_glass_id', '=', id)
      .select(['person_id as person', 'school_id as school', 'pupil_id as pupil', 'until_at as until'])
      .select('ended_at as ended')
      .executeTakeFirst()
    if (!glass) throw new NotHere()
    const now = viewer.house.clock.now()
    enforce(canEndGlass(viewer, { ...glass, ended: glass.until <= now ? glass.until : glass.ended }))
    await tx
      .updateTable('access.break_glass')
      .set({ ended_at: now, ended_by: viewer.person || null })
      .where('trust_id', '=', viewer.trust)
      .where('break_glass_id', '=', id)
      .execute()
    await auditIn(viewer, tx, {
      deed: 'ended glass',
      subject: glass.pupil === null ? 'organisation.school' : 'organisation.pupil',
      id: glass.pupil ?? glass.school,
      school: glass.school,
    })
  })

/** Who reads the trail of the whole trust or heads the school, besides the viewer: none if nobody reads the whole trust's. */
async function toBeTold(db: Reading, viewer: Viewer, school: number): Promise<number[]> {
  const exists = await db
    .selectFrom('organisation.school')
    .where('trust_id', '=', viewer.trust)
    .where('school_id', '=', school)
    .select('school_id')
    .executeTakeFirst()
  if (!exists) throw new NotHere()
  const here = await db
    .selectFrom('organisation.person')
    .where('trust_id', '=', viewer.trust)
    .where((eb) => eb.or([eb('left_on', 'is', null), eb('left_on', '>=', viewer.today)]))
    .where('person_id', '!=', viewer.person)
    .select('person_id')
    .execute()
  const people = new Set(here.map((row) => row.person_id))
  const held = (await heldRoles(db, viewer.trust).execute()).filter(
    (role) =>
      people.has(role.person) && holdsOn(role, viewer.today) && mayDo[role.role].includes('see audit'),
  )
  const ofTrust = held.filter((role) => role.node === 'trust')
  if (ofTrust.length === 0) return []
  const ofSchool = held.filter((role) => role.node === 'school' && role.school === school)
  return [...new Set([...ofTrust, ...ofSchool].map((role) => role.person))]
}

/** A pupil of the school by UPN, found with the sight that is being asked for. @throws Refusal */
async function pupilAsked(viewer: Viewer, school: number, upn: string): Promise<number> {
  const sight = grantOfGlass({ id: 0, school, pupil: null, until: viewer.house.clock.now() })
  const found = await pupilIdByUpn({ ...viewer, grants: [sight] }, upn.toUpperCase())
  if (found === undefined)
    throw new Refusal(`No pupil of that school has the UPN ${upn.slice(0, 20)}. Look at it again.`)
  return found
}
