import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse, testDay } from '../../test/database.ts'
import { clockOn } from './clock.ts'
import { loadConfig } from './config.ts'
import { read, record, write } from './database/door.ts'
import { DiskFull } from './disk.ts'
import type { House } from './house.ts'
import { silentLog } from './log.ts'
import { type OpenHouse, openHouse } from './open-house.ts'
import type { Viewer } from './viewer.ts'

const priya = (house: House): Viewer => ({
  house,
  trust: 1,
  person: 2,
  name: 'Priya Raman',
  title: 'Trust data lead',
  today: testDay,
  grants: [{ role: 'data-lead', node: 'trust', schools: 'all' }],
})
const opened = (house: House) =>
  read(priya(house), async (db) =>
    Number(
      (
        await db
          .selectFrom('platform.history')
          .select(({ fn }) => fn.countAll().as('many'))
          .executeTakeFirstOrThrow()
      ).many,
    ),
  )
const open = (house: House, detail: Record<string, unknown> = {}) =>
  write(priya(house), (tx) =>
    record(priya(house), tx, { subject: 'evidence.drop', id: 1, deed: 'opened', detail }),
  )

describe('a disk without room', () => {
  let house: OpenHouse
  beforeAll(async () => {
    house = await openTestHouse()
  })
  afterAll(() => house.close())

  it('is said in a sentence before anything is written, and reading goes on', async () => {
    await open(house)
    const full: House = { ...house, config: { ...house.config, keepFree: Number.MAX_SAFE_INTEGER } }
    await expect(open(full)).rejects.toThrow(
      'The disk is full: nothing was changed. Free some space and try again.',
    )
    expect(await opened(full)).toBe(1)
  })

  it('found half way through a change undoes all of it', async () => {
    const before = await opened(house)
    await expect(
      write(priya(house), async (tx) => {
        await record(priya(house), tx, { subject: 'evidence.drop', id: 2, deed: 'opened' })
        await sql`do $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$`.execute(
          tx,
        )
      }),
    ).rejects.toThrow(DiskFull)
    expect(await opened(house)).toBe(before)
  })

  it('that is really full loses nothing that was acknowledged', async (test) => {
    if (house.database.kind === 'server') test.skip('The server’s disk is its own.')
    const disk = mkdtempSync(join(tmpdir(), 'throughline-disk-'))
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', disk], { stdio: 'ignore' })
    } catch {
      test.skip('A small disk can only be mounted by root.')
    }
    try {
      const data = join(disk, 'data')
      mkdirSync(data)
      const config = loadConfig({ THROUGHLINE_DATA: data, THROUGHLINE_KEEP_FREE_MB: '8' })
      const small = await openHouse(config, { clock: clockOn(testDay), log: silentLog })
      let acknowledged = 0
      const trouble = await (async () => {
        for (;;) {
          await open(small, { filling: 'x'.repeat(2_000_000) + acknowledged })
          acknowledged++
          writeFileSync(join(disk, `other-${acknowledged}`), Buffer.alloc(4_000_000))
        }
      })().catch((error: Error) => error)
      expect(trouble).toEqual(new DiskFull())
      expect(acknowledged).toBeGreaterThan(0)
      expect(await opened(small)).toBe(acknowledged)
      await small.close()
      // To start again PostgreSQL wants room for a segment of its journal, 16 MB.
      for (let other = 1; other <= Math.min(acknowledged, 8); other++) rmSync(join(disk, `other-${other}`))
      const again = await openHouse(config, { clock: clockOn(testDay), log: silentLog })
      expect(await opened(again)).toBe(acknowledged)
      await open(again)
      await again.close()
    } finally {
      execFileSync('umount', [disk])
      rmSync(disk, { recursive: true, force: true })
    }
  })
})
