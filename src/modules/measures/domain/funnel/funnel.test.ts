import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { funnel, kindOf, limitsAlong, proportionLimit } from './funnel.ts'

const unit = (name: string, numerator: number, denominator: number) => ({
  unit: name,
  numerator,
  denominator,
})

describe('the limits of a funnel', () => {
  /** Published with FunnelPlotR: exact Poisson limits about 1. */
  it.each([
    [15, 0.5596924, 1.649348],
    [20, 0.610826, 1.544419],
    [30, 0.6746958, 1.427562],
  ])('of a ratio with %i expected are exact', (expected, low, high) => {
    const [point] = funnel([unit('a', expected + 0.5, expected), unit('b', 1, 2.5)], { kind: 'ratio' }).points
    expect(point!.low95).toBeCloseTo(low, 6)
    expect(point!.high95).toBeCloseTo(high, 6)
  })

  it('φ of six units is the published one', () => {
    const units = [
      [100, 108],
      [150, 112],
      [180, 165],
      [80, 95],
      [120, 100],
      [225, 220],
    ].map(([n, d], at) => unit(String(at), n!, d!))
    expect(funnel(units, { kind: 'ratio' }).phi).toBeCloseTo(2.948033, 5)
  })

  it('of a proportion lie between the two counts whose chances enclose the limit', () => {
    const low = proportionLimit(60, 0.6858, 0.025)
    expect(low * 60).toBeGreaterThan(33)
    expect(low * 60).toBeLessThan(35)
    expect(proportionLimit(4, 0.5, 0.001)).toBe(0)
  })

  it('whole counts none above its denominator are proportions, anything else is a ratio', () => {
    expect(kindOf([unit('a', 3, 5), unit('b', 5, 5)])).toBe('proportion')
    expect(kindOf([unit('a', 6, 5), unit('b', 5, 5)])).toBe('ratio')
    expect(kindOf([unit('a', 3, 5.5)])).toBe('ratio')
  })

  it('units that differ by chance alone are not widened for it', () => {
    const even = Array.from({ length: 40 }, (_, at) => unit(String(at), 50 + (at % 3), 100))
    const found = funnel(even, { overdispersion: 'additive' })
    expect(found.tau2).toBe(0)
    expect(found.outside95).toBe(0)
  })
})

const shared = join(import.meta.dirname, '../../../../../../shared/data/funnel-medpar')
const cells = (line: string) =>
  [...line.matchAll(/"([^"]*)"|([^,]+)/g)].map(([, quoted, bare]) => quoted ?? bare!)
const table = (name: string) => {
  const [head, ...lines] = readFileSync(join(shared, name), 'utf8').trim().split('\n').map(cells)
  return lines.map((line) => Object.fromEntries(line.map((cell, at) => [head![at]!, cell])))
}

describe.skipIf(!existsSync(shared))('published funnels (needs the shared data)', () => {
  it('54 hospital units: 25 outside the limits, 9 once most units’ spread is allowed for', () => {
    const units = table('expected_funnel_units.csv').map((row) =>
      unit(row.group!, Number(row.numerator), Number(row.denominator)),
    )
    const plain = funnel(units)
    expect([plain.kind, plain.outside95, plain.outside998]).toEqual(['ratio', 35, 25])
    const wide = funnel(units, { overdispersion: 'additive' })
    expect(wide.outside998).toBe(9)
    expect(wide.phi).toBeCloseTo(8.53205515055, 8)
    expect(wide.tau2).toBeCloseTo(0.0284072147939, 10)
    for (const row of table('expected_funnel_units.csv')) {
      const one = plain.points.find((point) => point.unit === row.group)!
      expect(one.low95).toBeCloseTo(Number(row.ll95), 9)
      expect(one.high998).toBeCloseTo(Number(row.ul998), 9)
      expect(wide.points.find((point) => point.unit === row.group)!.high998).toBeCloseTo(
        Number(row.SHMI_od_ul998),
        6,
      )
    }
  })

  it('309 Hampshire schools at Key Stage 2: 103 and 32 outside, 61 and 15 after allowing for many tests', () => {
    const found = funnel(
      table('expected_ks2_hampshire_2019_funnel.csv').map((row) =>
        unit(row.group!, Number(row.numerator), Number(row.denominator)),
      ),
    )
    expect([found.kind, found.outside95, found.outside998]).toEqual(['proportion', 103, 32])
    expect([found.flaggedBh, found.flaggedBonferroni]).toEqual([61, 15])
    expect(found.phi).toBeCloseTo(2.87305666675, 9)
    expect(found.tau2).toBeCloseTo(0.00993069773563, 9)
  })
})

describe('the edges of a funnel', () => {
  const units = [unit('a', 12, 60), unit('b', 30, 90), unit('c', 9, 30), unit('d', 70, 200)]
  it.each(['none', 'multiplicative', 'additive'] as const)(
    'lie where the limits of its units do (%s)',
    (overdispersion) => {
      const ask = { overdispersion, limits: 'exact' } as const
      const edges = limitsAlong(
        units,
        ask,
        units.map(({ denominator }) => denominator),
      )
      expect(edges).toEqual(
        funnel(units, ask).points.map(({ low95, high95, low998, high998 }) => ({
          low95,
          high95,
          low998,
          high998,
        })),
      )
    },
  )
  it('stand about another target where one is given', () => {
    const { target, points } = funnel(units, { target: 0.5 })
    expect(target).toBe(0.5)
    for (const { low95, high95 } of points) expect((low95 + high95) / 2).toBeCloseTo(0.5, 10)
  })
})
