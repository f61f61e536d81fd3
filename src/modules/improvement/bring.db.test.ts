import { strToU8, zipSync } from 'fflate'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { NotHere, Refusal } from '../../kernel/refusal.ts'
import { read } from '../../platform/database/door.ts'
import { limitBody } from '../../platform/http/body.ts'
import type { Env } from '../../platform/http/env.ts'
import type { Viewer } from '../../platform/viewer.ts'
import * as improvement from './index.ts'
import { areaPage } from './pages/area-page.tsx'
import { evaluationPage } from './pages/evaluation-page.tsx'
import { routes } from './routes.tsx'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let ruth: Viewer
let evaluation: number

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  ruth = world.people.ruth!()
  evaluation = await improvement.startEvaluation(ruth, {
    school: world.schools.saltmarsh,
    framework: 'ofsted-2025-11',
  })
})
afterAll(() => house.close())

const sef = `# Self-evaluation 2025

A school of 350.

## Outcomes

Most read well [2]. <script>steal()</script>

### Strengths

- Phonics
- Books

### Areas for development

Writing.

## Behaviour and attitudes

<p onclick="steal()">Calm.</p>

## Site

New roof.`

const draftOf = async (area: string, viewer = ruth) =>
  (await improvement.evaluationById(viewer, evaluation, area)).areas[0]!.draft
const where = (area: string) => ({ evaluation, area })

const siteOf = (viewer: Viewer) => {
  const site = new Hono<Env>()
  site.onError((error, c) => c.text(error.message, error instanceof NotHere ? 404 : 422))
  site.use(limitBody, async (c, next) => {
    c.set('viewer', viewer)
    await next()
  })
  return site.route('/', routes(house))
}
const send = (path: string, fields: Record<string, string | File>, viewer = ruth) => {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  return siteOf(viewer).request(path, { method: 'POST', body })
}
const page = async (path: string, viewer = ruth) => (await siteOf(viewer).request(path)).text()
const bring = () => `/improvement/evaluations/${evaluation}/bring`

