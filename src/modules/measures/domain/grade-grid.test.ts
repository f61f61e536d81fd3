import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { gridGrades } from '../benchmarks/transitions.ts'
import { bandOf, curveOf, gridOf, nationalGrid, totalOf } from './grade-grid.ts'

const published = join(import.meta.dirname, '../../../../../shared/data/dfe-transition-matrices/2024_91.csv')

it.each([
  [null, 'none'],
  [59, 'below-80'],
  [89.5, '80'],
  [90, '90'],
  [99.5, '90'],
  [104.5, '100'],
  [105, '105'],
  [120, '110'],
])('%s is in band %s', (prior, band) => {
  expect(bandOf(prior)).toBe(band)
})

it('counts pupils by band and grade, and keeps those without a score apart', () => {
  const grid = gridOf([
    { prior: 101, grade: '5' },
    { prior: 102, grade: '5' },
    { prior: 101, grade: '4' },
    { prior: null, grade: '9' },
  ])
  expect(grid.map(({ n }) => n)).toEqual([0, 0, 0, 3, 0, 0, 1])
  expect(grid[3]!.counts[gridGrades.indexOf('5')]).toBe(2)
  expect(totalOf(grid)).toEqual([1, 0, 0, 0, 2, 1, 0, 0, 0, 0])
})

it('the curve ends at all pupils, and is nothing where there are none', () => {
  const curve = curveOf([1, 0, 0, 0, 2, 1, 0, 0, 0, 0])
  expect(curve[4]).toEqual({ share: 50, orAbove: 75 })
  expect(curve.at(-1)!.orAbove).toBe(100)
  expect(curveOf([0, 0])).toEqual([
    { share: 0, orAbove: 0 },
    { share: 0, orAbove: 0 },
  ])
})

describe('England', () => {
  it('has no grid of a subject that DfE’s matrices do not have', () => {
    expect(nationalGrid('next-steps')).toBeUndefined()
    expect(nationalGrid('constructor')).toBeUndefined()
  })

  it('our grids add up to DfE’s own totals of every grade', (test) => {
    if (!existsSync(published)) return test.skip('DfE’s matrices are not here.')
    const rows = (
      parse(readFileSync(published), { columns: true, bom: true }) as Record<string, string>[]
    ).filter((row) => row.breakdown === 'Total' && row.ks2_scaled_score_group === 'Total')
    for (const [name, subject] of [
      ['Mathematics', 'mathematics'],
      ['English Language', 'english-language'],
      ['History', 'history'],
      ['Spanish', 'spanish'],
    ] as const) {
      const row = rows.find((one) => one.subject === name)!
      expect(totalOf(nationalGrid(subject)!)).toEqual(gridGrades.map((grade) => Number(row[`num_${grade}`])))
    }
  })
})
