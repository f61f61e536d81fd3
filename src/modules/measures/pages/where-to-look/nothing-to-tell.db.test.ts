import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../../../test/database.ts'
import { makeWorld, type World } from '../../../../../test/world.ts'
import { publishRows } from '../../../evidence/example.ts'
import { normalDice } from '../../domain/scan/made-up.ts'
import { LookPageView } from './page.tsx'
import { lookPageNow } from './query.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World

/** Forty pupils of Year 4 and four of Year 5, none with a prior attainment, in two classes. */
async function publish(school: number, classes: readonly number[]): Promise<void> {
  const normal = normalDice(school)
  const roll = Array.from({ length: 44 }, (_, at) => ({
    pupil: 1000 * school + at,
    year: at < 40 ? '4' : '5',
    class: classes[at % 2]!,
  }))
  await publishRows(
    world.founder,
    world.drop,
    school,
    roll,
    roll.map(({ pupil }) => ({ pupil, assessment: 'reading-scaled', value: Math.round(103 + 7 * normal()) })),
  )
}

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house?.close())

const seen = async () => {
  const viewer = world.people.amara!()
  const page = await lookPageNow(viewer, { drop: world.drop })
  return { page, html: String(await LookPageView({ page, viewer })) }
}

it('says of a drop with one school that it has nobody to be held against', async () => {
  await publish(world.schools.saltmarsh, [world.classes['4C'], world.classes['4L']])
  const { page, html } = await seen()
  expect([page.state, page.tested, page.findings]).toEqual(['done', 0, []])
  expect(html).toMatch(/One school alone has results in reading.*: there are no similar pupils elsewhere/i)
})

it('says of pupils without prior attainment, and of a year group of four, what it can’t tell and why', async () => {
  await publish(world.schools.gullRock, [world.classes['6A'], world.classes['6B']])
  const { page, html } = await seen()
  expect(page.tested).toBeGreaterThan(0)
  expect(page.alone).toEqual([])
  expect(html).toMatch(/Most pupils have no prior attainment on record in/)
  expect(html).toMatch(/more have fewer than six pupils, or nobody like them elsewhere/)
  expect(page.findings.some(({ year }) => year === '5')).toBe(false)
  expect(page.family).toBeGreaterThan(page.tested)
})