describe('an existing document', () => {
  it('is proposed part by part for the areas that it seems to be about, and goes in when somebody confirms', async () => {
    const sent = await send(bring(), { pasted: sef, file: new File([], '') })
    expect(sent.status).toBe(303)
    const path = sent.headers.get('location')!
    const html = await page(path)
    expect(html).toContain('6 parts')
    expect(html).toMatch(/<option value="achievement" selected/)
    expect(html).not.toContain('steal')
    expect(await draftOf('achievement')).toBeUndefined()
    const [document] = await improvement.broughtInto(ruth, evaluation)
    expect(document!.parts.map(({ area, field }) => [area, field])).toEqual([
      [null, 'words'],
      ['achievement', 'words'],
      ['achievement', 'strengths'],
      ['achievement', 'next'],
      ['attendance-behaviour', 'words'],
      [null, 'words'],
    ])
    // Site is moved to leadership by hand; the first part is left out.
    const chosen = Object.fromEntries(
      document!.parts.flatMap(({ area, field }, at) => [
        [`area-${at}`, at === 5 ? 'leadership' : (area ?? '')],
        [`field-${at}`, at === 5 ? 'next' : field],
      ]),
    )
    const put = await send(path, chosen)
    expect([put.status, put.headers.get('location')]).toEqual([
      303,
      `/improvement/evaluations/${evaluation}?done=brought`,
    ])
    expect(await draftOf('achievement')).toMatchObject({
      grade: null,
      words: 'Most read well (2).',
      strengths: '- Phonics\n- Books',
      next: 'Writing.',
      revision: 1,
    })
    expect((await draftOf('attendance-behaviour'))?.words).toBe('Calm.')
    expect((await draftOf('leadership'))?.next).toContain('New roof.')
    expect(await improvement.broughtInto(ruth, evaluation)).toEqual([])
    expect((await send(path, chosen)).status).toBe(404)
    expect(String(await evaluationPage(ruth, evaluation))).not.toContain('steal')
  })

  it('never overwrites: what is there stays, and what is brought stands below a line that says where it is from', async () => {
    const before = (await draftOf('achievement'))!
    await improvement.saveJudgement(ruth, where('achievement'), { ...before, grade: 'expected' })
    const id = await improvement.bringDocument(ruth, evaluation, {
      name: 'Old “SEF”.md',
      text: '# Achievement\n\nMore words.',
    })
    // Somebody writes while it waits.
    await improvement.saveJudgement(ruth, where('achievement'), {
      ...before,
      words: 'Written since.',
      grade: 'expected',
      revision: 2,
    })
    await improvement.putIn(ruth, evaluation, id, [{ area: 'achievement', field: 'words' }])
    expect(await draftOf('achievement')).toMatchObject({
      grade: 'expected',
      words: 'Written since.\n\nFrom “Old “SEF”.md”, 20 March 2026:\n\nMore words.',
      strengths: before.strengths,
      revision: 4,
    })
    // An editor that was open all along gets both copies, as ever.
    const late = await improvement.saveJudgement(ruth, where('achievement'), {
      ...before,
      words: 'Late.',
      revision: 3,
    })
    expect(late.clash).toBeDefined()
    expect(String(await areaPage(ruth, evaluation, 'achievement'))).toContain('Late.')
  })

  it('goes in whole or not at all', async () => {
    const long = 'A sentence of the old document. '.repeat(600)
    const id = await improvement.bringDocument(ruth, evaluation, {
      name: 'Long.md',
      text: `# Safeguarding\n\nShort.\n\n# Inclusion\n\n${long}\n\n# Inclusion of all\n\n${long}`,
    })
    const before = await draftOf('inclusion')
    await expect(
      improvement.putIn(ruth, evaluation, id, [
        { area: 'safeguarding', field: 'words' },
        { area: 'inclusion', field: 'words' },
        { area: 'inclusion', field: 'words' },
      ]),
    ).rejects.toThrow('Inclusion, what we judge, would hold more than 20,000 characters')
    expect([await draftOf('safeguarding'), await draftOf('inclusion')]).toEqual([undefined, before])
    await expect(improvement.putIn(ruth, evaluation, id, [null, null, null])).rejects.toThrow(
      'at least one part',
    )
    await expect(
      improvement.putIn(ruth, evaluation, id, [{ area: 'nowhere', field: 'words' }]),
    ).rejects.toThrow('no such area')
    await expect(
      improvement.putIn(ruth, evaluation, id, [{ area: 'inclusion', field: 'grade' as never }]),
    ).rejects.toThrow(Refusal)
    await improvement.leaveOut(ruth, evaluation, id)
    await expect(improvement.leaveOut(ruth, evaluation, id)).rejects.toThrow(NotHere)
  })

  it('of Word is read from its file; a locked or broken one, and one over 5 MB, is refused in a sentence and changes nothing', async () => {
    const ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    const docx = zipSync({
      '[Content_Types].xml': strToU8(
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      ),
      '_rels/.rels': strToU8(
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
      ),
      'word/document.xml': strToU8(
        `<w:document ${ns}><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>EYFS</w:t></w:r></w:p><w:p><w:r><w:t>They settle well.</w:t></w:r></w:p></w:body></w:document>`,
      ),
    })
    const sent = await send(bring(), { file: new File([docx as Uint8Array<ArrayBuffer>], 'SEF.docx') })
    expect(await page(sent.headers.get('location')!)).toContain('They settle well.')
    const before = await improvement.broughtInto(ruth, evaluation)
    for (const [file, sentence] of [
      [new File([new Uint8Array([0xd0, 0xcf, 0x11, 0xe0])], 'SEF.doc'), 'older Word document'],
      [new File([docx.slice(0, 90)], 'SEF.docx'), 'This Word document is broken'],
      [new File([new Uint8Array(5 * 1024 * 1024 + 1)], 'SEF.docx'), 'larger than 5 MB'],
    ] as const) {
      const refused = await send(bring(), { file })
      expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining(sentence)])
    }
    const pasted = await send(bring(), { pasted: '<p>Words of Word</p>'.repeat(270_000) })
    expect([pasted.status, await pasted.text()]).toEqual([422, expect.stringContaining('larger than 5 MB')])
    expect((await send(bring(), { pasted: '  ' })).status).toBe(422)
    expect(await improvement.broughtInto(ruth, evaluation)).toEqual(before)
  })

  it('of just under 5 MB in Word’s HTML is taken, with its shape when the browser could tell it', async () => {
    const style = `<style>${'p.MsoNormal { mso-style-unhide:no; } '.repeat(140_000)}</style>`
    const shaped = `<html xmlns:w="urn:schemas-microsoft-com:office:word"><head>${style.slice(0, 5_000_000)}</style><!--[if gte mso 9]><xml>steal</xml><![endif]--></head><body><p class=MsoHeading1>Safeguarding</p><p class=MsoNormal>Strong.<o:p></o:p></p></body></html>`
    const sent = await send(bring(), { shaped, pasted: 'Safeguarding\nStrong.' })
    expect(sent.status).toBe(303)
    const [document] = await improvement.broughtInto(ruth, evaluation)
    expect(document!.parts).toEqual([
      { heading: 'Safeguarding', text: 'Strong.', area: 'safeguarding', field: 'words' },
    ])
  })

  it('is brought by the headteacher alone: nobody else sees it, whatever the address', async () => {
    const [waiting] = await improvement.broughtInto(ruth, evaluation)
    for (const name of ['owen', 'helen', 'priya'] as const) {
      const viewer = world.people[name]!()
      expect(await improvement.broughtInto(viewer, evaluation)).toEqual([])
      await expect(improvement.bringDocument(viewer, evaluation, { name: 'x', text: 'x' })).rejects.toThrow(
        Refusal,
      )
      await expect(improvement.putIn(viewer, evaluation, waiting!.id, [null])).rejects.toThrow(Refusal)
      expect((await siteOf(viewer).request(bring())).status).toBe(422)
    }
    const { stranger } = world
    expect(await improvement.broughtInto(stranger, evaluation)).toEqual([])
    await expect(improvement.broughtById(stranger, evaluation, waiting!.id)).rejects.toThrow(NotHere)
    await expect(improvement.bringDocument(stranger, evaluation, { name: 'x', text: 'x' })).rejects.toThrow(
      NotHere,
    )
    await expect(improvement.leaveOut(stranger, evaluation, waiting!.id)).rejects.toThrow(NotHere)
    const rows = await read(world.people.helen!(), (db) =>
      db.selectFrom('improvement.brought').select('brought_id').execute(),
    )
    expect(rows).toEqual([])
  })
})

