import { describe, expect, test } from 'vitest'
import { GapTable } from './gap-table.tsx'
import { MultiTable } from './multi-table.tsx'
import { SlopePanels } from './slope-panels.tsx'
import { Table } from './table.tsx'

const reading = { name: 'Reading', domain: [20, 100], national: 75, trust: 74 } as const
const rowsOf = (html: string): string[] =>
  [...html.matchAll(/<th scope="row"[^>]*>(?:<a [^>]*>)?([^<]*)</g)].map(([, name]) => name!)

describe('the interval table', () => {
  const rows = [
    { name: 'Fenwick Road', cells: [{ value: 81, n: 47, of: 58 }] },
    { name: 'Gull Rock', cells: [{ absent: 'not collected' }] },
    { name: 'Saltmarsh', cells: [{ value: 58, n: 35, of: 60, status: 'below' as const }] },
  ]
  test('starts with the lowest, and ends with those that have no number', () => {
    expect(rowsOf(String(<MultiTable caption="c" head="h" columns={[reading]} rows={rows} />))).toEqual([
      'Saltmarsh',
      'Fenwick Road',
      'Gull Rock',
    ])
  })
  test('keeps the order that it is given when asked', () => {
    expect(
      rowsOf(String(<MultiTable caption="c" head="h" columns={[reading]} rows={rows} order="given" />))[0],
    ).toBe('Fenwick Road')
  })
  test('says each value with its n of N, the status in words, and an absence by its name', () => {
    const html = String(<MultiTable caption="c" head="h" columns={[reading]} rows={rows} />)
    expect(html).toContain('35/60')
    expect(html).toMatch(/Below expected: <\/span><\/span> 58/)
    expect(html).toMatch(/<td class="absent"[^>]*>not collected<\/td>/)
  })
  test('tells a narrow screen in each cell its measure, its lines and its scale', () => {
    expect(String(<MultiTable caption="c" head="h" columns={[reading]} rows={rows} />)).toContain(
      'data-m="Reading: national 75, trust 74, scale 20 to 100"',
    )
  })
  test('a school’s name with a tag in it stays a name', () => {
    const html = String(
      <MultiTable
        caption="c"
        head="h"
        columns={[{ ...reading, name: '<b>R</b>' }]}
        rows={[{ name: '<i>x</i>', href: '/"><script>', cells: [{ value: 60, href: '"><script>' }] }]}
      />,
    )
    expect(html).not.toMatch(/<script|<i>x|<b>R/)
  })
})

describe('a table', () => {
  test('says on a narrow screen the head of each column, and the first cell is the row’s head', () => {
    const html = String(
      <Table columns={[{ head: 'Pupil' }, { head: 'Reading', num: true }]} rows={[['Ayesha R.', '88']]} />,
    )
    expect(html).toContain('<th scope="row">Ayesha R.</th>')
    expect(html).toContain('<td class="num" data-m="Reading">88</td>')
  })
  test('without rows says why', () => {
    expect(
      String(<Table columns={[{ head: 'Row' }]} rows={[]} empty="Every row could be read." />),
    ).toContain('Every row could be read.')
  })
})

describe('gaps', () => {
  test('have their sign, their interval and both groups; groups under 6 say so instead', () => {
    const html = String(
      <GapTable
        caption="Gaps"
        rows={[
          {
            name: 'Disadvantaged',
            gap: { value: -31, low: -52, high: -5, status: 'below' },
            group: '8 of 21',
            others: '27 of 39',
          },
          { name: 'Looked after', gap: { absent: 'too few' } },
        ]}
      />,
    )
    expect(html).toContain('−31')
    expect(html).toContain('−52 to −5')
    expect(html).toContain('27 of 39')
    expect(html).toContain('too few to show')
  })
})

describe('slope panels', () => {
  const panels = Array.from({ length: 30 }, (_, at) => ({
    name: `School ${at + 1}`,
    values: [50 + at, 51 + at],
  }))
  test('share one scale, which is said', () => {
    expect(
      String(
        <SlopePanels
          id="s"
          title="Reading"
          unitWords="percent"
          unit="%"
          periods={['Aut', 'Spr']}
          trust={[60, 62]}
          panels={panels}
        />,
      ),
    ).toMatch(/one scale: 50 to 80\s*%/)
  })
  test('draw the company once, however many schools there are, and fold those beyond the first nineteen', () => {
    const html = String(
      <SlopePanels
        id="s"
        title="Reading"
        unitWords="percent"
        periods={['Aut', 'Spr']}
        trust={[60, 62]}
        panels={panels}
      />,
    )
    expect(html.match(/id="s-company"/g)).toHaveLength(1)
    expect(html.match(/<use /g)).toHaveLength(31)
    expect(html).toContain('Show the other 11 schools')
  })
})
