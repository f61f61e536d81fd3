import { describe, expect, it } from 'vitest'
import { binomialAbove, studentAbove } from '../distributions/beta.ts'
import { poissonAbove } from '../distributions/gamma.ts'
import { dice, normalDice } from '../scan/made-up.ts'
import { standing } from './doubt.ts'
import { carriedForward, oneMark, pilesAtStandard, roundNumbers, type Scores } from './marks.ts'
import { censusDays, drift, type Moved, rollChanges, tooGood, usualMove } from './moves.ts'

describe('the chances that questions rest on agree with R 4.2.2', () => {
  it.each([
    [17, 20, 0.5, 0.00128841400146],
    [30, 40, 0.2, 1.06199491548e-13],
    [25, 25, 0.6, 2.84302880299e-6],
    [0, 10, 0.3, 1],
  ])('pbinom(%i - 1, %i, %f, lower.tail = FALSE)', (met, of, p, chance) => {
    expect(binomialAbove(met, of, p) / chance).toBeCloseTo(1, 8)
  })

  it.each([
    [12, 3.1, 9.66539290324e-5],
    [1, 0.5, 0.393469340287],
  ])('ppois(%i - 1, %f, lower.tail = FALSE)', (many, usual, chance) => {
    expect(poissonAbove(many, usual) / chance).toBeCloseTo(1, 8)
  })

  it.each([
    [2.5, 9, 0.0169309138415],
    [-1.2, 30, 0.880234824555],
    [8, 54, 4.93229367458e-11],
  ])('pt(%f, %i, lower.tail = FALSE)', (t, freedom, chance) => {
    expect(studentAbove(t, freedom) / chance).toBeCloseTo(1, 8)
  })
})

/** Scores of 60 pupils about 103, as they come; `change` does something to them. */
const scores = (school: number, change: (score: number) => number = (score) => score): Scores => {
  const normal = normalDice(school)
  const counts = new Map<number, number>()
  for (let pupil = 0; pupil < 60; pupil++) {
    const score = change(Math.round(103 + 8 * normal()))
    counts.set(score, (counts.get(score) ?? 0) + 1)
  }
  return { place: { school }, counts }
}
const schools = [1, 2, 3, 4, 5, 6, 7, 8]

describe('a question is asked', () => {
  it('about a pile at the standard, and of no other school', () => {
    const lifted = (score: number) => (score >= 97 && score < 100 ? 100 : score)
    const asked = standing(
      pilesAtStandard(
        schools.map((one) => scores(one, one === 3 ? lifted : undefined)),
        100,
        1,
      ),
    )
    expect(asked.map(({ place }) => place.school)).toEqual([3])
    expect(asked[0]!.bars.find(({ here }) => here)).toMatchObject({ label: '100', value: asked[0]!.value })
  })

  it('about round numbers', () => {
    const rounded = (score: number) => Math.round(score / 5) * 5
    const asked = standing(roundNumbers(schools.map((one) => scores(one, one === 5 ? rounded : undefined))))
    expect(asked.map(({ place, value, of }) => [place.school, value, of])).toEqual([[5, 60, 60]])
  })

  it('and not about a ceiling that is a round number', () => {
    const topped = (score: number) => Math.min(score + 9, 115)
    const all = schools.map((one) => scores(one, one === 5 ? topped : undefined))
    expect(standing(roundNumbers(all)).map(({ place }) => place.school)).toEqual([5])
    expect(standing(roundNumbers(all, [80, 115]))).toEqual([])
  })

  it('about a class in which everyone has one mark, by how common the mark is', () => {
    const others = new Map([
      ['WTS', 30],
      ['EXS', 60],
      ['GDS', 10],
    ])
    const asked = oneMark([
      { place: { school: 1, class: 7 }, counts: new Map([['EXS', 25]]), others },
      {
        place: { school: 1, class: 8 },
        counts: new Map([
          ['EXS', 15],
          ['WTS', 9],
        ]),
        others,
      },
    ])
    expect(standing(asked).map(({ place }) => place.class)).toEqual([7])
    expect(asked[0]!.chance / 0.6 ** 25).toBeCloseTo(1, 4)
  })

  it('about marks carried forward', () => {
    const asked = carriedForward([
      ...schools.map((school) => ({ place: { school }, met: 4, of: 50 })),
      { place: { school: 9 }, met: 41, of: 48 },
    ])
    expect(standing(asked).map(({ place }) => place.school)).toEqual([9])
  })

  const moved = (school: number, mean: number): Moved => ({
    place: { school },
    n: 55,
    mean,
    deviation: 4,
  })
  const usual = [0.2, -0.5, 0.6, 0.1, -0.2, 0.4, 0, 0.3]

  it('about a rise that is too good to be true, and about no fall', () => {
    const asked = standing(
      tooGood([...usual.map((mean, at) => moved(at, mean)), moved(20, 9), moved(21, -9)]),
    )
    expect(asked.map(({ place }) => place.school)).toEqual([20])
  })

  it('about teachers who drift from the tests, either way', () => {
    const asked = standing(drift([...usual.map((mean, at) => moved(at, mean)), moved(20, 9), moved(21, -9)]))
    expect(asked.map(({ place }) => place.school).sort()).toEqual([20, 21])
  })

  it('about many who came, or left, before a census', () => {
    const roll = (school: number, came: number, gone: number) => ({
      place: { school },
      was: 300,
      came,
      gone,
    })
    const asked = standing(
      rollChanges(
        [...schools.map((one) => roll(one, 2 + (one % 2), 3)), roll(20, 14, 2), roll(21, 2, 19)],
        '2026-01-15',
      ),
    )
    expect(asked.map(({ place, value }) => [place.school, value])).toEqual([
      [21, -19],
      [20, 14],
    ])
  })
})

describe('no question is asked', () => {
  it('of any school in at least 190 of 200 trusts whose marks are as they come', () => {
    let asked = 0
    for (let run = 0; run < 200; run++) {
      const all = schools.map((one) => scores(100 * run + one))
      if (standing(pilesAtStandard(all, 100, 1)).length + standing(roundNumbers(all)).length > 0) asked++
    }
    expect(asked).toBeLessThanOrEqual(10)
  })

  it('where schools differ more than luck: that is usual here', () => {
    const chance = dice(5)
    const wide = Array.from(
      { length: 30 },
      (_, school): Moved => ({
        place: { school },
        n: 60,
        mean: 6 * (chance() + chance() + chance() - 1.5),
        deviation: 3,
      }),
    )
    expect(usualMove(wide).between).toBeGreaterThan(2)
    expect(standing(tooGood(wide))).toEqual([])
  })
})

describe('the days of the school census', () => {
  it('are those that DfE published', () => {
    expect(censusDays(2025)).toEqual(['2025-10-02', '2026-01-15', '2026-05-21'])
    expect(censusDays(2024)).toEqual(['2024-10-03', '2025-01-16', '2025-05-15'])
  })
})
