import { sheetParts } from './sheet-parts.ts'

/** The trust briefing in Typst: findings on the first page, what can't be told and the rest on the second. It finds the briefing as `data`. */
export const briefingTemplate = `
${sheetParts}
#set document(author: d.trust)
#set text(size: 10pt, fill: ink, number-width: "tabular", number-type: "lining")
#set par(leading: 0.58em, spacing: 0.75em)
#set page(paper: "a4", margin: (left: 14mm, right: 14mm, top: 12mm, bottom: 15mm),
  footer: context [#set text(size: 8pt, fill: ink2); #d.foot #h(1fr) #counter(page).display("1 of 1", both: true)])
#let between = v(13pt, weak: true)
#let closing(part) = {
  if part.rows.len() == 0 and has(part, "empty") { par(text(fill: ink2, part.empty)) }
  if has(part, "more") { small(part.more) }
}

#grid(columns: (1fr, auto), align: (left + bottom, right + bottom), column-gutter: 10pt,
  heading(level: 1, d.heading),
  { text(weight: 700, d.trust); linebreak(); small(d.period); linebreak(); small(d.dated) })
#v(6pt, weak: true)
#line(length: 100%, stroke: 1.5pt + gold)
#v(7pt, weak: true)
#text(size: 11pt, d.lead)

#let findings(part) = {
  between
  section(part.heading, part.note)
  for f in part.rows {
    block(breakable: false, below: 11pt, above: 0pt, width: 100%, grid(columns: (1fr, auto), column-gutter: 12pt, {
      par({ text(weight: 700, f.head); f.rest })
      v(4pt, weak: true)
      small(f.small)
    }, picture(f.picture)))
  }
  closing(part)
}
#findings(d.better)
#findings(d.worse)

#let measures = if has(d, "figures") {
  between
  section(d.figures.heading, d.figures.note)
  set text(size: 9pt)
  table(columns: (1fr, auto, auto, auto, auto, auto), stroke: ruled,
    inset: (x, y) => (left: if x == 0 { 0pt } else { 7pt }, right: 0pt, top: 3.4pt, bottom: 3.4pt),
    align: (left + horizon, right + horizon, left + horizon, right + horizon, right + horizon, left + horizon),
    table.header(small[Measure], small[Value], small[Drawn], small[Interval], small[Counted], small[Held against]),
    ..d.figures.rows.map(r => (text(weight: 600, r.name), text(weight: 700, r.value), picture(r.chart), small(r.interval), small(r.of),
      { small(r.compared); if has(r, "status") { linebreak(); status(r.status) } })).flatten())
  closing(d.figures)
}
#if d.measuresFirst { measures }

#pagebreak()
#section(d.untold.heading, d.untold.note)
#for u in d.untold.rows {
  block(breakable: false, below: 8pt, above: 0pt, par({ text(weight: 700, u.what + ". "); u.why }))
}
#closing(d.untold)

#if not d.measuresFirst { measures }

#if has(d, "trends") {
  between
  section(d.trends.heading, d.trends.note)
  grid(columns: (1fr,) * d.trends.rows.len(), column-gutter: 10pt,
    ..d.trends.rows.map(t => block(breakable: false, {
      text(size: 9pt, weight: 600, t.name)
      linebreak()
      small(t.note)
      v(5pt, weak: true)
      picture(t.chart)
    })))
}

#if has(d, "decided") {
  between
  section(d.decided.heading, d.decided.note)
  list(spacing: 0.7em, ..d.decided.rows.map(r => [#r.text]))
  closing(d.decided)
}

#between
#section("How sure we are", "")
#for p in d.method { par(text(size: 9pt, p)) }
`
