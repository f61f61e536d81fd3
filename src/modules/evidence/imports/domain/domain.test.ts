import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { headingAt } from './heading.ts'
import { looksLikeFormula } from './letters.ts'
import { type AskedFor, assessmentOf } from './match-assessment.ts'
import { readDate } from './read-date.ts'
import { type ReadingScale, readResult } from './read-result.ts'
import { readSessions } from './read-sessions.ts'
import { readYearGroup } from './read-year-group.ts'

const absent = {
  code: 'A',
  name: 'Absent',
  points: null,
  status: 'absent' as const,
  expected: false,
  higher: false,
}
const scaled: ReadingScale = {
  kind: 'number',
  low: 80,
  high: 120,
  step: 1,
  expected: 100,
  higher: 110,
  grades: [absent],
}
const grade = (code: string, name: string, points: number) => ({
  code,
  name,
  points,
  status: 'result' as const,
  expected: points > 2,
  higher: points > 3,
})
const teacher: ReadingScale = {
  kind: 'grade',
  low: null,
  high: null,
  step: null,
  expected: null,
  higher: null,
  grades: [
    grade('WTS', 'Working towards', 2),
    grade('EXS', 'Working at the expected standard', 3),
    grade('GDS', 'Greater depth', 4),
    absent,
  ],
}

describe('a cell of results', () => {
  test.each([
    ['104', { value: 104, status: 'result', expected: true, higher: false }],
    [' 110 ', { value: 110, expected: true, higher: true }],
    ['99', { value: 99, expected: false }],
    ['A', { value: null, status: 'absent', expected: null }],
    ['a', { value: null, status: 'absent' }],
    ['absent', { value: null, status: 'absent' }],
  ])('“%s” on the scaled scores', (text, result) => {
    expect(readResult(text, scaled)).toMatchObject({ kind: 'result', ...result })
  })

  test('an absent pupil is never a nought', () => {
    fc.assert(
      fc.property(fc.constantFrom('A', 'a', 'ABS', 'Absent'), (text) => {
        const read = readResult(text, scaled)
        expect(read.kind === 'result' && read.value).toBeNull()
      }),
    )
  })

  test.each([
    ['1O4', 'The middle character is the letter O. Scores run from 80 to 120 in whole numbers.', ['104']],
    ['lOO', '“lOO” is not a score. Scores run from 80 to 120 in whole numbers.', ['100']],
    ['130', '“130” is not on the scale. Scores run from 80 to 120 in whole numbers.', []],
    ['-5', '“-5” is not on the scale. Scores run from 80 to 120 in whole numbers.', []],
    ['104.5', '“104.5” lies between two scores. Scores run from 80 to 120 in whole numbers.', []],
    ['104*', '“104*” is not a score. Scores run from 80 to 120 in whole numbers.', ['104']],
    ["=cmd|' /C calc'!A0", 'begins like a formula. It is kept as text and never worked out.', []],
    ['<script>alert(1)</script>', 'is not a score', []],
  ])('“%s” is said to be wrong, and why', (text, why, suggestions) => {
    const read = readResult(text, scaled)
    expect(read).toMatchObject({ kind: 'wrong', suggestions })
    expect(read.kind === 'wrong' && read.why).toContain(why)
  })

  test('a comma may stand for the point', () => {
    expect(readResult('7,5', { ...scaled, low: 0, high: 10, step: 0.5 })).toMatchObject({
      kind: 'result',
      value: 7.5,
    })
  })

  test('grades are read in any case, by their code or their name, and a slip of one key is suggested', () => {
    expect(readResult('exs', teacher)).toMatchObject({
      grade: 'EXS',
      value: 3,
      expected: true,
      higher: false,
    })
    expect(readResult('Greater Depth ', teacher)).toMatchObject({ grade: 'GDS' })
    expect(readResult('EXD', teacher)).toMatchObject({ kind: 'wrong', suggestions: ['EXS'] })
    expect(readResult('0', teacher).kind).toBe('wrong')
  })

  test('whatever is suggested can be taken', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 6 }), fc.constantFrom(scaled, teacher), (text, scale) => {
        const read = readResult(text, scale)
        if (read.kind === 'wrong')
          for (const suggestion of read.suggestions) expect(readResult(suggestion, scale).kind).toBe('result')
      }),
    )
  })
})

