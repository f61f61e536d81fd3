import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '../../../kernel/refusal.ts'
import { type Duck, openDuck } from '../../../platform/lake/duck.ts'
import { funnelOfFile, threeLevelOfFile, valueAddedOfFile } from '../queries/statistics-of-file.ts'

let folder: string
let duck: Duck
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-files-'))
  duck = await openDuck({ spill: folder })
})
afterAll(() => {
  duck.close()
  rmSync(folder, { recursive: true, force: true })
})

const file = (text: string) => {
  const path = join(folder, 'marks.csv')
  writeFileSync(path, text)
  return path
}

const pupils = Array.from({ length: 60 }, (_, at) => ({
  school: String.fromCharCode(65 + (at % 5)),
  score: 50 + ((at * 7) % 23) + (at % 5),
  prior: 90 + ((at * 11) % 31),
  sex: at % 2 ? 'F' : 'M',
}))
const csv = (rows: readonly Record<string, string | number>[] = pupils) =>
  [Object.keys(rows[0]!).join(','), ...rows.map((row) => Object.values(row).join(','))].join('\n')

const ask = {
  outcome: 'score',
  group: 'school',
  predictors: ['prior'],
  categorical: [],
  baseline: {},
  method: 'reml',
} as const

const threeLevelOf = (text: string, change: { slope?: string } = {}) =>
  threeLevelOfFile(duck, file(text), { ...ask, ...change, nested: 'form' })

