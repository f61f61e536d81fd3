import { randomUUID } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { type Job, PgBoss } from 'pg-boss'
import { NotHere, Refusal } from '../kernel/refusal.ts'
import type { Sight } from '../kernel/viewer.ts'
import type { Database } from './database/open.ts'
import { queueSchema } from './jobs/prepare-queue.ts'
import { type JobProgress, openProgress } from './jobs/progress.ts'
import type { Log } from './log.ts'

export type { JobProgress } from './jobs/progress.ts'

/** A piece of work under way. It may be run again after a stop, so it must stand being done twice. */
export interface Work<T> {
  readonly id: string
  readonly trust: number
  /** Who asked for it. */
  readonly person: number
  /** 0 the first time, 1 at the first try again. */
  readonly attempt: number
  readonly data: T
  /** Aborted when the house closes or the time is up. */
  readonly signal: AbortSignal
  /** Says how far it has come; written at most four times a second, so it may be called for every row. */
  readonly progress: (done: number, of: number, words?: string) => Promise<void>
}

export interface Jobs {
  /**
   * Does work of this name from now on, one piece after another or `atOnce` pieces side by side. A Refusal ends it with its
   * sentence; any other error is tried twice more.
   */
  readonly handle: <T extends object>(
    name: string,
    work: (job: Work<T>) => Promise<void>,
    atOnce?: number,
  ) => Promise<void>
  /** Puts work in the queue; never inside an open transaction. `data` holds ids only, never names. `id` is a new UUID. */
  readonly start: (
    sight: Pick<Sight, 'trust' | 'person'>,
    name: string,
    data: object,
    id?: string,
  ) => Promise<string>
  readonly progress: (sight: Pick<Sight, 'trust'>, id: string) => Promise<JobProgress | undefined>
  /** Waits until the work is done or has failed, at most so many milliseconds; the answer is how far it has come by then. */
  readonly settled: (
    sight: Pick<Sight, 'trust'>,
    id: string,
    milliseconds: number,
  ) => Promise<JobProgress | undefined>
  /** The latest work of the trust, newest first, of the last 30 days. */
  readonly recent: (sight: Pick<Sight, 'trust'>, most: number) => Promise<JobProgress[]>
  /** Is the queue answering? Counts by state over all names, for the health page. */
  readonly counts: () => Promise<Record<string, number>>
  /** Waits for work under way, at most `seconds`; what is not done then starts again next time. */
  readonly close: (seconds?: number) => Promise<void>
}

interface Parcel<T> {
  readonly trust: number
  readonly person: number
  readonly data: T
}

const tries = 2
/** Work may end in another process, which tells us nothing. */
const betweenLooks = 250
const afterTrouble = 'Something went wrong on our side and it was not finished. Nothing of it was kept.'

