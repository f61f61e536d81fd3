import { expect, it } from 'vitest'
import { goodLevelOf } from './good-level.ts'

const twelve = (...others: string[]) => [...Array.from({ length: 12 - others.length }, () => '2'), ...others]

it.each([
  ['all expected', twelve(), true],
  ['one emerging', twelve('1'), false],
  ['one exceeding, until 2021', twelve('3'), true],
  ['one exempt', twelve('A'), undefined],
  ['one exempt and one emerging', twelve('A', '1'), false],
  ['one without a result', twelve(''), undefined],
  ['none at all', [], undefined],
])('a good level of development with %s', (_, goals, good) => {
  expect(goodLevelOf(goals)).toBe(good)
})
