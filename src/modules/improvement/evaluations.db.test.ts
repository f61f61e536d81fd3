import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { NotHere } from '../../kernel/refusal.ts'
import { clockOn } from '../../platform/clock.ts'
import { read, write } from '../../platform/database/door.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type Drop, dropByCode } from '../evidence/index.ts'
import { publishFacts } from '../measures/example.ts'
import { pupilStates } from '../organisation/index.ts'
import { questionOf } from './domain/questions.ts'
import * as improvement from './index.ts'
import { areaPage } from './pages/area-page.tsx'
import { citePage } from './pages/cite-page.tsx'
import { evaluationPage } from './pages/evaluation-page.tsx'
import { evaluationsPage, frameworksPage } from './pages/evaluations-page.tsx'
import { evaluationPaper } from './routes.tsx'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let ruth: Viewer
let owen: Viewer
let amara: Viewer
let drop: Drop
let evaluation: number
const achievement = () => ({ evaluation, area: 'achievement' })
const key = () => ({
  measure: 'reading-expected',
  school: world.schools.saltmarsh,
  year: '4',
  group: 'all',
  period: drop.code,
  snapshot: 1,
})

/** Every `nth` pupil is below the standard. */
const publish = async (nth: number) => {
  const states = await pupilStates(world.founder, world.schools.saltmarsh, drop.asAt, drop.academicYear)
  return publishFacts(world.people.priya!(), drop, world.schools.saltmarsh, {
    pupil_state: states.map(({ school: _, ...state }) => ({ ...state })),
    result: states.map((state, at) => ({
      pupil: state.pupil,
      year_group: state.year_group,
      assessment: 'reading-scaled',
      subject: 'reading',
      class_id: state.class_id,
      raw: '100',
      value: at % nth === 0 ? 94 : 104,
      grade: null,
      status: 'result',
      expected: at % nth !== 0,
      higher: false,
    })),
  })
}

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  ruth = world.people.ruth!()
  owen = world.people.owen!()
  amara = world.people.amara!()
  drop = await dropByCode(ruth, world.drop)
  await publish(3)
  evaluation = await improvement.startEvaluation(ruth, {
    school: world.schools.saltmarsh,
    framework: 'ofsted-2025-11',
  })
})
afterAll(() => house.close())

describe('frameworks', () => {
  it('are dated data, with a source each, and an old one stands beside a new one', async () => {
    const all = await improvement.frameworks(ruth)
    expect(all.map((one) => one.code).sort()).toEqual([
      'dfe-trust-quality-2023',
      'early-years',
      'ofsted-2019',
      'ofsted-2025-11',
      'trust-inspection-proposed',
    ])
    for (const one of all) expect([one.code, Boolean(one.source && one.link)]).toEqual([one.code, true])
    const inspection = await improvement.frameworkByCode(ruth, 'ofsted-2025-11')
    expect(inspection.scales.grade?.map((grade) => grade.name)).toEqual([
      'Exceptional',
      'Strong standard',
      'Expected standard',
      'Needs attention',
      'Urgent improvement',
    ])
    expect(String(await frameworksPage(ruth))).toContain('to 9 November 2025')
    // One that changes in the middle of a cycle: both go on, over the same evidence.
    const older = await improvement.startEvaluation(ruth, {
      school: world.schools.saltmarsh,
      framework: 'ofsted-2019',
    })
    expect(String(await evaluationPage(ruth, older))).toContain('a later one stands beside it')
    expect((await improvement.evaluationById(ruth, evaluation)).framework.code).toBe('ofsted-2025-11')
  })

  it('may be a trust’s own, in order, and not changed once schools judge by it', async () => {
    const own = {
      code: 'tidewell-reading',
      name: 'Tidewell’s reading standard',
      of: 'school',
      from: '2025-09-01',
      source: 'Agreed by the heads.',
      scales: {
        step: [
          { code: 'yes', name: 'Yes' },
          { code: 'no', name: 'Not yet' },
        ],
      },
      areas: [{ code: 'aloud', name: 'Reading aloud', scale: 'step', asks: 'Is every child read to?' }],
    }
    await expect(improvement.addFramework(ruth, own)).rejects.toThrow('director')
    await expect(
      improvement.addFramework(amara, { ...own, areas: [{ ...own.areas[0], scale: 'none' }] }),
    ).rejects.toThrow('not in order')
    await expect(improvement.addFramework(amara, { ...own, code: 'ofsted-2019' })).rejects.toThrow(
      'everybody has',
    )
    await improvement.addFramework(amara, own)
    await improvement.startEvaluation(ruth, {
      school: world.schools.saltmarsh,
      framework: 'tidewell-reading',
    })
    await expect(improvement.addFramework(amara, own)).rejects.toThrow('judge by this framework already')
    await expect(
      improvement.startEvaluation(ruth, {
        school: world.schools.saltmarsh,
        framework: 'dfe-trust-quality-2023',
      }),
    ).rejects.toThrow('for a trust')
  })
})

