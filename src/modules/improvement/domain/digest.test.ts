import { describe, expect, it } from 'vitest'
import { digestIsDue, digestOf } from './digest.ts'

describe('a letter with one’s actions', () => {
  // 16 March 2026 is a Monday.
  it.each([
    ['weekly', null, '2026-03-18', true],
    ['weekly', '2026-03-13', '2026-03-16', true],
    ['weekly', '2026-03-16', '2026-03-17', false],
    ['weekly', '2026-03-16', '2026-03-20', false],
    ['weekly', '2026-03-16', '2026-03-23', true],
    // The machine was off on Monday: Tuesday does as well.
    ['weekly', '2026-03-16', '2026-03-24', true],
    ['weekly', null, '2026-03-21', false],
    ['daily', '2026-03-16', '2026-03-16', false],
    ['daily', '2026-03-16', '2026-03-17', true],
    ['daily', '2026-03-20', '2026-03-21', false],
    ['daily', '2026-03-20', '2026-03-22', false],
    ['daily', '2026-03-20', '2026-03-23', true],
    ['never', null, '2026-03-16', false],
  ] as const)('%s, last sent %s: on %s %s', (way, last, today, due) => {
    expect(digestIsDue(way, last, today)).toBe(due)
  })

  it('tells what is late and what is due within a fortnight, and is none when there is neither', () => {
    const action = (due: string, doneOn: string | null = null) => ({ starts: '2026-01-01', due, doneOn })
    const late = action('2026-03-01')
    const soon = action('2026-03-30')
    const far = action('2026-06-30')
    const done = action('2026-03-01', '2026-03-02')
    expect(digestOf([far, soon, done, late], '2026-03-20')).toEqual({ late: [late], due: [soon] })
    expect(digestOf([far, done], '2026-03-20')).toBeUndefined()
    expect(digestOf([], '2026-03-20')).toBeUndefined()
  })
})
