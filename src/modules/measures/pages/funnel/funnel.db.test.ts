import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../../test/database.ts'
import { makeWorld, type World } from '../../../../../test/world.ts'
import { NotHere } from '../../../../kernel/refusal.ts'
import { type Drop, dropByCode } from '../../../evidence/index.ts'
import { proportionLimit } from '../../domain/funnel/funnel.ts'
import { publishFacts } from '../../example.ts'
import { type MadeUpYear, readingYear } from '../../example-reading.ts'
import { GapsPageView } from '../gaps/page.tsx'
import { gapsPage } from '../gaps/query.ts'
import { FunnelPageView } from './page.tsx'
import { funnelPage } from './query.ts'
import { funnelTable } from './table.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let drop: Drop
const measure = 'reading-expected'

const publish = (school: number, more: MadeUpYear) =>
  publishFacts(world.people.priya!(), drop, school, readingYear(school, more))
const ask = () => ({ drop: world.drop, measure, year: '4' })
const page = (name: string, more = {}) => funnelPage(world.people[name]!(), { ...ask(), ...more })

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  drop = await dropByCode(world.founder, world.drop)
  await publish(world.schools.saltmarsh, { behind: 14, ahead: -9, many: 120 })
  await publish(world.schools.gullRock, { ahead: 9, many: 90 })
})
afterAll(() => house.close())

describe('a funnel of the trust’s schools', () => {
  it('holds each school to all of them together, within exact limits for its size', async () => {
    const { rows, found, target, edges, phase } = await page('amara')
    expect([phase, rows.map(({ at }) => at.slug)]).toEqual(['primary', ['gull-rock', 'saltmarsh']])
    const [n, of] = (['n', 'of'] as const).map((name) =>
      rows.reduce((sum, { figure }) => sum + figure[name]!, 0),
    )
    expect(target).toEqual({ value: (100 * n!) / of!, name: 'all together' })
    expect(found!.points[0]!.low95).toBeCloseTo(proportionLimit(90, n! / of!, 0.025), 12)
    expect(edges[0]!.size).toBeLessThan(90)
    expect(edges.at(-1)!.size).toBeGreaterThan(120)
  })

  it('says which stand out, in words and in a table that can be taken away', async () => {
    const seen = await page('amara')
    const html = String(await FunnelPageView({ page: seen, viewer: world.people.amara!() }))
    for (const words of [
      'outside the limits of 95%',
      'chance is an unlikely reason',
      '/methods/funnel',
      'all 2 looked at',
    ])
      expect(html).toContain(words)
    expect(html).not.toMatch(/undefined|NaN|\[object/)
    expect(funnelTable(seen).rows.map(([name]) => name)).toEqual([
      'Gull Rock Primary School',
      'Saltmarsh Primary School',
    ])
  })

  it('widens its limits where the schools differ by more than chance', async () => {
    const [plain, wide] = [await page('amara'), await page('amara', { spread: 'multiplicative' })]
    expect(plain.found!.phi).toBeGreaterThan(2)
    expect(wide.found!.points[0]!.low95).toBeLessThan(plain.found!.points[0]!.low95)
    expect(wide.found!.outside95).toBeLessThanOrEqual(plain.found!.outside95)
  })

  it('holds a headteacher’s only school to the trust where England has no figure, and shows no other', async () => {
    const { rows, target, found } = await page('ruth')
    expect([rows.map(({ at }) => at.slug), target!.name, found!.points.length]).toEqual([
      ['saltmarsh'],
      'the trust',
      1,
    ])
  })

  it('leaves out for trustees and governors what is too small to show, and says so', async () => {
    await publish(world.schools.gullRock, { many: 4 })
    expect((await page('amara')).rows.map(({ at }) => at.slug)).toEqual(['gull-rock', 'saltmarsh'])
    for (const name of ['helen', 'lena']) {
      const { rows, absent } = await page(name)
      expect(
        rows.map(({ at }) => at.slug),
        name,
      ).not.toContain('gull-rock')
      expect(
        absent.map(({ at }) => at.slug),
        name,
      ).toContain('gull-rock')
    }
  })

  it('tells a stranger nothing', async () => {
    await expect(funnelPage(world.stranger, ask())).rejects.toThrow(NotHere)
    const { rows, measures } = await funnelPage(world.stranger)
    expect([rows, measures]).toEqual([[], []])
  })
})

describe('gaps across schools', () => {
  const gaps = (name: string) => gapsPage(world.people[name]!(), ask())

  it('stand school by school for each group, the trust first', async () => {
    await publish(world.schools.gullRock, { ahead: 9, many: 90 })
    const { places } = await gaps('amara')
    expect(places.map(({ name }) => name)).toEqual(['The trust', 'Gull Rock', 'Saltmarsh'])
    const disadvantaged = places.map((place) => place.gaps.find(({ group }) => group === 'disadvantaged')!)
    expect(disadvantaged[2]!.value).toBeLessThan(disadvantaged[1]!.value!)
    const html = String(await GapsPageView({ page: await gaps('amara'), viewer: world.people.amara!() }))
    expect(html).toContain('<caption>Disadvantaged</caption>')
    expect(html).toContain('Too few to show anywhere')
    expect(html).not.toMatch(/undefined|NaN|\[object/)
  })

  it('show a headteacher their own school only, and a stranger nothing', async () => {
    expect((await gaps('ruth')).places.map(({ name }) => name)).toEqual(['Saltmarsh'])
    await expect(gapsPage(world.stranger, ask())).rejects.toThrow(NotHere)
    expect((await gapsPage(world.stranger)).places).toEqual([])
  })

  it('show trustees and governors no gap of a group under six', async () => {
    await publish(world.schools.gullRock, { many: 12 })
    for (const name of ['helen', 'lena']) {
      const school = (await gaps(name)).places.find((place) => place.name === 'Gull Rock')
      expect(school!.gaps.find(({ group }) => group === 'disadvantaged')!.value, name).toBeUndefined()
    }
  })
})
