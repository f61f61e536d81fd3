import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { NotHere } from '../../kernel/refusal.ts'
import { clockOn } from '../../platform/clock.ts'
import type { Viewer } from '../../platform/viewer.ts'
import * as improvement from './index.ts'
import { compareEvaluationPage, comparePlanPage } from './pages/compare-page.tsx'
import { evaluationPage } from './pages/evaluation-page.tsx'
import { planPage } from './pages/plan-page.tsx'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let ruth: Viewer
let helen: Viewer
let evaluation: number
const on = (viewer: Viewer, day: string): Viewer => ({
  ...viewer,
  today: day,
  house: { ...viewer.house, clock: clockOn(day) },
})

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  ruth = world.people.ruth!()
  helen = world.people.helen!()
  evaluation = await improvement.startEvaluation(ruth, {
    school: world.schools.saltmarsh,
    framework: 'ofsted-2025-11',
  })
})
afterAll(() => house.close())

describe('two versions of a self-evaluation', () => {
  it('are none as long as there is one', async () => {
    expect(await improvement.compareEvaluation(ruth, evaluation)).toBeUndefined()
    expect(String(await compareEvaluationPage(ruth, evaluation))).toContain('one version so far')
    expect(String(await evaluationPage(helen, evaluation))).toContain(
      `/improvement/evaluations/${evaluation}/compare`,
    )
  })

  it('are what was confirmed before and now for everyone, and the working copy for its writers alone', async () => {
    const where = { evaluation, area: 'achievement' }
    const grades = (await improvement.frameworkByCode(ruth, 'ofsted-2025-11')).scales.grade!
    const say = async (viewer: Viewer, words: string, grade: number, revision: number) =>
      improvement.saveJudgement(viewer, where, { words, grade: grades[grade]!.code, revision })
    await say(on(ruth, '2025-12-05'), 'Most read well.', 2, 0)
    await improvement.confirmJudgement(on(ruth, '2025-12-05'), where)
    await improvement.citeNote(ruth, where, { words: 'A visit in June' })
    await say(on(ruth, '2026-02-03'), 'Nearly all read well [1].', 1, 1)
    await improvement.confirmJudgement(on(ruth, '2026-02-03'), where)
    const confirmed = await improvement.compareEvaluation(helen, evaluation)
    expect(confirmed!.versions.map((one) => one.code)).toEqual(['before', 'now'])
    expect(confirmed!.areas.find(({ area }) => area.code === 'achievement')!.changed).toMatchObject({
      same: false,
      grade: { was: grades[2]!.name, now: grades[1]!.name },
      lines: [{ name: 'A visit in June', was: null, now: 'in the evidence' }],
    })
    await say(ruth, 'Only a draft.', 1, 2)
    const own = await improvement.compareEvaluation(ruth, evaluation)
    expect([own!.was.code, own!.now.code]).toEqual(['now', 'draft'])
    expect(String(await compareEvaluationPage(ruth, evaluation))).toMatch(/<ins>[^<]*draft/)
    for (const asked of [{}, { was: 'now', now: 'draft' }, { was: 'draft', now: 'nothing' }]) {
      const html = String(await compareEvaluationPage(helen, evaluation, asked))
      expect(html).toContain('<del>Most</del>')
      expect(html).not.toContain('draft')
    }
    await expect(improvement.compareEvaluation(world.stranger, evaluation)).rejects.toThrow(NotHere)
  })
})

describe('a plan beside the one before it', () => {
  it('says what went on, what is new, and what ended and how', async () => {
    const school = world.schools.saltmarsh
    const before = await improvement.startPlan(ruth, { school, academicYear: 2024 })
    expect(await improvement.comparePlan(ruth, before)).toBeUndefined()
    const add = (plan: number, title: string, why = '') =>
      improvement.addObjective(ruth, plan, { title, why, by: '2025-07-18' })
    const fluency = await add(before, 'Fluency', 'Year 4 read haltingly.')
    const met = await add(before, 'Phonics')
    await add(before, 'Spelling')
    await improvement.sayProgress(ruth, met, { term: 3, state: 'met' })
    const action = { starts: '2024-09-02', due: '2025-05-01' }
    const done = await improvement.addAction(ruth, fluency, { ...action, title: 'Train partners' })
    await improvement.addAction(ruth, fluency, { ...action, title: 'Buy books' })
    await improvement.markAction(ruth, done, true)
    await improvement.addCriterion(ruth, fluency, {
      ...{ measure: 'reading-expected', school, year: '4', group: 'all', target: 70, by: '2025-07-18' },
    })
    const now = await improvement.carryOver(ruth, before)
    const carried = (await improvement.planById(ruth, now)).objectives.find((one) => one.title === 'Fluency')!
    await improvement.changeObjective(ruth, carried.id, {
      title: 'Fluency for all',
      why: 'Year 5 read haltingly.',
      by: '2026-07-17',
    })
    await improvement.addAction(ruth, carried.id, {
      ...{ title: 'Poems by heart', starts: '2025-09-01', due: '2026-05-01' },
    })
    await add(now, 'Writing')
    expect(String(await planPage(ruth, now))).toContain(`/improvement/plans/${now}/compare`)
    const { changed } = (await improvement.comparePlan(ruth, now))!
    expect(changed.both.map(({ now: one }) => one.title)).toEqual(['Fluency for all', 'Spelling'])
    expect(changed.added.map((one) => one.title)).toEqual(['Writing'])
    expect(changed.ended.map((one) => one.title)).toEqual(['Phonics'])
    const [first] = changed.both
    expect(first!.actions.done.map((one) => one.title)).toEqual(['Train partners'])
    expect(first!.actions.added.map((one) => one.title)).toEqual(['Poems by heart'])
    const html = String(await comparePlanPage(ruth, now))
    for (const part of ['<ins> for all</ins>', '<del>4</del>', 'Ended with 2024/25', 'Poems by heart', '70%'])
      expect(html).toContain(part)
    await expect(improvement.comparePlan(world.stranger, now)).rejects.toThrow(NotHere)
  })
})
