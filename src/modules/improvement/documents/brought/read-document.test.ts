import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { type Block, wordsOf } from '../../domain/blocks.ts'
import { blocksOfHtml } from './html-blocks.ts'
import { blocksOf } from './read-document.ts'

const paragraph = (text: string, bold?: true): Block => ({
  kind: 'paragraph',
  text,
  ...(bold ? { bold } : {}),
})
const pasted = (text: string) => blocksOf({ name: 'Pasted', text })
const file = (bytes: Uint8Array, name = 'sef.docx') => blocksOf({ name, bytes })

describe('HTML', () => {
  it('comes through as headings, paragraphs, items and rows, and nothing else of it does', () => {
    expect(
      blocksOfHtml(`<h1>Our <em>school</em></h1><p onclick="steal()">We are <b>kind</b>.</p>
        <ul><li>One<ul><li>Within</li></ul></li><li>Two</li></ul>
        <table><tr><th>Year</th><th>Share</th></tr><tr><td>2024</td><td>62%</td></tr></table>
        <p><a href="javascript:alert(1)">A link</a><img src=x onerror=alert(2)></p>`),
    ).toEqual([
      { kind: 'heading', level: 1, text: 'Our school' },
      paragraph('We are kind.'),
      { kind: 'item', depth: 1, text: 'One' },
      { kind: 'item', depth: 2, text: 'Within' },
      { kind: 'item', depth: 1, text: 'Two' },
      { kind: 'row', cells: ['Year', 'Share'] },
      { kind: 'row', cells: ['2024', '62%'] },
      paragraph('A link'),
    ])
  })

  it.each([
    ['a script', '<script>steal()</script>'],
    ['a script in capitals, broken over lines', '<SCRIPT\n type="x">steal()</SCRIPT\n>'],
    ['a style', '<style>p { steal: 1 }</style>'],
    ['a frame', '<iframe srcdoc="<script>steal()</script>">steal</iframe>'],
    ['a picture of vectors', '<svg><script>steal()</script><text>steal</text></svg>'],
    ['a form field', '<textarea>steal</textarea><button>steal</button>'],
    ['a template', '<template><p>steal</p></template>'],
    ['what is hidden', '<p style="display:none">steal</p><span style="mso-hide:all">steal</span>'],
    ['what was struck out under tracked changes', '<p><del>steal</del></p>'],
    ['a comment', '<!-- steal -->'],
    ['Word’s conditional comments', '<!--[if gte mso 9]><xml><w:View>steal</w:View></xml><![endif]-->'],
    ['an island of XML', '<xml><o:shapedefaults>steal</o:shapedefaults></xml>'],
  ])('leaves out %s', (_, html) => {
    expect(blocksOfHtml(`<p>Before</p>${html}<p>After</p>`)).toEqual([
      paragraph('Before'),
      paragraph('After'),
    ])
  })

  it('that only looks like a script stays words, as they were written', () => {
    expect(blocksOfHtml('<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</p>')).toEqual([
      paragraph('<script>alert(1)</script> & more'),
    ])
  })

  it('of Word has its lists and headings where the tags do not say them', () => {
    expect(
      blocksOfHtml(`<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8>
        <style><!-- p.MsoNormal {mso-style-parent:""} --></style></head><body lang=EN-GB>
        <p class=MsoTitle>Self-evaluation</p><p class=MsoHeading2>Achievement</p>
        <p class=MsoNormal>Pupils <span style='mso-bidi-font-weight:bold'>do&nbsp;well</span>.<o:p></o:p></p>
        <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span>·<span>&nbsp;&nbsp;</span></span><![endif]>Phonics<o:p></o:p></p>
        <p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>o  Daily</p></body></html>`),
    ).toEqual([
      { kind: 'heading', level: 1, text: 'Self-evaluation' },
      { kind: 'heading', level: 2, text: 'Achievement' },
      paragraph('Pupils do well.'),
      { kind: 'item', depth: 1, text: 'Phonics' },
      { kind: 'item', depth: 2, text: 'Daily' },
    ])
  })

  it('whose table lays out a page is read cell by cell, its short first cell as a heading', () => {
    const long = 'Most pupils reach the standard. '.repeat(6).trim()
    expect(
      blocksOfHtml(`<table><tr><td>Achievement</td><td><p>${long}</p><p>More.</p></td></tr></table>`),
    ).toEqual([paragraph('Achievement', true), paragraph(long), paragraph('More.')])
  })

  it('of five megabytes, and broken anywhere, is read', () => {
    const page = `<p class=MsoNormal style="mso-fareast-language:EN-GB">Words <b>and <i>more</b></i> words</p>\n`
    const html = page.repeat(Math.ceil((5 * 1024 * 1024) / page.length))
    expect(blocksOfHtml(html).length).toBeGreaterThan(50_000)
    for (let at = 0; at < page.length; at++)
      for (const block of blocksOfHtml(page.slice(0, at))) expect(block.kind).toBe('paragraph')
  })

  it('nested deeper than any person writes is refused', async () => {
    await expect(pasted('<div>'.repeat(5000))).rejects.toThrow('nested deeper')
  })
})

