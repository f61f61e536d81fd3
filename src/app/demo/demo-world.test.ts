import { describe, expect, it } from 'vitest'
import { upnTrouble } from '../../kernel/upn.ts'
import { characteristicsOn } from '../../modules/organisation/index.ts'
import { absenceLevels, attendanceOf } from './attendance.ts'
import { imagineWorld, type OnRoll, onRollAt } from './demo-world.ts'
import { largeDrops, tidewellDrops } from './drops.ts'
import { largeTrust, tidewellWithIntakes } from './intakes.ts'
import { levelsOf } from './levels.ts'
import { type Mark, marksOf, rememberKeyStage2 } from './marks.ts'
import {
  plantedAbsence,
  plantedJump,
  plantedResults,
  plantedRollChange,
  plantedSameMarks,
} from './planted.ts'
import { graded } from './raw-marks.ts'
import { windows1252 } from './sample-files.ts'
import { factsOf } from './write-record.ts'

const world = imagineWorld('tidewell', tidewellWithIntakes, tidewellDrops)
const levels = levelsOf(world)
rememberKeyStage2(world, levels)
const absence = absenceLevels(world)

const dropAt = (code: string) => world.drops.findIndex((drop) => drop.code === code)
const schoolAt = (slug: string) => world.schools.findIndex((school) => school.slug === slug)
const rollOf = (slug: string, code: string): OnRoll[] =>
  onRollAt(world, world.drops[dropAt(code)]!)[schoolAt(slug)]!
const marks = (slug: string, code: string): Mark[] =>
  marksOf(world, levels, dropAt(code), schoolAt(slug), rollOf(slug, code))
const reached = (some: readonly Mark[]) => {
  const results = some
    .map((mark) => graded(mark.assessment, mark.raw))
    .filter((one) => one.status === 'result' || one.status === 'below test')
  return { n: results.filter((one) => one.expected).length, of: results.length }
}
const spring = onRollAt(world, world.drops.at(-1)!)

describe('the demo trust', () => {
  it('has nine schools and nearly 5,000 pupils, each on one roll', () => {
    const all = spring.flat()
    expect(world.schools).toHaveLength(9)
    expect(all.length).toBeGreaterThan(4_600)
    expect(all.length).toBeLessThan(5_200)
    expect(new Set(all.map((on) => on.pupil.key)).size).toBe(all.length)
  })

  it('is the same each time it is imagined', () => {
    const again = imagineWorld('tidewell', tidewellWithIntakes, tidewellDrops)
    expect(again.pupils.map((pupil) => pupil.upn + pupil.surname)).toEqual(
      world.pupils.map((pupil) => pupil.upn + pupil.surname),
    )
  })

  it('gives every pupil a UPN of their own, with the right check letter', () => {
    expect(new Set(world.pupils.map((pupil) => pupil.upn)).size).toBe(world.pupils.length)
    expect(world.pupils.map((pupil) => upnTrouble(pupil.upn)).filter(Boolean)).toEqual([])
  })

  it('has the intake that each school should have', () => {
    for (const [at, school] of world.schools.entries()) {
      if (school.phase === 'special') continue
      const share = spring[at]!.filter((on) => on.pupil.disadvantaged).length / spring[at]!.length
      expect(Math.abs(share - school.intake.disadvantaged), school.slug).toBeLessThan(0.08)
    }
    const eal = (slug: string) =>
      rollOf(slug, '2026-spring').filter((on) => on.pupil.eal).length / rollOf(slug, '2026-spring').length
    expect(eal('fenwick-road')).toBeGreaterThan(0.3)
    expect(eal('saltmarsh')).toBeLessThan(0.15)
  })

  it('has pupils who came, left, and moved from one of its schools to another', () => {
    const moved = world.pupils.filter((pupil) => pupil.stays.length > 1)
    expect(moved.length).toBeGreaterThan(100)
    for (const pupil of moved)
      for (const [at, stay] of pupil.stays.slice(1).entries())
        expect(pupil.stays[at]!.to! < stay.from, pupil.upn).toBe(true)
    const joined = spring.flat().filter((on) => on.stay.from > '2025-09-30').length
    expect(joined / spring.flat().length).toBeGreaterThan(0.01)
  })

  it('has pupils who came to have SEN support while we watched', () => {
    const gained = world.pupils.filter((pupil) =>
      pupil.facts.some(
        (fact) => fact.kind === 'sen-provision' && fact.from > '2023-09-01' && fact.from < '2026-03-13',
      ),
    )
    expect(gained.length).toBeGreaterThan(100)
  })

  it('knows Key Stage 2 results of those who sat the tests, and of nobody in 2020 and 2021', () => {
    const withPrior = (code: string) => {
      const drop = world.drops[dropAt(code)]!
      const year11 = onRollAt(world, drop)
        .flat()
        .filter((on) => on.yearGroup === '11' && world.schools[on.stay.school]!.phase === 'secondary')
      return (
        year11.filter((on) => characteristicsOn(factsOf(on.pupil), drop.asAt).prior !== undefined).length /
        year11.length
      )
    }
    expect(withPrior('2024-results')).toBeGreaterThan(0.95)
    expect(withPrior('2025-results')).toBeLessThan(0.05)
    expect(withPrior('2026-spring')).toBeLessThan(0.05)
  })
})

