import { renderPdf } from './render.ts'

/** A paper of words and tables: the same content as a page shows, for a file or a folder. */
export interface Paper {
  readonly title: string
  /** Under the title: whose it is, and when it was made. */
  readonly under: readonly string[]
  readonly sections: readonly PaperSection[]
}

export interface PaperSection {
  readonly head: string
  readonly words?: readonly string[]
  readonly table?: {
    readonly columns: readonly string[]
    readonly rows: readonly (readonly string[])[]
  }
  /** In the place of a table without rows. */
  readonly empty?: string
}

const template = `
#let ink2 = rgb("#45413a")
#let rule = rgb("#cfc8b8")
#set text(size: 10pt, number-width: "tabular")
#set page(paper: "a4", margin: (x: 16mm, top: 15mm, bottom: 16mm), numbering: "1 of 1")
#set par(leading: 0.6em, spacing: 0.85em)
#show heading.where(level: 1): set text(size: 20pt)
#show heading.where(level: 2): set text(size: 12.5pt)
#show heading.where(level: 2): set block(above: 18pt, below: 8pt)
#let ruled(x, y) = (bottom: if y == 0 { 0.6pt + black } else { 0.5pt + rule })

#heading(level: 1, data.title)
#for line in data.under { par(text(fill: ink2, line)) }
#for part in data.sections {
  heading(level: 2, part.head)
  for line in part.at("words", default: ()) { par(line) }
  if "table" in part {
    if part.table.rows.len() == 0 { par(part.at("empty", default: "None.")) } else {
      set text(size: 9pt)
      table(columns: (auto,) + (1fr,) * (part.table.columns.len() - 1), stroke: ruled, inset: (x: 3pt, y: 4pt), align: left,
        table.header(..part.table.columns.map(one => strong(one))),
        ..part.table.rows.flatten())
    }
  }
}
`

/** Makes a tagged PDF/UA-1 of a paper. */
export const paperPdf = (paper: Paper, madeAt: Date): Promise<Uint8Array> =>
  renderPdf({ title: paper.title, template, data: paper, madeAt })
