import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { NotHere, Refusal } from '../../kernel/refusal.ts'
import type { Viewer } from '../../platform/viewer.ts'
import * as improvement from './index.ts'
import { fromTemplatePage, templatesPage } from './pages/template-pages.tsx'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let amara: Viewer
let ruth: Viewer
let plan: number
const sent = {
  title: 'Every child reads by six and a half',
  by: '2026-07-17',
  begins: '2025-09-01',
  ingredients: ['One programme'],
  targets: ['85', ''],
}

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  amara = world.people.amara!()
  ruth = world.people.ruth!()
  plan = await improvement.startPlan(ruth, { school: world.schools.saltmarsh, academicYear: 2025 })
})
afterAll(() => house.close())

describe('a template', () => {
  it('is offered to schools of its phase', async () => {
    const codes = async (school: number) =>
      (await improvement.templatesFor(amara, school)).map((one) => one.code)
    expect(await codes(world.schools.saltmarsh)).toContain('early-reading')
    expect(await codes(world.schools.saltmarsh)).not.toContain('grade-4-english-maths')
    expect(await codes(world.schools.northquay)).toContain('grade-4-english-maths')
    const html = String(await templatesPage(ruth, plan))
    expect(html).toContain('Met the expected standard in phonics in Year 1, Year 1, disadvantaged')
    expect(String(await fromTemplatePage(ruth, plan, 'early-reading'))).toContain(
      'Hear the lowest fifth read',
    )
  })

  it('becomes an objective with the words as sent, targets, checks, dated actions and risks', async () => {
    const id = await improvement.startFromTemplate(ruth, plan, 'early-reading', sent)
    const objective = await improvement.objectiveById(ruth, id)
    expect(objective).toMatchObject({
      title: sent.title,
      ingredients: ['One programme'],
      criteria: [
        {
          figure: {
            measure: 'phonics-year-1',
            school: world.schools.saltmarsh,
            year: '1',
            group: 'all',
            target: 85,
          },
        },
        { figure: null },
      ],
    })
    expect(objective.actions[0]).toMatchObject({ starts: '2025-09-01', due: '2025-09-29', owner: null })
    expect(objective.actions).toHaveLength(7)
    expect(objective.risks).toHaveLength(1)
  })

  it('of which anything is wrong begins nothing', async () => {
    const before = await improvement.planById(ruth, plan)
    for (const [wrong, sentence] of [
      [{ targets: ['most'] }, 'Enter the target as a number.'],
      [{ begins: '2025-02-30' }, 'day on which the work begins'],
      [{ title: ' ' }, 'Say the objective'],
      [{ owner: 9999 }, 'not in the trust'],
    ] as const)
      await expect(
        improvement.startFromTemplate(ruth, plan, 'early-reading', { ...sent, ...wrong }),
      ).rejects.toThrow(sentence)
    await expect(improvement.startFromTemplate(ruth, plan, 'nothing', sent)).rejects.toThrow(NotHere)
    expect(await improvement.planById(ruth, plan)).toEqual(before)
  })

  it('is written into a plan by who writes the plan only', async () => {
    await expect(
      improvement.startFromTemplate(world.people.helen!(), plan, 'early-reading', sent),
    ).rejects.toThrow(Refusal)
    await expect(improvement.startFromTemplate(world.stranger, plan, 'early-reading', sent)).rejects.toThrow(
      NotHere,
    )
    await expect(templatesPage(world.people.helen!(), plan)).rejects.toThrow(Refusal)
  })
})

describe('a template of the trust’s own', () => {
  it('is kept by the director from an objective, without its people and days, and ended again', async () => {
    const own = await improvement.addObjective(ruth, plan, {
      title: 'A whole class that reads one book together',
      by: '2026-07-17',
      owner: world.persons.ruth,
    })
    await improvement.addAction(ruth, own, {
      title: 'Choose the book',
      ...{ owner: world.persons.ruth, starts: '2025-09-08', due: '2025-09-22', cost: 90, days: 2 },
    })
    await improvement.addCriterion(ruth, own, {
      measure: 'reading-expected',
      ...{ school: world.schools.saltmarsh, year: '6', group: 'all', target: 80, by: '2026-07-17' },
    })
    await expect(improvement.keepAsTemplate(ruth, own)).rejects.toThrow('director of education')
    const id = await improvement.keepAsTemplate(amara, own)
    await expect(improvement.keepAsTemplate(amara, own)).rejects.toThrow('already')
    const code = `trust-${id}`
    const kept = await improvement.templateByCode(ruth, world.schools.saltmarsh, code)
    expect(kept).toMatchObject({
      measures: [{ measure: 'reading-expected', year: '6', group: 'all' }],
      actions: [{ title: 'Choose the book', starts: 0, due: 14, cost: 90, days: 2 }],
    })
    expect(JSON.stringify(kept.actions)).not.toContain('owner')
    const started = await improvement.startFromTemplate(ruth, plan, code, {
      ...sent,
      begins: '2026-01-05',
      targets: ['75'],
    })
    expect((await improvement.objectiveById(ruth, started)).actions[0]).toMatchObject({
      starts: '2026-01-05',
      due: '2026-01-19',
    })
    expect((await improvement.templatesFor(world.stranger, null)).map((one) => one.code)).not.toContain(code)
    await expect(improvement.templateByCode(world.stranger, null, code)).rejects.toThrow(NotHere)
    await expect(improvement.endTemplate(world.stranger, id)).rejects.toThrow(Refusal)
    await expect(improvement.endTemplate(ruth, id)).rejects.toThrow('director of education')
    await improvement.endTemplate(amara, id)
    await expect(improvement.endTemplate(amara, id)).rejects.toThrow(NotHere)
    await expect(improvement.templateByCode(ruth, world.schools.saltmarsh, code)).rejects.toThrow(NotHere)
    await expect(improvement.keepAsTemplate(amara, own)).resolves.toBeGreaterThan(id)
  })
})
