import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../../test/database.ts'
import { makeWorld, type World } from '../../../../../test/world.ts'
import { NotHere, Refusal } from '../../../../kernel/refusal.ts'
import { type Drop, dropByCode } from '../../../evidence/index.ts'
import { publishFacts } from '../../example.ts'
import { type MadeUpYear, readingYear } from '../../example-reading.ts'
import { valueAddedAt } from '../../queries/value-added-at.ts'
import { lookPageNow } from '../where-to-look/query.ts'
import { ValueAddedPageView } from './page.tsx'
import { valueAddedPage } from './query.ts'
import { valueAddedTable } from './table.ts'
import { leftOut } from './words.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let drop: Drop
const measure = 'average-reading-scaled'

const publish = (school: number, more: MadeUpYear) =>
  publishFacts(world.people.priya!(), drop, school, readingYear(school, { prior: true, ...more }))

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  drop = await dropByCode(world.founder, world.drop)
})
afterAll(() => house.close())

const page = (name: string, more = {}) =>
  valueAddedPage(world.people[name]!(), { drop: world.drop, measure, ...more })
const drawn = async (name: string, more = {}) =>
  String(
    await ValueAddedPageView({ page: await page(name, more), viewer: world.people[name]!() }),
  ).replaceAll('&#39;', '’')

describe('value added, when it can’t be told', () => {
  it('says before the first file that nothing can be told yet', async () => {
    expect(await drawn('amara')).toContain('Nothing can be told yet')
  })
  it('says that there is only one school', async () => {
    await publish(world.schools.saltmarsh, {
      ahead: 5,
      classes: [world.classes['4C']!, world.classes['6C']!],
    })
    expect(await drawn('amara')).toMatch(/Only one school has results .* nothing to compare it with/)
    await expect(valueAddedAt(world.people.amara!(), { drop: world.drop, measure })).rejects.toThrow(Refusal)
  })
  it('says of a year group of four pupils that they are too few', async () => {
    await publish(world.schools.gullRock, { many: 4, year: '6' })
    expect(await drawn('amara', { year: '6' })).toMatch(/4 pupils in Year 6 have a result in .*: too few/)
    expect(await drawn('amara', { year: '5' })).toContain('Nobody in Year 5 has a result')
  })
  it('says of pupils without prior attainment that it is not how far they have come', async () => {
    await publish(world.schools.saltmarsh, { prior: false })
    await publish(world.schools.gullRock, { prior: false })
    const out = leftOut(await page('amara'))
    expect(out.map(({ value }) => value).join(' ')).toContain('it is not how far they have come')
    expect((await page('amara')).lines).toEqual([])
  })
})

describe('value added of schools', () => {
  beforeAll(async () => {
    await publish(world.schools.saltmarsh, {
      ahead: 6,
      away: 3,
      classes: [world.classes['4C']!, world.classes['6C']!],
    })
    await publish(world.schools.gullRock, { behind: 6 })
    await publish(world.schools.northquay, {})
  })

  it('stands in order, each with its interval, pupils and uncertain rank, and says who is left out', async () => {
    const { rows, groups, model } = await page('amara')
    expect(rows[0]!.at.slug).toBe('saltmarsh')
    expect(rows.map(({ intercept }) => intercept)).toEqual(
      rows.map(({ intercept }) => intercept).toSorted((one, other) => other - one),
    )
    expect([groups, model!.n, model!.without, model!.withPrior]).toEqual([3, 177, 3, 1])
    const html = await drawn('amara')
    for (const words of [
      'Saltmarsh',
      '3 pupils without a result are left out',
      'Only 3 schools',
      '/methods/value-added',
    ])
      expect(html).toContain(words)
    expect(html).not.toMatch(/undefined|NaN|\[object/)
  })

  it('has intervals for comparing two that are narrower than those of each', async () => {
    const [first] = (await page('amara', { interval: 'pairs' })).rows
    expect((first!.compareHigh - first!.compareLow) / (first!.high - first!.low)).toBeCloseTo(1.39 / 1.96, 6)
    expect(await drawn('amara', { interval: 'pairs' })).toContain('do not overlap')
  })

  it('draws each school’s line where pupils’ starting points are known', async () => {
    const { lines, model } = await page('amara')
    expect(lines.map(({ at }) => at.slug).toSorted()).toEqual(['gull-rock', 'northquay', 'saltmarsh'])
    expect(model!.lines!.common.slope).toBeGreaterThan(0.25)
    expect(model!.lines!.common.slope).toBeLessThan(0.75)
  })

  it('shows classes to those who see small groups, and to trustees and governors schools only', async () => {
    expect((await page('amara', { by: 'class' })).rows.map(({ className }) => className).toSorted()).toEqual([
      '4C',
      '6C',
    ])
    for (const name of ['helen', 'owen', 'lena']) {
      const seen = await page(name, { by: 'class' })
      expect(seen.by, name).toBe('school')
      expect(seen.rows.every(({ class: form }) => form === undefined)).toBe(true)
      expect(await drawn(name, { by: 'class' })).not.toContain('value="class"')
    }
  })

  it('shows a headteacher their own school, with its rank among all', async () => {
    const { rows, hidden, groups } = await page('ruth')
    expect([rows.map(({ at }) => at.slug), hidden, groups]).toEqual([['saltmarsh'], 2, 3])
    expect((await page('grace', { by: 'class' })).rows.map(({ className }) => className)).toEqual(['4C'])
  })

  it('tells a stranger nothing', async () => {
    await expect(valueAddedPage(world.stranger, { drop: world.drop, measure })).rejects.toThrow(NotHere)
    const { rows, measures } = await valueAddedPage(world.stranger)
    expect([rows, measures]).toEqual([[], []])
  })

  it('is the same from what was sealed with the scan', async () => {
    const before = await page('amara')
    await lookPageNow(world.people.amara!(), { drop: world.drop })
    const afresh = { ...world.people.amara!(), house: { ...house } }
    const sealed = await valueAddedPage(afresh, { drop: world.drop, measure })
    expect(sealed.model).toEqual(JSON.parse(JSON.stringify(before.model)))
  })

  it('can be taken away as a table', async () => {
    const table = valueAddedTable(await page('amara'))
    expect(table.rows).toHaveLength(3)
    expect(table.about.join(' ')).toContain('3 pupils without a result')
  })
})
