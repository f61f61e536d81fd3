import { enforce, Refusal, type Verdict } from '../../../../kernel/refusal.ts'
import { may } from '../../../../kernel/viewer.ts'
import { type Reading, read, record, type Writing, write } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { canSignOff, canWithdraw, type SignOffFacts } from '../domain/can.ts'
import type { Drop } from '../domain/drop.ts'
import { dropIn } from '../queries/drops.ts'
import { readinessIn } from '../queries/readiness.ts'
import { holdDrop } from './hold-drop.ts'

interface OneSchool {
  readonly drop: string
  readonly school: number
}

async function factsIn(
  db: Reading,
  viewer: Viewer,
  drop: Drop,
  school: number,
): Promise<SignOffFacts & { name: string }> {
  const ready = (await readinessIn(db, viewer, drop)).find((one) => one.school.id === school)
  return {
    school: ready?.school.shortName ?? 'This school',
    name: ready?.school.name ?? '',
    may: may(viewer, 'sign off', { school }),
    asked: ready !== undefined,
    results: ready?.results ?? 0,
    inHand: ready?.inHand.map((file) => file.name) ?? [],
    ...(drop.lock ? { lock: drop.lock } : {}),
    ...(ready?.signedOff ? { signedOff: ready.signedOff } : {}),
  }
}

/** May the viewer sign off, or take a sign-off back, now? What the page shows beside the button. */
export const signOffVerdicts = (
  viewer: Viewer,
  { drop, school }: OneSchool,
): Promise<{ signOff: Verdict; withdraw: Verdict }> =>
  read(viewer, async (db) => {
    const facts = await factsIn(db, viewer, await dropIn(db, viewer, drop), school)
    return { signOff: canSignOff(facts), withdraw: canWithdraw(facts) }
  })

/** Signs off what is live of the school now; answers the snapshot that was signed. @throws Refusal */
export const signOff = (
  viewer: Viewer,
  { drop: code, school, unanswered = 0 }: OneSchool & { unanswered?: number },
): Promise<number> =>
  write(viewer, async (tx) => {
    const drop = await holdDrop(tx, viewer, code)
    enforce(canSignOff(await factsIn(tx, viewer, drop, school)))
    await close(tx, viewer, drop, school, 'Something was published or undone after it.')
    const { snapshot } = await tx
      .selectFrom('evidence.snapshot')
      .where('trust_id', '=', viewer.trust)
      .select((of) => of.fn.max('snapshot').as('snapshot'))
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('evidence.sign_off')
      .values({
        trust_id: viewer.trust,
        drop_id: drop.id,
        school_id: school,
        snapshot,
        at: viewer.house.clock.now(),
        person_id: viewer.person,
      })
      .execute()
    await record(viewer, tx, {
      subject: 'evidence.drop',
      id: drop.id,
      deed: 'signed off',
      school,
      detail: { snapshot, unanswered },
    })
    return snapshot
  })

/** Takes a sign-off back, with the reason. @throws Refusal */
export const withdrawSignOff = (
  viewer: Viewer,
  { drop: code, school, why }: OneSchool & { why: string },
): Promise<void> =>
  write(viewer, async (tx) => {
    const drop = await holdDrop(tx, viewer, code)
    enforce(canWithdraw(await factsIn(tx, viewer, drop, school)))
    if (why.trim().length < 5) throw new Refusal('Say why the sign-off is taken back: it is kept with it.')
    await close(tx, viewer, drop, school, why.trim())
    await record(viewer, tx, {
      subject: 'evidence.drop',
      id: drop.id,
      deed: 'took sign-off back',
      school,
      detail: { why: why.trim() },
    })
  })

const close = (tx: Writing, viewer: Viewer, drop: Drop, school: number, why: string) =>
  tx
    .updateTable('evidence.sign_off')
    .set({
      withdrawn_at: viewer.house.clock.now(),
      withdrawn_by: viewer.person || null,
      withdrawn_why: why,
    })
    .where('trust_id', '=', viewer.trust)
    .where('drop_id', '=', drop.id)
    .where('school_id', '=', school)
    .where('withdrawn_at', 'is', null)
    .execute()
