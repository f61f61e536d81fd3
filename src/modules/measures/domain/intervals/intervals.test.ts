import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { knownDeviationInterval, tInterval, welch } from './means.ts'
import { newcombe } from './newcombe.ts'
import { ratioError, ratioGap, ratioInterval } from './ratio.ts'
import { t95 } from './student-t.ts'
import { wilson } from './wilson.ts'

// The numbers are those of R 4.2.2; the command that made each is beside it.

describe('the interval of a share', () => {
  // as.numeric(prop.test(met, of, correct = FALSE)$conf.int)
  it.each([
    [0, 10, 0, 0.277532799863],
    [1, 10, 0.0178762130951, 0.404150026795],
    [5, 10, 0.236593090513, 0.763406909487],
    [9, 27, 0.186432614987, 0.521752394927],
    [41, 58, 0.579870991032, 0.80821817209],
    [85, 203, 0.352978623072, 0.487478893578],
    [58, 58, 0.937882144213, 1],
    [1, 1, 0.206549314377, 1],
    [0, 1, 0, 0.793450685623],
    [4, 7, 0.250458364528, 0.841780144749],
    [48120, 60000, 0.798792166586, 0.805169165204],
  ])('of %i in %i runs from %f to %f', (met, of, low, high) => {
    expect(wilson(met, of)!.low).toBeCloseTo(low, 10)
    expect(wilson(met, of)!.high).toBeCloseTo(high, 10)
  })

  it('of nobody does not exist', () => expect(wilson(0, 0)).toBeUndefined())

  it('always holds the share, stays within 0 and 1, and narrows as pupils are added', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (of, part) => {
          const met = Math.round(of * part)
          const one = wilson(met, of)!
          const tenfold = wilson(met * 10, of * 10)!
          expect(one.low).toBeGreaterThanOrEqual(0)
          expect(one.high).toBeLessThanOrEqual(1)
          expect(one.low).toBeLessThanOrEqual(met / of + 1e-12)
          expect(one.high).toBeGreaterThanOrEqual(met / of - 1e-12)
          expect(tenfold.high - tenfold.low).toBeLessThan(one.high - one.low)
        },
      ),
    )
  })
})

describe('the interval of a gap between two shares', () => {
  // The first five are the examples (a), (b), (c), (d) and (e) of Newcombe 1998, table II, method 10; in R:
  // l <- prop.test(a, m, correct = FALSE)$conf.int; k <- prop.test(b, n, correct = FALSE)$conf.int; d <- a/m - b/n
  // c(d - sqrt((a/m - l[1])^2 + (k[2] - b/n)^2), d + sqrt((l[2] - a/m)^2 + (b/n - k[1])^2))
  it.each([
    [56, 70, 48, 80, 0.0524314724024, 0.333872654037],
    [9, 10, 3, 10, 0.170522723935, 0.809017973535],
    [6, 7, 2, 7, 0.0582279274823, 0.806249637524],
    [5, 56, 0, 29, -0.0381371479035, 0.192560013855],
    [0, 10, 0, 20, -0.161125158053, 0.277532799863],
    [0, 10, 0, 10, -0.277532799863, 0.277532799863],
    [10, 10, 0, 20, 0.679086037142, 1],
    [10, 10, 0, 10, 0.607509350431, 1],
    [9, 27, 60, 98, -0.451446595974, -0.066086606923],
  ])('%i of %i against %i of %i', (a, m, b, n, low, high) => {
    expect(newcombe(a, m, b, n)!.low).toBeCloseTo(low, 10)
    expect(newcombe(a, m, b, n)!.high).toBeCloseTo(high, 10)
  })
})

