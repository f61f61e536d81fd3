import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { changeWords } from '../tables/slope-panels.tsx'
import { widthOf } from './ink.ts'
import { intervalChart, intervalHead } from './interval.ts'
import { framed } from './pictures.ts'
import { coloured, png } from './png.ts'
import { apart, fitDomain, gapDomain, spread, ticksOf, tickWords } from './scale.ts'
import { slopeMarks, slopePath } from './slope.ts'
import { stripChart } from './strip.ts'
import { tokens } from './tokens.ts'

const axis = { domain: [20, 100], national: 75, trust: 74 } as const
const places = (chart: string, colour: string): number[] =>
  [
    ...chart.matchAll(
      new RegExp(`<path d="M([\\d.]+),[\\d.]+V[\\d.]+" stroke="var\\(--tl-${colour}\\)"`, 'g'),
    ),
  ].map(([, x]) => Number(x))

describe('a value on its scale', () => {
  test('stands where the scale says: 60 of 20 to 100 is the middle of 136 pixels', () => {
    expect(intervalChart({ value: 60, low: 40, high: 80 }, axis)).toContain('cx="68" cy="14"')
    expect(intervalChart({ value: 60, low: 40, high: 80 }, axis)).toContain('d="M36,14H100"')
  })
  test('an interval that runs off the scale ends at its edge', () => {
    expect(intervalChart({ value: 22, low: 5, high: 40 }, axis)).toContain('d="M4,14H36"')
  })
  test('a value off the scale is an arrow at the edge, not a dot', () => {
    const chart = intervalChart({ value: 12, low: 5, high: 18 }, axis)
    expect(chart).not.toContain('<circle')
    expect(chart).toContain('d="M0,14l7,-4.5v9z"')
  })
  test('a national figure off the scale draws no line in the wrong place', () => {
    expect(places(intervalChart({ value: 50 }, { ...axis, national: 12 }), 'line-national')).toEqual([])
  })
  test('scores below zero are drawn on scales that run below zero', () => {
    expect(intervalChart({ value: -0.75, low: -1.5, high: 0 }, { domain: [-1.5, 1.5] })).toContain('cx="36"')
  })
})

describe('the national and the trust line', () => {
  test('that nearly meet stand three pixels apart, in their order, the same in the head and in each row', () => {
    const near = { ...axis, national: 62, trust: 62.4 }
    const [chart, head] = [intervalChart({ value: 50 }, near), intervalHead(near, 136)]
    const [national, trust] = [places(chart, 'line-national')[0]!, places(chart, 'line-trust')[0]!]
    expect(trust - national).toBeCloseTo(3, 1)
    expect([places(head, 'line-national')[0], places(head, 'line-trust')[0]]).toEqual([national, trust])
  })
  test('keep their names in two rows, national above trust, whichever is higher', () => {
    for (const [national, trust] of [
      [75, 74],
      [40, 60],
      [60, 60],
    ] as const) {
      const head = intervalHead({ ...axis, national, trust }, 136)
      expect(/y="(\d+)"[^>]*>national/.exec(head)?.[1]).toBe('25')
      expect(/y="(\d+)"[^>]*>trust/.exec(head)?.[1]).toBe('40')
    }
  })
  test('lines that are well apart are not moved', () => expect(apart(40, 44)).toEqual([40, 44]))
})

describe('scales', () => {
  test('are fitted to a set of panels, with round ends, and no narrower than a change that matters', () => {
    expect(fitDomain([58, 81, 74])).toEqual([55, 85])
    expect(fitDomain([92.1, 92.2, undefined], 2)).toEqual([91, 93.5])
    expect(fitDomain([])).toEqual([0, 100])
  })
  test('of gaps lie about zero, as far to the left as to the right', () => {
    const [low, high] = gapDomain([-31, 14])
    expect(low).toBe(-high)
    expect(low).toBeLessThanOrEqual(-31)
  })
  test('write their ticks with a true minus and as many places as they need', () => {
    expect(tickWords(ticksOf([-1.5, 1.5], 6))).toEqual(['−1.5', '−1.0', '−0.5', '0.0', '0.5', '1.0', '1.5'])
  })
  test('labels that would touch are moved apart and keep their order', () => {
    expect(spread([50, 52], 14, 0, 100)).toEqual([50, 64])
    const [first, second] = spread([98, 99], 14, 0, 100)
    expect(second! - first!).toBe(14)
    expect(second).toBeLessThanOrEqual(100)
  })
})

describe('slopes', () => {
  const scale = {
    domain: [50, 90],
    width: 120,
    height: 132,
    periods: ['Aut', 'Spr', 'Sum'],
    places: 0,
  } as const
  test('a drop without a number breaks the line and is never drawn as nought', () => {
    expect(slopePath([60, undefined, 70], scale).match(/M/g)).toHaveLength(2)
  })
  test('the last value stands at the end of the line', () => {
    expect(slopeMarks(scale, { own: [60, 65, 71] })).toContain('>71</text>')
  })
  test('a change is said in words', () => {
    expect(changeWords([66, undefined, 58])).toBe('down 8')
    expect(changeWords([94.2, 94.44], 1)).toBe('up 0.2')
    expect(changeWords([94.21, 94.24], 1)).toBe('no change')
    expect(changeWords([94])).toBe('one drop so far')
    expect(changeWords([undefined])).toBe('no drop so far')
  })
})

describe('pictures', () => {
  test('have the colours of the light theme, those of the stylesheet', () => {
    const sheet = readFileSync(join(import.meta.dirname, '../../../client/styles/_tokens.scss'), 'utf8')
    const light = sheet.slice(0, sheet.indexOf('@media'))
    for (const [name, colour] of Object.entries(tokens))
      expect(light.match(new RegExp(`--tl-${name}: (#[0-9a-f]+)`))?.[1], name).toBe(colour)
  })
  test('write every colour out, and say when a token is missing', () => {
    expect(coloured(intervalChart({ value: 60 }, axis))).not.toContain('var(')
    expect(() => coloured('<svg fill="var(--tl-gold)"/>')).toThrow(/--tl-gold/)
  })
  test('a chart becomes a PNG of twice its size, with our font in it', () => {
    const frame = { title: 'Reading & <writing>', source: 'Spring drop, snapshot 11' }
    const said = png(framed(frame, 400, 60, intervalHead(axis, 136)))
    const wordless = png(framed({ title: '', source: '' }, 400, 60, intervalHead(axis, 136)))
    const header = Buffer.from(said)
    expect(header.subarray(1, 4).toString()).toBe('PNG')
    expect([header.readUInt32BE(16), header.readUInt32BE(20)]).toEqual([880, 288])
    expect(said.length).toBeGreaterThan(wordless.length + 1000)
  })
})

test('the names on a strip stay inside its drawing, the ends of the scale too', () => {
  const width = 280
  const chart = stripChart({ pupils: [60, 100], domain: [60, 100], range: [60, 62], mean: 100, width })
  const said = [
    ...chart.matchAll(/<text x="([\d.]+)"[^>]* font-size="([\d.]+)"[^>]*text-anchor="middle"[^>]*>([^<]+)</g),
  ]
  expect(said.map(([, , , words]) => words)).toContain('60')
  for (const [, x, size, words] of said) {
    const half = widthOf(words!, Number(size)) / 2
    expect(Number(x) - half, words).toBeGreaterThanOrEqual(-0.01)
    expect(Number(x) + half, words).toBeLessThanOrEqual(width + 0.01)
  }
})
