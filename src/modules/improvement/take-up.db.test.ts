import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { figurePath } from '../../kernel/figure.ts'
import { NotHere, Refusal } from '../../kernel/refusal.ts'
import type { Env } from '../../platform/http/env.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type Drop, dropByCode } from '../evidence/index.ts'
import { publishFacts } from '../measures/example.ts'
import { lookPageNow } from '../measures/index.ts'
import { routes as measureRoutes } from '../measures/routes.tsx'
import * as improvement from './index.ts'
import { evaluationPage } from './pages/evaluation-page.tsx'
import { objectivePage } from './pages/objective-page.tsx'
import { routes } from './routes.tsx'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let drop: Drop
let amara: Viewer
let ruth: Viewer
let helen: Viewer

/** Sixty pupils of Year 4, every third disadvantaged; those lie `behind` points below the others. */
async function publish(school: number, behind: number): Promise<void> {
  const pupils = Array.from({ length: 60 }, (_, at) => ({
    pupil: 100_000 * school + at,
    year_group: '4',
    class_id: null,
    form: null,
    sex: 'F',
    ethnicity: 'WBRI',
    ethnic_group: 'white',
    first_language: 'english',
    sen: 'N',
    fsm: false,
    fsm6: false,
    pupil_premium: false,
    looked_after: false,
    disadvantaged: at % 3 === 0,
    prior_reading: null,
    prior_mathematics: null,
    prior: null,
    prior_band: null,
    joined_this_year: false,
  }))
  await publishFacts(world.people.priya!(), drop, school, {
    pupil_state: pupils,
    result: pupils.map(({ pupil, year_group, disadvantaged }, at) => {
      const score = 97 + ((at * 7) % 13) - (disadvantaged ? behind : 0)
      return {
        pupil,
        year_group,
        assessment: 'reading-scaled',
        subject: 'reading',
        class_id: null,
        raw: String(score),
        value: score,
        status: 'result',
        expected: score >= 100,
        higher: score >= 110,
      }
    }),
  })
}

const key = () => `average-reading-scaled|school=${world.schools.saltmarsh}|disadvantage=disadvantaged`
const findingHref = () => `/trust/findings/one?drop=${drop.code}&key=${encodeURIComponent(key())}`
const figureKey = (snapshot = 3, group = 'disadvantaged') => ({
  measure: 'reading-expected',
  place: 'saltmarsh',
  year: '4',
  group,
  period: drop.code,
  snapshot,
})
const said = { title: 'They read as well as others', by: '2026-07-17' }

/** The pages of measures and improvement, as the app joins them, for this person. */
const siteOf = (viewer: Viewer) => {
  const site = new Hono<Env>()
  site.onError((error, c) => c.text(error.message, error instanceof NotHere ? 404 : 422))
  site.use(async (c, next) => {
    c.set('viewer', viewer)
    await next()
  })
  site.route('/', measureRoutes(house, improvement.workOf))
  site.route('/', routes(house))
  return site
}
const page = async (viewer: Viewer, path: string) => (await siteOf(viewer).request(path)).text()
const send = (viewer: Viewer, path: string, fields: Record<string, string>) =>
  siteOf(viewer).request(path, { method: 'POST', body: new URLSearchParams(fields) })
const day = (name: string, on: string) => {
  const [year, month, date] = on.split('-') as [string, string, string]
  return { [`${name}-year`]: year, [`${name}-month`]: month, [`${name}-day`]: date }
}

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  amara = world.people.amara!()
  ruth = world.people.ruth!()
  helen = world.people.helen!()
  drop = await dropByCode(world.founder, world.drop)
  await publish(world.schools.saltmarsh, 15)
  await publish(world.schools.gullRock, 0)
  await publish(world.schools.northquay, 0)
  await lookPageNow(amara, { drop: drop.code })
})
afterAll(() => house.close())

