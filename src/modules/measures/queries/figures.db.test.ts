import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import type { FigureKey } from '../../../kernel/figure.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { type Drop, dropByCode } from '../../evidence/index.ts'
import { pupilStates } from '../../organisation/index.ts'
import { warmCells } from '../cells/warm.ts'
import { wilson } from '../domain/intervals/wilson.ts'
import { publishFacts } from '../example.ts'
import { figureAt } from './figure-at.ts'
import { figures } from './figures.ts'
import { gaps } from './gaps.ts'
import { measureById, measuresOf } from './measures.ts'
import { missingFrom, pupilsBehind } from './pupils-behind.ts'
import { trend } from './trend.ts'

let house: House & { close: () => Promise<void> }
let world: World
let drop: Drop
let priya: Viewer
let ruth: Viewer
let helen: Viewer
let grace: Viewer
let owen: Viewer
const snapshots: number[] = []

type State = Awaited<ReturnType<typeof pupilStates>>[number]
const asRow = ({ school: _, ...state }: State) => ({ ...state })

const reading = (state: State, score: number | null, status = score === null ? 'absent' : 'result') => ({
  pupil: state.pupil,
  year_group: state.year_group,
  assessment: 'reading-scaled',
  subject: 'reading',
  class_id: state.class_id,
  raw: score === null ? 'A' : String(score),
  value: score,
  grade: null,
  status,
  expected: score === null ? null : score >= 100,
  higher: score === null ? null : score >= 110,
})

/** Every third pupil is below 100, or every so many; the first was away. */
const scores = (states: readonly State[], every = 3) =>
  states.map((state, index) => reading(state, index === 0 ? null : index % every === 0 ? 94 : 104))

const sessions = (states: readonly State[]) =>
  states.map((state, index) => ({
    pupil: state.pupil,
    year_group: state.year_group,
    possible: 200,
    authorised: index % 5 === 0 ? 24 : 6,
    unauthorised: 0,
  }))

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  priya = world.people.priya!()
  ruth = world.people.ruth!()
  helen = world.people.helen!()
  grace = world.people.grace!()
  owen = world.people.owen!()
  drop = await dropByCode(priya, world.drop)
  const { saltmarsh, gullRock } = world.schools
  const salt = await pupilStates(world.founder, saltmarsh, drop.asAt, drop.academicYear)
  const gull = await pupilStates(world.founder, gullRock, drop.asAt, drop.academicYear)
  snapshots.push(
    await publishFacts(priya, drop, saltmarsh, {
      result: scores(salt),
      pupil_state: salt.map(asRow),
      attendance: sessions(salt),
    }),
    await publishFacts(priya, drop, gullRock, {
      result: scores(gull),
      pupil_state: gull.map(asRow),
      attendance: sessions(gull),
    }),
    // Gull Rock sends its marks again, better ones.
    await publishFacts(priya, drop, gullRock, { result: scores(gull, 5) }),
  )
})
afterAll(() => house.close())

const one = async (
  viewer: Viewer,
  measure: string,
  place: Parameters<typeof figures>[1]['places'][number],
  more = {},
) => (await figures(viewer, { measures: [measure], places: [place], periods: [drop.code], ...more }))[0]!

