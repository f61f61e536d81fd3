import { describe, expect, test } from 'vitest'
import { chanceBeyond } from '../../domain/distributions/normal.ts'
import { chanceOf, survivors, whereToLook } from './where-to-look.ts'

const share = (n: number, of: number, line: number, about = 'a school') => {
  const p = n / of
  const z = 1.96
  const d = 1 + (z * z) / of
  const c = (p + (z * z) / (2 * of)) / d
  const h = (z / d) * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of))
  return {
    about,
    value: 100 * p,
    low: 100 * (c - h),
    high: 100 * (c + h),
    pupils: of,
    spread: 100,
    line,
    direction: 'higher' as const,
  }
}

describe('How surprising a figure is', () => {
  test('1.96 standard errors are passed by one in twenty', () => {
    expect(chanceBeyond(1.96)).toBeCloseTo(0.05, 4)
    expect(chanceBeyond(0)).toBeCloseTo(1, 6)
    expect(chanceBeyond(-3)).toBeCloseTo(0.0027, 4)
  })
  test('a line on the edge of the interval is surprising to exactly one in twenty', () => {
    expect(chanceOf({ value: 50, low: 40, high: 60, line: 60 })).toBeCloseTo(0.05, 4)
    expect(chanceOf({ value: 50, low: 44, high: 60, line: 44 })).toBeCloseTo(0.05, 4)
  })
})

describe('Where to look first', () => {
  test('the worked example of docs/methods: 30 of 60 against 75%', () => {
    const example = share(30, 60, 75)
    expect(example.low).toBeCloseTo(37.7, 1)
    expect(example.high).toBeCloseTo(62.3, 1)
    expect(chanceOf(example)).toBeCloseTo(0.000065, 6)
    const { found, looked } = whereToLook([example, ...Array.from({ length: 99 }, () => share(45, 60, 75))])
    expect(looked).toBe(100)
    expect(found.map((each) => each.concerned)).toEqual([15])
  })
  test('a school whose interval holds the national figure is not in the list', () => {
    expect(whereToLook([share(40, 60, 75)]).found).toEqual([])
  })
  test('a school whose whole interval is below the national figure is', () => {
    const [first] = whereToLook([share(30, 60, 75)]).found
    expect(first).toMatchObject({ standing: 'below', pupils: 60 })
    expect(first!.concerned).toBeCloseTo(15)
  })
  test('good news stands in the same list, by the same rule', () => {
    const { found } = whereToLook([share(30, 60, 75, 'low'), share(198, 200, 75, 'high')])
    expect(found.map((each) => [each.about, each.standing])).toEqual([
      ['high', 'better'],
      ['low', 'below'],
    ])
  })
  test('for absence, more is worse', () => {
    const [first] = whereToLook([{ ...share(30, 60, 20), direction: 'lower' as const }]).found
    expect(first?.standing).toBe('below')
  })
  test('a figure just outside the line is dropped when many were looked at', () => {
    const edge = share(38, 60, 75, 'edge')
    expect(edge.high).toBeLessThan(75.1)
    const alone = whereToLook([{ ...edge, line: edge.high + 0.1 }])
    const among = whereToLook([
      { ...edge, line: edge.high + 0.1 },
      ...Array.from({ length: 99 }, () => share(45, 60, 75)),
    ])
    expect(alone.found).toHaveLength(1)
    expect(among).toMatchObject({ found: [], looked: 100 })
  })
  test('nothing looked at, nothing found', () => {
    expect(whereToLook([])).toEqual({ found: [], looked: 0 })
  })
})

describe('Benjamini and Hochberg', () => {
  test('keep four of the fifteen in their own example of 1995', () => {
    const chances = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ]
    expect(survivors(chances, 0.05).filter(Boolean)).toHaveLength(4)
  })
  test('a chance that is too large alone is carried by a later one that is small enough', () => {
    expect(survivors([0.04, 0.045, 0.05], 0.05)).toEqual([true, true, true])
    expect(survivors([0.04, 0.5, 0.9], 0.05)).toEqual([false, false, false])
  })
})
