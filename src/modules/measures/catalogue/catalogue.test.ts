import { describe, expect, it } from 'vitest'
import { versionIn } from '../domain/measure.ts'
import { catalogue } from './catalogue.ts'
import { measuresOfAssessments } from './of-assessments.ts'

describe('the catalogue', () => {
  it('declares each measure once, under an address', () => {
    expect(new Set(catalogue.map((measure) => measure.id)).size).toBe(catalogue.length)
    for (const { id } of catalogue) expect(id).toMatch(/^[a-z0-9-]+$/)
  })
  it('says of each in words what it counts, of whom, and by whose rule', () => {
    for (const measure of catalogue) {
      expect(measure.population.length, measure.id).toBeGreaterThan(20)
      expect(measure.versions.length, measure.id).toBeGreaterThan(0)
      for (const { definition, source } of measure.versions) {
        expect(definition, measure.id).toMatch(/\.$/)
        expect(source.length, measure.id).toBeGreaterThan(20)
      }
    }
  })
  it('has exactly one version of a measure in any year in which it is read', () => {
    for (const measure of catalogue)
      for (let year = 2020; year <= 2026; year++)
        expect(
          measure.versions.filter((one) => one.from <= year && year <= (one.to ?? 9999)).length,
          `${measure.id} ${year}`,
        ).toBe(measure.rule.kind === 'progress 8' && year === 2026 ? 0 : 1)
  })
  it('draws every measure on a scale that can hold it', () => {
    for (const { id, domain, unit } of catalogue) {
      expect(domain[0], id).toBeLessThan(domain[1])
      if (unit === 'percent') expect(domain[0] >= 0 && domain[1] <= 100, id).toBe(true)
    }
  })
  it('says that Progress 8 of 2024/25 and 2025/26 is not produced, and why', () => {
    const progress = catalogue.find((measure) => measure.id === 'progress-8')!
    for (const year of [2024, 2025]) expect(versionIn(progress, year)).toMatchObject({ produced: false })
    expect(versionIn(progress, 2025)!.definition).toContain('no key stage 2 tests')
    expect(versionIn(progress, 2023)!.produced).toBe(true)
  })
  it('needs nothing declared for a trust’s own test', () => {
    const scale = { kind: 'number', low: -4, high: 4, step: null, expected: null, grades: [] } as const
    const [average, ...others] = measuresOfAssessments([
      {
        code: 'standLRT',
        name: 'Reading test at entry',
        kind: 'termly',
        subject: { code: 'reading', name: 'Reading' },
        scale,
      },
    ])
    expect(others).toEqual([])
    expect(average).toMatchObject({ id: 'average-standLRT', interval: 't', domain: [-4, 4], places: 2 })
  })
  it('has an average grade of every subject that a trust grades 9 to 1, once', () => {
    const grades = ['1', '9'].map((code) => ({ code, points: Number(code), expected: code === '9' }))
    const scale = { kind: 'grade', low: null, high: null, step: null, expected: null, grades } as const
    const of = (code: string, name: string) => ({
      code: `gcse-${code}`,
      name: `GCSE ${name}`,
      kind: 'statutory' as const,
      subject: { code, name },
      scale,
    })
    const ids = measuresOfAssessments([
      of('drama', 'Drama'),
      of('history', 'History'),
      of('drama', 'Drama'),
    ]).map((measure) => measure.id)
    expect(ids.filter((id) => id.startsWith('grade-'))).toEqual([
      'grade-drama',
      ...['grade-4-or-above-drama', 'grade-5-or-above-drama', 'grade-7-or-above-drama'],
      ...['grade-4-or-above-history', 'grade-5-or-above-history', 'grade-7-or-above-history'],
    ])
  })
})