describe('value added of a file', () => {
  it('names fixed effects by column, and categories by column=level against the first level', async () => {
    const fit = await valueAddedOfFile(duck, file(csv()), {
      ...ask,
      predictors: ['prior', 'sex'],
      categorical: ['sex'],
    })
    expect(fit.fixed.map(({ name }) => name)).toEqual(['intercept', 'prior', 'sex=M'])
    expect(fit.effects.map(({ group, n }) => [group, n])).toEqual([
      ['A', 12],
      ['B', 12],
      ['C', 12],
      ['D', 12],
      ['E', 12],
    ])
    const turned = await valueAddedOfFile(duck, file(csv()), {
      ...ask,
      predictors: ['prior', 'sex'],
      categorical: ['sex'],
      baseline: { sex: 'M' },
    })
    expect(turned.fixed[2]!.name).toBe('sex=F')
    expect(turned.fixed[2]!.estimate).toBeCloseTo(-fit.fixed[2]!.estimate, 8)
  })

  it('leaves out rows with a missing value and counts them: empty, NA, in any column that is used', async () => {
    const gaps = pupils.map((row, at) => ({ ...row, prior: at % 10 ? row.prior : at % 20 ? 'NA' : '' }))
    const fit = await valueAddedOfFile(duck, file(csv(gaps)), ask)
    expect([fit.n, fit.dropped]).toEqual([54, 6])
  })

  it('takes a slope in a column that is no predictor', async () => {
    const fit = await valueAddedOfFile(duck, file(csv()), { ...ask, predictors: [], slope: 'prior' })
    expect(fit.fixed.map(({ name }) => name)).toEqual(['intercept'])
    expect(fit.variance.group.slope).toBeGreaterThanOrEqual(0)
  })

  it('takes classes within schools, whose names need be their own only there', async () => {
    const nested = csv(pupils.map((row, at) => ({ ...row, form: at % 2 ? 'x' : 'y' })))
    const fit = await threeLevelOf(nested)
    expect(fit.effects.map(({ group }) => group)).toEqual(['A', 'B', 'C', 'D', 'E'])
    expect(fit.nestedEffects.map(({ within, group, n }) => `${within}${group} ${n}`).slice(0, 3)).toEqual([
      'Ax 6',
      'Ay 6',
      'Bx 6',
    ])
    await expect(threeLevelOf(csv(pupils.map((row) => ({ ...row, form: 'x' }))))).rejects.toThrow(
      /Each “school” holds one “form”/,
    )
    await expect(threeLevelOf(nested, { slope: 'prior' })).rejects.toThrow(/leave out --slope/)
    await expect(threeLevelOf(csv())).rejects.toThrow(/no column “form”/)
  })

  it.each<[string, string, Partial<Parameters<typeof valueAddedOfFile>[2]>, RegExp]>([
    [
      'a constant predictor',
      csv(pupils.map((row) => ({ ...row, prior: 100 }))),
      {},
      /“prior” is 100 in every row/,
    ],
    [
      'a constant outcome',
      csv(pupils.map((row) => ({ ...row, score: 1 }))),
      {},
      /“score” is 1 in every row: there is nothing to explain/,
    ],
    ['an outcome that is text', csv(), { outcome: 'sex' }, /“M” in row 2 of “sex” is not a number/],
    ['a category not named as one', csv(), { predictors: ['sex'] }, /name it with --categorical/],
    [
      'a group of its own for every row',
      csv(pupils.map((row, at) => ({ ...row, school: at }))),
      {},
      /Every row is a group of its own/,
    ],
    ['one group only', csv(pupils.map((row) => ({ ...row, school: 'A' }))), {}, /one group of “school”/],
    [
      'an infinity',
      csv(pupils.map((row, at) => ({ ...row, score: at === 7 ? 'Inf' : row.score }))),
      {},
      /“score” is infinite in row 9/,
    ],
    [
      'a column that is not there',
      csv(),
      { predictors: ['ks2'] },
      /no column “ks2” in marks\.csv\. It has: school, score, prior, sex/,
    ],
    [
      'a baseline that is no level',
      csv(),
      { predictors: ['sex'], categorical: ['sex'], baseline: { sex: 'X' } },
      /“X” is not a value of “sex”\. It has: F, M/,
    ],
    [
      'nobody with every value',
      csv(pupils.map((row) => ({ ...row, prior: 'NA' }))),
      {},
      /No row has a value in every column/,
    ],
    [
      'an outcome alike within groups',
      csv(pupils.map((row) => ({ ...row, score: row.school.charCodeAt(0) }))),
      {},
      /same for everyone within a group/,
    ],
    ['a heading without rows', 'school,score,prior', {}, /no rows/],
    ['an outcome that is its own predictor', csv(), { predictors: ['score'] }, /both outcome and predictor/],
  ])('refuses %s with a sentence', async (_, text, change, sentence) => {
    const asked = valueAddedOfFile(duck, file(text), { ...ask, ...change })
    await expect(asked).rejects.toThrow(Refusal)
    await expect(asked).rejects.toThrow(sentence)
  })
})

describe('a funnel of a file', () => {
  it('adds up the rows of a unit', async () => {
    const text = 'unit,met,pupils\na,3,10\na,4,10\nb,15,20\nc,NA,20\n'
    const found = await funnelOfFile(duck, file(text), {
      numerator: 'met',
      denominator: 'pupils',
      unit: 'unit',
      overdispersion: 'none',
    })
    expect(found.points.map(({ unit, numerator, denominator }) => [unit, numerator, denominator])).toEqual([
      ['a', 7, 20],
      ['b', 15, 20],
    ])
    expect([found.dropped, found.target]).toEqual([1, 0.55])
  })

  it.each([
    ['one unit', 'unit,met,pupils\na,3,10\n', /one unit/],
    ['a denominator of 0', 'unit,met,pupils\na,3,0\nb,1,2\n', /a has 3 of 0/],
    ['text', 'unit,met,pupils\na,three,10\nb,1,2\n', /“three” in row 2 of “met”/],
  ])('refuses %s', async (_, text, sentence) => {
    await expect(
      funnelOfFile(duck, file(text), {
        numerator: 'met',
        denominator: 'pupils',
        unit: 'unit',
        overdispersion: 'none',
      }),
    ).rejects.toThrow(sentence)
  })
})
