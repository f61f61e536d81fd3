import { record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { groupBySchool, mustSend } from './must-send.ts'
import {
  type ClassPlace,
  describe,
  enrol,
  join,
  type Movement,
  type Placement,
  place,
  type RecordedCharacteristic,
} from './pupil-rows.ts'

/**
 * Pupils who are known go on roll, into a year group, into classes, or are described by dated facts. What another school of
 * the trust recorded stays with that school: whoever moves a pupil passes the facts on, as a transfer file does.
 */
export async function placePupils(
  viewer: Viewer,
  what: {
    readonly enrolments?: readonly Movement[]
    readonly placements?: readonly Placement[]
    readonly classes?: readonly ClassPlace[]
    readonly characteristics?: readonly RecordedCharacteristic[]
  },
): Promise<void> {
  const all: readonly { readonly school: number; readonly pupil: number }[] = [
    ...(what.enrolments ?? []),
    ...(what.placements ?? []),
    ...(what.classes ?? []),
    ...(what.characteristics ?? []),
  ]
  mustSend(viewer, new Set(all.map((row) => row.school)))
  if (all.length === 0) return
  await write(viewer, async (tx) => {
    await enrol(tx, viewer.trust, what.enrolments ?? [])
    await place(tx, viewer.trust, what.placements ?? [])
    await join(tx, viewer.trust, what.classes ?? [])
    await describe(tx, viewer.trust, what.characteristics ?? [])
    for (const [school, many] of groupBySchool(all))
      await record(viewer, tx, {
        subject: 'organisation.pupil',
        id: all[0]!.pupil,
        deed: 'placed',
        school,
        detail: { rows: many },
      })
  })
}
