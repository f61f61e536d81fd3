import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type PdfDocument, renderPdf } from './render.ts'

const line =
  '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><path d="M0 30 L60 10 L120 20" stroke="black" fill="none"/></svg>'
const page: PdfDocument = {
  title: 'Saltmarsh: school on a page',
  template: `= #data.school
*Reading* at the expected standard: #data.reading

#figure(image("/images/trend.svg", alt: "Reading over four terms: 61%, 66%, 64%"), caption: [Trend])
#table(columns: 2, table.header[Measure][Value], [Reading], [#data.reading], [Writing], [#data.writing])`,
  data: { school: 'Saltmarsh', reading: '64% ± 8', writing: 'not collected' },
  images: { 'trend.svg': line },
  madeAt: new Date('2026-03-20T09:00:00Z'),
}

describe('a PDF', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-pdf-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is tagged PDF/UA-1, with its title, its language and its structure', async () => {
    const text = Buffer.from(await renderPdf(page)).toString('latin1')
    expect(text.startsWith('%PDF-1.7')).toBe(true)
    expect(text).toContain('/StructTreeRoot')
    expect(text).toMatch(/\/MarkInfo <<\s*\/Marked true/)
    expect(text).toContain('/Lang (en-GB)')
    expect(text).toContain('/DisplayDocTitle true')
    expect(text).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(text).toContain('Saltmarsh: school on a page')
    for (const tag of ['/S /H1', '/S /Figure', '/S /Table', '/S /TH', '/S /TD']) expect(text).toContain(tag)
    expect(text).toMatch(/AtkinsonHyperlegibleNext-Regular/)
    expect(text).toMatch(/AtkinsonHyperlegibleNext-Bold/)
  })

  it('can be read out: its words come in order', async (test) => {
    if (spawnSync('pdftotext', ['-v']).error) test.skip('pdftotext (poppler-utils) is not installed.')
    const file = join(folder, 'page.pdf')
    writeFileSync(file, await renderPdf(page))
    const words = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' })
    expect(words.replace(/\s+/g, ' ')).toMatch(
      /Saltmarsh Reading at the expected standard: 64% ± 8 .*Measure Value Reading 64% ± 8 Writing not collected/,
    )
  })

  it('is the same, byte for byte, when made again from the same', async () => {
    expect(Buffer.from(await renderPdf(page)).equals(Buffer.from(await renderPdf(page)))).toBe(true)
  })

  it('takes words as words: nothing in a name is carried out', async () => {
    const name = '#panic("no") *bold* $x$ @ref \\ "quoted"'
    const pdf = await renderPdf({ ...page, template: '#data.name', data: { name } })
    expect(pdf.length).toBeGreaterThan(1000)
  })

  it('is not made from a picture without words for it', async () => {
    await expect(renderPdf({ ...page, template: '#image("/images/trend.svg")' })).rejects.toThrow(/alt/)
  })

  it('says what in its template is at fault, and the next one is made', async () => {
    await expect(renderPdf({ ...page, template: '#data.nothing' })).rejects.toThrow('nothing')
    expect((await renderPdf(page)).length).toBeGreaterThan(1000)
  })

  it('never reads a file of this machine', async () => {
    await expect(renderPdf({ ...page, template: '#read("/etc/hostname")' })).rejects.toThrow('not found')
    await expect(renderPdf({ ...page, template: '#read("../etc/hostname")' })).rejects.toThrow()
  })

  it('leaves this thread free while it is made', async () => {
    let turns = 0
    const ticking = setInterval(() => turns++, 1)
    await renderPdf({ ...page, template: '#for i in range(3000) [= Heading #i \n #lorem(40) \n]' })
    clearInterval(ticking)
    expect(turns).toBeGreaterThan(20)
  })
})
