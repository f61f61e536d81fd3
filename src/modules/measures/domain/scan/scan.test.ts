import { describe, expect, it } from 'vitest'
import { reachOf95 } from './chance.ts'
import { intervalOf, type Look, lookAt } from './look.ts'
import { type Described, madeUp } from './made-up.ts'
import { scan } from './scan.ts'
import { sentenceOf } from './sentence.ts'

const disadvantagedInMaths = ({ school, subject, pp }: Described) =>
  school === 'S3' && subject === 'maths' && pp === '1' ? -1.6 : 0

/** The cell of everyone at a place. */
const cellOf = ({ cells }: Look, place: Record<string, string>): number =>
  Array.from({ length: cells.many }, (_, cell) => cell).find((cell) => {
    const named = cells.namesOf(cell)
    return Object.keys(named.group).length === 0 && JSON.stringify(named.place) === JSON.stringify(place)
  })!

describe('the scan', () => {
  it('finds nothing in at least 92% of 200 trusts in which there is nothing to find', {
    timeout: 60_000,
  }, () => {
    let foundSomething = 0
    for (let run = 0; run < 200; run++)
      if (scan(madeUp({ seed: 1 + 7 * run, schools: 4, perClass: 10 })).findings.length > 0) foundSomething++
    expect(foundSomething).toBeLessThanOrEqual(16)
  })

  it('nor in shares near their ceiling, which lean to one side', { timeout: 60_000 }, () => {
    let foundSomething = 0
    for (let run = 0; run < 50; run++) {
      const rows = madeUp({
        seed: 3 + 7 * run,
        schools: 4,
        perClass: 10,
        value: (score) => Number(score > -1.2),
      })
      if (scan(rows).findings.length > 0) foundSomething++
    }
    expect(foundSomething).toBeLessThanOrEqual(4)
  })

  it('names what was planted, where it was planted, and folds what says the same into it', () => {
    const { findings, tested, ordinary } = scan(madeUp({ seed: 11, effect: disadvantagedInMaths }))
    expect(findings.map(({ place, group }) => ({ place, group }))).toEqual([
      { place: { school: 'S3', subject: 'maths' }, group: { pp: '1' } },
    ])
    const [finding] = findings
    expect(finding!.low).toBeLessThan(-1.6 * Math.SQRT1_2)
    expect(finding!.high).toBeGreaterThan(-1.6 * Math.SQRT1_2)
    expect(finding!.folded).toBeGreaterThan(0)
    expect(ordinary).toBe(tested - 1 - finding!.folded)
  })

  it('says that a class explains its year', () => {
    const { findings } = scan(
      madeUp({
        seed: 12,
        effect: ({ school, year, class: form }) =>
          school === 'S2' && year === '8' && form === '8A' ? 1.5 : 0,
      }),
    )
    expect(findings.map(({ place, group }) => ({ place, group }))).toEqual([
      { place: { school: 'S2', year: '8', class: '8A' }, group: {} },
    ])
  })

  it('keeps false findings under 5% beside planted ones', { timeout: 60_000 }, () => {
    let right = 0
    let wrong = 0
    for (let run = 0; run < 40; run++)
      for (const { place } of scan(
        madeUp({ seed: 5 + 11 * run, effect: disadvantagedInMaths }),
      ).findings.slice(0, 10))
        if (place.school === undefined || place.school === 'S3') right++
        else wrong++
    expect(right).toBeGreaterThanOrEqual(38)
    expect(wrong / (right + wrong)).toBeLessThan(0.05)
  })

  it('covers the truth with 95% of its intervals, over 2,000 draws', { timeout: 60_000 }, () => {
    let covered = 0
    for (let draw = 0; draw < 2000; draw++) {
      const rows = madeUp({
        seed: 1 + 13 * draw,
        schools: 3,
        perClass: 6,
        effect: ({ school }) => (school === 'S2' ? 1 : 0),
      })
      const look = lookAt({ ...rows, groups: [] })
      const { low, high } = intervalOf(look, cellOf(look, { school: 'S2' }))
      if (low <= Math.SQRT1_2 && high >= Math.SQRT1_2) covered++
    }
    expect(covered / 2000).toBeGreaterThan(0.935)
    expect(covered / 2000).toBeLessThan(0.965)
  })

  it('does not take several results of one pupil for several pupils', () => {
    const rows = madeUp({ seed: 4, schools: 3 })
    const apart = { ...rows, pupils: rows.pupils.map((_, row) => row) }
    const error = (given: typeof rows) => {
      const look = lookAt(given)
      return look.cells.at.error[cellOf(look, { school: 'S1' })]!
    }
    expect(error(rows)).toBeGreaterThan(1.3 * error(apart))
  })

  it('puts good news first among equals', () => {
    const { findings } = scan(
      madeUp({
        seed: 21,
        effect: ({ school }) => (school === 'S1' ? -0.9 : school === 'S2' ? 0.9 : 0),
      }),
    )
    expect(findings.slice(0, 2).map(({ place }) => place.school)).toEqual(['S2', 'S1'])
  })
})

describe('a finding in words', () => {
  it('says where, who, how many, how far and how sure', () => {
    expect(
      sentenceOf({
        place: { school: 'Northquay', subject: 'mathematics', year: '8' },
        group: { pp: '1', sex: 'M' },
        n: 25,
        pupils: 25,
        gap: -0.61,
        low: -0.92,
        high: -0.3,
        shrunk: -0.5,
        chance: 0.0001,
        q: 0.01,
        folded: 0,
      }),
    ).toBe(
      'Pupils with pp 1 and sex M in school Northquay, subject mathematics, year 8: 25 pupils, 0.61 below similar pupils elsewhere, 95% interval 0.30 to 0.92.',
    )
  })

  it('reaches as far as Student’s t asks', () => {
    expect(reachOf95(10)).toBeCloseTo(2.228139, 3)
    expect(reachOf95(1e9)).toBeCloseTo(1.959964, 6)
  })
})
