import { dayName, londonDay, londonTime } from '../../../kernel/days.ts'
import { read, write } from '../../../platform/database/door.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { trustOf } from '../../organisation/index.ts'
import { atTheDoor } from '../queries/viewer-of.ts'

const job = 'access.glass-letter'

/** Sends letters that could not go out when the glass was broken. */
export const handleGlassLetters = (house: House): Promise<void> =>
  house.jobs.handle<{ glass: number }>(job, async ({ trust, data }) => {
    if (!(await sendLetters(atTheDoor(house, trust), data.glass)))
      throw new Error('A letter about a broken glass could not be sent yet.')
  })

/** Tells at once whoever must know; letters that the mail server does not take wait in the queue. */
export async function tellOfGlass(viewer: Viewer, glass: number): Promise<void> {
  if (!(await sendLetters(viewer, glass))) await viewer.house.jobs.start(viewer, job, { glass })
}

/** Sends each letter that has not gone out; did all of them go? */
async function sendLetters(viewer: Viewer, id: number): Promise<boolean> {
  const { house } = viewer
  const trust = await trustOf(viewer)
  const { glass, letters } = await read(viewer, async (db) => ({
    glass: await db
      .selectFrom('access.break_glass as g')
      .innerJoin('organisation.person as p', (join) =>
        join.onRef('p.trust_id', '=', 'g.trust_id').onRef('p.person_id', '=', 'g.person_id'),
      )
      .innerJoin('organisation.school as s', (join) =>
        join.onRef('s.trust_id', '=', 'g.trust_id').onRef('s.school_id', '=', 'g.school_id'),
      )
      .where('g.trust_id', '=', viewer.trust)
      .where('g.break_glass_id', '=', id)
      .select(['p.name', 'p.title', 's.name as school', 'g.pupil_id as pupil', 'g.reason'])
      .select('g.until_at as until')
      .executeTakeFirst(),
    letters: await db
      .selectFrom('access.break_glass_letter as l')
      .innerJoin('organisation.person as p', (join) =>
        join.onRef('p.trust_id', '=', 'l.trust_id').onRef('p.person_id', '=', 'l.person_id'),
      )
      .where('l.trust_id', '=', viewer.trust)
      .where('l.break_glass_id', '=', id)
      .where('l.sent_at', 'is', null)
      .select(['p.person_id as person', 'p.name', 'p.email'])
      .execute(),
  }))
  if (!glass) return true
  const whom = glass.pupil === null ? 'every pupil' : 'one pupil'
  let all = true
  for (const letter of letters) {
    const text = `Hello ${letter.name},

${glass.name} (${glass.title}) has opened the record of ${whom} of ${glass.school}, which their role does not let them see. It ends by itself on ${dayName(londonDay(glass.until))} at ${londonTime(glass.until)}.

The reason they gave:

${glass.reason}

See it, or end it now: ${house.config.origin}/break-glass
Everything they look at is in the audit trail: ${house.config.origin}/audit

${trust.name}’s Throughline
`
    try {
      await house.mail.send({
        to: letter.email,
        subject: `${glass.name} opened pupils’ records of ${glass.school}`,
        text,
      })
    } catch (error) {
      all = false
      house.log.error('letter about a broken glass not sent', error, { glass: id, person: letter.person })
      continue
    }
    await write(viewer, (tx) =>
      tx
        .updateTable('access.break_glass_letter')
        .set({ sent_at: house.clock.now() })
        .where('trust_id', '=', viewer.trust)
        .where('break_glass_id', '=', id)
        .where('person_id', '=', letter.person)
        .execute(),
    )
  }
  return all
}
