/** A chart as SVG in print colours, with the sentence that says what it shows. */
export interface SheetChart {
  readonly svg: string
  readonly alt: string
}

/** One number of the sheet: its words, its interval drawn, and where it is for ever. */
export interface SheetFigure {
  readonly name: string
  /** `58%`, or the name of the absence. */
  readonly value: string
  readonly absent: boolean
  /** `35 of 60; 46 to 70` */
  readonly of: string
  readonly chart?: SheetChart
  /** `national 75, dashed` */
  readonly compared: string
  readonly status?: SheetStatus
}

export interface SheetStatus {
  readonly mark: 'below' | 'above' | 'level'
  readonly words: string
}

export interface SheetGap {
  readonly group: string
  /** Written in place of the numbers when there are none to show. */
  readonly absence?: string
  readonly chart?: SheetChart
  readonly gap?: string
  readonly interval?: string
  readonly members?: string
  readonly behind?: boolean
}

export interface SheetTrend {
  readonly name: string
  readonly note: string
  readonly chart: SheetChart
}

/** Everything that stands on the page, in words and drawings. No pupil is named in it, no group under 6 is in it. */
export interface Sheet {
  readonly school: string
  readonly motto?: string
  readonly trust: string
  /** `School on a page, spring 2026` */
  readonly period: string
  /** `Data as at 20 March 2026, snapshot 14` */
  readonly dated: string
  readonly thread: readonly { word: string; text: string; here: boolean }[]
  readonly figures: { heading: string; note: string; items: readonly SheetFigure[] }
  readonly gaps?: { heading: string; note: string; scale: SheetChart; rows: readonly SheetGap[] }
  readonly trends?: { heading: string; note: string; panels: readonly SheetTrend[] }
  readonly classes?: {
    heading: string
    note: string
    columns: readonly string[]
    rows: readonly (readonly string[])[]
  }
  readonly coverage?: { heading: string; note: string; rows: readonly { name: string; text: string }[] }
  /** Sources and method. */
  readonly foot: readonly string[]
  readonly addresses: readonly { name: string; url: string }[]
}

