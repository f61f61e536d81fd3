import { describe, expect, it } from 'vitest'
import {
  canKeep,
  dueSince,
  lastYearDue,
  recordClasses,
  recordClassNames,
  ruleWords,
  type Years,
} from './record-classes.ts'

const defaults = Object.fromEntries(
  recordClassNames.map((name) => [name, recordClasses[name].years]),
) as Years
const reason = 'Decided by the trustees in March.'

describe('how long a class of record is kept', () => {
  it.each([
    ['2026-03-20', 6, '2020-03-20'],
    ['2024-02-29', 1, '2023-02-28'],
    ['2024-02-29', 4, '2020-02-29'],
    ['2026-03-20', 0, '2026-03-20'],
  ])('on %s, %d years ago is %s', (today, years, day) => expect(dueSince(today, years)).toBe(day))

  it.each([
    // 2019/20 ended on 31 August 2020: six years after it is 31 August 2026.
    ['2026-08-31', 6, 2018],
    ['2026-09-01', 6, 2019],
    ['2026-03-20', 1, 2023],
    ['2026-03-20', 0, 2024],
  ])('on %s, kept for %d years, academic year %d is the last that is due', (today, years, year) =>
    expect(lastYearDue(today, years)).toBe(year),
  )

  it.each([
    ['a fraction', { class: 'marks', years: 1.5 }, /whole number from 0 to 100/],
    ['a number below 0', { class: 'marks', years: -1 }, /whole number/],
    ['no number', { class: 'marks', years: Number.NaN }, /whole number/],
    ['no reason', { class: 'marks', years: 2, reason: 'so' }, /Say in a sentence why/],
    ['what it is already', { class: 'marks', years: 1 }, /so long already/],
    ['attendance longer than results', { class: 'attendance', years: 7 }, /longer than results/],
    ['attendance for good', { class: 'attendance', years: null }, /longer than results/],
    ['results shorter than behaviour', { class: 'results', years: 5 }, /longer than results/],
    ['a trail of some months', { class: 'trail', years: 0 }, /at least a year/],
  ] as const)('is refused for %s', (_, change, sentence) => {
    const verdict = canKeep(defaults, { reason, ...change })
    expect(verdict.ok ? '' : verdict.because).toMatch(sentence)
  })

  it.each([
    ['marks', 3],
    ['results', null],
    ['roll', 20],
    ['attendance', 3],
  ] as const)('%s can be kept for %s years', (name, years) =>
    expect(canKeep(defaults, { class: name, years, reason })).toEqual({ ok: true }),
  )

  it('reads as a sentence', () => {
    expect(ruleWords('roll', 25)).toBe('25 years from the date of birth, and on no roll')
    expect(ruleWords('marks', 1)).toBe('1 year after the end of the academic year')
    expect(ruleWords('trail', null)).toBe('kept until somebody decides otherwise')
  })
})
