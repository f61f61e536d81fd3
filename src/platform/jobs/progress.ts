import { type Selectable, sql, type Transaction } from 'kysely'
import type { Database } from '../database/open.ts'
import type { Tables } from '../database/tables.ts'
import './tables.ts'

/** How far a piece of work has come; `of` is 0 until it is known. */
export interface JobProgress {
  readonly id: string
  readonly name: string
  readonly state: 'waiting' | 'working' | 'done' | 'failed'
  readonly done: number
  readonly of: number
  /** `612,000 of 1,040,000 results checked` */
  readonly words: string
  /** Why it failed, as a sentence. */
  readonly trouble?: string
  readonly startedAt: Date
  readonly changedAt: Date
}

const progressOf = ({
  job_id: id,
  name,
  state,
  done,
  of,
  words,
  trouble,
  started_at: startedAt,
  changed_at: changedAt,
}: Selectable<Tables['platform.job']>): JobProgress => ({
  id,
  name,
  state,
  done,
  of,
  words,
  startedAt,
  changedAt,
  ...(trouble ? { trouble } : {}),
})

type Change = Partial<{
  state: JobProgress['state']
  done: number
  of: number
  words: string
  trouble: string | null
}>

const between = 250

export function openProgress({ kysely }: Database) {
  const within = <T>(trust: number, act: (tx: Transaction<Tables>) => Promise<T>): Promise<T> =>
    kysely.transaction().execute(async (tx) => {
      await sql`select set_config('throughline.trust', ${String(trust)}, true)`.execute(tx)
      return act(tx)
    })

  const set = (trust: number, id: string, change: Change) =>
    within(trust, async (tx) => {
      await tx
        .updateTable('platform.job')
        .set({ ...change, changed_at: sql<Date>`now()` })
        .where('trust_id', '=', trust)
        .where('job_id', '=', id)
        .execute()
    })

  return {
    set,
    add: (trust: number, { id, name, person }: { id: string; name: string; person: number }) =>
      within(trust, async (tx) => {
        await tx
          .deleteFrom('platform.job')
          .where('trust_id', '=', trust)
          .where('changed_at', '<', sql<Date>`now() - interval '30 days'`)
          .execute()
        await tx
          .insertInto('platform.job')
          .values({ trust_id: trust, job_id: id, name, person_id: person || null })
          .execute()
      }),
    read: (trust: number, id: string): Promise<JobProgress | undefined> =>
      within(trust, async (tx) => {
        if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
        const row = await tx
          .selectFrom('platform.job')
          .selectAll()
          .where('trust_id', '=', trust)
          .where('job_id', '=', id)
          .executeTakeFirst()
        if (!row) return undefined
        return progressOf(row)
      }),
    recent: (trust: number, most: number): Promise<JobProgress[]> =>
      within(trust, async (tx) => {
        const rows = await tx
          .selectFrom('platform.job')
          .selectAll()
          .where('trust_id', '=', trust)
          .orderBy('changed_at', 'desc')
          .limit(most)
          .execute()
        return rows.map(progressOf)
      }),
    /** Progress of one run: steps in between are dropped when they come too fast, the last one never. */
    steps: (trust: number, id: string) => {
      let said = 0
      let latest: Change = {}
      return {
        say: async (done: number, of: number, words?: string) => {
          latest = { done: Math.round(done), of: Math.round(of), ...(words === undefined ? {} : { words }) }
          if (performance.now() - said < between) return
          said = performance.now()
          await set(trust, id, latest)
        },
        finish: (change: Change) => set(trust, id, { ...latest, ...change }),
      }
    },
  }
}
