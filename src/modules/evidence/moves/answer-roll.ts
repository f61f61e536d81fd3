import { addDays, type Day } from '../../../kernel/days.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { read, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { audit, auditIn, endRole, recordLeaver } from '../../access/index.ts'
import {
  answerPupilsLeft,
  answerStaffLeft,
  answerTwoRolls,
  rollQuestion,
  type TwoRollsAnswer,
} from '../../organisation/index.ts'
import { restate } from './restate.ts'

/** Answers for a pupil on two rolls; open drops then say anew who counts where. The answer: whether it took effect. */
export async function answerBothRolls(viewer: Viewer, id: number, answer: TwoRollsAnswer): Promise<boolean> {
  const made = await answerTwoRolls(viewer, id, answer)
  await audit(viewer, {
    deed: 'answered two rolls',
    subject: 'organisation.pupil',
    id: made.pupil,
    school: made.schools[0],
    detail: { ...answer, takesEffect: made.takesEffect },
  })
  if (!made.takesEffect) return false
  const [school, other] = made.schools
  const to = answer.says === 'not the same' ? undefined : answer.main
  await restate(viewer, {
    schools: made.schools,
    why: 'A pupil on two rolls counts at one of them.',
    ...(to === undefined ? {} : { carry: [{ pupil: made.pupil, from: to === school ? other : school, to }] }),
    ...(made.parted ? { parted: { pupil: made.pupil, school, now: made.parted } } : {}),
  })
  return true
}

export interface LeftAnswer {
  /** Those who left; none: all are still here. */
  readonly who: readonly number[]
  readonly last: Day
  /** Said to be whole, when so many lack that it looks cut short. */
  readonly whole: boolean
}

/** Answers whether pupils, or staff, whom a roster no longer lists have left. @throws Refusal, NotHere */
export async function answerLeft(
  viewer: Viewer,
  id: number,
  { who, last, whole }: LeftAnswer,
): Promise<void> {
  const question = await rollQuestion(viewer, id)
  if (question.kind === 'left') {
    await answerPupilsLeft(viewer, id, { pupils: who, last, whole })
    if (who.length === 0) return
    await audit(viewer, {
      deed: 'recorded leavers',
      subject: 'organisation.school',
      id: question.school,
      school: question.school,
      detail: { pupils: [...who], last },
    })
    await restate(viewer, { schools: [question.school], why: 'Pupils left the roll.' })
    return
  }
  if (!may(viewer, 'manage people', { school: question.school }))
    throw new Refusal(
      'The headteacher or the trust’s data lead says who of the staff has left. Your role does not.',
    )
  if (who.includes(viewer.person))
    throw new Refusal('You can’t record that you yourself have left. Ask someone else who manages people.')
  const roles = await rolesAt(viewer, question.school, who)
  await write(viewer, async (tx) => {
    await answerStaffLeft(viewer, tx, question, { staff: who, last, whole })
    await auditIn(viewer, tx, {
      deed: 'recorded leavers',
      subject: 'organisation.school',
      id: question.school,
      school: question.school,
      detail: { staff: [...who], last },
    })
  })
  // A role that ends with a day that is past ends at once: none is rewritten backwards.
  const yesterday = addDays(viewer.today, -1)
  for (const person of who) {
    const own = roles.filter((role) => role.person === person)
    if (own.every((role) => role.here)) await recordLeaver(viewer, person, last)
    else
      for (const role of own.filter(({ here }) => here))
        await endRole(viewer, role.grant, last < yesterday ? yesterday : last)
  }
}

/** Roles that these people hold today, and whether each is at this school. */
const rolesAt = (viewer: Viewer, school: number, who: readonly number[]) =>
  who.length === 0
    ? Promise.resolve([])
    : read(viewer, async (db) =>
        (
          await db
            .selectFrom('access.role_grant')
            .select(['grant_id', 'person_id', 'school_id'])
            .where('trust_id', '=', viewer.trust)
            .where('person_id', 'in', [...who])
            .where((is) => is.or([is('to_day', 'is', null), is('to_day', '>=', viewer.today)]))
            .execute()
        ).map((row) => ({ grant: row.grant_id, person: row.person_id, here: row.school_id === school })),
      )
