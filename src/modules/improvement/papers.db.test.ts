import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { XMLValidator } from 'fast-xml-parser'
import { strFromU8, unzipSync } from 'fflate'
import mammoth from 'mammoth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { NotHere } from '../../kernel/refusal.ts'
import type { Viewer } from '../../platform/viewer.ts'
import * as purpose from '../purpose/index.ts'
import * as improvement from './index.ts'
import { evaluationDocx, planDocx, planPaper, strategyDocx, strategyReport, threadPaper } from './routes.tsx'

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

describe('the thread as a map', () => {
  it('is a tagged PDF that goes from aims to decisions and lists what hangs loose', async (test) => {
    if (spawnSync('pdfinfo', ['-v']).error) test.skip('pdfinfo (poppler-utils) is not installed.')
    const file = join(folder, 'thread.pdf')
    writeFileSync(file, await threadPaper(amara))
    const info = asked('pdfinfo', [file])
    expect(info).toMatch(/Title:\s+Tidewell Learning Trust: the thread/)
    expect(info).toMatch(/Tagged:\s+yes/)
    const structure = asked('pdfinfo', ['-struct-text', file])
    for (const tag of ['H1', 'H2', 'H3', 'Table', 'TH', 'LI']) expect(structure).toContain(tag)
    const words = asked('pdftotext', [file, '-']).replace(/\s+/g, ' ')
    for (const head of ['Priority', 'Objective', 'Actions', 'Evidence', 'Judgement', 'Decision'])
      expect(words).toContain(head)
    expect(words.indexOf('Aim: ')).toBeLessThan(words.indexOf('What hangs loose'))
    expect(words).toContain('Action: 40 loose ends')
    expect(words).toContain('It has no evidence and no figure among its criteria.')
    if (!spawnSync('qpdf', ['--version']).error)
      expect(asked('qpdf', ['--check', file])).toContain('No syntax or stream encoding errors')
  })

  it('of one school leaves out the others; of a stranger’s trust it has nothing of ours', async (test) => {
    if (spawnSync('pdftotext', ['-v']).error) test.skip('pdftotext (poppler-utils) is not installed.')
    const file = join(folder, 'thread-one.pdf')
    const plan = await improvement.startPlan(amara, { school: world.schools.gullRock, academicYear: 2025 })
    await improvement.addObjective(amara, plan, { title: 'Gull Rock’s own', by: '2026-07-17' })
    const wordsOf = async (viewer: Viewer, school?: string) => {
      writeFileSync(file, await threadPaper(viewer, school))
      return asked('pdftotext', [file, '-'])
    }
    expect(await wordsOf(amara, 'gull-rock')).toContain('Gull Rock’s own')
    expect(await wordsOf(amara, 'saltmarsh')).not.toContain('Gull Rock’s own')
    expect(await wordsOf(world.stranger)).not.toMatch(/Objective \d|Tidewell/)
    await expect(threadPaper(world.stranger, 'saltmarsh')).rejects.toThrow(NotHere)
  })
})

describe('a Word document', () => {
  /** What another program reads in it, and its parts as they were written. */
  const opened = async (bytes: Uint8Array) => {
    const parts = unzipSync(bytes)
    return {
      html: (await mammoth.convertToHtml({ buffer: Buffer.from(bytes) })).value,
      document: strFromU8(parts['word/document.xml']!),
      styles: strFromU8(parts['word/styles.xml']!),
      core: strFromU8(parts['docProps/core.xml']!),
      xml: Object.entries(parts).filter(([name]) => /\.(xml|rels)$/.test(name)),
    }
  }

  it('of a plan has headings, tables with header rows and descriptions, and says that it is English', async () => {
    const [plan] = await improvement.plansWith(amara, { school: null })
    const { html, document, styles, core, xml } = await opened(await planDocx(amara, plan!.id))
    expect(html).toContain('<h1>The trust: improvement plan 2025/26</h1>')
    expect(html.indexOf('<h2>1. Objective 1 of forty')).toBeLessThan(
      html.indexOf('<h2>2. Objective 2 of forty'),
    )
    expect(html).toMatch(/<thead><tr><th>.*?Action.*?<\/th>/)
    expect(html).toContain('<li>Spring: met. So it goes.')
    const tables = document.split('<w:tbl>').length - 1
    expect(tables).toBeGreaterThan(30)
    expect(document.split('<w:tblHeader/>').length - 1).toBe(tables)
    expect(
      document.match(/<w:tblCaption w:val="[^"]+"\/><w:tblDescription w:val="A table of /g),
    ).toHaveLength(tables)
    expect(styles).toContain('<w:lang w:val="en-GB"')
    expect(core).toContain('<dc:title>The trust: improvement plan 2025/26</dc:title>')
    for (const [name, text] of xml)
      expect([name, XMLValidator.validate(strFromU8(text))]).toEqual([name, true])
  })

  it('takes words as words, and leaves out what no document can hold', async () => {
    const plan = await improvement.startPlan(amara, { school: null, academicYear: 2030 })
    await improvement.addObjective(amara, plan, {
      title: 'Pages <w:br/> & “quotes” \u0001 ]]> in a title',
      by: '2031-07-17',
    })
    const { html, xml } = await opened(await planDocx(amara, plan))
    expect(html).toContain('1. Pages &lt;w:br/&gt; &amp; “quotes”  ]]&gt; in a title')
    for (const [name, text] of xml)
      expect([name, XMLValidator.validate(strFromU8(text))]).toEqual([name, true])
  })

  it('of the strategy says what the PDF says, and a stranger’s has nothing of ours', async () => {
    const { html } = await opened(await strategyDocx(amara))
    expect(html).toContain('And 34 more late.')
    expect((await opened(await strategyDocx(world.stranger))).html).not.toMatch(/Objective|Tidewell/)
    const [plan] = await improvement.plansWith(amara, { school: null })
    await expect(planDocx(world.stranger, plan!.id)).rejects.toThrow(NotHere)
  })

  it('of a self-evaluation holds what is confirmed and never a draft', async () => {
    const ruth = world.people.ruth!()
    const evaluation = await improvement.startEvaluation(ruth, {
      school: world.schools.saltmarsh,
      framework: 'ofsted-2025-11',
    })
    const where = { evaluation, area: 'achievement' }
    const line = await improvement.citeNote(ruth, where, { words: 'A visit in June' })
    const [grade] = (await improvement.frameworkByCode(ruth, 'ofsted-2025-11')).scales.grade!.slice(2)
    const said = {
      grade: grade!.code,
      words: `They read well [${line}].`,
      strengths: 'Phonics.\n\n- Daily\n- For all\n\nOne line\nand another',
    }
    await improvement.saveJudgement(ruth, where, { ...said, revision: 0 })
    await improvement.confirmJudgement(ruth, where)
    await improvement.saveJudgement(ruth, where, { ...said, words: 'Only a draft.', revision: 1 })
    const { html } = await opened(await evaluationDocx(world.people.helen!(), evaluation))
    expect(html).toContain(`<h2>Achievement: ${grade!.name}</h2>`)
    expect(html).toContain(
      '<p>They read well [1].</p><h3>Strengths</h3><p>Phonics.</p><ul><li>Daily</li><li>For all</li></ul><p>One line<br />and another</p>',
    )
    expect(html).toContain('A visit in June')
    expect(html).not.toContain('Only a draft')
    await expect(evaluationDocx(world.stranger, evaluation)).rejects.toThrow(NotHere)
  })
})
