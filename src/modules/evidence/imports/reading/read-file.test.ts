import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import { Refusal } from '../../../../kernel/refusal.ts'
import { type Duck, openDuck } from '../../../../platform/lake/duck.ts'
import { readFile } from './read-file.ts'

let folder: string
let duck: Duck

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-reading-'))
  duck = await openDuck({ spill: join(folder, 'spill') })
})
afterAll(() => {
  duck.close()
  rmSync(folder, { recursive: true, force: true })
})

const read = async (content: string | Uint8Array, sheet?: string) => {
  const path = join(folder, randomUUID())
  writeFileSync(path, content)
  const bench = await duck.workbench()
  try {
    const reading = await readFile(bench, path, { scratch: folder, sheet })
    const rows = await bench.rows<Record<string, unknown>>('select * from file order by "row"')
    return {
      reading,
      rows: rows.map((row) => [row.row, ...reading.columns.map(({ index }) => row[`c${index}`])]),
    }
  } finally {
    bench.close()
    rmSync(path)
  }
}

const refusal = async (content: string | Uint8Array): Promise<string> => {
  try {
    await read(content)
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal)
    return (error as Error).message
  }
  throw new Error('It was taken.')
}

const plain = 'UPN,Surname,Reading\nA1,Ahmed,104\nB2,Bell,97\n'
const expected = [
  [2, 'A1', 'Ahmed', '104'],
  [3, 'B2', 'Bell', '97'],
]