describe('a date', () => {
  test.each([
    ['14/05/2015', '2015-05-14'],
    ['3-8-15', '2015-08-03'],
    ['14 May 2015', '2015-05-14'],
    ['2015-05-14', '2015-05-14'],
    ['14/05/2015 00:00', '2015-05-14'],
    ['42138', '2015-05-14'],
  ])('%s', (text, day) => expect(readDate(text)).toEqual({ kind: 'day', day }))

  test.each([
    ['31/02/2015', '“31/02/2015” is not a date: February 2015 has no day 31.'],
    ['29/02/2015', '“29/02/2015” is not a date: February 2015 has no day 29.'],
    [
      '05/14/2015',
      'there is no month 14. It seems to be written month first; Throughline reads the day first.',
    ],
    ['yesterday', '“yesterday” is not a date. Dates read like 31/03/2014.'],
  ])('%s is none', (text, why) => {
    const read = readDate(text)
    expect(read.kind === 'wrong' && read.why).toContain(why)
  })
})

describe('sessions', () => {
  const said = (
    possible: string,
    attended: string | null,
    authorised: string | null,
    unauthorised: string | null,
  ) => readSessions({ possible, attended, authorised, unauthorised })
  test('of three numbers one may be missing', () => {
    expect(said('200', '190', '8', null)).toEqual({
      kind: 'sessions',
      possible: 200,
      authorised: 8,
      unauthorised: 2,
    })
    expect(said('200', null, '8', '2')).toEqual({
      kind: 'sessions',
      possible: 200,
      authorised: 8,
      unauthorised: 2,
    })
  })
  test.each([
    [said('200', null, '150', '60'), /More sessions were missed/],
    [said('900', null, '1', '1'), /more than a school year has/],
    [said('200', '100', '8', '2'), /do not add up to 200/],
    [said('many', null, '8', '2'), /“many” is not a number of sessions/],
    [said('-1', null, '0', '0'), /fewer than none/],
  ])('what can’t be is said', (read, why) => expect(read.kind === 'wrong' && read.why).toMatch(why))
})

describe('headings', () => {
  const asked = (code: string, name: string, subject: string): AskedFor => ({
    code,
    name,
    subject,
    subjectCode: subject.toLowerCase(),
    scale: code.includes('teacher') ? teacher : scaled,
  })
  const drop = [
    asked('reading-scaled', 'Reading, scaled score', 'Reading'),
    asked('maths-scaled', 'Maths, scaled score', 'Mathematics'),
    asked('writing-teacher', 'Writing, teacher assessment', 'Writing'),
    asked('reading-teacher', 'Reading, teacher assessment', 'Reading'),
  ]
  test.each([
    ['Rdg SS', 'reading-scaled'],
    ['Reading TA', 'reading-teacher'],
    ['Spring Maths', 'maths-scaled'],
    ['TA wri', 'writing-teacher'],
    ['Y6 Ma SS 2026', 'maths-scaled'],
    ['reading-scaled', 'reading-scaled'],
  ])('“%s” is %s', (heading, code) => expect(assessmentOf(heading, drop, 'Spring')?.code).toBe(code))
  test.each(['Autumn Maths', 'Maths target', 'Science', 'Reading', ''])(
    '“%s” is none, or could be two',
    (heading) => expect(assessmentOf(heading, drop, 'Spring')).toBeUndefined(),
  )

  test('the heading is the first row that reads like one', () => {
    expect(headingAt([['School report'], [], ['UPN', 'Name', 'Reading'], ['A', 'B', '104']])).toBe(2)
    expect(headingAt([['Z999200118001', 'Ahmed', '104']])).toBeUndefined()
  })

  test.each([
    ['Year 6', '6'],
    ['Y06', '6'],
    ['Yr R', 'R'],
    ['reception', 'R'],
    ['13', '13'],
    ['6C', undefined],
  ])('year group “%s”', (text, year) => expect(readYearGroup(text)).toBe(year))

  test('a number below zero is no formula', () => {
    expect(['-1.5', '=1+1', '+44', '@x', '-x'].map(looksLikeFormula)).toEqual([
      false,
      true,
      false,
      true,
      true,
    ])
  })
})
