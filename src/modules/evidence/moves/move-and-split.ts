import type { Day } from '../../../kernel/days.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { audit } from '../../access/index.ts'
import { type AskedSplit, movePupil, renameClass, schoolById, splitClass } from '../../organisation/index.ts'
import { dropState, dropTitle } from '../drops/domain/drop.ts'
import { drops } from '../drops/queries/drops.ts'
import { restate } from './restate.ts'

export interface CountsAt {
  readonly title: string
  readonly asAt: Day
  /** Where the pupil counts, once they have moved on the day. */
  readonly at: 'before' | 'after'
}

/** In each drop that stands open, whether a pupil who moves on the day counts at the school of before or at the next. */
export async function countsAfterMove(viewer: Viewer, day: Day): Promise<CountsAt[]> {
  return (await drops(viewer))
    .filter((drop) => dropState(drop, viewer.today) !== 'locked')
    .map((drop) => ({ title: dropTitle(drop), asAt: drop.asAt, at: drop.asAt < day ? 'before' : 'after' }))
}

/** A pupil changes school within the trust; open drops of the day or later count them, and their marks, at the new one. The answer: drops that changed. */
export async function moveSchool(
  viewer: Viewer,
  asked: { readonly pupil: number; readonly from: number; readonly to: number; readonly day: Day },
): Promise<string[]> {
  await movePupil(viewer, asked)
  const to = await schoolById(viewer, asked.to)
  await audit(viewer, {
    deed: 'moved pupil',
    subject: 'organisation.pupil',
    id: asked.pupil,
    school: asked.to,
    detail: { what: to.name, from: asked.from, day: asked.day },
  })
  return restate(viewer, {
    schools: [asked.from, asked.to],
    why: 'A pupil changed school.',
    carry: [asked],
  })
}

/** A class is split; marks that were sent stay with their pupils, and open drops show them in their new class. */
export async function splitAndRestate(viewer: Viewer, asked: AskedSplit): Promise<string[]> {
  const { school, moved } = await splitClass(viewer, asked)
  return restate(viewer, { schools: [school], why: 'A class was split.', classes: moved, from: asked.day })
}

/** A class gets another name; open drops show it. */
export async function renameAndRestate(viewer: Viewer, id: number, name: string): Promise<string[]> {
  const { school } = await renameClass(viewer, id, name)
  return restate(viewer, { schools: [school], why: 'A class got another name.' })
}
