import { renderPdf } from '../../../platform/pdf/render.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** The look of every paper of this module, in Typst: head, sections ruled in ink, one gold line. It finds the paper as `data`. */
const paperTemplate = `
#let d = data
#let ink2 = rgb("#45413a")
#let rule = rgb("#cfc8b8")
#let gold = rgb("#b07f08")
#set document(author: d.trust)
#set text(size: 10pt, number-width: "tabular", number-type: "lining")
#set par(leading: 0.6em, spacing: 0.85em)
#set page(paper: "a4", margin: (x: 16mm, top: 16mm, bottom: 18mm),
  footer: context [#set text(size: 8pt, fill: ink2); #d.foot #h(1fr) #counter(page).display("1 of 1", both: true)])
#show heading.where(level: 1): set text(size: 20pt, weight: 700)
#show heading.where(level: 2): it => block(above: 14pt, below: 6pt, breakable: false, width: 100%, {
  line(length: 100%, stroke: 0.75pt)
  v(4pt, weak: true)
  text(size: 12.5pt, weight: 700, it.body)
})
#show heading.where(level: 3): set text(size: 10.5pt, weight: 700)
#show heading.where(level: 3): set block(above: 10pt, below: 5pt)
#show link: set text(fill: ink2)
#let small(body) = text(size: 8.5pt, fill: ink2, body)

#grid(columns: (1fr, auto), align: (left + bottom, right + bottom),
  heading(level: 1, d.heading),
  [#text(weight: 700, d.trust) \\ #small(d.dated)])
#v(2pt)
#line(length: 100%, stroke: 1.5pt + gold)
#if d.lead != "" [#text(size: 11pt, d.lead)]

#let piece(p) = {
  if p.kind == "text" { par(p.text) }
  else if p.kind == "small" { small(p.text) }
  else if p.kind == "sub" { heading(level: 3, p.text) }
  else if p.kind == "list" { list(..p.items.map(i => [#i])) }
  else if p.kind == "table" {
    table(columns: p.widths.map(w => w * 1fr), stroke: (x, y) => (bottom: if y == 0 { 0.6pt } else { 0.5pt + rule }), inset: (x: 2pt, y: 4pt),
      table.header(..p.columns.map(c => text(size: 8.5pt, weight: 600, fill: ink2, c))),
      ..p.rows.flatten().map(c => text(size: 9pt, c)))
  }
}
#for section in d.sections {
  heading(level: 2, section.title)
  for p in section.pieces { piece(p) }
}
`

export type Piece =
  | { readonly kind: 'text' | 'small' | 'sub'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table'
      readonly columns: readonly string[]
      /** Shares of the width. */
      readonly widths: readonly number[]
      readonly rows: readonly (readonly string[])[]
    }

/** A paragraph of words as it was typed: lines that all begin with a hyphen are a list. */
export function pieceOf(paragraph: string): Piece {
  const lines = paragraph.split('\n')
  return lines.every((line) => /^\s*- /.test(line))
    ? { kind: 'list', items: lines.map((line) => line.replace(/^\s*- /, '')) }
    : { kind: 'text', text: paragraph }
}

/** A paper in words, before it is set. */
export interface Paper {
  readonly heading: string
  readonly trust: string
  readonly dated: string
  readonly lead: string
  readonly sections: readonly { readonly title: string; readonly pieces: readonly Piece[] }[]
  /** Repeated at the foot of every sheet. */
  readonly foot: string
}

/** The paper as a tagged, accessible PDF. */
export const pdfOf = (viewer: Viewer, paper: Paper): Promise<Uint8Array> =>
  renderPdf({
    title: paper.heading,
    template: paperTemplate,
    data: paper,
    madeAt: viewer.house.clock.now(),
  })
