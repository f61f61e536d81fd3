import { enforce, type Verdict } from '../../../../kernel/refusal.ts'
import { may } from '../../../../kernel/viewer.ts'
import { type Reading, read, record, write } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { inTurn, makeSnapshot } from '../../snapshots/index.ts'
import { canLock, type LockFacts } from '../domain/can.ts'
import type { Drop } from '../domain/drop.ts'
import { dropIn } from '../queries/drops.ts'
import { readinessIn } from '../queries/readiness.ts'
import { holdDrop } from './hold-drop.ts'

async function factsIn(db: Reading, viewer: Viewer, drop: Drop): Promise<LockFacts> {
  const ready = await readinessIn(db, viewer, drop)
  return {
    may: may(viewer, 'lock drop'),
    published: ready.filter((one) => one.results > 0).length,
    waiting: ready.filter((one) => one.standing !== 'signed off').map((one) => one.school.shortName),
    ...(drop.lock ? { lock: drop.lock } : {}),
  }
}

/** May the viewer lock the drop now, and would it be allowed if a reason were given for those who have not signed off? */
export const lockVerdicts = (viewer: Viewer, code: string): Promise<{ lock: Verdict; without: Verdict }> =>
  read(viewer, async (db) => {
    const facts = await factsIn(db, viewer, await dropIn(db, viewer, code))
    return {
      lock: canLock(facts),
      without: canLock({ ...facts, without: 'A reason that is long enough.' }),
    }
  })

/**
 * Locks the drop: one last snapshot, final, in the same transaction as the lock. Answers its number.
 * `without` says why schools that have not signed off are not waited for; it is kept with the snapshot.
 * @throws Refusal
 */
export const lockDrop = (
  viewer: Viewer,
  code: string,
  { without }: { without?: string } = {},
): Promise<number> =>
  write(viewer, async (tx) => {
    await inTurn(viewer, tx)
    const drop = await holdDrop(tx, viewer, code)
    const facts = await factsIn(tx, viewer, drop)
    enforce(canLock({ ...facts, ...(without?.trim() ? { without: without.trim() } : {}) }))
    const note = facts.waiting.length ? without!.trim() : ''
    const snapshot = await makeSnapshot(viewer, tx, { drop: drop.id, school: null, reason: 'lock', note })
    await tx
      .insertInto('evidence.drop_lock')
      .values({
        trust_id: viewer.trust,
        drop_id: drop.id,
        snapshot,
        at: viewer.house.clock.now(),
        person_id: viewer.person,
      })
      .execute()
    await record(viewer, tx, {
      subject: 'evidence.drop',
      id: drop.id,
      deed: 'locked',
      detail: { snapshot, ...(note ? { without: facts.waiting, why: note } : {}) },
    })
    return snapshot
  })
