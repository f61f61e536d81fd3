import type { Shown } from '../shown.ts'
import type { MultiRow } from '../tables/multi-table.tsx'
import type { SlopePanel } from '../tables/slope-panels.tsx'

/** The named trust of the tests and the demo, and the data at the edges that every part must stand. */
export const schools = ['Saltmarsh', 'Gull Rock', 'St Brannock’s', 'Harbour Lane', 'Fenwick Road'] as const

/** Names as they come: long, right to left, with signs that HTML knows, and one in letters that our font borrows. */
export const hardNames = [
  'The Most Reverend Archbishop Thornthwaite-Featherstonehaugh Voluntary Aided Church of England Primary School',
  'مدرسة النور الابتدائية',
  'בית ספר אורט',
  '<script>alert("Year 6")</script> & Sons’ Academy',
  'Żółć Łąkowa Szkoła',
] as const

/** Share with its Wilson interval: `share(35, 60)` is 58, from 46 to 70. */
export const share = (n: number, of: number, rest: Partial<Shown> = {}): Shown => {
  const [p, z2] = [n / of, 1.96 ** 2]
  const middle = (p + z2 / (2 * of)) / (1 + z2 / of)
  const half = (1.96 / (1 + z2 / of)) * Math.sqrt((p * (1 - p)) / of + z2 / (4 * of * of))
  return { value: 100 * p, low: 100 * (middle - half), high: 100 * (middle + half), n, of, ...rest }
}

/** Numbers that look like chance and are the same each time. */
const chance = (at: number, salt: number): number => {
  const raised = Math.sin(at * 12.9898 + salt * 78.233) * 43758.5453
  return raised - Math.floor(raised)
}

export const fortySchools: readonly MultiRow[] = Array.from({ length: 40 }, (_, at) => {
  const cell = (salt: number): Shown => {
    const of = 8 + Math.floor(chance(at, salt) * 110)
    if (of < 14) return { absent: at % 2 === 0 ? 'suppressed' : 'too few' }
    const value = (chance(at, salt + 1) + chance(at, salt + 2) + chance(at, salt + 3) - 1.5) * 1.2
    const half = 1.96 / Math.sqrt(of)
    return {
      value,
      low: value - half,
      high: value + half,
      n: of,
      of,
      status: value + half < 0 ? 'below' : value - half > 0 ? 'better' : undefined,
      href: '#',
    }
  }
  return { name: `School ${at + 1}`, href: '#', cells: [cell(1), cell(5)] }
})

export const fortyPanels: readonly SlopePanel[] = Array.from({ length: 40 }, (_, at) => {
  const start = (chance(at, 9) - 0.5) * 1.6
  const values = Array.from({ length: 6 }, (_, drop) =>
    at % 9 === 4 && drop === 2 ? undefined : start + (chance(at, 20 + drop) - 0.4) * 0.25 * drop,
  )
  return { name: `School ${at + 1}`, values, below: start < -0.5 }
})

export const pupils: readonly number[] = Array.from({ length: 27 }, (_, at) =>
  Math.round(84 + chance(at, 3) * 16 + chance(at, 4) * 16),
)
