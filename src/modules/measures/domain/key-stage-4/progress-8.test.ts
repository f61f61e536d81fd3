import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attainment8, englishAndMathematics } from './attainment-8.ts'
import { type Grade, gradeOf } from './grades.ts'
import { nationalProgress } from './national-progress.ts'
import {
  priorAttainmentGroup,
  priorMean,
  progress8,
  progress8Band,
  progress8Deviation,
  schoolProgress8,
} from './progress-8.ts'

const gcse = (subject: string, points: number): Grade => ({ subject, points, gcse: true })
const award = (subject: string, points: number): Grade => ({ subject, points, gcse: false })

const pupil: Grade[] = [
  gcse('english-language', 5),
  gcse('english-literature', 6),
  gcse('mathematics', 5),
  gcse('combined-science', 4.5),
  gcse('history', 5),
  gcse('art', 6),
  award('health-and-social-care', 5.5),
]

describe('Attainment 8', () => {
  it('of the worked example in docs/methods is 52.5', () => {
    expect(attainment8(pupil)).toEqual({ all: 52.5, english: 12, mathematics: 10, ebacc: 14, open: 16.5 })
  })
  it('doubles English only when language and literature were both taken', () => {
    expect(attainment8([gcse('english-language', 5)]).english).toBe(5)
    expect(attainment8([gcse('english-language', 5), gcse('english-literature', 0)]).english).toBe(10)
  })
  it('lets the lower English grade fill an open slot', () => {
    expect(attainment8([gcse('english-language', 7), gcse('english-literature', 4)]).open).toBe(4)
  })
  it('takes an EBacc subject that is over into the open slots', () => {
    const four = ['history', 'geography', 'french', 'biology'].map((subject, index) =>
      gcse(subject, 9 - index),
    )
    expect(attainment8(four)).toMatchObject({ ebacc: 24, open: 6 })
  })
  it('never lets a technical award fill an EBacc slot, nor more than three open ones', () => {
    const awards = ['a', 'b', 'c', 'd'].map((subject) => award(subject, 8.5))
    expect(attainment8(awards)).toMatchObject({ ebacc: 0, open: 25.5, all: 25.5 })
    expect(attainment8([award('mathematics', 8)])).toMatchObject({ mathematics: 0, open: 8 })
  })
  it('counts a subject once, with its better grade', () => {
    expect(attainment8([gcse('history', 4), gcse('history', 6)]).all).toBe(6)
  })
  it('of a pupil without grades is 0, of one with nines throughout is 90', () => {
    expect(attainment8([]).all).toBe(0)
    const nines = [
      'english-language',
      'english-literature',
      'mathematics',
      'combined-science',
      'history',
      'french',
      'art',
      'music',
    ]
    expect(attainment8(nines.map((subject) => gcse(subject, 9)))).toEqual({
      all: 90,
      english: 18,
      mathematics: 18,
      ebacc: 27,
      open: 27,
    })
  })
  it('never falls when a grade is better or one more is taken, and never passes 90', () => {
    const subjects = [
      'english-language',
      'english-literature',
      'mathematics',
      'combined-science',
      'biology',
      'history',
      'french',
      'art',
      'music',
      'drama',
    ]
    const grades = fc.uniqueArray(
      fc.record({
        subject: fc.constantFrom(...subjects),
        points: fc.integer({ min: 0, max: 9 }),
        gcse: fc.boolean(),
      }),
      { selector: (grade) => grade.subject, maxLength: 10 },
    )
    fc.assert(
      fc.property(grades, fc.nat(9), (taken, index) => {
        const whole = attainment8(taken).all
        expect(whole).toBeLessThanOrEqual(90)
        const better = taken.map((grade, at) =>
          at === index ? { ...grade, points: Math.min(9, grade.points + 1) } : grade,
        )
        expect(attainment8(better).all).toBeGreaterThanOrEqual(whole)
        expect(attainment8(taken.slice(1)).all).toBeLessThanOrEqual(whole)
      }),
    )
  })
  it.each([
    ['5-4', 9, { points: 4.5, gcse: true }],
    ['5-4', null, { points: 4.5, gcse: true }],
    ['7', null, { points: 7, gcse: true }],
    ['u', 0, { points: 0, gcse: true }],
    ['M', 5.5, { points: 5.5, gcse: false }],
    ['L2 D*', 8.5, { points: 8.5, gcse: false }],
    ['M', null, undefined],
    ['M', 2, undefined],
    ['L1 M', 2, { points: 2, gcse: false }],
    ['EXS', 3, undefined],
    [null, 104, undefined],
  ])('reads the grade %s with points %s as %o', (text, points, read) =>
    expect(gradeOf('art', text, points)).toEqual(read && { subject: 'art', ...read }),
  )
})

describe('Grade 5 or above in English and maths', () => {
  it('needs mathematics and either English', () => {
    expect(englishAndMathematics(pupil, 5)).toBe(true)
    expect(englishAndMathematics([gcse('mathematics', 5), gcse('english-literature', 5)], 5)).toBe(true)
    expect(englishAndMathematics([gcse('mathematics', 4), gcse('english-literature', 5)], 5)).toBe(false)
    expect(englishAndMathematics([gcse('english-language', 9), gcse('english-literature', 9)], 4)).toBe(false)
    expect(englishAndMathematics([gcse('mathematics', 5), award('english-language', 9)], 4)).toBe(false)
  })
})