export function openJobs({ database, log }: { database: Database; log: Log }): Jobs {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => database.executeSql(text, values) as Promise<{ rows: never[] }> },
    schema: queueSchema,
    migrate: false,
    schedule: false,
    superviseIntervalSeconds: 300,
    monitorIntervalSeconds: 300,
    reindex: false,
    monitorVacuum: false,
    ...(database.kind === 'embedded' ? { backend: 'pglite' as const } : {}),
  })
  boss.on('error', (error) => log.error('job queue', error))
  const progress = openProgress(database)
  const workers = new Map<string, readonly string[]>()
  const ended = new EventEmitter().setMaxListeners(0)
  const queues = new Map<string, Promise<void>>()
  let started: Promise<unknown> | undefined

  /** The queue wakes only when it is first used: most commands never need it. */
  const ready = async (name: string) => {
    started ??= boss.start()
    await started
    const made =
      queues.get(name) ??
      boss.createQueue(name, {
        retryLimit: tries,
        retryDelay: 1,
        expireInSeconds: 3600,
        heartbeatSeconds: 60,
      })
    queues.set(name, made)
    await made
  }

  /** The embedded database has one user, us: work still marked as under way was under way when we were last stopped. */
  const takeUpAgain = async (name: string) => {
    if (database.kind !== 'embedded') return
    const { rows } = await database.executeSql(
      `select id from ${queueSchema}.job where name = $1 and state = 'active'`,
      [name],
    )
    if (rows.length > 0)
      await boss.fail(
        name,
        (rows as { id: string }[]).map(({ id }) => id),
      )
  }

  return {
    handle: async <T extends object>(name: string, work: (job: Work<T>) => Promise<void>, atOnce = 1) => {
      await ready(name)
      await takeUpAgain(name)
      const mine: string[] = []
      for (let one = 0; one < atOnce; one++)
        mine.push(
          await boss.work<Parcel<T>>(name, { pollingIntervalSeconds: 2 }, async ([job]) => {
            await run(job as Job<Parcel<T>>, work)
          }),
        )
      workers.set(name, mine)
    },
    start: async ({ trust, person }, name, data, id = randomUUID()) => {
      await ready(name)
      await progress.add(trust, { id, name, person })
      try {
        await boss.send(name, { trust, person, data } satisfies Parcel<object>, { id })
      } catch (error) {
        await progress.set(trust, id, { state: 'failed', trouble: afterTrouble }).catch(() => undefined)
        throw error
      }
      for (const worker of workers.get(name) ?? []) boss.notifyWorker(worker)
      return id
    },
    progress: ({ trust }, id) => progress.read(trust, id),
    settled: async ({ trust }, id, milliseconds) => {
      const until = performance.now() + milliseconds
      for (;;) {
        const now = await progress.read(trust, id)
        const left = until - performance.now()
        if (!now || now.state === 'done' || now.state === 'failed' || left <= 0) return now
        await endOrWait(id, Math.min(left, betweenLooks))
      }
    },
    recent: ({ trust }, most) => progress.recent(trust, most),
    counts: async () => {
      const { rows } = await database.executeSql(
        `select state::text as state, count(*)::int as many from ${queueSchema}.job group by 1`,
      )
      return Object.fromEntries(
        (rows as { state: string; many: number }[]).map(({ state, many }) => [state, many]),
      )
    },
    close: async (seconds = 30) => {
      if (!started) return
      await started.catch(() => undefined)
      await boss.stop({ graceful: true, timeout: seconds * 1000 })
    },
  }

  /** Until work of ours with this id ends, or so many milliseconds are over. */
  async function endOrWait(id: string, milliseconds: number): Promise<void> {
    const enough = new AbortController()
    const { signal } = enough
    await Promise.race([once(ended, id, { signal }), wait(milliseconds, undefined, { signal })])
      .catch(() => undefined)
      .finally(() => enough.abort())
  }

  async function run<T extends object>(
    job: Job<Parcel<T>>,
    work: (job: Work<T>) => Promise<void>,
  ): Promise<void> {
    const { trust, person, data } = job.data
    const steps = progress.steps(trust, job.id)
    const begun = performance.now()
    try {
      await progress.set(trust, job.id, { state: 'working', trouble: null })
      await work({
        id: job.id,
        trust,
        person,
        attempt: job.retryCount,
        data,
        signal: job.signal,
        progress: steps.say,
      })
      await steps.finish({ state: 'done' })
      log.info('job done', {
        name: job.name,
        job: job.id,
        milliseconds: Math.round(performance.now() - begun),
      })
    } catch (error) {
      if (error instanceof Refusal || error instanceof NotHere)
        return await steps.finish({ state: 'failed', trouble: error.message })
      const last = job.retryCount >= tries
      log.error('job failed', error, { name: job.name, job: job.id, attempt: job.retryCount, last })
      await steps.finish(
        last
          ? { state: 'failed', trouble: `${afterTrouble} Reference: ${job.id.slice(0, 8)}.` }
          : { state: 'waiting' },
      )
      throw error
    } finally {
      ended.emit(job.id)
    }
  }
}
