import { sheetParts } from './sheet-parts.ts'

/** The sheet in Typst: one A4 page, tagged, every drawing with its sentence. It finds the sheet as `data`. */
export const sheetTemplate = `
${sheetParts}
#set document(author: d.trust)
#set text(size: 9.5pt, fill: ink, number-width: "tabular", number-type: "lining")
#set par(leading: 0.55em, spacing: 0.7em)
#set page(paper: "a4", margin: (left: 13mm, right: 13mm, top: 11mm, bottom: 10mm))

#grid(columns: (1fr, auto), align: (left + bottom, right + bottom),
  [
    #heading(level: 1, d.school)
    #if has(d, "motto") { v(8pt, weak: true); text(size: 12pt, style: "italic", fill: ink2, "“" + d.motto + "”") }
  ],
  {
    text(weight: 700, d.trust)
    linebreak()
    small(d.period)
    linebreak()
    small(d.dated)
  })

#v(12pt, weak: true)
#let knots = d.thread.len()
#if knots > 0 {
  grid(columns: (1fr,) * knots, column-gutter: 0pt,
    ..d.thread.enumerate().map(((i, knot)) => block(width: 100%, {
      box(height: 9pt, width: 100%, {
        if i < knots - 1 { place(dx: 4pt, dy: 4.5pt, line(length: 100%, stroke: (paint: gold, thickness: 1.1pt, dash: if knot.here { "dashed" } else { none }))) }
        place(dy: 0.5pt, circle(radius: 4pt, stroke: 1.1pt + gold, fill: if knot.here { gold } else { white }))
      })
      v(4pt, weak: true)
      pad(right: 10pt, {
        text(weight: 700, fill: if knot.here { ink } else { goldtext }, knot.word)
        linebreak()
        small(knot.text)
      })
    })))
}

#let gap-section = v(14pt, weak: true)

#gap-section
#section(d.figures.heading, d.figures.note)
#let many = calc.max(1, calc.min(5, d.figures.items.len()))
#grid(columns: (1fr,) * many, column-gutter: 10pt, row-gutter: 9pt,
  ..d.figures.items.map(f => block(breakable: false, width: 100%, {
    text(size: 9pt, weight: 600, f.name)
    v(8pt, weak: true)
    if f.absent { text(size: 12pt, style: "italic", fill: ink2, f.value) }
    else { text(size: 25pt, weight: 400, f.value) }
    v(7pt, weak: true)
    small(f.of)
    v(6pt, weak: true)
    if has(f, "chart") { picture(f.chart); v(4pt, weak: true) }
    small(f.compared)
    if has(f, "status") { v(6pt, weak: true); status(f.status) }
  })))

#if has(d, "findings") {
  gap-section
  section(d.findings.heading, d.findings.note)
  for f in d.findings.rows {
    block(breakable: false, below: 7pt, {
      text(size: 10.5pt, [#f.before#text(weight: 700, f.number)#f.after])
      h(6pt)
      status(f.status)
    })
  }
}

#let gaps = if has(d, "gaps") {
  section(d.gaps.heading, d.gaps.note)
  set text(size: 9pt)
  table(columns: (1fr, auto, auto, auto), stroke: ruled,
    inset: (x, y) => (left: if x == 0 { 0pt } else { 6pt }, right: 0pt, top: 3.6pt, bottom: 3.6pt),
    align: (left + horizon, left + horizon, right + horizon, right + horizon),
    table.header(small[Group], picture(d.gaps.scale), small[Gap, interval], small[In the group]),
    ..d.gaps.rows.map(r => if has(r, "absence") {
      (text(weight: 600, r.group), table.cell(colspan: 3, text(style: "italic", fill: ink2, r.absence)))
    } else {
      (text(weight: 600, r.group), picture(r.chart),
        [#if r.behind { mark("below", below) }#text(weight: 700, r.gap) #small(r.interval)], small(r.members))
    }).flatten())
}

#let trends = if has(d, "trends") {
  section(d.trends.heading, "")
  grid(columns: (1fr,) * calc.max(1, d.trends.panels.len()), column-gutter: 6pt,
    ..d.trends.panels.map(p => block(breakable: false, {
      text(size: 9pt, weight: 600, p.name)
      linebreak()
      small(p.note)
      v(5pt, weak: true)
      picture(p.chart)
    })))
  v(5pt, weak: true)
  small(d.trends.note)
}

#let classes = if has(d, "classes") {
  section(d.classes.heading, d.classes.note)
  set text(size: 8.75pt)
  let n = d.classes.columns.len()
  table(columns: (auto,) + (1fr,) * (n - 1), stroke: ruled,
    inset: (x, y) => (left: if x == 0 { 0pt } else { 5pt }, right: 0pt, top: 3.6pt, bottom: 3.6pt),
    align: (x, y) => if x == 0 { left } else { right },
    table.header(..d.classes.columns.map(c => small(c))),
    ..d.classes.rows.map(r => r.enumerate().map(((i, t)) => if i == 0 { text(weight: 600, t) } else { t })).flatten())
}

#let coverage = if has(d, "coverage") {
  section(d.coverage.heading, d.coverage.note)
  set text(size: 8.75pt)
  table(columns: (auto, 1fr), stroke: (x, y) => (bottom: 0.5pt + rule),
    inset: (x, y) => (left: if x == 0 { 0pt } else { 8pt }, right: 0pt, top: 3.6pt, bottom: 3.6pt),
    align: (left, right),
    table.header(small[Figure], small[Without a result]),
    ..d.coverage.rows.map(r => (text(weight: 600, r.name), small(r.text))).flatten())
}

#gap-section
#if gaps != none and trends != none {
  grid(columns: (1.62fr, 1fr), column-gutter: 16pt, gaps, trends)
} else { gaps; trends }
#gap-section
#if classes != none and coverage != none {
  grid(columns: (1.7fr, 1fr), column-gutter: 16pt, classes, coverage)
} else { classes; coverage }

#v(1fr)
#line(length: 100%, stroke: 0.5pt + rule)
#v(5pt, weak: true)
#set text(size: 8pt, fill: ink2)
#set par(leading: 0.5em, spacing: 0.55em)
#for p in d.foot { par(p) }
#par({
  [Every figure has an address that never changes its number: ]
  d.addresses.map(a => link(a.url, a.name)).join(", ")
  [.]
})
`
