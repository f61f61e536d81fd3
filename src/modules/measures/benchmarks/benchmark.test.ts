import { describe, expect, it } from 'vitest'
import { catalogue } from '../catalogue/catalogue.ts'
import { benchmark, benchmarks } from './benchmark.ts'
import { national } from './national.ts'

describe('England’s figure', () => {
  it('is the one of that year, or else the latest before it, and says of which year it is', () => {
    expect(benchmark('ks2-reading-expected', 2024)).toMatchObject({ value: 75, year: 2024 })
    expect(benchmark('ks2-reading-expected', 2025)).toMatchObject({ value: 75, year: 2024 })
    expect(benchmark('ks2-reading-expected', 2020)).toMatchObject({ value: 73, year: 2018 })
    expect(benchmark('ks2-reading-expected', 2017)).toBeUndefined()
  })
  it('stands beside a termly drop in Year 6 only', () => {
    expect(benchmark('reading-expected', 2025, 'primary', '6')).toMatchObject({ value: 75, year: 2024 })
    expect(benchmark('reading-expected', 2025, 'primary', '4')).toBeUndefined()
    expect(benchmark('reading-expected', 2025, 'primary')).toBeUndefined()
  })
  it('of attendance is of the phase: what was attended, not what was missed', () => {
    expect(benchmark('attendance', 2025, 'secondary')).toMatchObject({ value: 91.51, toVerify: false })
    expect(benchmark('attendance', 2025, 'primary')!.value).toBe(94.72)
    expect(benchmark('persistent-absence', 2025)!.value).toBe(18.78)
    expect(benchmark('attendance', 2023, 'secondary')!.source).toContain('school census')
  })
  it('of Progress 8 ends with 2023/24', () => {
    expect(benchmarks('progress-8').at(-1)).toMatchObject({ year: 2023, value: -0.03 })
  })
  it('that is only recalled says so in its label and its source', () => {
    const recalled = benchmark('ks2-rwm-higher', 2024)!
    expect(recalled.toVerify).toBe(true)
    expect(recalled.label).toContain('to verify')
    expect(recalled.source).toContain('to verify')
    expect(benchmark('ks2-rwm-expected', 2024)!.label).toBe('England, all schools, 2024/25')
  })
  it('is of measures that exist, once a year, phase and source', () => {
    const ids = new Set(catalogue.map((measure) => measure.id))
    expect(national.filter((row) => !ids.has(row.measure))).toEqual([])
    const names = national.map((row) => [row.measure, row.year, row.phase].join(' '))
    expect(new Set(names).size).toBe(names.length)
  })
})