describe('a finding', () => {
  it('offers to become work to who writes the plan, and to nobody else', async () => {
    expect(await page(amara, findingHref())).toContain('Make an objective of it')
    const trustees = await page(helen, findingHref())
    expect(trustees).toContain('Disadvantaged pupils')
    expect(trustees).not.toContain('Make an objective of it')
    await expect(improvement.makeObjectiveOf(helen, findingHref(), said)).rejects.toThrow(Refusal)
    await expect(improvement.makeObjectiveOf(world.stranger, findingHref(), said)).rejects.toThrow(NotHere)
    await expect(improvement.subjectAt(world.stranger, findingHref())).rejects.toThrow(NotHere)
  })

  it('becomes an objective with a form that knows its words, its figure and what it says now', async () => {
    const form = await page(amara, `/improvement/objectives/new?from=${encodeURIComponent(findingHref())}`)
    expect(form).toContain('as well as similar pupils')
    expect(form).toMatch(/Now [\d.]+.*Leave it empty/s)
    expect(form).toContain('This begins the plan for 2025/26')
    const fields = {
      from: findingHref(),
      ...{ title: said.title, why: 'They lie behind.', measure: 'average-reading-scaled', target: '101' },
      ...{ school: String(world.schools.saltmarsh), year: '4', group: 'disadvantaged' },
      ...day('by', said.by),
    }
    const wrong = await send(amara, '/improvement/objectives/new', { ...fields, target: 'more' })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('Enter the target as a number.')
    expect(await improvement.plansWith(amara, { school: world.schools.saltmarsh })).toEqual([])
    const made = await send(amara, '/improvement/objectives/new', fields)
    expect([made.status, made.headers.get('location')]).toEqual([
      303,
      expect.stringMatching(/^\/improvement\/objectives\/\d+\?done=kept$/),
    ])
    const [plan] = await improvement.plansWith(amara, { school: world.schools.saltmarsh })
    const [objective] = plan!.objectives
    expect(objective).toMatchObject({
      title: said.title,
      origin: { kind: 'finding', about: key(), snapshot: 3, href: findingHref() },
      criteria: [{ figure: { measure: 'average-reading-scaled', group: 'disadvantaged', target: 101 } }],
      evidence: [{ figure: { measure: 'average-reading-scaled', snapshot: 3 } }],
    })
  })

  it('is taken up by that, and both pages show the other', async () => {
    const [plan] = await improvement.plansWith(amara, { school: world.schools.saltmarsh })
    const { id } = plan!.objectives[0]!
    const look = await lookPageNow(amara, { drop: drop.code })
    expect(look.findings.find((one) => one.key === key())!.decision).toMatchObject({ kind: 'taken up' })
    for (const path of [findingHref(), `/trust/findings?drop=${drop.code}`]) {
      const html = await page(amara, path)
      expect(html).toContain(`/improvement/objectives/${id}`)
      expect(html).toContain('2025/26, nothing said yet, no actions yet, by 17 July 2026')
    }
    const html = String(await objectivePage(amara, id))
    expect(html).toContain('Where it came from')
    expect(html).toContain('snapshot 3')
    expect(html).toContain('It stands out in spring 2026')
  })

  it('becomes an action of an objective that there is, of the same school only', async () => {
    const [plan] = await improvement.plansWith(amara, { school: world.schools.saltmarsh })
    const { id } = plan!.objectives[0]!
    const form = await page(ruth, `/improvement/actions/new?from=${encodeURIComponent(findingHref())}`)
    expect(form).toContain(said.title)
    const sent = {
      from: findingHref(),
      objective: String(id),
      title: 'Read aloud daily',
      ...day('starts', '2026-04-20'),
      ...day('due', '2026-06-26'),
    }
    expect(
      (await send(ruth, '/improvement/actions/new', { ...sent, ...day('due', '2026-01-01') })).status,
    ).toBe(422)
    expect((await send(ruth, '/improvement/actions/new', sent)).status).toBe(303)
    expect(await page(ruth, findingHref())).toContain('Action: ')
    expect(String(await objectivePage(ruth, id))).toContain('Read aloud daily')
    expect((await improvement.objectiveById(ruth, id)).evidence).toHaveLength(1)
    const elsewhere = await improvement.startPlan(amara, {
      school: world.schools.gullRock,
      academicYear: 2025,
    })
    const other = await improvement.addObjective(amara, elsewhere, said)
    await expect(
      improvement.makeActionOf(amara, findingHref(), other, {
        title: 'Read',
        starts: '2026-04-20',
        due: '2026-06-26',
      }),
    ).rejects.toThrow('of another school')
  })

  it('no longer found says so on its page and on the objective’s, and the words stay', async () => {
    await publish(world.schools.saltmarsh, 0)
    await lookPageNow(amara, { drop: drop.code })
    const [plan] = await improvement.plansWith(amara, { school: world.schools.saltmarsh })
    const { id } = plan!.objectives[0]!
    const html = await page(amara, findingHref())
    expect(html).toContain('It no longer stands out')
    expect(html).toContain(`/improvement/objectives/${id}`)
    const objective = String(await objectivePage(amara, id))
    expect(objective).toContain('Disadvantaged pupils')
    expect(objective).toContain('no longer stand out by themselves')
    await expect(improvement.makeObjectiveOf(amara, findingHref(), said)).rejects.toThrow(NotHere)
  })
})

