import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Duck, openDuck } from '../../../platform/lake/duck.ts'
import { madeUp } from '../domain/scan/made-up.ts'
import { scanOfFile } from '../queries/statistics-of-file.ts'

let folder: string
let duck: Duck
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-scan-'))
  duck = await openDuck({ spill: folder })
})
afterAll(() => {
  duck.close()
  rmSync(folder, { recursive: true, force: true })
})

type Line = Record<string, string | number>

const { outcome, predictors, places, groups, pupils } = madeUp({
  seed: 8,
  effect: ({ school, subject, pp }) => (school === 'S3' && subject === 'maths' && pp === '1' ? -1.6 : 0),
})
const lines: readonly Line[] = Array.from(outcome, (value, row) => ({
  pupil: `P${pupils[row]}`,
  grade: value.toFixed(4),
  prior: predictors[0]!.values[row]!.toFixed(4),
  ...Object.fromEntries(
    [...places, ...groups].map(({ name, levels, codes }) => [name, levels[codes[row]!]!]),
  ),
}))

const file = (rows: readonly Line[]) => {
  const path = join(folder, 'results.csv')
  writeFileSync(
    path,
    [Object.keys(rows[0]!).join(','), ...rows.map((row) => Object.values(row).join(','))].join('\n'),
  )
  return path
}

const ask = {
  outcome: 'grade',
  predictors: ['prior'],
  places: ['school', 'subject', 'year', 'class'],
  groups: ['pp', 'sex', 'send'],
  pupil: 'pupil',
  fdr: 0.05,
}

describe('the scan of a file', () => {
  it('gives the family, what was tested, findings in rank order with their sentence, and what is ordinary', async () => {
    const found = await scanOfFile(duck, file(lines), ask)
    expect(Object.keys(found)).toEqual(['family', 'tested', 'fdr', 'findings', 'ordinary', 'dropped'])
    expect(found.family).toBeGreaterThan(found.tested)
    expect(found.dropped).toBe(0)
    expect(found.findings).toHaveLength(1)
    const [{ place, group, n, pupils: many, gap, low, high, q, sentence }] = found.findings as [
      (typeof found.findings)[number],
    ]
    expect({ place, group }).toEqual({ place: { school: 'S3', subject: 'maths' }, group: { pp: '1' } })
    expect(many).toBe(n)
    expect(low).toBeLessThan(gap)
    expect(gap).toBeLessThan(high)
    expect(high).toBeLessThan(0)
    expect(q).toBeLessThan(0.05)
    expect(sentence).toMatch(
      /^Pupils with pp 1 in school S3, subject maths: \d+ pupils, [\d.]+ below similar pupils/,
    )
  })

  it('leaves out rows without a prior, says how many, and takes an empty group for no group', async () => {
    const some = lines.map((line, at) => ({
      ...line,
      prior: at % 10 === 3 ? '' : line.prior!,
      send: line.send === 'N' ? 'NA' : line.send!,
    }))
    const found = await scanOfFile(duck, file(some), ask)
    expect(found.dropped).toBe(lines.length / 10)
    expect(found.findings.map(({ place, group }) => ({ place, group }))).toEqual([
      { place: { school: 'S3', subject: 'maths' }, group: { pp: '1' } },
    ])
  })

  it.each([
    [
      'a column that is not there',
      lines,
      { predictors: ['ks2'] },
      /There is no column “ks2” in results\.csv\. It has: pupil/,
    ],
    [
      'an outcome of words',
      lines,
      { outcome: 'class', places: ['school'] },
      /“7A” in row 2 of “class” is not a number/,
    ],
    [
      'a predictor that is a constant',
      lines.map((line) => ({ ...line, prior: 100 })),
      {},
      /“prior” is 100 in every row/,
    ],
    [
      'an infinity',
      lines.map((line, at) => ({ ...line, prior: at === 4 ? 'inf' : line.prior! })),
      {},
      /“prior” is infinite in row 6/,
    ],
    [
      'a group of unique ids',
      lines.map((line, at) => ({ ...line, sex: at })),
      {},
      /Every row has a value of its own in “sex”/,
    ],
    [
      'a place of pupils',
      lines,
      { places: ['pupil'], pupil: undefined, groups: [] },
      /No place or group has at least 6 pupils/,
    ],
    ['one place only', lines, { places: ['only'], groups: [] }, /All rows belong to one only/],
    ['nothing to look at', lines, { places: [], groups: [] }, /Say where or who to look at/],
    ['a rate that is none', lines, { fdr: 5 }, /share between 0 and 1/],
  ])('refuses %s in one sentence', async (_, rows, change, words) => {
    const path = file(rows.slice(0, 300).map((line) => ({ ...line, only: 'here' })))
    await expect(scanOfFile(duck, path, { ...ask, ...change } as typeof ask)).rejects.toThrow(words)
  })
})
