import { describe, expect, it } from 'vitest'
import { madeUp } from '../scan/made-up.ts'
import { fitModel } from './fit.ts'
import { sumsOfRows } from './sums-of-rows.ts'

describe('sums of rows in memory', () => {
  const rows = madeUp({ seed: 3, schools: 8, effect: ({ school }) => (school === 'S2' ? -1 : 0) })
  const [school, subject] = rows.places

  it('give the model the line that the results were made by, and the school that was set back', () => {
    const fit = fitModel(sumsOfRows(rows, school!, [subject!]), 'reml')
    const prior = fit.fixed.find(({ name }) => name === 'prior')!
    expect(Math.abs(prior.estimate - 0.7)).toBeLessThan(3 * prior.se)
    expect(fit.fixed.map(({ name }) => name)).toEqual([
      'intercept',
      'prior',
      'subject=maths',
      'subject=science',
    ])
    const [lowest] = fit.effects.toSorted((one, other) => one.intercept - other.intercept)
    expect(lowest!.group).toBe('S2')
    expect(lowest!.high).toBeLessThan(0)
  })
})
