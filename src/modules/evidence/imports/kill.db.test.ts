import { spawn } from 'node:child_process'
import { mkdtempSync, openAsBlob, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { makeWorld, type World } from '../../../../test/world.ts'
import { clockOn } from '../../../platform/clock.ts'
import { loadConfig } from '../../../platform/config.ts'
import { silentLog } from '../../../platform/log.ts'
import { openHouse } from '../../../platform/open-house.ts'

interface Stands {
  readonly snapshot: number
  readonly snapshots: number
  readonly published: number
  readonly pupils: number
  readonly files: readonly { fact: string; there: boolean; pupils: number; values: number[] }[]
}

const kills = 50
const program = join(import.meta.dirname, '../../../../test/publish-until-killed.ts')

/** Lets the program say what stands, publishes with it for a while, kills it, and answers with what it had acknowledged. */
const publishThenKill = (data: string, world: World, after: number) =>
  new Promise<{ stands: Stands; acknowledged?: { snapshot: number; value: number } }>((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--no-warnings', program, data, String(world.trust), String(world.schools.saltmarsh)],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    let stands: Stands | undefined
    let acknowledged: { snapshot: number; value: number } | undefined
    let trouble = ''
    child.stderr.on('data', (text: Buffer) => {
      trouble += text.toString()
    })
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line)
      if (said.acknowledged) acknowledged = { snapshot: said.acknowledged, value: said.value }
      else {
        stands = said
        setTimeout(() => child.kill('SIGKILL'), after)
      }
    })
    child.once('close', (_, signal) =>
      signal === 'SIGKILL' && stands
        ? resolve({ stands, acknowledged })
        : reject(new Error(`It stopped by itself: ${trouble}`)),
    )
  })

describe.skipIf(!inject('template'))('killed at any moment of a publish', () => {
  let data: string
  let world: World
  let pupilsBefore: number

  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'throughline-kill-'))
    const house = await openHouse(loadConfig({ THROUGHLINE_DATA: data }), {
      clock: clockOn('2026-03-20'),
      log: silentLog,
      template: await openAsBlob(inject('template')),
    })
    world = await makeWorld(house)
    pupilsBefore = Object.keys(world.pupils).length
    await house.close()
  })
  afterAll(() => rmSync(data, { recursive: true, force: true }))

  test(`${kills} times: nothing acknowledged is lost, nothing half is seen`, async () => {
    let last = { snapshot: 0, value: 0 }
    let midway = 0
    for (let kill = 0; kill <= kills; kill++) {
      const { stands, acknowledged } = await publishThenKill(
        data,
        world,
        kill === kills ? 0 : Math.random() * 900,
      )
      expect(stands.snapshot).toBeGreaterThanOrEqual(last.snapshot)
      expect(stands.snapshot).toBeLessThanOrEqual(last.snapshot + 1)
      expect(stands.snapshots).toBe(stands.snapshot)
      expect(stands.published).toBe(stands.snapshot)
      expect(stands.pupils).toBe(pupilsBefore + stands.snapshot)
      expect(stands.files.every(({ there }) => there)).toBe(true)
      const results = stands.files.filter(({ fact }) => fact === 'result')
      expect(results).toHaveLength(stands.snapshot ? 1 : 0)
      if (results[0])
        expect(results[0]).toMatchObject({ pupils: stands.snapshot, values: [80 + (stands.snapshot % 41)] })
      if (stands.snapshot > last.snapshot) midway++
      last = acknowledged ?? { snapshot: stands.snapshot, value: 80 + (stands.snapshot % 41) }
    }
    expect(last.snapshot).toBeGreaterThan(0)
    expect(midway).toBeLessThanOrEqual(kills)
  }, 900_000)
})
