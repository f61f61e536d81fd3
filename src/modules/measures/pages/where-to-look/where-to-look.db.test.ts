import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../../test/database.ts'
import { makeWorld, type World } from '../../../../../test/world.ts'
import { NotHere, Refusal } from '../../../../kernel/refusal.ts'
import type { House } from '../../../../platform/house.ts'
import type { Duck } from '../../../../platform/lake/duck.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { type Drop, dropByCode, openDrop } from '../../../evidence/index.ts'
import { decideOnFinding } from '../../commands/decide-on-finding.ts'
import { FindingList } from '../../components/finding-list.tsx'
import { publishFacts } from '../../example.ts'
import { readingYear } from '../../example-reading.ts'
import { valueAddedAt } from '../../queries/value-added-at.ts'
import { askForMissingScans, handleScans } from '../../scan/scan-work.ts'
import { noWork } from '../work.tsx'
import { FindingPageView } from './finding-page.tsx'
import { overDrops } from './over-drops.ts'
import { LookPageView } from './page.tsx'
import { lookPage, lookPageNow, sealedFindings } from './query.ts'

let house: House & { close: () => Promise<void> }
let world: World
let drop: Drop

/** Sixty made-up pupils of a year group, every third disadvantaged; `behind` is how far those are set back. */
const publish = (school: number, behind: number) =>
  publishFacts(world.people.priya!(), drop, school, readingYear(school, { behind }))

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  drop = await dropByCode(world.founder, world.drop)
  await publish(world.schools.saltmarsh, 15)
  await publish(world.schools.gullRock, 0)
  await publish(world.schools.northquay, 0)
})
afterAll(() => house.close())

const key = () => `average-reading-scaled|school=${world.schools.saltmarsh}|disadvantage=disadvantaged`
const ofSaltmarsh = async (name: string) =>
  (await lookPage(world.people[name]!(), { drop: world.drop })).findings.filter(
    ({ at }) => at.slug === 'saltmarsh',
  )

/** The same house as after a start, with every look at the lake counted. */
function startedAfresh(): { viewer: (name: string) => Viewer; looks: () => number } {
  let looks = 0
  const { duck } = house.lake
  const counting: Duck = {
    ...duck,
    workbench: async () => {
      const bench = await duck.workbench()
      return {
        ...bench,
        rows: (text, values) => {
          looks++
          return bench.rows(text, values)
        },
        run: (text, values) => {
          looks++
          return bench.run(text, values)
        },
      }
    },
  }
  const started = { ...house, lake: { ...house.lake, duck: counting } }
  return {
    viewer: (name) => ({ ...world.people[name]!(), house: started }),
    looks: () => looks,
  }
}

describe('the scan of a drop', () => {
  it('is asked for by the page that has none, which says so, and is sealed by the queue', async () => {
    const amara = world.people.amara!()
    const page = await lookPage(amara, { drop: world.drop })
    expect([page.state, page.findings]).toEqual(['under way', []])
    expect(await sealedFindings(amara, { drop: world.drop })).toBeUndefined()
    const view = String(await LookPageView({ page, viewer: amara }))
    expect(view).toContain('The scan of this drop is under way')
    const asked = (await house.jobs.recent(amara, 10)).filter(({ name }) => name === 'measures.scan')
    expect(asked).toHaveLength(1)
    await handleScans(house)
    await house.jobs.settled(amara, asked[0]!.id, 20_000)
    expect((await lookPage(amara, { drop: world.drop })).state).toBe('done')
    expect((await sealedFindings(amara, { drop: world.drop }))!.length).toBeGreaterThan(0)
  })

  it('is read after a start with one look at the lake, and then with none', async () => {
    const { viewer, looks } = startedAfresh()
    const page = await lookPage(viewer('amara'), { drop: world.drop })
    expect(page.findings.length).toBeGreaterThan(0)
    expect(looks()).toBe(1)
    await lookPage(viewer('helen'), { drop: world.drop })
    expect(looks()).toBe(1)
  })

  it('is not asked for where nothing is locked', async () => {
    const before = await house.jobs.recent(world.founder, 50)
    await askForMissingScans(world.founder)
    await askForMissingScans(world.stranger)
    expect(await house.jobs.recent(world.founder, 50)).toHaveLength(before.length)
  })
})

