/** What the sheets of this module share in Typst: colours, marks, pictures, ruled sections. The paper's data is there as `d`. */
export const sheetParts = `
#let d = data
#let ink = rgb("#000000")
#let ink2 = rgb("#45413a")
#let rule = rgb("#cfc8b8")
#let gold = rgb("#b07f08")
#let goldtext = rgb("#7a5600")
#let blue = rgb("#0e4d5c")
#let below = rgb("#9f3a17")

#show heading.where(level: 1): set text(size: 22pt, weight: 700)
#show heading.where(level: 2): set text(size: 12.5pt, weight: 700)
#show heading: set block(above: 0pt, below: 0pt)
#show link: set text(fill: ink2)

#let small(body) = text(size: 8.5pt, fill: ink2, body)
#let has(o, key) = key in o and o.at(key) != none
#let picture(c) = image(bytes(c.svg), format: "svg", alt: c.alt, width: c.width * 0.79pt)
#let mark(kind, colour) = box(width: 8pt, height: 6pt, {
  if kind == "below" { place(polygon(fill: colour, (0pt, 0pt), (6pt, 0pt), (3pt, 5.5pt))) }
  else if kind == "above" { place(polygon(fill: colour, (0pt, 5.5pt), (6pt, 5.5pt), (3pt, 0pt))) }
  else { place(dx: 0.5pt, dy: 0.5pt, circle(radius: 2.5pt, fill: colour)) }
})
#let status(s) = {
  let colour = if s.mark == "below" { below } else if s.mark == "above" { blue } else { ink2 }
  text(size: 8.75pt, weight: 600, fill: colour, [#mark(s.mark, colour)#s.words])
}
#let section(heading-text, note) = {
  line(length: 100%, stroke: 0.75pt + ink)
  v(6pt, weak: true)
  grid(columns: (auto, 1fr), align: (left + bottom, right + bottom), column-gutter: 8pt,
    heading(level: 2, heading-text), small(note))
  v(8pt, weak: true)
}
#let ruled(x, y) = (bottom: if y == 0 { 0.6pt + ink } else { 0.5pt + rule })
`