describe('a working copy', () => {
  it('is saved by revision; when two write at once neither is lost', async () => {
    const first = await improvement.saveJudgement(ruth, achievement(), { words: 'First.', revision: 0 })
    expect(first).toEqual({ revision: 1 })
    await improvement.saveJudgement(ruth, achievement(), {
      words: 'Mine: [1] read well.',
      grade: 'expected',
      revision: 1,
    })
    const second = await improvement.saveJudgement(ruth, achievement(), { words: 'Hers.', revision: 1 })
    expect(second.clash).toBeGreaterThan(0)
    const html = String(await areaPage(ruth, evaluation, 'achievement'))
    expect(html).toContain('Two copies were written at once')
    expect(html).toContain('Hers.')
    expect(html).toContain('Mine: ')
    await expect(improvement.confirmJudgement(ruth, achievement())).rejects.toThrow(
      'choose between the two copies',
    )
    await improvement.settleClash(ruth, achievement(), second.clash!, false)
    const now = await improvement.evaluationById(ruth, evaluation, 'achievement')
    expect(now.areas[0]).toMatchObject({ draft: { words: 'Mine: [1] read well.', revision: 2 }, clashes: [] })
    await expect(improvement.settleClash(ruth, achievement(), second.clash!, true)).rejects.toThrow(NotHere)
    // The same words saved twice are no clash.
    expect(
      await improvement.saveJudgement(ruth, achievement(), {
        words: 'Mine: [1] read well.',
        grade: 'expected',
        revision: 1,
      }),
    ).toEqual({ revision: 2 })
  })

  it('is read by nobody but its writers, a governor who asks for it included', async () => {
    for (const who of [owen, amara, world.people.helen!(), world.people.grace!()]) {
      const seen = await improvement.evaluationById(who, evaluation)
      expect(
        seen.areas.flatMap((one) => [one.draft, ...one.citations, ...one.clashes]).filter(Boolean),
      ).toEqual([])
      await expect(areaPage(who, evaluation, 'achievement')).rejects.toThrow('Only the school’s headteacher')
      await expect(improvement.exportEvaluation(who, evaluation)).rejects.toThrow(
        'Only the school’s headteacher',
      )
      const { rows } = await read(who, (db) =>
        sql<{
          many: number
        }>`select ((select count(*) from improvement.judgement) + (select count(*) from improvement.citation) + (select count(*) from improvement.clash))::int as many`.execute(
          db as never,
        ),
      )
      expect(rows[0]!.many).toBe(0)
    }
    expect(String(await evaluationPage(owen, evaluation))).not.toContain('Mine: ')
  })

  it('takes only grades and areas of its framework, and a script stays words', async () => {
    await expect(
      improvement.saveJudgement(ruth, achievement(), { words: 'x', grade: 'good', revision: 2 }),
    ).rejects.toThrow('has no such grade for Achievement')
    await expect(
      improvement.saveJudgement(ruth, { evaluation, area: 'sixth-form' }, { words: 'x', revision: 0 }),
    ).rejects.toThrow(NotHere)
    await expect(
      improvement.saveJudgement(ruth, achievement(), { words: 'x'.repeat(20_001), revision: 2 }),
    ).rejects.toThrow('longer than')
    await improvement.saveJudgement(
      ruth,
      { evaluation, area: 'inclusion' },
      { words: '<script>alert(1)</script>', revision: 0 },
    )
    expect(String(await areaPage(ruth, evaluation, 'inclusion'))).not.toContain('<script>alert')
  })
})