describe('Progress 8', () => {
  it.each([
    [59, 1],
    [82, 1],
    [82.5, 2],
    [86, 2],
    [86.5, 3],
    [87.5, 3],
    [89, 4],
    [90.5, 5],
    [92, 6],
    [92.5, 7],
    [93, 7],
    [93.5, 8],
    [101.5, 16],
    [119, 33],
    [119.5, 34],
    [120, 34],
  ])('puts a key stage 2 mean of %f into group %i', (mean, group) =>
    expect(priorAttainmentGroup(mean)).toBe(group),
  )

  it('takes the key stage 2 mean of reading and mathematics, or of the one there is', () => {
    expect(priorMean(101, 102)).toBe(101.5)
    expect(priorMean(null, 98)).toBe(98)
    expect(priorMean(null, null)).toBeUndefined()
  })
  it('of the worked example in docs/methods is +1.26', () => {
    const score = progress8(attainment8(pupil), 101.5, 2022)!
    expect(score.all).toBeCloseTo(1.26, 10)
    expect(score.english).toBeCloseTo(1.595, 10)
    expect(score.mathematics).toBeCloseTo(1.12, 10)
    expect(score.ebacc).toBeCloseTo(0.98667, 5)
    expect(score.open).toBeCloseTo(1.40667, 5)
  })
  it('is not produced for 2024/25 and 2025/26, whose pupils sat no key stage 2 tests', () => {
    for (const year of [2024, 2025]) {
      expect(progress8(attainment8(pupil), 101.5, year)).toBeUndefined()
      expect(schoolProgress8([0.1, 0.2], year)).toBeUndefined()
    }
  })
  it('has 34 estimates a year that rise with prior attainment', () => {
    for (const { estimates } of nationalProgress) {
      expect(estimates).toHaveLength(34)
      for (let group = 1; group < 34; group++)
        expect(estimates[group]![0]).toBeGreaterThan(estimates[group - 1]![0])
      for (const [all, ...parts] of estimates)
        expect(Math.abs(all - parts.reduce((a, b) => a + b))).toBeLessThan(0.05)
    }
  })
  it('of 180 pupils at +0.35 in 2023 runs from +0.14 to +0.56, above average', () => {
    const school = schoolProgress8(
      Array.from({ length: 180 }, () => 0.35),
      2022,
    )!
    expect(school.low).toBeCloseTo(0.1434, 4)
    expect(school.high).toBeCloseTo(0.5566, 4)
    expect(school.band).toBe('Above average')
  })
  it.each([
    [0.5, 0.1, 0.9, 'Well above average'],
    [0.49, 0.01, 0.97, 'Above average'],
    [0.6, -0.1, 1.3, 'Average'],
    [-0.49, -0.9, -0.1, 'Below average'],
    [-0.5, -0.9, -0.1, 'Well below average'],
    [0.2, 0, 0.4, 'Average'],
  ])('of %f with an interval from %f to %f is %s', (mean, low, high, band) =>
    expect(progress8Band(mean, { low, high })).toBe(band),
  )
})

const shared = join(import.meta.dirname, '../../../../../../shared/data/dfe-progress8-ready-reckoner')
const table = (path: string) =>
  readFileSync(join(shared, path), 'utf8')
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(',').map(Number))

describe.skipIf(!existsSync(shared))(
  'against the Department’s own files (skipped where they are not beside the repository)',
  () => {
    it.each([
      [2021, '2023-02'],
      [2022, '2024-02'],
      [2023, '2024-12'],
    ])('the estimates of academic year %i are those of the %s release', (year, release) => {
      const published = table(`${release}/p8_pupil_coefficients_file.csv`).map(
        ([, ...estimates]) => estimates,
      )
      expect(nationalProgress.find((one) => one.year === year)!.estimates).toEqual(published)
      const [all, english, mathematics, ...rest] = table(`${release}/p8_stdev_file_named.csv`)[0]!
      expect(progress8Deviation(year)).toBe(all)
      expect(progress8Deviation(year, 'english')).toBe(english)
      expect(progress8Deviation(year, 'mathematics')).toBe(mathematics)
      expect([progress8Deviation(year, 'open'), progress8Deviation(year, 'ebacc')].toSorted()).toEqual(
        rest.toSorted(),
      )
    })
    it('DfE’s test file of nine pupils gives 0.23, from −0.70 to 1.15', () => {
      const scores = table('p8_dummy_v6.csv')
        .filter(([included]) => included === 1)
        .map(([, score]) => score!)
      const school = schoolProgress8(scores, 2023)!
      expect(school.pupils).toBe(9)
      expect(school.mean.toFixed(2)).toBe('0.23')
      expect(school.low.toFixed(2)).toBe('-0.70')
      expect(school.high.toFixed(2)).toBe('1.15')
      expect(school.band).toBe('Average')
    })
  },
)

it('nine pupils like those of DfE’s test file give 0.23, from −0.70 to 1.15', () => {
  const school = schoolProgress8([0, 0.1, 0.2, 0.3, 0.4, 0.3, 0.2, 0.25, 0.3], 2023)!
  expect([school.mean, school.low, school.high].map((value) => value.toFixed(2))).toEqual([
    '0.23',
    '-0.70',
    '1.15',
  ])
})
