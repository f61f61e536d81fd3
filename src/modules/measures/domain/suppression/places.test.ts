import { describe, expect, it } from 'vitest'
import { groups } from '../../../organisation/index.ts'
import { type Cell, noCell, sumCells } from '../cell.ts'
import { families } from './families.ts'
import { className, hiddenFigures, type PlaceCells } from './places.ts'

const of = (population: number): Cell => ({ ...noCell, population, n: population })

/** A school by year group and pupil group; a group left out has nobody in it. */
const school = (
  place: number,
  years: Record<string, Record<string, number>>,
  access: PlaceCells['access'] = 'shown',
  classes: PlaceCells['classes'] = [],
): PlaceCells => ({
  place,
  access,
  years: Object.keys(years),
  cell: (year, group) =>
    year === 'all'
      ? sumCells(Object.values(years).map((one) => of(one[group] ?? 0)))
      : of(years[year]?.[group] ?? 0),
  classes,
})

describe('small groups of a trust', () => {
  it('are of families that hold every pupil group once', () => {
    expect(families.flat().toSorted()).toEqual(
      groups
        .map((group) => group.slug)
        .filter((slug) => slug !== 'all')
        .toSorted(),
    )
  })

  it('are hidden with their other side, and with the same group of another school and year', () => {
    const hidden = hiddenFigures([
      school(1, { 5: { all: 30, girls: 4, boys: 26 }, 6: { all: 30, girls: 14, boys: 16 } }),
      school(2, { 5: { all: 30, girls: 12, boys: 18 }, 6: { all: 30, girls: 15, boys: 15 } }),
    ])
    expect(hidden.has('1 5 girls')).toBe(true)
    expect(hidden.has('1 5 boys')).toBe(true)
    expect(hidden.has('1 6 girls') || hidden.has('1 all girls')).toBe(true)
    expect(hidden.has('2 5 girls') || hidden.has('trust 5 girls')).toBe(true)
    expect(hidden.has('1 5 all')).toBe(false)
    expect(hidden.has('trust all all')).toBe(false)
  })

  it('are not hidden in a school whose head is looking, and nothing is hidden where nobody is few', () => {
    expect(hiddenFigures([school(1, { 6: { all: 30, girls: 4, boys: 26 } }, 'known')]).size).toBe(0)
    expect(
      hiddenFigures([
        school(1, { 6: { all: 30, girls: 14, boys: 16 } }),
        school(2, { 6: { all: 30, girls: 12, boys: 18 } }),
      ]).size,
    ).toBe(0)
  })

  it('of other schools cannot be had by a head who takes their own from the trust', () => {
    const hidden = hiddenFigures([
      school(1, { 6: { all: 30, fsm: 9 } }, 'known'),
      school(2, { 6: { all: 30, fsm: 2 } }, 'denied'),
      school(3, { 6: { all: 30, fsm: 1 } }, 'denied'),
    ])
    expect(hidden.has('trust 6 fsm')).toBe(true)
    expect(hidden.has('trust 6 all')).toBe(false)
  })

  it('of a class of 4 hide another class of its year, which its year would give away', () => {
    const one = (id: number, population: number) => ({
      id,
      form: true,
      year: '6',
      access: 'shown' as const,
      cell: of(population),
    })
    const hidden = hiddenFigures([school(1, { 6: { all: 32 } }, 'shown', [one(61, 4), one(62, 28)])])
    expect(hidden).toEqual(new Set([className(61), className(62)]))
  })

  it('of fewer than 6 looked-after pupils keep the disadvantaged shown when the rest of them are many', () => {
    const hidden = hiddenFigures([
      school(1, { 6: { all: 90, disadvantaged: 30, 'not-disadvantaged': 60, 'looked-after': 3 } }),
    ])
    expect(hidden.has('1 6 looked-after')).toBe(true)
    expect(hidden.has('1 6 disadvantaged')).toBe(false)
  })
})
