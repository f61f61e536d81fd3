import { expect, it } from 'vitest'
import { Buckets } from './buckets.ts'

it('lets a burst through, then as many as come back, and says how long to wait', () => {
  let now = 0
  const buckets = new Buckets({ burst: 3, perSecond: 0.5 }, () => now)
  expect([1, 2, 3, 4].map(() => buckets.take('Dan'))).toEqual([0, 0, 0, 2])
  expect(buckets.take('Ruth')).toBe(0)
  now = 2000
  expect([buckets.take('Dan'), buckets.take('Dan')]).toEqual([0, 2])
  now = 1_000_000
  expect([1, 2, 3, 4].map(() => buckets.take('Dan'))).toEqual([0, 0, 0, 2])
})

it('forgets the longest unused when there are too many, so that memory is bounded', () => {
  const buckets = new Buckets({ burst: 1, perSecond: 0.001, most: 100 }, () => 0)
  for (let visitor = 0; visitor < 10_000; visitor++) buckets.take(`visitor ${visitor}`)
  expect(buckets.size).toBe(100)
  expect(buckets.take('visitor 9999')).toBeGreaterThan(0)
  expect(buckets.take('visitor 1')).toBe(0)
})
