import { mkdtempSync, openAsBlob, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, it } from 'vitest'
import { openTestHouse } from '../../test/database.ts'
import { loadConfig } from './config.ts'
import { FolderHeld } from './database/hold-folder.ts'
import { silentLog } from './log.ts'
import { openHouse } from './open-house.ts'

it('a house opens with all its parts and closes twice without harm', async () => {
  const house = await openTestHouse()
  const bench = await house.lake.duck.workbench()
  expect(await bench.rows('select 1 as one')).toEqual([{ one: 1 }])
  bench.close()
  expect(house.clock.today()).toBe('2026-03-20')
  await house.mail.send({ to: 'r.kemp@tidewell.example', subject: 'Spring drop', text: 'It is open.' })
  await house.close()
  await house.close()
})

it('a second house in the same folder is turned away, and the folder is free again afterwards', async () => {
  const data = mkdtempSync(join(tmpdir(), 'throughline-house-'))
  const config = loadConfig({ THROUGHLINE_DATA: data })
  const path = inject('template')
  const first = await openHouse(config, {
    log: silentLog,
    ...(path ? { template: await openAsBlob(path) } : {}),
  })
  await expect(openHouse(config, { log: silentLog })).rejects.toThrow(FolderHeld)
  await first.close()
  const second = await openHouse(config, { log: silentLog })
  await second.close()
  rmSync(data, { recursive: true, force: true })
})
