import { spawn } from 'node:child_process'
import { mkdtempSync, openAsBlob, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, inject, test } from 'vitest'
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

const program = join(import.meta.dirname, '../../../../test/publish-until-killed.ts')

/** Lets the program say what stands, publishes with it for a while, kills it, and answers with what it had acknowledged. */
const publishThenKill = (data: string, world: World, after: number) =>
  new Promise<{ stands: Stands; acknowledged?: number; first?: number }>((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--no-warnings', program, data, String(world.trust), String(world.schools.saltmarsh)],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    let stands: Stands | undefined
    let acknowledged: number | undefined
    let began = 0
    let first: number | undefined
    let trouble = ''
    child.stderr.on('data', (text: Buffer) => {
      trouble += text.toString()
    })
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line)
      if (said.acknowledged) {
        acknowledged = said.acknowledged
        first ??= performance.now() - began
      } else {
        stands = said
        began = performance.now()
        setTimeout(() => child.kill('SIGKILL'), after)
      }
    })
    child.once('close', (_, signal) =>
      signal === 'SIGKILL' && stands
        ? resolve({ stands, acknowledged, first })
        : reject(new Error(`It stopped by itself: ${trouble}`)),
    )
  })

/** One data folder of its own, published into and killed again and again. */
async function lane(kills: number): Promise<{ snapshots: number; unseen: number }> {
  const data = mkdtempSync(join(tmpdir(), 'throughline-kill-'))
  try {
    const house = await openHouse(loadConfig({ THROUGHLINE_DATA: data }), {
      clock: clockOn('2026-03-20'),
      log: silentLog,
      template: await openAsBlob(inject('template')),
    })
    const world = await makeWorld(house)
    const pupilsBefore = Object.keys(world.pupils).length
    await house.close()
    let last = 0
    let unseen = 0
    let usual = 1_000
    for (let kill = 0; kill <= kills; kill++) {
      const { stands, acknowledged, first } = await publishThenKill(
        data,
        world,
        kill === kills ? 0 : Math.random() * 1.6 * usual,
      )
      usual = first ?? usual * 1.15
      expect(stands.snapshot).toBeGreaterThanOrEqual(last)
      expect(stands.snapshot).toBeLessThanOrEqual(last + 1)
      expect(stands.snapshots).toBe(stands.snapshot)
      expect(stands.published).toBe(stands.snapshot)
      expect(stands.pupils).toBe(pupilsBefore + stands.snapshot)
      expect(stands.files.every(({ there }) => there)).toBe(true)
      const results = stands.files.filter(({ fact }) => fact === 'result')
      expect(results).toHaveLength(stands.snapshot ? 1 : 0)
      if (results[0])
        expect(results[0]).toMatchObject({ pupils: stands.snapshot, values: [80 + (stands.snapshot % 41)] })
      if (stands.snapshot > last) unseen++
      last = acknowledged ?? stands.snapshot
    }
    return { snapshots: last, unseen }
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

describe.skipIf(!inject('template'))('killed at any moment of a publish', () => {
  test('fifty times, in two folders: nothing acknowledged is lost, nothing half is seen', async () => {
    const lanes = await Promise.all([lane(25), lane(25)])
    for (const { snapshots } of lanes) expect(snapshots).toBeGreaterThan(0)
  }, 900_000)
})
