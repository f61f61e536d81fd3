import { type Day, dayName, isDay } from '../../../../kernel/days.ts'
import { enforce, Refusal } from '../../../../kernel/refusal.ts'
import { may } from '../../../../kernel/viewer.ts'
import { record, write } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { canOpen } from '../domain/can.ts'
import { sendLetters } from '../send-letters.ts'
import { holdDrop } from './hold-drop.ts'

export interface SchoolAsked {
  readonly drop: string
  readonly school: number
  /** Who is asked from now on; nobody when null. */
  readonly person: number | null
  readonly due: Day
}

/** Asks another person of a school, or by another day (a school that was not asked is asked now), and writes to who is new. @throws Refusal */
export async function askSchool(
  viewer: Viewer,
  { drop: code, school, person, due }: SchoolAsked,
): Promise<void> {
  enforce(canOpen({ may: may(viewer, 'open drop') }))
  const isNew = await write(viewer, async (tx) => {
    const drop = await holdDrop(tx, viewer, code)
    if (drop.lock) throw new Refusal('The drop is locked; nobody is asked for anything more.')
    if (!isDay(due))
      throw new Refusal(due ? `${due} is not a day on the calendar.` : 'Say by when files are due.')
    if (due < drop.opens)
      throw new Refusal(`Files can’t be due before the drop opens, on ${dayName(drop.opens)}.`)
    const known = person
      ? await tx
          .selectFrom('organisation.person')
          .where('trust_id', '=', viewer.trust)
          .where('person_id', '=', person)
          .where((is) => is.or([is('left_on', 'is', null), is('left_on', '>', viewer.today)]))
          .select('person_id')
          .executeTakeFirst()
      : undefined
    if (person && !known) throw new Refusal('That person is no longer in the trust.')
    const before = await tx
      .selectFrom('evidence.drop_request')
      .where('trust_id', '=', viewer.trust)
      .where('drop_id', '=', drop.id)
      .where('school_id', '=', school)
      .select('person_id')
      .executeTakeFirst()
    await tx
      .insertInto('evidence.drop_request')
      .values({ trust_id: viewer.trust, drop_id: drop.id, school_id: school, person_id: person, due })
      .onConflict((row) =>
        row.columns(['trust_id', 'drop_id', 'school_id']).doUpdateSet({ person_id: person, due }),
      )
      .execute()
    await record(viewer, tx, {
      subject: 'evidence.drop',
      id: drop.id,
      deed: 'asked',
      school,
      detail: { person, due },
    })
    return person !== null && before?.person_id !== person
  })
  if (isNew) await sendLetters(viewer, [{ kind: 'opening', drop: code, school }])
}
