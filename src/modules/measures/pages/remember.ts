import { raw } from 'hono/html'
import { reachOf } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import { recordMark } from '../../../platform/database/kept.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { rewritings } from '../../evidence/index.ts'

const most = 2000
const kept = new WeakMap<House, Map<string, Promise<unknown>>>()

/**
 * Works out once what stands on a numbered snapshot, and so changes only when rows of it are let go. The key must hold everything that the
 * answer depends on besides the viewer's reach. Failures are not kept.
 */
export async function remember<T>(viewer: Viewer, key: string, work: () => Promise<T>): Promise<T> {
  const house = viewer.house
  const since = await rewritings(viewer)
  const known = kept.get(house) ?? new Map<string, Promise<unknown>>()
  kept.set(house, known)
  const whole = `${reachOf(viewer)}|${since}|${key}`
  const before = known.get(whole)
  if (before) {
    known.delete(whole)
    known.set(whole, before)
    return before as Promise<T>
  }
  const made = work()
  known.set(whole, made)
  made.catch(() => known.delete(whole))
  if (known.size > most) known.delete(known.keys().next().value!)
  return made
}

export const forgetRemembered = (house: House): boolean => kept.delete(house)

/**
 * The state of the record as this viewer can see it: by the mark of a record that is ours alone, or else in one quick
 * question, since every command leaves a line of history, and every publish and lock a snapshot. What is worked out under
 * one stamp holds until the next.
 */
export async function stampOf(viewer: Viewer): Promise<string> {
  const mark = recordMark(viewer.house.database)
  if (mark !== undefined) return `${mark}.${viewer.today}`
  const [line, snapshot] = await read(viewer, async (db) => [
    await db
      .selectFrom('platform.history')
      .select('history_id as last')
      .where('trust_id', '=', viewer.trust)
      .orderBy('history_id', 'desc')
      .limit(1)
      .executeTakeFirst(),
    await db
      .selectFrom('evidence.snapshot')
      .select('snapshot as last')
      .where('trust_id', '=', viewer.trust)
      .orderBy('snapshot', 'desc')
      .limit(1)
      .executeTakeFirst(),
  ])
  return `${line?.last ?? 0}.${snapshot?.last ?? 0}.${viewer.today}`
}

const drawn = new WeakMap<object, Map<string, string>>()

/** Draws what a remembered page shows once, for everyone of the same reach; a page with something fresh between is drawn in parts. */
export function drawnOnce(page: object, draw: () => unknown, part = 'whole'): ReturnType<typeof raw> {
  const parts = drawn.get(page) ?? new Map<string, string>()
  drawn.set(page, parts)
  const before = parts.get(part)
  if (before !== undefined) return raw(before)
  const html = String(draw())
  parts.set(part, html)
  return raw(html)
}
