import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import type { Viewer } from '../../platform/viewer.ts'
import * as purpose from '../purpose/index.ts'
import * as improvement from './index.ts'
import { planPaper, strategyReport } from './routes.tsx'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let amara: Viewer
const folder = mkdtempSync(join(tmpdir(), 'throughline-papers-'))
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  amara = world.people.amara!()
  await purpose.beginFrom(amara, 'four-aims')
  for (const aim of (await purpose.purposeOn(amara)).aims) {
    const priority = await purpose.setPriority(amara, {
      aim: aim.id,
      title: `Work on ${aim.title}`,
      by: '2027-07-20',
    })
    for (const group of ['all', 'disadvantaged', 'sen-support', 'eal', 'girls', 'boys', 'white', 'mixed'])
      await purpose.addSuccessMeasure(amara, {
        priority,
        measure: 'reading-expected',
        year: '4',
        group,
        target: 70,
        by: '2027-07-20',
      })
  }
  const priorities = purpose.prioritiesIn(await purpose.purposeOn(amara))
  const plan = await improvement.startPlan(amara, { school: null, academicYear: 2025 })
  for (let at = 0; at < 40; at++) {
    const id = await improvement.addObjective(amara, plan, {
      title: `Objective ${at + 1} of forty, each with a title that runs on`,
      by: '2026-07-17',
      priority: priorities[at % priorities.length]!.id,
    })
    await improvement.addAction(amara, id, {
      title: `Action ${at + 1}`,
      starts: '2025-09-01',
      due: '2026-01-30',
      cost: 100,
    })
    if (at % 2)
      await improvement.sayProgress(amara, id, {
        term: 2,
        state: at % 4 === 1 ? 'met' : 'not met',
        words: 'So it goes.',
      })
  }
})
afterAll(async () => {
  await house.close()
  rmSync(folder, { recursive: true, force: true })
})

const asked = (program: string, args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

describe('the report on the strategy', () => {
  it('is at most four tagged pages however much there is, says how much more, and what is late', async (test) => {
    if (spawnSync('pdfinfo', ['-v']).error) test.skip('pdfinfo (poppler-utils) is not installed.')
    const file = join(folder, 'strategy.pdf')
    writeFileSync(file, await strategyReport(amara))
    const info = asked('pdfinfo', [file])
    expect(Number(/Pages:\s+(\d+)/.exec(info)?.[1])).toBeLessThanOrEqual(4)
    expect(info).toMatch(/Tagged:\s+yes/)
    const structure = asked('pdfinfo', ['-struct-text', file])
    for (const tag of ['H1', 'H2', 'Table', 'TH', 'LI']) expect(structure).toContain(tag)
    const words = asked('pdftotext', [file, '-']).replace(/\s+/g, ' ')
    expect(words).toContain('And 34 more late.')
    expect(words.indexOf('Outcomes')).toBeLessThan(words.indexOf('Going well'))
  })

  it('of a stranger’s trust has nothing of ours in it', async (test) => {
    if (spawnSync('pdftotext', ['-v']).error) test.skip('pdftotext (poppler-utils) is not installed.')
    const file = join(folder, 'stranger.pdf')
    writeFileSync(file, await strategyReport(world.stranger))
    expect(asked('pdftotext', [file, '-'])).not.toMatch(/Objective|Tidewell/)
  })
})

describe('a plan as a paper', () => {
  it('is tagged, titled and in reading order', async (test) => {
    if (spawnSync('pdfinfo', ['-v']).error) test.skip('pdfinfo (poppler-utils) is not installed.')
    const [plan] = await improvement.plansWith(amara, { school: null })
    const file = join(folder, 'plan.pdf')
    writeFileSync(file, await planPaper(amara, plan!.id))
    expect(asked('pdfinfo', [file])).toMatch(
      /Title:\s+The trust: improvement plan 2025\/26[\s\S]*Tagged:\s+yes/,
    )
    const words = asked('pdftotext', [file, '-'])
    expect(words.indexOf('1. Objective 1')).toBeLessThan(words.indexOf('2. Objective 2'))
  })
})