describe('where to look first', () => {
  it('tells the director of the disadvantaged pupils who read worse than similar pupils', async () => {
    const finding = (await ofSaltmarsh('amara')).find((one) => one.key === key())
    expect(finding!.sentence).toMatch(
      /^Disadvantaged pupils in .*[Rr]eading.* at Saltmarsh: 20 of 20 pupils, \d+\.\d points below similar pupils across the trust, 95% interval/,
    )
    expect(finding!.values).toHaveLength(20)
  })

  it('stands on the trust’s page, and on the school’s own without its name', async () => {
    const page = await lookPage(world.people.amara!(), { drop: world.drop })
    const [trust, own, other] = [undefined, world.schools.saltmarsh, world.schools.gullRock].map((school) =>
      String(FindingList({ page, ...(school === undefined ? {} : { school }) })),
    )
    expect(trust).toMatch(/Disadvantaged pupils in [^<]* at Saltmarsh/)
    expect(own).toMatch(/Disadvantaged pupils in/)
    expect(own).not.toContain('at Saltmarsh')
    expect(other).toContain('Nothing stands out here')
  })

  it('gives a trustee no pupils, no classes and no pairs of groups', async () => {
    const findings = await ofSaltmarsh('helen')
    for (const { values, group, classId } of findings) {
      expect(values).toEqual([])
      expect(Object.keys(group).length).toBeLessThan(2)
      expect(classId).toBeUndefined()
    }
  })

  it('tells a stranger from another trust nothing', async () => {
    await expect(lookPage(world.stranger, { drop: world.drop })).rejects.toThrow(NotHere)
    expect((await lookPage(world.stranger)).findings).toEqual([])
  })

  it('keeps what was decided with its reason and its author', async () => {
    await decideOnFinding(world.people.amara!(), {
      drop: world.drop,
      key: key(),
      kind: 'taken up',
      reason: 'A reading group starts in June.',
    })
    const finding = (await ofSaltmarsh('amara')).find((one) => one.key === key())
    expect(finding!.decision).toMatchObject({
      kind: 'taken up',
      reason: 'A reading group starts in June.',
      by: world.people.amara!().name,
    })
  })

  it('refuses a decision without a reason, of no kind, by who may not, and on what is not there', async () => {
    const amara = world.people.amara!()
    const good = { drop: world.drop, key: key(), kind: 'watched', reason: 'Look again in summer.' }
    await expect(decideOnFinding(amara, { ...good, reason: ' ' })).rejects.toThrow(/Say why/)
    await expect(decideOnFinding(amara, { ...good, kind: 'ignored' })).rejects.toThrow(Refusal)
    await expect(decideOnFinding(amara, { ...good, key: 'nothing' })).rejects.toThrow(NotHere)
    await expect(decideOnFinding(world.people.helen!(), good)).rejects.toThrow(/director of education/)
    await expect(decideOnFinding(world.stranger, good)).rejects.toThrow(NotHere)
  })

  it('gives the schools’ value added on the same pupils, and a stranger none', async () => {
    const ask = { drop: world.drop, measure: 'average-reading-scaled' }
    const { fit } = await valueAddedAt(world.people.amara!(), ask)
    expect(fit.n).toBe(180)
    expect(fit.effects.map(({ group }) => group).sort()).toEqual(['gull-rock', 'northquay', 'saltmarsh'])
    await expect(valueAddedAt(world.stranger, ask)).rejects.toThrow(NotHere)
  })

  it('says what became of it at a later snapshot', async () => {
    await publish(world.schools.saltmarsh, 0)
    const page = await lookPageNow(world.people.amara!(), { drop: world.drop })
    expect(page.findings.map((finding) => finding.key)).not.toContain(key())
    const [became] = page.became
    expect(became!.decision.kind).toBe('taken up')
    expect(became!.now!.low).toBeLessThan(0.1)
    expect(became!.now!.high).toBeGreaterThan(became!.decision.gap)
  })

  it('tells on its own page what was so at the drops before and after', async () => {
    const [priya, amara] = [world.people.priya!(), world.people.amara!()]
    const { drop: opened } = await openDrop(
      priya,
      {
        code: '2026-summer',
        name: 'Summer',
        term: 3,
        purpose: 'See what became of the reading group.',
        decides: 'Whether the group goes on.',
        minutes: 0,
        opens: '2026-03-01',
        due: '2026-07-03',
        asAt: '2026-03-20',
        asked: [{ assessment: 'reading-scaled', yearGroups: ['4'] }],
        schools: [{ school: world.schools.saltmarsh, person: null }],
      },
      { tell: false },
    )
    const summer = await dropByCode(priya, opened.code)
    const behind = {
      [world.schools.saltmarsh]: 20,
      [world.schools.gullRock]: 0,
      [world.schools.northquay]: 0,
    }
    for (const [school, by] of Object.entries(behind))
      await publishFacts(priya, summer, Number(school), readingYear(Number(school), { behind: by }))
    const page = await lookPageNow(amara, { drop: '2026-summer' })
    const finding = page.findings.find((one) => one.key === key())!
    const over = await overDrops(amara, page, finding)
    expect(over.map(({ drop: { code }, here }) => [code, here])).toEqual([
      [world.drop, false],
      ['2026-summer', true],
    ])
    expect(over[1]!.gap!.gap).toBeCloseTo(finding.gap, 12)
    expect(over[1]!.gap!.gap).toBeLessThan(over[0]!.gap!.gap)
    expect(await overDrops(world.people.helen!(), page, finding)).toEqual([])
    const html = String(
      await FindingPageView({ page, keyOf: key(), viewer: amara, over, workAbout: () => noWork() }),
    )
    for (const words of ['At the drops before and after', 'Summer 2026, this one', 'No further than chance'])
      expect(html).toContain(words)
  })
})