describe('Student’s t', () => {
  // qt(.975, freedom)
  it.each([
    [1, 12.7062047362],
    [2, 4.30265272975],
    [3, 3.18244630528],
    [4, 2.7764451052],
    [5, 2.57058183564],
    [7.31, 2.34444711398],
    [10, 2.22813885199],
    [29, 2.04522964213],
    [30, 2.0422724563],
    [57.5, 2.00208815198],
    [100, 1.98397151852],
    [1000, 1.96233908083],
    [40000, 1.96002329308],
  ])('with %f degrees of freedom is %f', (freedom, point) => expect(t95(freedom)).toBeCloseTo(point, 9))
})

describe('the interval of a mean', () => {
  // as.numeric(t.test(x)$conf.int), from length(x), sum(x), sum(x^2)
  it.each([
    ['1, 2', 2, 3, 5, -4.85310236809, 7.85310236809],
    ['98, 101, 104, 107, 110', 5, 520, 54170, 98.1102705156, 109.889729484],
    ['80, 120, 100', 3, 300, 30800, 50.317245765, 149.682754235],
    ['5.5, 5.5, 5.5, 7', 4, 23.5, 139.75, 4.68158263552, 7.06841736448],
  ])('of %s', (_, n, sum, squares, low, high) => {
    expect(tInterval({ n, sum, squares })!.low).toBeCloseTo(low, 8)
    expect(tInterval({ n, sum, squares })!.high).toBeCloseTo(high, 8)
  })

  it('of one pupil does not exist', () =>
    expect(tInterval({ n: 1, sum: 104, squares: 10816 })).toBeUndefined())

  it('of pupils who all have the same score is that score', () => {
    expect(tInterval({ n: 4, sum: 400.4, squares: 40080.04 })!.low).toBeCloseTo(100.1, 6)
  })

  it('with the national deviation has the half-widths that DfE’s formula gives', () => {
    for (const [n, half] of [
      [30, 0.506],
      [120, 0.253],
      [180, 0.207],
      [240, 0.179],
    ] as const)
      expect(knownDeviationInterval(0, n, 1.414023).high).toBeCloseTo(half, 3)
  })
})

describe('the interval of a gap between two means', () => {
  // t.test(x, y)$conf.int, from the length, sum and sum of squares of each
  it.each([
    [6, 615, 63195, 8, 838, 87944, -8.62584162704, 4.12584162704],
    [3, 15, 77, 5, 31, 215.5, -4.23579563163, 1.83579563163],
  ])('of %i pupils against others', (n, sum, squares, otherN, otherSum, otherSquares, low, high) => {
    const found = welch({ n, sum, squares }, { n: otherN, sum: otherSum, squares: otherSquares })!
    expect(found.low).toBeCloseTo(low, 8)
    expect(found.high).toBeCloseTo(high, 8)
  })
})

describe('the interval of a share of sessions', () => {
  // v <- c(180,190,95,150,188,60,170); w <- c(190,190,100,190,190,190,180); r <- sum(v)/sum(w)
  // se <- sqrt(7/6 * sum((v - r*w)^2)) / sum(w); r + c(-1, 1) * qt(.975, 6) * se
  const seven = { pupils: 7, v: 1033, vv: 167869, w: 1230, ww: 222900, vw: 186020 }
  it('counts pupils, not their sessions', () => {
    expect(ratioError(seven)).toBeCloseTo(0.0987019735051, 10)
    expect(ratioInterval(seven)!.low).toBeCloseTo(0.598322369673, 10)
    expect(ratioInterval(seven)!.high).toBe(1)
    const asIfSessionsWereIndependent = wilson(1033, 1230)!
    expect(ratioInterval(seven)!.low).toBeLessThan(asIfSessionsWereIndependent.low)
  })
  it('gives the gap between two sets of pupils, and none for one pupil alone', () => {
    const gap = ratioGap(seven, seven)!
    expect(gap.low).toBeCloseTo(-gap.high, 12)
    expect(gap.high).toBeGreaterThan(ratioError(seven) * Math.SQRT2 * 2)
    expect(ratioGap({ ...seven, pupils: 1 }, seven)).toBeUndefined()
  })
})
