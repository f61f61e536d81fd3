import { type Kysely, sql, type Transaction } from 'kysely'
import { type Sight, schoolsWhere } from '../../kernel/viewer.ts'
import { enoughRoom, orDiskFull } from '../disk.ts'
import { timed } from '../timing.ts'
import type { Viewer } from '../viewer.ts'
import type { Tables } from './tables.ts'

/** Selects only, so that a piece of a query serves in reads and in the reading half of writes. */
export type Reading = Pick<
  Kysely<Tables>,
  'selectFrom' | 'selectNoFrom' | 'with' | 'withRecursive' | 'fn' | 'dynamic' | 'getExecutor'
>
export type Writing = Transaction<Tables>

const reachText = (schools: 'all' | readonly number[]) => (schools === 'all' ? 'all' : schools.join(','))

/** Tells the database who is asking, for the rest of this transaction. Row-level security does the rest. */
const announce = (sight: Sight, tx: Kysely<Tables>) =>
  sql`select set_config('throughline.trust', ${String(sight.trust)}, true),
    set_config('throughline.schools', ${reachText(schoolsWhere(sight, 'see figures'))}, true),
    set_config('throughline.pupils', ${reachText(schoolsWhere(sight, 'see pupils'))}, true),
    set_config('throughline.drafts', ${reachText(schoolsWhere(sight, 'write evaluation'))}, true)`.execute(tx)

const openTransactions = new WeakMap<Viewer, Writing>()

/** The same viewer, whose queries and commands take part in this open transaction instead of opening one of their own. */
export function within(viewer: Viewer, tx: Writing): Viewer {
  const same = { ...viewer }
  openTransactions.set(same, tx)
  return same
}

/** Does this viewer take part in an open transaction, and so see what nobody else does yet? */
export const isWithin = (viewer: Viewer): boolean => openTransactions.has(viewer)

/** Reads as the viewer, in one short read-only transaction. Never wait for anything else inside it. */
export const read = <T>(viewer: Viewer, ask: (db: Reading) => Promise<T>): Promise<T> => {
  const open = openTransactions.get(viewer)
  if (open) return ask(open)
  return timed('database', () =>
    viewer.house.database.kysely
      .transaction()
      .setAccessMode('read only')
      .execute(async (tx) => {
        await announce(viewer, tx)
        return ask(tx)
      }),
  )
}

/** Writes as the viewer: load, decide, save and say what was done, in one short transaction. @throws DiskFull */
export const write = <T>(viewer: Viewer, change: (tx: Writing) => Promise<T>): Promise<T> => {
  const open = openTransactions.get(viewer)
  if (open) return change(open)
  return timed('database', async () => {
    const { config, database } = viewer.house
    await enoughRoom(config.data, config.keepFree)
    try {
      return await database.kysely.transaction().execute(async (tx) => {
        await announce(viewer, tx)
        return change(tx)
      })
    } catch (error) {
      throw orDiskFull(error)
    }
  })
}

/** Says, in the writing transaction, who did what to what. */
export const record = (
  viewer: Viewer,
  tx: Writing,
  what: {
    subject: string
    id: number | string
    deed: string
    school?: number | null
    detail?: Record<string, unknown>
  },
) =>
  tx
    .insertInto('platform.history')
    .values({
      trust_id: viewer.trust,
      school_id: what.school ?? null,
      at: viewer.house.clock.now(),
      person_id: viewer.person || null,
      subject: what.subject,
      subject_id: String(what.id),
      deed: what.deed,
      detail: JSON.stringify(what.detail ?? {}),
    })
    .execute()