describe('a cited figure', () => {
  it('is chosen from a list, never a group under six, and shows value, counts, interval and snapshot', async () => {
    const offered = await improvement.figuresToCite(ruth, world.schools.saltmarsh, 'reading year 4')
    expect(offered[0]).toMatchObject({ measure: 'reading-expected', year: '4', group: 'all', snapshot: 1 })
    expect(offered.every((one) => one.name.includes('Year 4'))).toBe(true)
    expect(String(await citePage(ruth, evaluation, 'achievement', 'reading year 4'))).toContain('Cite it')
    await expect(improvement.confirmJudgement(ruth, achievement())).rejects.toThrow(
      'the words cite [1], which is not in the evidence',
    )
    expect(await improvement.citeFigure(ruth, achievement(), key())).toBe(1)
    await expect(
      improvement.citeFigure(ruth, achievement(), { ...key(), group: 'looked-after' }),
    ).rejects.toThrow(/Groups under 6|can’t be cited/)
    await expect(
      improvement.citeFigure(ruth, achievement(), { ...key(), measure: 'happiness' }),
    ).rejects.toThrow(NotHere)
    await expect(improvement.citeFigure(ruth, achievement(), { ...key(), snapshot: 99 })).rejects.toThrow(
      NotHere,
    )
    expect(await improvement.citeNote(ruth, achievement(), { words: 'Visit, 4 June' })).toBe(2)
    const html = String(await areaPage(ruth, evaluation, 'achievement'))
    expect(html).toMatch(
      /class="chip" href="\/figure\/reading-expected\/saltmarsh\/year-4\/all\/2026-spring\/1"/,
    )
    expect(html).toContain('snapshot 1')
  })

  it('is frozen when it is confirmed, and says when the data have moved on', async () => {
    await improvement.confirmJudgement(ruth, achievement())
    const frozen = (await improvement.evaluationById(owen, evaluation)).areas.find(
      (one) => one.area.code === 'achievement',
    )!.confirmed[0]!
    expect(frozen).toMatchObject({ grade: 'expected', by: 'Ruth Kemp', on: '2026-03-20' })
    const then = frozen.document.lines[0]!.value
    expect(await publish(2)).toBe(2)
    const [seen] = (await improvement.evaluationById(ruth, evaluation, 'achievement')).areas
    expect(seen!.citations[0]).toMatchObject({ undecided: true })
    expect(seen!.citations[0]!.figure!.moved).toMatch(/^was \d+% in snapshot 1, now \d+%$/)
    expect(String(await areaPage(ruth, evaluation, 'achievement'))).toContain(
      seen!.citations[0]!.figure!.moved!,
    )
    await improvement.saveJudgement(ruth, achievement(), {
      words: 'Still [1].',
      grade: 'expected',
      revision: 2,
    })
    await expect(improvement.confirmJudgement(ruth, achievement())).rejects.toThrow(
      'figure 1, which has moved',
    )
    const still = (await improvement.evaluationById(owen, evaluation)).areas.find(
      (one) => one.area.code === 'achievement',
    )!
    expect(still.confirmed[0]!.document).toEqual(frozen.document)
    expect(String(await evaluationPage(owen, evaluation))).toContain(then)
  })

  it('is brought up to date, or kept with a reason until it moves again', async () => {
    await expect(
      improvement.decideAboutFigure(ruth, achievement(), 1, { use: 'cited', why: ' ' }),
    ).rejects.toThrow('Say why')
    await improvement.decideAboutFigure(ruth, achievement(), 1, {
      use: 'cited',
      why: 'Two scores are in doubt.',
    })
    await improvement.confirmJudgement(ruth, achievement())
    expect((await improvement.evaluationLines(owen))[0]!.judgements[0]!.document.lines[0]).toMatchObject({
      snapshot: 1,
      kept: 'Two scores are in doubt.',
    })
    await publish(5)
    const again = (await improvement.evaluationById(ruth, evaluation, 'achievement')).areas[0]!
    expect(again.citations[0]).toMatchObject({ undecided: true, kept: null })
    await improvement.decideAboutFigure(ruth, achievement(), 1, { use: 'now' })
    expect(
      (await improvement.evaluationById(ruth, evaluation, 'achievement')).areas[0]!.citations[0],
    ).toMatchObject({
      undecided: false,
      key: { snapshot: 3 },
    })
    await expect(improvement.decideAboutFigure(ruth, achievement(), 1, { use: 'now' })).rejects.toThrow(
      'has not moved',
    )
  })

  it('of a measure that was withdrawn says so, and holds up only what would be confirmed', async () => {
    await write(ruth, (tx) =>
      tx.updateTable('improvement.citation').set({ measure: 'gone' }).where('line', '=', 1).execute(),
    )
    expect(String(await areaPage(ruth, evaluation, 'achievement'))).toContain('The measure was withdrawn')
    await expect(improvement.confirmJudgement(ruth, achievement())).rejects.toThrow('was withdrawn')
    expect(String(await evaluationPage(owen, evaluation))).toContain('Expected standard')
    await write(ruth, (tx) =>
      tx
        .updateTable('improvement.citation')
        .set({ measure: 'reading-expected' })
        .where('line', '=', 1)
        .execute(),
    )
  })
})