describe('objectives from a document', () => {
  const text =
    '# Plan\n\n## Priority 1: Reading\n\nThey read haltingly.\n\n- Partners\n- Books\n\n### Success criteria\n\n- Pace\n\n## Writing\n\n- Sentences'
  let plan: number
  const days = (by = '2026-07-17') => ({
    ...{ 'begins-day': '1', 'begins-month': '9', 'begins-year': '2025' },
    ...{ 'by-day': by.slice(8), 'by-month': by.slice(5, 7), 'by-year': by.slice(0, 4) },
  })

  it('are shown to be put right, and go in all together when somebody takes them', async () => {
    plan = await improvement.startPlan(ruth, { school: world.schools.saltmarsh, academicYear: 2025 })
    const path = `/improvement/plans/${plan}/bring`
    const shown = await (await send(path, { pasted: text })).text()
    expect(shown).toContain('2 objectives')
    expect(shown).toMatch(/value="Reading"/)
    expect((await improvement.planById(ruth, plan)).objectives).toEqual([])
    const fields = {
      ...{
        'take-0': 'yes',
        'title-0': 'Reading',
        'why-0': 'Halting.',
        'actions-0': 'Partners\nBooks',
        'checks-0': 'Pace',
      },
      ...{ 'take-1': 'yes', 'title-1': ' ', 'why-1': '', 'actions-1': 'Sentences', 'checks-1': '' },
      ...days(),
    }
    const wrong = await send(`${path}/take`, fields)
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('without a title')])
    const late = await send(`${path}/take`, { ...fields, 'title-1': 'Writing', ...days('2025-08-01') })
    expect([late.status, await late.text()]).toEqual([422, expect.stringContaining('before it starts')])
    expect((await improvement.planById(ruth, plan)).objectives).toEqual([])
    expect((await send(`${path}/take`, { ...fields, 'take-1': 'no' })).headers.get('location')).toBe(
      `/improvement/plans/${plan}?done=brought`,
    )
    expect((await improvement.planById(ruth, plan)).objectives).toMatchObject([
      {
        title: 'Reading',
        why: 'Halting.',
        by: '2026-07-17',
        actions: [{ title: 'Partners', starts: '2025-09-01', owner: null }, { title: 'Books' }],
        criteria: [{ words: 'Pace', figure: null }],
      },
    ])
    expect((await send(path, { pasted: 'No heading at all.' })).status).toBe(422)
  })

  it('are brought by who writes the plan only', async () => {
    const pasted = { name: 'x', text }
    const one = [{ title: 'x', why: '', actions: [], checks: [] }]
    const when = { begins: '2025-09-01', by: '2026-07-17' }
    await expect(improvement.objectivesIn(world.people.helen!(), plan, pasted)).rejects.toThrow(Refusal)
    await expect(improvement.takeObjectives(world.people.helen!(), plan, one, when)).rejects.toThrow(Refusal)
    await expect(improvement.objectivesIn(world.stranger, plan, pasted)).rejects.toThrow(NotHere)
    await expect(improvement.takeObjectives(world.stranger, plan, one, when)).rejects.toThrow(NotHere)
    await expect(improvement.takeObjectives(ruth, plan, [], when)).rejects.toThrow('at least one')
  })
})
