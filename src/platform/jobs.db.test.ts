import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../../test/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Database } from './database/open.ts'
import { type JobProgress, type Jobs, openJobs } from './jobs.ts'
import { silentLog } from './log.ts'

const amara = { trust: 1, person: 7 }
const stranger = { trust: 2, person: 9 }

describe('long work', () => {
  let database: Database
  let jobs: Jobs
  beforeAll(async () => {
    database = await openTestDatabase()
    jobs = openJobs({ database, log: silentLog })
  })
  afterAll(async () => {
    await jobs.close(5)
    await database.close()
  })

  const until = async (id: string, ...states: JobProgress['state'][]) => {
    for (let attempt = 0; attempt < 200; attempt++) {
      const progress = await jobs.progress(amara, id)
      if (progress && states.includes(progress.state)) return progress
      await wait(50)
    }
    throw new Error(`The job never came to ${states.join(' or ')}.`)
  }

  it('is done in the background and says how far it has come', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await jobs.handle<{ upload: number }>('count', async (job) => {
      expect(job).toMatchObject({ trust: 1, person: 7, data: { upload: 3 } })
      await job.progress(612_000, 1_040_000, '612,000 of 1,040,000 results checked')
      await held
      await job.progress(1_040_000, 1_040_000, '1,040,000 results checked')
    })
    const id = await jobs.start(amara, 'count', { upload: 3 })
    for (let attempt = 0; attempt < 100 && (await jobs.progress(amara, id))?.done !== 612_000; attempt++)
      await wait(50)
    expect(await jobs.progress(amara, id)).toMatchObject({
      state: 'working',
      done: 612_000,
      of: 1_040_000,
      words: '612,000 of 1,040,000 results checked',
    })
    release()
    expect(await until(id, 'done')).toMatchObject({ done: 1_040_000, words: '1,040,000 results checked' })
  })

  it('is not seen by a stranger from another trust', async () => {
    await jobs.handle('quick', async () => {})
    const id = await jobs.start(amara, 'quick', {})
    await until(id, 'done')
    expect(await jobs.progress(stranger, id)).toBeUndefined()
    expect(await jobs.progress(amara, 'no such job')).toBeUndefined()
  })

  it('that is refused ends at once with the sentence', async () => {
    let runs = 0
    await jobs.handle('refused', async () => {
      runs++
      throw new Refusal('Row 41 could be either of two pupils.')
    })
    expect(await until(await jobs.start(amara, 'refused', {}), 'failed')).toMatchObject({
      trouble: 'Row 41 could be either of two pupils.',
    })
    expect(runs).toBe(1)
  })

  it('that fails by our fault is tried twice more, then shown with a reference', async () => {
    const attempts: number[] = []
    await jobs.handle('broken', async (job) => {
      attempts.push(job.attempt)
      throw new Error('connection lost')
    })
    const id = await jobs.start(amara, 'broken', {})
    const end = await until(id, 'failed')
    expect(attempts).toEqual([0, 1, 2])
    expect(end.trouble).toContain(`Reference: ${id.slice(0, 8)}.`)
    expect(end.trouble).not.toContain('connection lost')
  })

  it('goes on side by side where it may, and is waited for only so long', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await jobs.handle<{ long: boolean }>('mixed', ({ data }) => (data.long ? held : Promise.resolve()), 2)
    const long = await jobs.start(amara, 'mixed', { long: true })
    const short = await jobs.start(amara, 'mixed', { long: false })
    expect(await jobs.settled(amara, short, 20_000)).toMatchObject({ state: 'done' })
    expect(await jobs.settled(amara, long, 10)).not.toMatchObject({ state: 'done' })
    expect(await jobs.settled(stranger, short, 20_000)).toBeUndefined()
    release()
    expect(await jobs.settled(amara, long, 20_000)).toMatchObject({ state: 'done' })
  })

  it('that was under way when the process died starts again at the next start', async () => {
    if (database.kind !== 'embedded') return
    const dead = openJobs({ database, log: silentLog })
    await dead.handle('survivor', () => new Promise(() => {}))
    const id = await dead.start(amara, 'survivor', {})
    await until(id, 'working')
    const next = openJobs({ database, log: silentLog })
    await next.handle('survivor', async (job) => job.progress(1, 1, `tried ${job.attempt + 1} times`))
    expect(await until(id, 'done')).toMatchObject({ words: 'tried 2 times' })
    await dead.close(1)
    await next.close(1)
  })
})