describe('signing', () => {
  it('waits until every area is confirmed, then keeps a copy for ever', async () => {
    await expect(improvement.signEvaluation(ruth, evaluation)).rejects.toThrow('Not yet: Inclusion')
    for (const { area } of (await improvement.evaluationById(ruth, evaluation)).areas) {
      const where = { evaluation, area: area.code }
      const [now] = (await improvement.evaluationById(ruth, evaluation, area.code)).areas
      await improvement.saveJudgement(ruth, where, {
        words: `We judge ${area.name}.`,
        grade: area.scale === 'met' ? 'met' : 'strong',
        strengths: 'People.',
        next: 'More.',
        revision: now!.draft?.revision ?? 0,
      })
      await improvement.confirmJudgement(ruth, where)
    }
    await improvement.signEvaluation(ruth, evaluation)
    const { nodes, links } = await improvement.thread(ruth)
    const signing = nodes.find((node) => node.id.startsWith('signed-'))!
    expect(signing.title).toContain('signed by Ruth Kemp')
    expect(links.some((link) => link.to === signing.id && link.from.startsWith('judgement-'))).toBe(true)
    const { signed } = await improvement.evaluationById(owen, evaluation)
    expect(signed[0]!.document.judgements).toHaveLength(8)
    await expect(
      write(ruth, (tx) => sql`update improvement.confirmed set grade = 'urgent'`.execute(tx)),
    ).rejects.toThrow('permission denied')
    expect((await evaluationPaper(owen, evaluation)).byteLength).toBeGreaterThan(2000)
  })

  it('goes out and in again without loss, and bad files change nothing', async () => {
    const file = JSON.parse(JSON.stringify(await improvement.exportEvaluation(ruth, evaluation)))
    const neil: Viewer = {
      ...world.people.neil!(),
      grants: [{ role: 'headteacher', node: 'school', schools: [world.schools.gullRock] }],
    }
    const id = await improvement.importEvaluation(neil, { ...file, school: '199002' })
    expect(await improvement.exportEvaluation(neil, id)).toEqual({ ...file, school: '199002' })
    for (const [broken, sentence] of [
      [file, 'headteacher'],
      [{ ...file, school: '199002' }, 'already'],
      [{ ...file, school: '123456' }, 'URN 123456'],
      [{ ...file, areas: [{ ...file.areas[0], area: 'nowhere' }] }, 'no area nowhere'],
      ['<html>', 'not a self-evaluation as Throughline writes it'],
    ] as const)
      await expect(improvement.importEvaluation(neil, broken)).rejects.toThrow(sentence)
  })
})

