import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { dropByCode } from '../../evidence/index.ts'
import { publishFacts } from '../example.ts'
import { readingYear } from '../example-reading.ts'
import { lookPage, lookPageNow } from '../pages/where-to-look/query.ts'
import { trustBriefing } from './trust-briefing.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
const folder = mkdtempSync(join(tmpdir(), 'throughline-briefing-'))

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  const drop = await dropByCode(world.founder, world.drop)
  const publish = (school: number, more: Parameters<typeof readingYear>[1]) =>
    publishFacts(world.people.priya!(), drop, school, readingYear(school, more))
  const { '4C': four } = world.classes
  await publish(world.schools.saltmarsh, { behind: 25, classes: [four!] })
  await publish(world.schools.gullRock, { ahead: 9, away: 20 })
  await publish(world.schools.northquay, {})
})
afterAll(async () => {
  await house.close()
  rmSync(folder, { recursive: true, force: true })
})

const asked = (program: string, args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

const written = async (...ask: Parameters<typeof trustBriefing>): Promise<string> => {
  const file = join(folder, 'briefing.pdf')
  writeFileSync(file, await trustBriefing(...ask))
  return file
}
const wordsOf = async (...ask: Parameters<typeof trustBriefing>) =>
  asked('pdftotext', [await written(...ask), '-']).replace(/\s+/g, ' ')

const withoutTools = () => ['pdfinfo', 'pdftotext'].some((tool) => spawnSync(tool, ['-v']).error)

describe('the trust briefing', () => {
  it('is not there before the drop has been looked through, and says so', async () => {
    const amara = world.people.amara!()
    await expect(trustBriefing(amara, { drop: world.drop })).rejects.toThrow(/under way/)
    expect((await lookPageNow(amara, { drop: world.drop })).state).toBe('done')
  })

  it('is two sound pages of tagged PDF/UA-1 that can be read out in order', async (test) => {
    if (withoutTools()) test.skip('pdfinfo and pdftotext (poppler-utils) are not installed.')
    for (const readers of ['board', 'leaders'] as const) {
      const file = await written(world.people.amara!(), { drop: world.drop, for: readers })
      if (!spawnSync('qpdf', ['--version']).error)
        expect(asked('qpdf', ['--check', file])).toContain('No syntax or stream encoding errors found')
      const info = asked('pdfinfo', [file])
      expect(info).toMatch(/Title:\s+Trust briefing: Spring 2026/)
      expect(info).toMatch(/Tagged:\s+yes/)
      expect(info).toMatch(/Pages:\s+2\n/)
      expect(asked('pdfinfo', ['-meta', file])).toContain('<pdfuaid:part>1</pdfuaid:part>')
      const structure = asked('pdfinfo', ['-struct-text', file])
      for (const tag of ['H1', 'H2', 'Figure']) expect(structure).toContain(tag)
      const places = ['What is better', 'What is worse', 'What we can’t tell', 'How sure we are'].map(
        (head) => structure.indexOf(head),
      )
      expect(places.every((place) => place > 0)).toBe(true)
      expect(places).toEqual(places.toSorted((one, other) => one - other))
    }
  })

  it('says what is better, what is worse and what can’t be told, and why', async (test) => {
    if (withoutTools()) test.skip('pdftotext (poppler-utils) is not installed.')
    const words = await wordsOf(world.people.amara!(), { drop: world.drop, for: 'leaders' })
    const [, better = '', worse = '', untold = ''] = words.split(
      /What is better|What is worse|What we can’t tell, and why/,
    )
    expect(better).toContain('Gull Rock')
    expect(worse).toContain('Saltmarsh')
    expect(untold).toContain('Year 4 at Gull Rock in')
    expect(untold).toContain('20 of 60 pupils have no result')
    expect(untold).toContain('no prior attainment on record')
  })

  it('shows the board no more than a trustee’s page does', async (test) => {
    if (withoutTools()) test.skip('pdftotext (poppler-utils) is not installed.')
    const leaders = await lookPage(world.people.amara!(), { drop: world.drop })
    const board = await lookPage(world.people.helen!(), { drop: world.drop })
    expect(leaders.findings.length).toBeGreaterThan(0)
    const words = await wordsOf(world.people.amara!(), { drop: world.drop })
    expect(words).toContain('for trustees and governors')
    expect(words).not.toMatch(/class 4C|Tierney|Rahman/)
    const shown = board.findings.length
    expect(words).toMatch(
      new RegExp(`(${['None', 'One', 'Two', 'Three', 'Four', 'Five'][shown]}) that can be shown here`),
    )
    expect(words).toBe(await wordsOf(world.people.helen!(), { drop: world.drop, for: 'board' }))
  })

  it('is of their own school for a headteacher, and nothing for a stranger', async (test) => {
    if (withoutTools()) test.skip('pdftotext (poppler-utils) is not installed.')
    const words = await wordsOf(world.people.ruth!(), { drop: world.drop, for: 'leaders' })
    expect(words).toContain('Briefing: Saltmarsh')
    expect(words).not.toContain('Gull Rock')
    await expect(trustBriefing(world.stranger, { drop: world.drop })).rejects.toThrow(NotHere)
    await expect(trustBriefing(world.stranger)).rejects.toThrow(NotHere)
  })
})