describe('its results', () => {
  it('are all on their scales, with a few that are missing and a few that are absent', () => {
    const all = world.schools.flatMap((school) =>
      marks(school.slug, '2026-spring').map((mark) => graded(mark.assessment, mark.raw)),
    )
    expect(all.filter((one) => one.status === 'result').every((one) => Number.isFinite(one.value))).toBe(true)
    const absent = all.filter((one) => one.status === 'absent').length / all.length
    expect(absent).toBeGreaterThan(0.004)
    expect(absent).toBeLessThan(0.02)
  })

  it('put Saltmarsh lowest of the primaries in Year 6 reading, and the trust near England', () => {
    const year6 = (slug: string) =>
      reached(
        marks(slug, '2026-spring').filter((mark) => mark.subject === 'reading' && mark.on.yearGroup === '6'),
      )
    const shares = ['saltmarsh', 'gull-rock', 'st-brannocks', 'harbour-lane', 'fenwick-road'].map(year6)
    expect(Math.min(...shares.map((one) => one.n / one.of))).toBe(shares[0]!.n / shares[0]!.of)
    const trust = shares.reduce((sum, one) => sum + one.n, 0) / shares.reduce((sum, one) => sum + one.of, 0)
    expect(trust).toBeGreaterThan(0.69)
    expect(trust).toBeLessThan(0.79)
  })

  it('give Year 11 some eight GCSEs each', () => {
    const northquay = marks('northquay', '2024-results')
    const pupils = new Set(northquay.map((mark) => mark.on.pupil.key)).size
    expect(northquay.length / pupils).toBeGreaterThan(6.5)
    expect(northquay.length / pupils).toBeLessThan(9.5)
  })
})

describe('what was planted', () => {
  it.each(plantedResults)('$id: $what', (planted) => {
    const group = marks(planted.school, '2026-spring').filter(
      (mark) =>
        mark.subject === planted.subject &&
        mark.on.yearGroup === planted.year &&
        (planted.group === 'all' ||
          (planted.group === 'eal' ? mark.on.pupil.eal : mark.on.pupil.disadvantaged)),
    )
    const { n, of } = reached(group)
    expect(of).toBeGreaterThan(15)
    expect(Math.abs(n / of - planted.share)).toBeLessThan(0.06)
  })

  it(plantedAbsence.what, () => {
    const missed = (year: string, from: string, to: string) => {
      const at = (code: string) =>
        rollOf('northquay', code)
          .filter((on) => on.yearGroup === year)
          .map((on) => attendanceOf(world, absence, world.drops[dropAt(code)]!, on)!)
          .reduce(
            (sum, one) => ({
              possible: sum.possible + one.possible,
              missed: sum.missed + one.authorised + one.unauthorised,
            }),
            { possible: 0, missed: 0 },
          )
      const before = at(from)
      const after = at(to)
      return (after.missed - before.missed) / (after.possible - before.possible)
    }
    expect(missed('10', '2025-autumn', '2026-spring')).toBeGreaterThan(
      1.6 * missed('9', '2025-autumn', '2026-spring'),
    )
  })

  it(plantedSameMarks.what, () => {
    const same = marks('harbour-lane', '2026-spring').filter(
      (mark) =>
        mark.assessment === 'writing-teacher' && world.classes[mark.class]!.name === '3P' && mark.raw !== 'A',
    )
    expect(same.length).toBeGreaterThan(20)
    expect(new Set(same.map((mark) => mark.raw))).toEqual(new Set(['EXS']))
  })

  it(plantedJump.what, () => {
    const mean = (code: string, year: string) => {
      const scores = marks('saltmarsh', code)
        .filter(
          (mark) =>
            mark.assessment === 'maths-scaled' && mark.on.yearGroup === year && /^\d+$/.test(mark.raw),
        )
        .map((mark) => Number(mark.raw))
      return scores.reduce((sum, one) => sum + one, 0) / scores.length
    }
    expect(mean('2026-spring', '5') - mean('2025-autumn', '5')).toBeGreaterThan(5)
    expect(Math.abs(mean('2026-spring', '4') - mean('2025-autumn', '4'))).toBeLessThan(3)
  })

  it(plantedRollChange.what, () => {
    const came = rollOf('gull-rock', '2026-spring').filter((on) => on.stay.from === plantedRollChange.from)
    expect(came).toHaveLength(plantedRollChange.joined)
  })
})

describe('Gull Rock’s file', () => {
  it('can be written in Windows-1252, curly apostrophes and all', () => {
    expect([...windows1252('Zoë O’Connor')]).toEqual([
      0x5a, 0x6f, 0xeb, 0x20, 0x4f, 0x92, 0x43, 0x6f, 0x6e, 0x6e, 0x6f, 0x72,
    ])
    for (const on of rollOf('gull-rock', '2026-spring')) windows1252(on.pupil.forename + on.pupil.surname)
  })
  it('has two pupils called Sam Price in Year 6', () => {
    const price = rollOf('gull-rock', '2026-spring').filter(
      (on) => on.pupil.surname === 'Price' && on.pupil.forename === 'Sam',
    )
    expect(price.map((on) => [on.yearGroup, on.pupil.born])).toEqual([
      ['6', '2015-03-05'],
      ['6', '2015-08-20'],
    ])
  })
})

describe('the large trust', () => {
  it('has 50 schools, about 40,000 pupils and 18 drops', () => {
    const large = imagineWorld('large', largeTrust, largeDrops)
    expect(large.schools).toHaveLength(50)
    expect(new Set(large.schools.map((school) => school.urn)).size).toBe(50)
    expect(large.drops).toHaveLength(18)
    const onRoll = onRollAt(large, large.drops.at(-1)!).flat().length
    expect(onRoll).toBeGreaterThan(38_000)
    expect(onRoll).toBeLessThan(42_000)
    expect(new Set(large.pupils.map((pupil) => pupil.upn)).size).toBe(large.pupils.length)
  }, 60_000)
})
