import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  type ITableOptions,
  Packer,
  PageNumber,
  Paragraph,
  StringValueElement,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  XmlComponent,
} from 'docx'
import type { Paper, Piece } from './paper.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML can't hold them
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const clean = (text: string): string => text.replace(unwritable, '')

type RunLook = Partial<Exclude<ConstructorParameters<typeof TextRun>[0], string>>

/** Words as a run each line, one under another. */
const runs = (text: string, look: RunLook = {}): TextRun[] =>
  clean(text)
    .split('\n')
    .map((line, at) => new TextRun({ ...look, text: line, ...(at > 0 ? { break: 1 } : {}) }))

const hairline = { style: BorderStyle.SINGLE, size: 4, color: 'CFC8B8' }
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const borders = {
  top: none,
  left: none,
  right: none,
  insideVertical: none,
  bottom: hairline,
  insideHorizontal: hairline,
}

/** A4 without its margins, in twentieths of a point. */
const breadth = 10_000

/** A table with a title and a description, which are read out before it. */
class ToldTable extends Table {
  constructor(title: string, description: string, options: ITableOptions) {
    super(options)
    const [properties] = this.root
    if (properties instanceof XmlComponent) {
      properties.addChildElement(new StringValueElement('w:tblCaption', clean(title)))
      properties.addChildElement(new StringValueElement('w:tblDescription', clean(description)))
    }
  }
}

function tableOf({ columns, widths, rows }: Extract<Piece, { kind: 'table' }>): Table {
  const sum = widths.reduce((all, one) => all + one, 0)
  const sizes = widths.map((width) => Math.round((breadth * width) / sum))
  const rowOf = (cells: readonly string[], head: boolean) =>
    new TableRow({
      tableHeader: head,
      cantSplit: true,
      children: cells.map(
        (cell, at) =>
          new TableCell({
            width: { size: sizes[at]!, type: WidthType.DXA },
            margins: { top: 50, bottom: 50, left: 40, right: 80 },
            children: [
              new Paragraph({ spacing: { after: 0 }, children: runs(cell, { bold: head, size: 18 }) }),
            ],
          }),
      ),
    })
  return new ToldTable(columns[0] ?? '', `A table of ${columns.join(', ')}.`, {
    columnWidths: sizes,
    width: { size: breadth, type: WidthType.DXA },
    borders,
    tableLook: { firstRow: true, firstColumn: false, noHBand: true, noVBand: true },
    rows: [rowOf(columns, true), ...rows.map((row) => rowOf(row, false))],
  })
}

function partsOf(piece: Piece): (Paragraph | Table)[] {
  switch (piece.kind) {
    case 'text':
      return [new Paragraph({ children: runs(piece.text) })]
    case 'small':
      return [new Paragraph({ style: 'Small', children: runs(piece.text) })]
    case 'sub':
      return [new Paragraph({ heading: HeadingLevel.HEADING_3, children: runs(piece.text) })]
    case 'list':
      return piece.items.map((item) => new Paragraph({ bullet: { level: 0 }, children: runs(item) }))
    case 'table':
      return [tableOf(piece), new Paragraph({ spacing: { after: 0 }, children: [] })]
    default:
      return piece satisfies never
  }
}

/** The paper as a Word document: headings are styles, tables have header rows that repeat, the language is British English. */
export function docxOf(paper: Paper): Promise<Uint8Array> {
  const ink = { color: '1A1814', font: 'Atkinson Hyperlegible Next' }
  const document = new Document({
    title: clean(paper.heading),
    creator: clean(paper.trust),
    lastModifiedBy: clean(paper.trust),
    description: clean(paper.dated),
    styles: {
      default: {
        document: {
          run: { ...ink, size: 20, language: { value: 'en-GB' } },
          paragraph: { spacing: { after: 120 } },
        },
        heading1: { run: { ...ink, size: 40, bold: true }, paragraph: { spacing: { after: 80 } } },
        heading2: {
          run: { ...ink, size: 26, bold: true },
          paragraph: { spacing: { before: 320, after: 120 }, keepNext: true },
        },
        heading3: {
          run: { ...ink, size: 21, bold: true },
          paragraph: { spacing: { before: 200, after: 80 }, keepNext: true },
        },
      },
      paragraphStyles: [
        { id: 'Small', name: 'Small', basedOn: 'Normal', run: { size: 17, color: '45413A' } },
      ],
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: 11_906, height: 16_838 },
            margin: { top: 907, bottom: 1020, left: 953, right: 953 },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                style: 'Small',
                alignment: AlignmentType.LEFT,
                children: [
                  ...runs(`${paper.foot} `),
                  new TextRun({ children: [PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] }),
                ],
              }),
            ],
          }),
        },
        children: [
          new Paragraph({ heading: HeadingLevel.HEADING_1, children: runs(paper.heading) }),
          new Paragraph({ style: 'Small', children: runs(`${paper.trust}. ${paper.dated}`) }),
          ...(paper.lead ? [new Paragraph({ children: runs(paper.lead) })] : []),
          ...paper.sections.flatMap((section) => [
            new Paragraph({ heading: HeadingLevel.HEADING_2, children: runs(section.title) }),
            ...section.pieces.flatMap(partsOf),
          ]),
        ],
      },
    ],
  })
  return Packer.toBuffer(document)
}
