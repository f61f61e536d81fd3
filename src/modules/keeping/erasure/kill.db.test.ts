import { spawn } from 'node:child_process'
import { mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, inject, test } from 'vitest'
import { makeWorld } from '../../../../test/world.ts'
import { clockOn } from '../../../platform/clock.ts'
import { loadConfig } from '../../../platform/config.ts'
import { silentLog } from '../../../platform/log.ts'
import { openHouse } from '../../../platform/open-house.ts'
import { runImport } from '../../evidence/index.ts'

interface Said {
  readonly stands: readonly { pupil: number; record: boolean; lake: boolean; raw: boolean }[]
  readonly leaving: number
  readonly oldBytes: number
}

const runner = join(import.meta.dirname, '../../../../test/run-with-pages.mjs')
const program = join(import.meta.dirname, '../../../../test/erase-until-killed.ts')

/** Lets the program say what stands, erases with it for a while, kills it, and answers with what it had acknowledged. */
const eraseThenKill = (data: string, trust: number, list: string, after: number) =>
  new Promise<{ said: Said; acknowledged: (number | 'all')[]; took: number }>((resolve, reject) => {
    const child = spawn(process.execPath, ['--no-warnings', runner, program, data, String(trust), list], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said: Said | undefined
    let trouble = ''
    let began = 0
    let took = 0
    const acknowledged: (number | 'all')[] = []
    child.stderr.on('data', (text: Buffer) => {
      trouble += text.toString()
    })
    createInterface({ input: child.stdout }).on('line', (line) => {
      const told = JSON.parse(line)
      if (told.acknowledged) {
        acknowledged.push(told.acknowledged)
        took ||= performance.now() - began
        return
      }
      said = told
      began = performance.now()
      setTimeout(() => child.kill('SIGKILL'), after)
    })
    child.once('close', (_, signal) =>
      signal === 'SIGKILL' && said
        ? resolve({ said, acknowledged, took })
        : reject(new Error(`It stopped by itself: ${trouble}`)),
    )
  })

describe.skipIf(!inject('template'))('killed at any moment of an erasure', () => {
  test('either the whole record stands or none of it, and the next start takes the old bytes away', async () => {
    const data = mkdtempSync(join(tmpdir(), 'throughline-erase-'))
    try {
      const house = await openHouse(loadConfig({ THROUGHLINE_DATA: data }), {
        clock: clockOn('2026-03-20'),
        log: silentLog,
        template: await openAsBlob(inject('template')),
      })
      const world = await makeWorld(house)
      const names = ['Ayesha Rahman', 'Callum Tierney', 'Ben Ashworth']
      const listed = names.map((name) => ({ name, pupil: world.pupils[name]!, upn: world.upns[name]! }))
      const list = join(data, 'list.json')
      writeFileSync(list, JSON.stringify(listed))
      for (const score of [100, 101]) {
        const file = join(data, 'marks.csv')
        const rows = names.map((name) => `${world.upns[name]},4,${score}`)
        writeFileSync(file, `UPN,Year,Reading\n${rows.join('\n')}\n`)
        await runImport(world.founder, {
          file,
          school: world.schools.saltmarsh,
          drop: '2026-spring',
          again: true,
        })
        rmSync(file)
      }
      await house.close()
      let usual = 1_500
      let cut = 0
      let gone = new Set<number>()
      for (let kill = 0; kill < 6; kill++) {
        const { said, acknowledged, took } = await eraseThenKill(
          data,
          world.trust,
          list,
          kill === 5 ? 0 : Math.random() * 1.3 * usual,
        )
        for (const { pupil, record, lake, raw } of said.stands) {
          expect([lake, raw], `pupil ${pupil}`).toEqual([record, record])
          if (gone.has(pupil)) expect(record).toBe(false)
        }
        expect(said).toMatchObject({ leaving: 0, oldBytes: 0 })
        const standing = said.stands.filter(({ record }) => record).length
        if (standing < 3 - gone.size) cut++
        gone = new Set([
          ...said.stands.filter(({ record }) => !record).map(({ pupil }) => pupil),
          ...acknowledged.filter((one): one is number => one !== 'all'),
        ])
        usual = took || usual * 1.2
        if (standing === 0) break
      }
      expect(cut + gone.size).toBeGreaterThan(0)
    } finally {
      rmSync(data, { recursive: true, force: true })
    }
  }, 300_000)
})