describe('a figure', () => {
  it('becomes an objective, and its later readings know of it', async () => {
    const from = figurePath(figureKey())
    expect(await page(ruth, from)).toContain('Nothing yet.')
    const id = await improvement.makeObjectiveOf(ruth, from, {
      ...said,
      aimed: {
        measure: 'reading-expected',
        school: world.schools.saltmarsh,
        year: '4',
        group: 'disadvantaged',
        target: '70',
      },
    })
    const later = await page(ruth, figurePath(figureKey(4)))
    expect(later).toContain(`/improvement/objectives/${id}`)
    expect(String(await objectivePage(ruth, id))).toMatch(/It was \d+% in snapshot 3, now \d+%/)
    expect(await page(helen, figurePath(figureKey(4)))).not.toContain('Make an objective of it')
  })

  it('of no address of this site, or of a measure that is not there, is refused and begins nothing', async () => {
    const before = await improvement.plansWith(ruth, {})
    for (const from of ['https://example.org/figure', '', '//example.org', '/improvement/plans/1'])
      await expect(improvement.makeObjectiveOf(ruth, from, said)).rejects.toThrow('Begin on its page')
    await expect(
      improvement.makeObjectiveOf(ruth, figurePath({ ...figureKey(), measure: 'withdrawn' }), said),
    ).rejects.toThrow(NotHere)
    expect(await improvement.plansWith(ruth, {})).toEqual(before)
  })

  it('whose measure was withdrawn later is said to be so where it was taken up', async () => {
    const [plan] = await improvement.plansWith(ruth, { school: world.schools.saltmarsh })
    const id = await improvement.addObjective(ruth, plan!.id, {
      ...said,
      origin: {
        kind: 'figure',
        text: 'Spelling, Year 4: 20%',
        href: figurePath({ ...figureKey(), measure: 'spelling-of-old' }),
        about: 'spelling-of-old|saltmarsh|4|all',
        snapshot: 3,
      },
    })
    const html = String(await objectivePage(ruth, id))
    expect(html).toContain('Spelling, Year 4: 20%')
    expect(html).toContain('Its measure was withdrawn')
  })
})

describe('a judgement', () => {
  it('becomes an objective once it is confirmed, by its words on what is next', async () => {
    const evaluation = await improvement.startEvaluation(ruth, {
      school: world.schools.saltmarsh,
      framework: 'ofsted-2025-11',
    })
    const href = `/improvement/evaluations/${evaluation}#achievement`
    await expect(improvement.makeObjectiveOf(ruth, href, said)).rejects.toThrow('confirm it first')
    const where = { evaluation, area: 'achievement' }
    await improvement.citeFigure(ruth, where, {
      measure: 'reading-expected',
      school: world.schools.saltmarsh,
      year: '4',
      group: 'all',
      period: drop.code,
      snapshot: 4,
    })
    const [grade] = (await improvement.frameworkByCode(ruth, 'ofsted-2025-11')).scales.grade!.slice(2)
    await improvement.saveJudgement(ruth, where, {
      grade: grade!.code,
      words: 'Most read well: [1].',
      next: 'Every reader is heard daily [1].',
      revision: 0,
    })
    await improvement.confirmJudgement(ruth, where)
    const subject = await improvement.subjectAt(ruth, href)
    expect(subject).toMatchObject({
      title: 'Every reader is heard daily.',
      school: world.schools.saltmarsh,
      figure: { key: { measure: 'reading-expected', snapshot: 4 } },
    })
    const id = await improvement.makeObjectiveOf(ruth, href, said)
    expect(String(await evaluationPage(ruth, evaluation))).toContain(`/improvement/objectives/${id}`)
    expect(String(await objectivePage(ruth, id))).toContain(`Now judged ${grade!.name.toLowerCase()}`)
    await expect(improvement.subjectAt(world.stranger, href)).rejects.toThrow(NotHere)
  })
})

it('what became of things is told to nobody from another trust', async () => {
  const about = { kind: 'finding', key: key(), school: world.schools.saltmarsh, href: findingHref() } as const
  expect((await improvement.workOf(amara, [about]))(about).made.length).toBeGreaterThan(0)
  expect((await improvement.workOf(world.stranger, [about]))(about)).toEqual({ made: [], offers: [] })
})