/** The sheet in Typst: one A4 page, tagged, every drawing with its sentence. It finds the sheet as `data`. */
export const sheetTemplate = String.raw`
#let d = data
#let ink = rgb("#000000")
#let ink2 = rgb("#45413a")
#let rule = rgb("#cfc8b8")
#let gold = rgb("#b07f08")
#let goldtext = rgb("#7a5600")
#let blue = rgb("#0e4d5c")
#let below = rgb("#9f3a17")

#set document(author: d.trust)
#set text(size: 9pt, fill: ink, number-width: "tabular", number-type: "lining")
#set par(leading: 0.5em, spacing: 0.6em)
#set page(paper: "a4", margin: (left: 13mm, right: 13mm, top: 11mm, bottom: 10mm))
#show heading.where(level: 1): set text(size: 20pt, weight: 700)
#show heading.where(level: 2): set text(size: 11.5pt, weight: 700)
#show heading: set block(above: 0pt, below: 0pt)
#show link: set text(fill: ink2)

#let small(body) = text(size: 8.25pt, fill: ink2, body)
#let has(o, key) = key in o and o.at(key) != none
#let picture(c) = image(bytes(c.svg), format: "svg", alt: c.alt)
#let mark(kind, colour) = box(width: 7pt, height: 6pt, baseline: 0pt, {
  if kind == "below" { place(polygon(fill: colour, (0pt, 0pt), (6pt, 0pt), (3pt, 5.5pt))) }
  else if kind == "above" { place(polygon(fill: colour, (0pt, 5.5pt), (6pt, 5.5pt), (3pt, 0pt))) }
  else { place(dx: 0.5pt, dy: 0.5pt, circle(radius: 2.5pt, fill: colour)) }
})
#let status(s) = {
  let colour = if s.mark == "below" { below } else if s.mark == "above" { blue } else { ink2 }
  text(size: 8.5pt, weight: 600, fill: colour, [#mark(s.mark, colour) #s.words])
}
#let section(heading-text, note) = {
  line(length: 100%, stroke: 0.75pt + ink)
  v(5pt, weak: true)
  grid(columns: (auto, 1fr), align: (left + bottom, right + bottom), column-gutter: 8pt,
    heading(level: 2, heading-text), small(note))
  v(5pt, weak: true)
}

#grid(columns: (1fr, auto), align: (left + bottom, right + bottom),
  [
    #heading(level: 1, d.school)
    #if has(d, "motto") { v(5pt, weak: true); text(size: 12pt, style: "italic", fill: ink2, "“" + d.motto + "”") }
  ],
  [
    #text(weight: 700, d.trust) \
    #small(d.period) \
    #small(d.dated)
  ])

#v(8pt, weak: true)
#let knots = d.thread.len()
#if knots > 0 {
  grid(columns: (1fr,) * knots, column-gutter: 0pt,
    ..d.thread.enumerate().map(((i, knot)) => block(width: 100%, {
      box(height: 9pt, width: 100%, {
        if i < knots - 1 { place(dx: 4pt, dy: 4.5pt, line(length: 100%, stroke: 1.1pt + gold)) }
        place(dy: 0.5pt, circle(radius: 4pt, stroke: 1.1pt + gold, fill: if knot.here { gold } else { white }))
      })
      v(2pt, weak: true)
      pad(right: 8pt, {
        text(weight: 700, fill: if knot.here { ink } else { goldtext }, knot.word)
        linebreak()
        small(knot.text)
      })
    })))
  v(9pt, weak: true)
}

#section(d.figures.heading, d.figures.note)
#let many = calc.max(1, calc.min(5, d.figures.items.len()))
#grid(columns: (1fr,) * many, column-gutter: 10pt, row-gutter: 9pt,
  ..d.figures.items.map(f => block(breakable: false, width: 100%, {
    text(size: 8.75pt, weight: 600, f.name)
    v(6pt, weak: true)
    if f.absent { text(size: 11pt, style: "italic", fill: ink2, f.value) }
    else { text(size: 21pt, weight: 400, f.value) }
    v(5pt, weak: true)
    small(f.of)
    v(4pt, weak: true)
    if has(f, "chart") { picture(f.chart); v(3pt, weak: true) }
    small(f.compared)
    if has(f, "status") { v(4pt, weak: true); status(f.status) }
  })))

#let gaps = if has(d, "gaps") {
  section(d.gaps.heading, d.gaps.note)
  set text(size: 8.5pt)
  table(columns: (1fr, auto, auto, auto), stroke: (x, y) => (bottom: if y == 0 { 0.6pt + ink } else { 0.5pt + rule }),
    inset: (x: 0pt, y: 2.6pt), column-gutter: 7pt, align: (left + horizon, left + horizon, right + horizon, right + horizon),
    table.header(small[Group], picture(d.gaps.scale), small[Gap, interval], small[In the group]),
    ..d.gaps.rows.map(r => if has(r, "absence") {
      (text(weight: 600, r.group), table.cell(colspan: 3, text(style: "italic", fill: ink2, r.absence)))
    } else {
      (text(weight: 600, r.group), picture(r.chart),
        [#if r.behind { mark("below", below) } #text(weight: 700, r.gap) #small(r.interval)], small(r.members))
    }).flatten())
}

#let trends = if has(d, "trends") {
  section(d.trends.heading, "")
  grid(columns: (1fr,) * calc.max(1, d.trends.panels.len()), column-gutter: 8pt,
    ..d.trends.panels.map(p => block(breakable: false, {
      text(size: 8.75pt, weight: 600, p.name)
      linebreak()
      small(p.note)
      v(4pt, weak: true)
      picture(p.chart)
    })))
  v(4pt, weak: true)
  small(d.trends.note)
}

#let classes = if has(d, "classes") {
  section(d.classes.heading, d.classes.note)
  set text(size: 8.5pt)
  let n = d.classes.columns.len()
  table(columns: (1fr,) + (auto,) * (n - 1), stroke: (x, y) => (bottom: if y == 0 { 0.6pt + ink } else { 0.5pt + rule }),
    inset: (x: 0pt, y: 3pt), column-gutter: 9pt, align: (x, y) => if x == 0 { left } else { right },
    table.header(..d.classes.columns.map(c => small(c))),
    ..d.classes.rows.map(r => r.enumerate().map(((i, t)) => if i == 0 { text(weight: 600, t) } else { t })).flatten())
}

#let coverage = if has(d, "coverage") {
  section(d.coverage.heading, d.coverage.note)
  set text(size: 8.5pt)
  table(columns: (auto, 1fr), stroke: (x, y) => (bottom: 0.5pt + rule), inset: (x: 0pt, y: 3pt), column-gutter: 10pt,
    ..d.coverage.rows.map(r => (text(weight: 600, r.name), small(r.text))).flatten())
}

#v(10pt, weak: true)
#if gaps != none and trends != none {
  grid(columns: (1.55fr, 1fr), column-gutter: 16pt, gaps, trends)
} else { gaps; trends }
#v(10pt, weak: true)
#if classes != none and coverage != none {
  grid(columns: (1.2fr, 1fr), column-gutter: 16pt, classes, coverage)
} else { classes; coverage }

#v(1fr)
#line(length: 100%, stroke: 0.5pt + rule)
#v(4pt, weak: true)
#set text(size: 7.75pt, fill: ink2)
#set par(leading: 0.45em, spacing: 0.5em)
#for p in d.foot { par(p) }
#par({
  [Every figure has an address that never changes its number: ]
  d.addresses.map(a => link(a.url, a.name)).join(", ")
  [.]
})
`