describe('a figure', () => {
  it('says how many of how many, with its interval, and how many there are in all', async () => {
    const figure = await one(priya, 'reading-expected', { school: world.schools.saltmarsh })
    expect(figure).toMatchObject({ kind: 'value', population: 32, of: 31, version: '2014/15' })
    const { low, high } = wilson(figure.n!, 31)!
    expect(figure.value).toBeCloseTo((100 * figure.n!) / 31, 10)
    expect(figure.low).toBeCloseTo(100 * low, 10)
    expect(figure.high).toBeCloseTo(100 * high, 10)
  })

  it('of the trust weighs every pupil the same', async () => {
    const [trust, ...schools] = await figures(priya, {
      measures: ['reading-expected'],
      places: ['trust', { school: world.schools.saltmarsh }, { school: world.schools.gullRock }],
      periods: [drop.code],
    })
    const sum = (name: 'n' | 'of' | 'population') =>
      schools.reduce((total, school) => total + school[name]!, 0)
    expect(trust).toMatchObject({ n: sum('n'), of: sum('of'), population: sum('population') })
    const unweighted = schools.reduce((total, school) => total + school.value!, 0) / schools.length
    expect(trust!.value).not.toBeCloseTo(unweighted, 3)
  })

  it('of attendance counts sessions, with an interval that counts pupils', async () => {
    const figure = await one(priya, 'attendance', { school: world.schools.saltmarsh })
    expect(figure).toMatchObject({ kind: 'value', of: 32 * 200, population: 32 })
    expect(figure.value).toBeCloseTo((100 * figure.n!) / figure.of!, 10)
    expect(figure.low!).toBeLessThan(figure.value!)
    const persistent = await one(priya, 'persistent-absence', { school: world.schools.saltmarsh })
    expect(persistent.n).toBe(7)
  })

  it('follows from any assessment on a scale of numbers, without being declared', async () => {
    const figure = await one(
      priya,
      'average-reading-scaled',
      { school: world.schools.saltmarsh },
      { years: ['6'] },
    )
    expect(figure.kind).toBe('value')
    expect(figure.value).toBeGreaterThan(94)
    expect(figure.value).toBeLessThan(104)
    expect((await measureById(priya, 'average-reading-scaled')).domain).toEqual([80, 120])
    await expect(measureById(priya, 'average-nothing')).rejects.toThrow(NotHere)
    expect((await measuresOf(priya)).map((measure) => measure.id)).toContain('expected-reading-scaled')
  })

  it('that nobody sent says so by name, and is never 0', async () => {
    expect((await one(priya, 'reading-expected', { school: world.schools.northquay })).kind).toBe(
      'not applicable',
    )
    expect((await one(priya, 'attendance', { school: world.schools.northquay })).kind).toBe('not collected')
    expect((await one(priya, 'writing-expected', { school: world.schools.saltmarsh })).kind).toBe(
      'not collected',
    )
    expect((await one(priya, 'progress-8', { school: world.schools.northquay })).kind).toBe('not produced')
    expect((await one(priya, 'ks2-rwm-expected', { school: world.schools.saltmarsh })).kind).toBe(
      'not applicable',
    )
    expect(
      (await one(priya, 'reading-expected', { school: world.schools.saltmarsh }, { years: ['2'] })).kind,
    ).toBe('not applicable')
    const nobody = await one(
      priya,
      'reading-expected',
      { school: world.schools.gullRock },
      { groups: ['looked-after'] },
    )
    expect(nobody.kind).toBe('not applicable')
    for (const figure of [nobody]) expect(figure).not.toHaveProperty('value')
  })

  it('stays as it was in its snapshot, while the latest moves on', async () => {
    const at = (snapshot: number) =>
      one(priya, 'reading-expected', { school: world.schools.gullRock }, { snapshot })
    const [before, after] = [await at(snapshots[1]!), await at(snapshots[2]!)]
    expect(before.n).not.toBe(after.n)
    expect(await one(priya, 'reading-expected', { school: world.schools.gullRock })).toEqual(after)
    expect((await at(snapshots[0]!)).kind).toBe('not collected')
    expect(await at(snapshots[1]!)).toEqual(before)
    await expect(at(99)).rejects.toThrow(NotHere)
  })

  it('is the same when its cells are read again from their files', async () => {
    const before = await one(priya, 'reading-expected', 'trust')
    expect(await warmCells(priya)).toEqual({ made: 0 })
    const again = { ...house, lake: { ...house.lake } }
    expect(await one({ ...priya, house: again }, 'reading-expected', 'trust')).toEqual(before)
  })
})

const keyOf = (place: string, more: Partial<FigureKey> = {}): FigureKey => ({
  measure: 'reading-expected',
  place,
  year: 'all',
  group: 'all',
  period: drop.code,
  snapshot: snapshots[2]!,
  ...more,
})

