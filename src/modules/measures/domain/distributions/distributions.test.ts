import { describe, expect, it } from 'vitest'
import { binomialBelow } from './beta.ts'
import { gammaQuantile } from './gamma.ts'
import { benjaminiHochberg, bonferroni } from './multiple-testing.ts'
import { chanceBeyond, normalQuantile } from './normal.ts'

/** From R 4.2.2: qnorm, 2 * pnorm(-z), qgamma, pbinom. */
describe('distributions agree with R', () => {
  it.each([
    [0.001, -3.09023230617],
    [0.025, -1.95996398454],
    [0.3, -0.524400512708],
    [0.999, 3.09023230617],
  ])('the normal quantile of %f', (share, z) => {
    expect(normalQuantile(share)).toBeCloseTo(z, 10)
  })

  it.each([
    [0.5, 0.617075077452],
    [1.96, 0.0499957902964],
    [3.5, 0.000465258158071],
    [8, 1.24419211485e-15],
  ])('the chance of a normal beyond %f', (z, chance) => {
    expect(chanceBeyond(z) / chance).toBeCloseTo(1, 9)
    expect(chanceBeyond(-z) / chance).toBeCloseTo(1, 9)
  })

  it.each([
    [0.025, 15, 8.39538613278],
    [0.975, 16, 24.7402188715],
    [0.001, 523.7, 455.821099757],
  ])('the gamma quantile of %f with shape %f', (share, shape, x) => {
    expect(gammaQuantile(share, shape)).toBeCloseTo(x, 8)
  })

  it.each([
    [3, 10, 0.3, 0.6496107184],
    [40, 60, 0.6858, 0.422018201162],
    [120, 200, 0.55, 0.932690355518],
    [-1, 10, 0.3, 0],
    [10, 10, 0.3, 1],
  ])('at most %i of %i at %f', (met, of, share, chance) => {
    expect(binomialBelow(met, of, share)).toBeCloseTo(chance, 10)
  })
})

/** Fifteen chances of a trial of thrombolysis (Benjamini and Hochberg 1995, table 1), adjusted by R's p.adjust. */
describe('many tests at once', () => {
  const chances = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
    0.759, 1,
  ]

  it('Benjamini and Hochberg reject four at 5%', () => {
    const adjusted = benjaminiHochberg(chances)
    expect(adjusted.filter((q) => q <= 0.05)).toHaveLength(4)
    const known = [0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571428571, 0.0638571428571, 0.0645]
    known.forEach((q, at) => {
      expect(adjusted[at]).toBeCloseTo(q, 10)
    })
  })

  it('Bonferroni rejects three', () => {
    expect(bonferroni(chances).filter((p) => p <= 0.05)).toHaveLength(3)
  })

  it('in any order, and none of none', () => {
    const turned = chances.toReversed()
    expect(benjaminiHochberg(turned).toReversed()).toEqual(benjaminiHochberg(chances))
    expect(benjaminiHochberg([])).toEqual([])
  })
})
