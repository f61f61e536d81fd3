import { describe, expect, it } from 'vitest'
import { madeUp, normalDice } from '../scan/made-up.ts'
import { chooseRows } from './choose-rows.ts'
import { ownLines, slopeChance } from './lines.ts'

describe('a line of its own for each school', () => {
  const rows = madeUp({ seed: 5, schools: 8, effect: () => 0 })
  const [school, subject] = rows.places

  it.each([
    [3.81, 0.1],
    [5.14, 0.05],
    [8.27, 0.01],
    [12.81, 0.001],
  ])('a deviance lower by %d has the chance %d (Snijders and Bosker 2012, table 6.2)', (lower, chance) => {
    expect(slopeChance(lower)).toBeCloseTo(chance, chance < 0.01 ? 5 : 3)
  })

  it('is parallel to the others where the schools differ by chance alone', () => {
    const found = ownLines(rows, school!, [subject!], 'prior')!
    expect(found.lines).toHaveLength(8)
    expect(found.chance).toBeGreaterThan(0.05)
    expect(found.common.slope).toBeCloseTo(0.7, 1)
    for (const { from, to, slope } of found.lines)
      expect((to[1] - from[1]) / (to[0] - from[0])).toBeCloseTo(slope, 8)
  })

  it('is steeper where it was made steeper', () => {
    const prior = rows.predictors.find(({ name }) => name === 'prior')!
    const steep = {
      ...rows,
      outcome: rows.outcome.map(
        (y, row) => y + (school!.levels[school!.codes[row]!] === 'S3' ? 0.8 * prior.values[row]! : 0),
      ),
    }
    const found = ownLines(steep, school!, [subject!], 'prior')!
    expect(found.chance).toBeLessThan(0.001)
    expect(found.lines.toSorted((one, other) => other.slope - one.slope)[0]!.group).toBe('S3')
  })

  it('is not there without a starting point', () => {
    expect(ownLines(rows, school!, [], 'attendance')).toBeUndefined()
  })
})

describe('some of the rows', () => {
  it('keep only the words and predictors that still say something', () => {
    const rows = madeUp({ seed: 5, schools: 4, effect: () => 0 })
    const normal = normalDice(1)
    const [school] = rows.places
    const flag = { name: 'flag', values: Float64Array.from(school!.codes, (code) => Number(code > 0)) }
    const noise = { name: 'noise', values: rows.outcome.map(() => normal()) }
    const chosen = chooseRows({ ...rows, predictors: [flag, noise] }, (row) => school!.codes[row] === 2)
    expect(chosen.places[0]!.levels).toEqual([school!.levels[2]])
    expect(chosen.predictors.map(({ name }) => name)).toEqual(['noise'])
    expect(chosen.outcome).toHaveLength([...school!.codes].filter((code) => code === 2).length)
  })
})