describe('the page of a figure', () => {
  it('tells its definition, sources, who is missing and what other snapshots say', async () => {
    const detail = await figureAt(priya, keyOf('gull-rock'))
    expect(detail).toMatchObject({
      missing: 1,
      groupName: 'All pupils',
      place: { kind: 'school', name: 'Gull Rock Primary School' },
    })
    expect(detail.definition).toContain('at or above the expected standard')
    expect(detail.files.map((file) => file.fact).toSorted()).toEqual(['pupil_state', 'result'])
    expect(detail.otherSnapshots.map((figure) => figure.key.snapshot)).toEqual([snapshots[1]])
    const trust = await figureAt(priya, keyOf('tidewell'))
    expect(trust.schools).toEqual({ counted: 2, of: 2, apart: 0 })
  })

  it('resolves a class by its name, for its teacher and not for another class’s', async () => {
    expect((await figureAt(grace, keyOf('saltmarsh~4c'))).figure).toMatchObject({
      kind: 'value',
      population: 12,
    })
    await expect(figureAt(grace, keyOf('saltmarsh~4l'))).rejects.toThrow(NotHere)
    await expect(figureAt(priya, keyOf('saltmarsh~9z'))).rejects.toThrow(NotHere)
  })

  it('does not exist for a wrong address', async () => {
    for (const wrong of [
      { measure: 'nothing' },
      { place: 'nowhere' },
      { group: 'nobody' },
      { period: '1999-spring' },
      { snapshot: 99 },
      { snapshot: Number.NaN },
    ])
      await expect(figureAt(priya, keyOf('saltmarsh', wrong))).rejects.toThrow(NotHere)
  })
})

describe('the pupils behind a figure', () => {
  it('are as many as it says, and the missing ones are named', async () => {
    const key = keyOf('saltmarsh', { group: 'disadvantaged' })
    const { figure } = await figureAt(ruth, key)
    const behind = await pupilsBehind(ruth, key)
    expect(behind).toHaveLength(figure.population!)
    expect(behind.filter((pupil) => pupil.counted)).toHaveLength(figure.of!)
    expect(behind.filter((pupil) => pupil.value === 1)).toHaveLength(figure.n!)
    expect(behind.map((pupil) => pupil.raw)).toContain('104')
    const missing = await missingFrom(ruth, keyOf('saltmarsh'))
    expect(missing).toMatchObject([
      { pupil: world.pupils['Ayesha Rahman'], status: 'absent', raw: 'A', counted: false },
    ])
  })

  it('of attendance have each their own percentage of sessions', async () => {
    const behind = await pupilsBehind(ruth, keyOf('saltmarsh', { measure: 'attendance', year: '6' }))
    expect(new Set(behind.map((pupil) => pupil.value))).toEqual(new Set([88, 97]))
  })

  it('are for those who may see pupils there, and nobody else', async () => {
    await expect(pupilsBehind(helen, keyOf('saltmarsh'))).rejects.toThrow(NotHere)
    await expect(pupilsBehind(owen, keyOf('saltmarsh'))).rejects.toThrow(NotHere)
    await expect(pupilsBehind(ruth, keyOf('gull-rock'))).rejects.toThrow(NotHere)
    await expect(pupilsBehind(grace, keyOf('saltmarsh'))).rejects.toThrow(NotHere)
    expect(await pupilsBehind(grace, keyOf('saltmarsh~4c'))).toHaveLength(12)
  })
})