describe('pasted words', () => {
  it('of Markdown keep headings, bold lines and lists, and no HTML that stands in them', async () => {
    expect(
      await pasted(
        '# Achievement\n\nWe read **well**.\n\n- Phonics\n- Books\n\n**Next steps**\n\n<script>x</script>Write.',
      ),
    ).toEqual([
      { kind: 'heading', level: 1, text: 'Achievement' },
      paragraph('We read well.'),
      { kind: 'item', depth: 1, text: 'Phonics' },
      { kind: 'item', depth: 1, text: 'Books' },
      paragraph('Next steps', true),
      paragraph('Write.'),
    ])
  })

  it('without any mark are paragraphs and items by their lines', async () => {
    expect(await pasted('Achievement\r\nWe read well.\r\n\r\n•\tPhonics\r\n2) Books')).toEqual([
      paragraph('Achievement'),
      paragraph('We read well.'),
      { kind: 'item', depth: 1, text: 'Phonics' },
      { kind: 'item', depth: 1, text: 'Books' },
    ])
  })

  it('that are none are refused', async () => {
    await expect(pasted(' \n\n ')).rejects.toThrow('There are no words in it')
  })

  it('never cite a line of our evidence by a footnote of theirs', () => {
    expect(wordsOf([paragraph('As shown [2], and [3 as n of N].')])).toBe('As shown (2), and (3).')
  })
})

const types = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
const rels = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
/** A Word document by hand, with nothing in it but its words. */
const docx = (body: string, more: Record<string, Uint8Array> = {}, head = '<?xml version="1.0"?>') =>
  zipSync({
    '[Content_Types].xml': strToU8(types),
    '_rels/.rels': strToU8(rels),
    'word/document.xml': strToU8(
      `${head}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>${body}</w:body></w:document>`,
    ),
    ...more,
  })
const words = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`

describe('a Word document', () => {
  it('made by another program is read with its headings, lists and tables', async () => {
    const document = new Document({
      sections: [
        {
          children: [
            new Paragraph({ heading: HeadingLevel.HEADING_2, children: [new TextRun('Achievement')] }),
            new Paragraph({ children: [new TextRun('We read well.')] }),
            new Paragraph({ bullet: { level: 0 }, children: [new TextRun('Phonics')] }),
            new Table({
              rows: [
                new TableRow({
                  children: ['Year', '62%'].map((text) => new TableCell({ children: [new Paragraph(text)] })),
                }),
              ],
            }),
          ],
        },
      ],
    })
    expect(await file(await Packer.toBuffer(document))).toEqual([
      { kind: 'heading', level: 2, text: 'Achievement' },
      paragraph('We read well.'),
      { kind: 'item', depth: 1, text: 'Phonics' },
      { kind: 'row', cells: ['Year', '62%'] },
    ])
  })

  it('of nothing but zipped XML is read, whatever else lies in it', async () => {
    const tracked =
      '<w:p><w:del><w:r><w:delText>struck</w:delText></w:r></w:del><w:ins><w:r><w:t>kept</w:t></w:r></w:ins></w:p>'
    expect(
      await file(
        docx(`${words('We read &lt;b&gt; well.')}${tracked}`, {
          'word/vbaProject.bin': new Uint8Array(1000),
          'word/media/huge.png': new Uint8Array(8 * 1024 * 1024),
        }),
      ),
    ).toEqual([paragraph('We read <b> well.'), paragraph('kept')])
  })

  it('of many pages is read beside the other work, which goes on', async () => {
    let turns = 0
    const ticking = setInterval(() => turns++, 5)
    const blocks = await file(docx(words('A sentence of many.').repeat(4000)))
    clearInterval(ticking)
    expect(blocks).toHaveLength(4000)
    expect(turns).toBeGreaterThan(10)
  })

  it('that unpacks to far more than words is not opened', async () => {
    const bomb = docx(words('a'.repeat(6 * 1024 * 1024)))
    expect(bomb.length).toBeLessThan(100_000)
    await expect(file(bomb)).rejects.toThrow('bring a machine down')
    const parts = Object.fromEntries(Array.from({ length: 4001 }, (_, at) => [`x${at}`, new Uint8Array(0)]))
    await expect(file(docx(words('x'), parts))).rejects.toThrow('thousands of parts')
  })

  it('with a part that would lie outside it is not opened', async () => {
    await expect(file(docx(words('x'), { '../../outside.xml': strToU8('<x/>') }))).rejects.toThrow('broken')
  })

  it('that declares entities is not opened', async () => {
    const lol = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>'
    await expect(file(docx(words('&b;'), {}, lol))).rejects.toThrow('declares things')
  })

  it('that is older, locked, broken or another thing is refused in a sentence', async () => {
    const ole = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Uint8Array(600)])
    await expect(file(ole, 'sef.doc')).rejects.toThrow('older Word document (.doc), or one locked')
    await expect(file(docx(words('x')).slice(0, 300))).rejects.toThrow('broken')
    await expect(file(docx('<w:p><w:r>'))).rejects.toThrow(/broken|no words/)
    await expect(file(zipSync({ 'xl/workbook.xml': strToU8('<x/>') }), 'sef.xlsx')).rejects.toThrow(
      'no Word document',
    )
    await expect(file(strToU8('%PDF-1.7\0'), 'sef.pdf')).rejects.toThrow('Send a Word document')
    const locked = docx(words('x'))
    // The bit by which a ZIP says that a part is encrypted, in each local and central head.
    for (let at = 0; at < locked.length - 10; at++) {
      const [a, b, c, d] = locked.subarray(at, at + 4)
      if (a === 0x50 && b === 0x4b && c === 3 && d === 4) locked[at + 6]! |= 1
      if (a === 0x50 && b === 0x4b && c === 1 && d === 2) locked[at + 8]! |= 1
    }
    await expect(file(locked)).rejects.toThrow('locked with a password')
  })
})

it('text files are read in the letters that they were written in', async () => {
  expect(await file(strToU8('Café'), 'sef.txt')).toEqual([paragraph('Café')])
  expect(await file(new Uint8Array([0x43, 0x61, 0x66, 0xe9]), 'sef.txt')).toEqual([paragraph('Café')])
  expect(await file(new Uint8Array([0xff, 0xfe, 0x43, 0, 0xe9, 0]), 'sef.txt')).toEqual([paragraph('Cé')])
})