describe('the trust’s page', () => {
  it('shows grades, how fresh they are and how well cited, and asks instead of accusing', async () => {
    const html = String(await evaluationsPage(amara))
    expect(html).toContain('Strong standard')
    expect(html).toContain('no figure')
    expect(html).toContain('What would a doubter be shown?')
    const later: Viewer = {
      ...amara,
      today: '2026-12-01',
      house: { ...amara.house, clock: clockOn('2026-12-01') },
    }
    expect(String(await evaluationsPage(later))).toMatch(/class="late">20 March/)
  })

  it('asks where the grade and its figures point different ways', () => {
    const line = {
      line: 1,
      name: 'Reading, Year 6',
      value: '40%',
      of: '24 of 60',
      interval: '',
      period: '',
      snapshot: 1,
      href: '',
      stem: '',
      objective: null,
      standing: 'below' as const,
      kept: '',
    }
    const judged = {
      framework: 'f',
      area: 'a',
      areaName: 'Achievement',
      grade: 'strong',
      gradeName: 'Strong standard',
      place: 2,
      ofPlaces: 5,
      paragraphs: [],
      strengths: '',
      next: '',
      lines: [line],
      by: '',
      on: '2026-03-20',
    }
    expect(questionOf(judged, 'Saltmarsh')).toContain('24 of 60, below England. What does the school see')
    expect(questionOf({ ...judged, place: 4 }, 'Saltmarsh')).toBeUndefined()
    expect(
      questionOf({ ...judged, place: 4, lines: [{ ...line, standing: 'better' }] }, 'Saltmarsh'),
    ).toContain('doubt itself')
    expect(questionOf({ ...judged, place: 3 }, 'Saltmarsh')).toBeUndefined()
  })
})

describe('a stranger from another trust', () => {
  it('sees and changes nothing of ours', async () => {
    const far: Viewer = {
      ...world.stranger,
      grants: [
        { role: 'headteacher', node: 'trust', schools: 'all' },
        { role: 'director', node: 'trust', schools: 'all' },
      ],
    }
    expect(await improvement.evaluationLines(far)).toEqual([])
    expect((await improvement.frameworks(far)).some((one) => one.code === 'tidewell-reading')).toBe(false)
    expect((await improvement.citedFigure(far, key())).gone).toBe(true)
    await expect(improvement.figuresToCite(far, world.schools.saltmarsh, 'reading')).resolves.toEqual([])
    for (const asked of [
      () => improvement.evaluationById(far, evaluation),
      () => improvement.exportEvaluation(far, evaluation),
      () => improvement.saveJudgement(far, achievement(), { words: 'Cuckoo', revision: 0 }),
      () => improvement.citeNote(far, achievement(), { words: 'Cuckoo' }),
      () => improvement.citeFigure(far, achievement(), key()),
      () => improvement.removeCitation(far, achievement(), 1),
      () => improvement.confirmJudgement(far, achievement()),
      () => improvement.signEvaluation(far, evaluation),
      () => improvement.startEvaluation(far, { school: world.schools.saltmarsh, framework: 'early-years' }),
    ])
      await expect(asked()).rejects.toThrow()
  })
})
