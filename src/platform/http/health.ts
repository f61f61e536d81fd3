import { Hono } from 'hono'
import { enoughRoom } from '../disk.ts'
import type { House } from '../house.ts'
import type { Metrics } from './metrics.ts'
import { addressOf } from './rate.ts'

const patience = 5000

/** Is each part of the house answering? `ok`, or what is the matter in a few words. */
export async function health(house: House): Promise<Record<'database' | 'lake' | 'jobs' | 'disk', string>> {
  const { database, lake, jobs, config } = house
  const check = async (ask: () => Promise<unknown>, trouble: string) => {
    const late = new Promise((_, reject) => setTimeout(reject, patience).unref())
    return Promise.race([ask(), late]).then(
      () => 'ok',
      () => trouble,
    )
  }
  const [record, facts, queue, disk] = await Promise.all([
    check(() => database.executeSql('select 1'), 'does not answer'),
    check(async () => {
      const bench = await lake.duck.workbench()
      try {
        await bench.rows('select 1')
      } finally {
        bench.close()
      }
    }, 'does not answer'),
    check(() => jobs.counts(), 'does not answer'),
    check(() => enoughRoom(config.data, config.keepFree), 'is full'),
  ])
  return { database: record, lake: facts, jobs: queue, disk }
}

const local = /^(127\.|::1$|::ffff:127\.|$)/

/** `/health` for whoever watches over the server; `/metrics` for programs on the same machine only. */
export function healthRoutes(house: House, metrics: Metrics): Hono {
  return new Hono()
    .get('/health', async (c) => {
      const found = await health(house)
      const well = Object.values(found).every((word) => word === 'ok')
      return c.json({ status: well ? 'ok' : 'unwell', ...found }, well ? 200 : 503)
    })
    .get('/metrics', async (c) => {
      if (!local.test(addressOf(c, house.config.behindProxy))) return c.notFound()
      const text = metrics.text(await house.jobs.counts().catch(() => ({})))
      return c.body(text, 200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' })
    })
}
