import { londonDay } from '../../../../kernel/days.ts'
import { enforce, type Verdict } from '../../../../kernel/refusal.ts'
import { may } from '../../../../kernel/viewer.ts'
import { type Reading, read, record, write } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { canChase } from '../domain/can.ts'
import type { Drop } from '../domain/drop.ts'
import { whatIsMissing } from '../domain/missing.ts'
import type { SchoolReadiness } from '../domain/standing.ts'
import { dropIn } from '../queries/drops.ts'
import { readinessIn } from '../queries/readiness.ts'
import { sendLetters } from '../send-letters.ts'
import { holdDrop } from './hold-drop.ts'

/** Someone who would be reminded, and of what. */
export interface Recipient {
  readonly school: SchoolReadiness['school']
  readonly person: number
  readonly name: string
  readonly email: string
  readonly missing: string
  readonly due: string
}

export interface Chasing {
  readonly verdict: Verdict
  readonly recipients: readonly Recipient[]
  /** Schools that wait but have nobody to write to, or were reminded today. */
  readonly passedOver: readonly { readonly school: string; readonly because: string }[]
}

async function chasingIn(
  db: Reading,
  viewer: Viewer,
  drop: Drop,
  only?: readonly number[],
): Promise<Chasing> {
  const waiting = (await readinessIn(db, viewer, drop)).filter((one) => one.standing !== 'signed off')
  const chosen = only ? waiting.filter((one) => only.includes(one.school.id)) : waiting
  const recipients: Recipient[] = []
  const passedOver: { school: string; because: string }[] = []
  for (const one of chosen) {
    const school = one.school.shortName
    if (!one.person) passedOver.push({ school, because: 'nobody there is asked: choose a data manager' })
    else if (
      one.reminders.some((sent) => sent.person === one.person!.id && londonDay(sent.at) === viewer.today)
    )
      passedOver.push({ school, because: `${one.person.name} was reminded today` })
    else
      recipients.push({
        school: one.school,
        person: one.person.id,
        name: one.person.name,
        email: one.person.email,
        missing: whatIsMissing(one),
        due: one.due,
      })
  }
  const verdict = canChase({
    may: may(viewer, 'chase'),
    waiting: waiting.length,
    recipients: recipients.length,
    ...(drop.lock ? { lock: drop.lock } : {}),
  })
  return { verdict, recipients, passedOver }
}

/** Who would be reminded now, and who not and why: shown before anything is sent. */
export const chasing = (viewer: Viewer, code: string): Promise<Chasing> =>
  read(viewer, async (db) => chasingIn(db, viewer, await dropIn(db, viewer, code)))

/** Reminds those who wait (only some schools, when named), and keeps that they were. @throws Refusal */
export async function chase(
  viewer: Viewer,
  code: string,
  schools?: readonly number[],
): Promise<readonly Recipient[]> {
  const recipients = await write(viewer, async (tx) => {
    const drop = await holdDrop(tx, viewer, code)
    const { verdict, recipients } = await chasingIn(tx, viewer, drop, schools)
    enforce(verdict)
    await tx
      .insertInto('evidence.reminder')
      .values(
        recipients.map((one) => ({
          trust_id: viewer.trust,
          drop_id: drop.id,
          school_id: one.school.id,
          to_person: one.person,
          at: viewer.house.clock.now(),
          sent_by: viewer.person || null,
        })),
      )
      .execute()
    for (const one of recipients)
      await record(viewer, tx, {
        subject: 'evidence.drop',
        id: drop.id,
        deed: 'reminded',
        school: one.school.id,
        detail: { person: one.person },
      })
    return recipients
  })
  await sendLetters(
    viewer,
    recipients.map((one) => ({ kind: 'reminder' as const, drop: code, school: one.school.id })),
  )
  return recipients
}