describe('a file is read for what is in it', () => {
  test.each([
    ['UTF-8', Buffer.from(plain), 'UTF-8', ','],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${plain}`), 'UTF-8', ','],
    [
      'UTF-16 as Excel saves “Unicode text”',
      Buffer.from(`\ufeff${plain.replaceAll(',', '\t')}`, 'utf16le'),
      'UTF-16',
      '\t',
    ],
    ['UTF-16 without a mark', Buffer.from(plain, 'utf16le'), 'UTF-16', ','],
    ['UTF-16, the other way round', Buffer.from(`\ufeff${plain}`, 'utf16le').swap16(), 'UTF-16', ','],
    ['semicolons', Buffer.from(plain.replaceAll(',', ';')), 'UTF-8', ';'],
    ['tabs', Buffer.from(plain.replaceAll(',', '\t')), 'UTF-8', '\t'],
    ['bars', Buffer.from(plain.replaceAll(',', '|')), 'UTF-8', '|'],
    ['Windows line ends', Buffer.from(plain.replaceAll('\n', '\r\n')), 'UTF-8', ','],
    ['old Mac line ends', Buffer.from(plain.replaceAll('\n', '\r')), 'UTF-8', ','],
    ['no line end at the end', Buffer.from(plain.trimEnd()), 'UTF-8', ','],
    [
      'quotation marks',
      Buffer.from('"UPN","Surname","Reading"\n"A1","Ahmed","104"\n"B2","Bell","97"\n'),
      'UTF-8',
      ',',
    ],
  ])('%s', async (_, bytes, encoding, delimiter) => {
    const { reading, rows } = await read(bytes)
    expect(rows).toEqual(expected)
    expect(reading).toMatchObject({ kind: 'csv', encoding, delimiter, headingRow: 1, rows: 2, notes: [] })
    expect(reading.columns.map(({ letter, heading, examples }) => [letter, heading, examples])).toEqual([
      ['A', 'UPN', ['A1', 'B2']],
      ['B', 'Surname', ['Ahmed', 'Bell']],
      ['C', 'Reading', ['104', '97']],
    ])
  })

  test('Windows text keeps its accents', async () => {
    const { reading, rows } = await read(Buffer.from('UPN,Surname\nA1,Fairweather-Zo\xeb\n', 'latin1'))
    expect(reading.encoding).toBe('Windows text (1252)')
    expect(rows).toEqual([[2, 'A1', 'Fairweather-Zoë']])
  })

  test('mixed encodings: each line is read as what it is, and the user is told where they begin', async () => {
    const mixed = Buffer.concat([
      Buffer.from('UPN,Surname\nA1,Zoë\nA2,René\n'),
      Buffer.from('A3,Ren\xe9e\n', 'latin1'),
    ])
    const { reading, rows } = await read(mixed)
    expect(rows.map(([, , name]) => name)).toEqual(['Zoë', 'René', 'Renée'])
    expect(reading.notes).toEqual([expect.stringContaining('from line 4 some lines are Windows text')])
  })

  test('zero bytes are left out, and the user is told', async () => {
    const { reading, rows } = await read('UPN,Surname,Reading\nA1,Ah\0med,104\nB2,Bell,97\n')
    expect(rows).toEqual(expected)
    expect(reading.notes).toEqual([expect.stringContaining('1 zero byte, the first in line 2')])
  })

  test('rows keep the numbers they have in a spreadsheet, through quoted line breaks and blank rows', async () => {
    const { reading, rows } = await read(
      'UPN,Note,Reading\nA1,"two\nlines",104\n\nB2,,97\n,,\nC3,"three\n\nlines",99\n',
    )
    expect(rows).toEqual([
      [2, 'A1', 'two\nlines', '104'],
      [4, 'B2', null, '97'],
      [6, 'C3', 'three\n\nlines', '99'],
    ])
    expect(reading.rows).toBe(3)
  })

  test('a title above the heading is passed over', async () => {
    const { reading, rows } = await read(
      'Saltmarsh Primary\nExported 3 March 2026\nUPN,Surname,Reading\nA1,Ahmed,104\n',
    )
    expect(reading.headingRow).toBe(3)
    expect(rows).toEqual([[4, 'A1', 'Ahmed', '104']])
    expect(reading.notes).toEqual(['The heading is in row 3; the 2 rows above it are left alone.'])
  })

  test('no heading: the columns go by their letters', async () => {
    const { reading, rows } = await read('Z999200118001,"Ahmed, Zara",104\nB999200118002,"Bell, Tom",97\n')
    expect(reading.headingRow).toBeUndefined()
    expect(reading.columns.map(({ heading }) => heading)).toEqual(['Column A', 'Column B', 'Column C'])
    expect(rows[0]![0]).toBe(1)
    expect(reading.notes[0]).toMatch(/^The file has no heading/)
  })

  test('ragged rows are read to the last cell, for the person to judge', async () => {
    const { reading, rows } = await read(
      'UPN,Surname,Reading\nA1,Ahmed\nB2,Bell,97,extra\nC3,Cole,99,\nD4,Dunn,98\nE5,Eddy,97\nF6,Fox,96\n',
    )
    expect(reading.width).toBe(3)
    expect(rows).toEqual([
      [2, 'A1', 'Ahmed', null, null],
      [3, 'B2', 'Bell', '97', 'extra'],
      [4, 'C3', 'Cole', '99', null],
      [5, 'D4', 'Dunn', '98', null],
      [6, 'E5', 'Eddy', '97', null],
      [7, 'F6', 'Fox', '96', null],
    ])
  })

  test('300 columns are read, and what is not recognised is left out', async () => {
    const headings = ['UPN', ...Array.from({ length: 299 }, (_, at) => `Extra ${at}`)]
    const { reading } = await read(`${headings.join(',')}\n${headings.map((_, at) => at + 1).join(',')}\n`)
    expect(reading.columns).toHaveLength(300)
    expect(reading.notes).toEqual(['The file has 300 columns. Those that are not recognised are left out.'])
    expect(
      await refusal(
        `${Array.from({ length: 1_200 }, (_, at) => `c${at}`).join(',')}\n${'1,'.repeat(1_199)}1\n`,
      ),
    ).toMatch(/^The file has 1,200 columns; Throughline reads up to 1,000/)
  })

  test('a formula and a script are text and nothing else', async () => {
    const { reading, rows } = await read(
      `UPN,Surname,Reading\nA1,"=cmd|' /C calc'!A0",104\nB2,<script>alert(1)</script>,97\n`,
    )
    expect(rows.map(([, , name]) => name)).toEqual(["=cmd|' /C calc'!A0", '<script>alert(1)</script>'])
    expect(reading.notes).toEqual([
      'Some cells begin like a formula. They are kept as text and never worked out.',
      'Some cells hold what looks like program text. It is kept as text and never run.',
    ])
  })
})

/** A ZIP with one stored or deflated part whose directory says what we like. */
function zip(name: string, content: Buffer, claims: { size?: number } = {}): Buffer {
  const packed = deflateRawSync(content, { level: 9 })
  const named = Buffer.from(name)
  const head = (signature: number, extra: number) => {
    const bytes = Buffer.alloc(signature === 0x04034b50 ? 30 : 46)
    bytes.writeUInt32LE(signature, 0)
    const at = signature === 0x04034b50 ? 4 : 6
    bytes.writeUInt16LE(20, at)
    bytes.writeUInt16LE(8, at + 4)
    bytes.writeUInt32LE(0, at + 10)
    bytes.writeUInt32LE(packed.length, at + 14)
    bytes.writeUInt32LE(claims.size ?? content.length, at + 18)
    bytes.writeUInt16LE(named.length, at + 22)
    if (extra) bytes.writeUInt16LE(20, 4)
    return Buffer.concat([bytes, named])
  }
  const local = Buffer.concat([head(0x04034b50, 0), packed])
  const directory = head(0x02014b50, 1)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, directory, end])
}

describe('a workbook', () => {
  const workbook = async (sheets: Record<string, unknown[][]>): Promise<Buffer> => {
    const path = join(folder, 'made.xlsx')
    const cells = (rows: unknown[][]) =>
      rows.map((row) =>
        row.map((value) =>
          value === null
            ? null
            : value instanceof Date
              ? { value, type: Date, format: 'dd/mm/yyyy' }
              : { value, type: typeof value === 'number' ? Number : String },
        ),
      )
    await writeWorkbook(
      Object.entries(sheets).map(([sheet, rows]) => ({ sheet, data: cells(rows) })) as never,
    ).toFile(path)
    return readFileSync(path)
  }

  test('rows keep the numbers they have in Excel, and dates and numbers read as they look', async () => {
    const { reading, rows } = await read(
      await workbook({
        Y4: [
          ['Saltmarsh mark sheet'],
          [null],
          ['UPN', 'DOB', 'Rdg SS'],
          ['A1', new Date('2017-02-11T00:00:00Z'), 104],
          ['B2', null, 97.5],
        ],
      }),
    )
    expect(reading).toMatchObject({
      kind: 'xlsx',
      encoding: 'Excel workbook',
      sheet: 'Y4',
      headingRow: 3,
      rows: 2,
    })
    expect(rows).toEqual([
      [4, 'A1', '2017-02-11', '104'],
      [5, 'B2', null, '97.5'],
    ])
  })

  test('of several sheets the first with a table is read, or the one that is named', async () => {
    const book = await workbook({
      Cover: [['Mark sheets of Saltmarsh']],
      Y4: [
        ['UPN', 'Reading'],
        ['A1', 104],
      ],
      Y6: [
        ['UPN', 'Reading'],
        ['B2', 99],
      ],
    })
    const first = await read(book)
    expect(first.reading.sheet).toBe('Y4')
    expect(first.reading.notes).toEqual([
      expect.stringContaining('The workbook has 3 sheets with something in them; “Y4” is read'),
    ])
    expect((await read(book, 'Y6')).rows).toEqual([[2, 'B2', '99']])
  })

  test('a ZIP bomb is not unpacked', async () => {
    const bomb = zip('xl/workbook.xml', Buffer.alloc(40 << 20))
    expect(bomb.length).toBeLessThan(100_000)
    expect(await refusal(bomb)).toMatch(
      /^This workbook was not opened: one part of it unpacks to [\d,]+ times its size/,
    )
    expect(await refusal(zip('xl/workbook.xml', Buffer.alloc(1000), { size: 2 ** 31 }))).toMatch(
      /would unpack to 2,048 MB/,
    )
  })

  test('a part that unpacks to more than it claims is stopped', async () => {
    expect(await refusal(zip('xl/workbook.xml', Buffer.alloc(40 << 20), { size: 1000 }))).toMatch(
      /a part of it can’t be unpacked/,
    )
  })
})

describe('what is no table is refused, under whatever name', () => {
  test.each([
    ['an empty file', '', /^The file is empty/],
    ['blank lines only', '\n\n  \n', /^The file is empty/],
    ['a heading only', 'UPN,Surname,Reading\n', /^The file has a heading and no rows under it/],
    ['a PDF', '%PDF-1.7\n%âãÏÓ\n1 0 obj', /^This is a PDF/],
    [
      'a picture',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
      /^This is a picture/,
    ],
    ['a photograph', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), /^This is a photograph/],
    [
      'an old workbook',
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      /^This is an old Excel workbook \(\.xls\)/,
    ],
    [
      'a compressed folder',
      zip('marks.csv', Buffer.from(plain)),
      /^This is a compressed folder \(ZIP\) with 1 file in it/,
    ],
    ['a Word document', zip('word/document.xml', Buffer.from('<w/>')), /^This is a Word document/],
    ['an OpenDocument sheet', zip('content.xml', Buffer.from('<o/>')), /^This is an OpenDocument file/],
    ['a broken workbook', Buffer.from('PK\x03\x04 and then nothing'), /^This workbook is broken/],
    ['a web page', '<!DOCTYPE html><html><body>Please sign in</body></html>', /^This is a web page/],
    ['another XML file', '<?xml version="1.0"?><marks></marks>', /^This is an XML file/],
    ['a transfer file without its header', '<?xml version="1.0"?><CTfile></CTfile>', /^The CTF does not say/],
    ['JSON', '[{"upn":"A1"}]', /^This is a JSON file/],
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0]), /^This is a program/],
    ['noise', Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 7919) % 31)), /^This is not a table/],
    ['zero bytes', Buffer.alloc(5000), /^This is not a table/],
    [
      'a quotation mark that is never closed',
      'UPN,Surname\nA1,Ahmed\nB2,"Bell\nC3,Cole\n',
      /^Row 3 opens a quotation mark/,
    ],
  ])('%s', async (_, content, sentence) => {
    expect(await refusal(content)).toMatch(sentence)
  })
})

describe('whatever comes, there is a table or a sentence', () => {
  const holds = async (bytes: Uint8Array) => {
    try {
      const { reading, rows } = await read(bytes)
      expect(rows.length).toBe(reading.rows)
    } catch (error) {
      expect(error).toBeInstanceOf(Refusal)
      expect((error as Error).message).toMatch(/^[A-Z“].*[.)]$/s)
    }
  }

  test('for any bytes', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), holds), { numRuns: 60 })
  }, 60_000)

  test('for any cells under any marks', async () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('"', '""', ',', '\n', '\r\n', ';', '=1+1', '\0', 'é', '\ufeff', 'UPN', '104'),
    )
    const table = fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n', '\r'),
        (rows, mark, end) => holds(Buffer.from(rows.map((row) => row.join(mark)).join(end))),
      ),
      { numRuns: 120 },
    )
  }, 60_000)

  test('a well-formed file comes back cell by cell, under its own row numbers', async () => {
    const cell = fc
      .string({ maxLength: 10, unit: fc.constantFrom(...'abcXYZ 019"\n,;é=<') })
      .map((text) => text.replace(/\s+$|^\s+/g, 'x'))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 12 }),
        async (table) => {
          const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
          const text = ['UPN,Surname,Forename', ...table.map((row) => row.map(quoted).join(','))].join('\n')
          const filled = table.flatMap((row, at) =>
            row.some((one) => one.trim()) ? [[at + 2, ...row.map((one) => one || null)]] : [],
          )
          if (filled.length === 0) return
          expect((await read(text)).rows).toEqual(filled)
        },
      ),
      { numRuns: 80 },
    )
  }, 60_000)
})