describe('what a viewer is shown', () => {
  const groups = [
    'all',
    'girls',
    'boys',
    'disadvantaged',
    'not-disadvantaged',
    'sen-support',
    'ehcp',
    'no-sen',
    'eal',
    'english-first',
  ]
  it('a headteacher: small groups of their own school; no other school', async () => {
    const own = await figures(ruth, {
      measures: ['reading-expected'],
      places: ['schools'],
      groups,
      periods: [drop.code],
    })
    expect(new Set(own.map((figure) => figure.key.place))).toEqual(new Set(['saltmarsh']))
    expect(own.some((figure) => figure.kind === 'suppressed')).toBe(false)
    await expect(one(ruth, 'reading-expected', { school: world.schools.gullRock })).rejects.toThrow(NotHere)
  })

  it('a trustee: every school, no group under 6, and nothing that would give one away', async () => {
    const seen = await figures(helen, {
      measures: ['reading-expected'],
      places: ['trust', 'schools'],
      years: ['all', '4', '6'],
      groups,
      periods: [drop.code],
    })
    const whole = await figures(priya, {
      measures: ['reading-expected'],
      places: ['trust', 'schools'],
      years: ['all', '4', '6'],
      groups,
      periods: [drop.code],
    })
    const suppressed = seen.filter((figure) => figure.kind === 'suppressed')
    expect(suppressed.length).toBeGreaterThan(5)
    for (const [index, figure] of seen.entries()) {
      const truth = whole[index]!
      if (figure.kind === 'suppressed')
        expect(Object.keys(figure).toSorted()).toEqual(['key', 'kind', 'version'])
      else expect(figure).toEqual(truth)
      if (truth.population !== undefined && truth.population < 6) expect(figure.kind).toBe('suppressed')
    }
    const kind = (place: string, year: string, group: string) =>
      seen.find(
        (figure) => figure.key.place === place && figure.key.year === year && figure.key.group === group,
      )!.kind
    // Two pupils with a plan at Saltmarsh: those without SEN and with support would tell how they did.
    expect(kind('saltmarsh', 'all', 'ehcp')).toBe('suppressed')
    expect([kind('saltmarsh', 'all', 'sen-support'), kind('saltmarsh', 'all', 'no-sen')]).toContain(
      'suppressed',
    )
    expect(kind('saltmarsh', 'all', 'all')).toBe('value')
  })

  it('the same, whatever they ask for together', async () => {
    const together = await figures(helen, {
      measures: ['reading-expected'],
      places: ['trust', 'schools'],
      groups,
      years: ['all', '4', '6'],
      periods: [drop.code],
    })
    for (const figure of together.filter((_, index) => index % 7 === 0)) {
      const school =
        figure.key.place === 'tidewell'
          ? undefined
          : figure.key.place === 'saltmarsh'
            ? world.schools.saltmarsh
            : world.schools.gullRock
      const alone = await one(helen, 'reading-expected', school === undefined ? 'trust' : { school }, {
        groups: [figure.key.group],
        years: [figure.key.year],
      })
      expect(alone).toEqual(figure)
    }
  })

  it('a gap with its interval, or that it is suppressed where a side of it is', async () => {
    const own = await gaps(ruth, {
      measure: 'reading-expected',
      place: { school: world.schools.saltmarsh },
      period: drop.code,
    })
    const disadvantaged = own.find((gap) => gap.group === 'disadvantaged')!
    expect(disadvantaged.kind).toBe('value')
    expect(disadvantaged.figure.of! + disadvantaged.others.of!).toBe(31)
    expect(disadvantaged.value).toBeCloseTo(disadvantaged.figure.value! - disadvantaged.others.value!, 10)
    expect(disadvantaged.low!).toBeLessThan(disadvantaged.value!)
    const seen = await gaps(helen, {
      measure: 'reading-expected',
      place: { school: world.schools.saltmarsh },
      period: drop.code,
    })
    expect(seen.find((gap) => gap.group === 'ehcp')).toMatchObject({
      kind: 'suppressed',
      others: { kind: 'suppressed' },
    })
    for (const gap of seen) if (gap.kind !== 'value') expect(gap).not.toHaveProperty('value')
  })

  it('a line over the drops at which a measure is read', async () => {
    const lines = await trend(helen, { measure: 'reading-expected', places: ['trust', 'schools'] })
    expect(lines.map((line) => line.place)).toEqual(['tidewell', 'gull-rock', 'saltmarsh'])
    expect(lines[0]!.figures).toHaveLength(1)
  })
})

describe('a stranger from another trust', () => {
  it('gets nothing of any query', async () => {
    const { stranger } = world
    const ask = {
      measures: ['reading-expected'],
      places: ['trust', 'schools'] as const,
      periods: [drop.code],
    }
    await expect(figures(stranger, ask)).rejects.toThrow(NotHere)
    await expect(
      gaps(stranger, { measure: 'reading-expected', place: 'trust', period: drop.code }),
    ).rejects.toThrow(NotHere)
    await expect(figureAt(stranger, keyOf('saltmarsh'))).rejects.toThrow(NotHere)
    await expect(figureAt(stranger, keyOf('tidewell'))).rejects.toThrow(NotHere)
    await expect(pupilsBehind(stranger, keyOf('saltmarsh'))).rejects.toThrow(NotHere)
    await expect(missingFrom(stranger, keyOf('saltmarsh'))).rejects.toThrow(NotHere)
    expect(await trend(stranger, { measure: 'reading-expected', places: ['trust', 'schools'] })).toEqual([])
    await expect(measureById(stranger, 'average-reading-scaled')).rejects.toThrow(NotHere)
    expect((await measuresOf(stranger)).some((measure) => measure.topic === 'assessments')).toBe(false)
    expect(await warmCells(stranger)).toEqual({ made: 0 })
  })

  it('and somebody without any role gets nothing either', async () => {
    const nobody = { ...priya, grants: [] }
    await expect(one(nobody, 'reading-expected', 'trust')).rejects.toThrow(NotHere)
    await expect(figureAt(nobody, keyOf('saltmarsh'))).rejects.toThrow(NotHere)
  })
})
