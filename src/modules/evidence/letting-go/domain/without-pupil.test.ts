import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import writeXlsx from 'write-excel-file/node'
import { makeZip } from '../../test/make-zip.ts'
import type { Sought } from './row-of-pupil.ts'
import { withoutPupils } from './without-pupil.ts'

const zoe: Sought = {
  pupil: 7,
  upns: ['A999200120001', 'B999200120002'],
  localId: '1001',
  surname: 'Quayle',
  forename: 'Zoë',
  born: '2016-05-04',
  namesakes: false,
}
const bytes = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding)
const clean = (text: string, who: Partial<Sought> = {}, how = {}) => {
  const { bytes: left, ...counts } = withoutPupils(bytes(text), [{ ...zoe, ...who }], how)
  return { ...counts, text: left && Buffer.from(left).toString('utf8') }
}

describe('a file as it was sent, without one pupil', () => {
  it.each([
    ['by UPN', 'UPN,Reading\nA999200120001,104\nC999200120003,99\n', 'UPN,Reading\n,\nC999200120003,99\n'],
    ['by a former UPN', 'UPN;R\r\nb999200120002;104\r\nX;1\r\n', 'UPN;R\r\n;\r\nX;1\r\n'],
    [
      'by name in two columns',
      'Surname,Forename,R\nQuayle,Zoe,104\nQuayle,Ann,9\n',
      'Surname,Forename,R\n,,\nQuayle,Ann,9\n',
    ],
    ['by whole name in quotes', 'Name\tR\n"Quayle, Zoë"\t104\nAnn\t3', 'Name\tR\n\t\nAnn\t3'],
    [
      'with a line end in a cell',
      'Name,Note,R\nZoë Quayle,"two\nlines",104\nAnn,,3\n',
      'Name,Note,R\n,,\nAnn,,3\n',
    ],
  ])('blanks the row %s, and every other row keeps its number', (_, before, after) => {
    expect(clean(before)).toEqual({ rows: 1, unsure: 0, text: after })
  })

  it('knows the school’s own number only in the column that holds it', () => {
    const file = 'Adno,Reading\n1001,104\n1002,1001\n'
    expect(clean(file).rows).toBe(0)
    expect(clean(file, {}, { numbersAt: [0], delimiter: ',' }).text).toBe('Adno,Reading\n,\n1002,1001\n')
  })

  it('knows the rows of which somebody said who they are, and others that call them the same', () => {
    const file = 'Name,Sub,R\nZoey Quail,Ma,1\nAnn,Ma,2\nZoey Quail,En,3\n'
    const how = { delimiter: ',', whoAt: [0], rowsAt: [2] }
    expect(clean(file, {}, how)).toMatchObject({ rows: 2, text: 'Name,Sub,R\n,,\nAnn,Ma,2\n,,\n' })
  })

  it('leaves a row that has somebody else’s UPN, though the name is the same', () => {
    expect(clean('UPN,Name\nC999200120003,Zoë Quayle\n').rows).toBe(0)
  })

  it('leaves and counts what could be a namesake’s, unless a birth date or number says who', () => {
    const file = 'Name,Born\nZoë Quayle,\nZoë Quayle,04/05/2016\n'
    expect(clean(file, { namesakes: true })).toMatchObject({ rows: 1, unsure: 1 })
  })

  it('keeps Windows text and UTF-16 as they were', () => {
    const old = withoutPupils(bytes('Name,R\nZoë Quayle,1\nChloë Ash,2\n', 'latin1'), [zoe])
    expect(Buffer.from(old.bytes!).toString('latin1')).toBe('Name,R\n,\nChloë Ash,2\n')
    const wide = withoutPupils(bytes('\ufeffName,R\nZoë Quayle,1\nChloë Ash,2\n', 'utf16le'), [zoe])
    expect(Buffer.from(wide.bytes!).toString('utf16le')).toBe('\ufeffName,R\n,\nChloë Ash,2\n')
  })

  it('empties the row of a workbook, and the texts that only it used', async () => {
    const sheet = [
      ['UPN', 'Name', 'Reading'],
      ['A999200120001', 'Zoë Quayle', 104],
      ['C999200120003', 'Ann Ash', 99],
    ].map((row) => row.map((value) => ({ value })))
    const file = await writeXlsx(sheet as never, {}).toBuffer()
    const { rows, bytes: left } = withoutPupils(file, [zoe])
    expect(rows).toBe(1)
    const all = Object.values(unzipSync(left!))
      .map((part) => Buffer.from(part).toString('utf8'))
      .join('\n')
    expect(all).toContain('Ann Ash')
    expect(all).not.toMatch(/Quayle|A999200120001/)
  })

  it('takes the element out of a transfer file', () => {
    const one = (upn: string, name: string) =>
      `<Pupil><UPN>${upn}</UPN><Surname>${name}</Surname><Forename>Zo&#235;</Forename></Pupil>`
    const file = `<?xml version="1.0"?><CTfile><CTFpupilData>${one('A999200120001', 'Quayle')}${one('C999200120003', 'Ash')}</CTFpupilData></CTfile>`
    const { rows, text } = clean(file)
    expect(rows).toBe(1)
    expect(text).toContain('Ash')
    expect(text).not.toContain('Quayle')
  })

  it('follows a pupil through the tables of a package', () => {
    const zip = makeZip([
      ['manifest.csv', 'propertyName,value\nmanifest.version,1.0\n'],
      [
        'users.csv',
        'sourcedId,givenName,familyName,identifier\np1,Zoë,Quayle,A999200120001\np2,Ann,Ash,C999200120003\n',
      ],
      ['enrollments.csv', 'sourcedId,userSourcedId\ne1,p1\ne2,p2\n'],
      ['demographics.csv', 'sourcedId,birthDate\np1,2016-05-04\np2,2016-01-01\n'],
    ])
    const { rows, bytes: left } = withoutPupils(zip, [zoe])
    expect(rows).toBe(3)
    const parts = unzipSync(left!)
    const text = (name: string) => Buffer.from(parts[name]!).toString('utf8')
    expect(text('enrollments.csv')).toBe('sourcedId,userSourcedId\n,\ne2,p2\n')
    expect(text('demographics.csv')).not.toContain('2016-05-04')
    expect(text('users.csv')).toContain('Ash')
  })

  it('changes nothing in a file that does not name them', () => {
    expect(clean('UPN,R\nC999200120003,1\n')).toEqual({ rows: 0, unsure: 0, text: undefined })
  })
})
