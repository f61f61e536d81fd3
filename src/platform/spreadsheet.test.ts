import { text } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { Hono } from 'hono'
import readXlsxFile from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { Refusal } from '../kernel/refusal.ts'
import { fileName, type Sheet, sendSheet, sheetAsked, toCsv, toXlsx, withoutFormula } from './spreadsheet.ts'

const sheet: Sheet = {
  title: 'Reading, Year 6',
  about: [
    ['Filters', 'Year 6, disadvantaged'],
    ['Sources', 'Saltmarsh “spring marks.xlsx”; Gull Rock spring.csv'],
    ['Snapshot', '14'],
    ['Made', '20 March 2026'],
  ],
  columns: [
    { head: 'School' },
    { head: 'Expected', kind: 'percent', places: 1 },
    { head: 'Gap', kind: 'number' },
    { head: 'As at', kind: 'day' },
  ],
  rows: [
    ['St Brannock’s', 66.66666666666667, -4.5, '2026-03-20'],
    ['Gull Rock, "the Rock"', 'too few', null, '2026-03-19'],
    ['=HYPERLINK("http://evil.example","Click")', 0, -0.25, null],
  ],
}
const csv = async (of: Sheet) => {
  let text = ''
  for await (const part of toCsv(of)) text += part
  return text
}

describe('a table as CSV', () => {
  it('carries its title, filters, sources, snapshot and date, then the table', async () => {
    const text = await csv(sheet)
    expect(text.startsWith('\uFEFF')).toBe(true)
    expect(parse(text, { bom: true, relax_column_count: true, skip_empty_lines: false })).toEqual([
      ['Reading, Year 6'],
      ['Filters', 'Year 6, disadvantaged'],
      ['Sources', 'Saltmarsh “spring marks.xlsx”; Gull Rock spring.csv'],
      ['Snapshot', '14'],
      ['Made', '20 March 2026'],
      [''],
      ['School', 'Expected', 'Gap', 'As at'],
      ['St Brannock’s', '66.66666666666667', '-4.5', '2026-03-20'],
      ['Gull Rock, "the Rock"', 'too few', '', '2026-03-19'],
      [`'=HYPERLINK("http://evil.example","Click")`, '0', '-0.25', ''],
    ])
  })

  it.each([
    ['=1+1', "'=1+1"],
    ['+44 20 7946 0000', "'+44 20 7946 0000"],
    ['-cmd|calc', "'-cmd|calc"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r=1"],
    ['-4.5', '-4.5'],
    ['+12%', '+12%'],
    ['O’Neill-Hart', 'O’Neill-Hart'],
    ['−0.3', '−0.3'],
  ])('never lets a text be run as a formula: %s', (text, safe) => {
    expect(withoutFormula(text)).toBe(safe)
  })

  it('gives back every text that went in, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 2 }), {
          minLength: 1,
          maxLength: 5,
        }),
        async (rows) => {
          const text = await csv({ title: 'T', about: [], columns: [{ head: 'A' }, { head: 'B' }], rows })
          const back = parse(text, { bom: true, relax_column_count: true }) as string[][]
          expect(back.slice(-rows.length)).toEqual(
            rows.map((row) => row.map((cell) => withoutFormula(cell.replaceAll('\0', '')))),
          )
        },
      ),
    )
  })
})

describe('a table as XLSX', () => {
  it('keeps numbers as numbers, days as days and everything else as text', async () => {
    const [read] = await readXlsxFile(await toXlsx(sheet))
    const rows = read!.data
    expect(read!.sheet).toBe('Reading, Year 6')
    expect(rows.at(0)?.[0]).toBe('Reading, Year 6')
    expect(rows.at(1)?.slice(0, 2)).toEqual(['Filters', 'Year 6, disadvantaged'])
    expect(rows.at(-4)).toEqual(['School', 'Expected', 'Gap', 'As at'])
    expect(rows.at(-3)).toEqual(['St Brannock’s', 66.66666666666667, -4.5, new Date('2026-03-20T00:00:00Z')])
    expect(rows.at(-2)).toEqual(['Gull Rock, "the Rock"', 'too few', null, new Date('2026-03-19T00:00:00Z')])
    expect(rows.at(-1)).toEqual(['=HYPERLINK("http://evil.example","Click")', 0, -0.25, null])
  })

  it('holds no formula at all', async () => {
    const zip = await fromBufferPromise(await toXlsx(sheet))
    let sheets = 0
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith('.xml')) continue
      const part = await text(await zip.openReadStreamPromise(entry))
      if (part.includes('<sheetData')) sheets++
      expect(part).not.toMatch(/<f[ >]/)
    }
    expect(sheets).toBe(1)
  })

  it('survives what a spreadsheet can’t hold', async () => {
    const [read] = await readXlsxFile(
      await toXlsx({
        title: 'A/B: [all]?',
        about: [],
        columns: [{ head: 'A' }],
        rows: [['a\u0000b\u0008<&>'], ['x'.repeat(40_000)], [Number.NaN]],
      }),
    )
    expect(read!.sheet).toBe('A B all')
    expect(read!.data.flat()).toContain('ab<&>')
    expect(String(read!.data.flat().find((cell) => String(cell).startsWith('xxx'))).length).toBe(32_767)
  })

  it('is refused when it would have too many rows', async () => {
    const rows = (function* () {
      for (let row = 0; row <= 200_000; row++) yield [row]
    })()
    await expect(toXlsx({ title: 'Results', about: [], columns: [{ head: 'n' }], rows })).rejects.toThrow(
      Refusal,
    )
  })
})

describe('a download', () => {
  const web = new Hono().get('/trust', async (c) =>
    sendSheet(c, sheet, sheetAsked(c) ?? 'csv', {
      trust: 'Tidewell',
      what: 'Trust page: “Reading”',
      day: '2026-03-20',
    }),
  )

  it('has a name that every system takes', () => {
    expect(
      fileName(
        { trust: 'Tidewell Learning Trust', what: 'St Brannock’s / Année 6\r\n', day: '2026-03-20' },
        'pdf',
      ),
    ).toBe('tidewell-learning-trust-st-brannocks-annee-6-2026-03-20.pdf')
  })

  it('is sent as what it is, and kept nowhere', async () => {
    for (const [as, type] of [
      ['csv', 'text/csv; charset=utf-8; header=present'],
      ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ] as const) {
      const answer = await web.request(`/trust?as=${as}`)
      expect(answer.headers.get('content-type')).toBe(type)
      expect(answer.headers.get('content-disposition')).toBe(
        `attachment; filename="tidewell-trust-page-reading-2026-03-20.${as}"`,
      )
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(200)
    }
  })
})
