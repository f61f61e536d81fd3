import { academicYearName, academicYearOf } from '../../../kernel/academic-year.ts'
import { dayName } from '../../../kernel/days.ts'
import { count } from '../../../kernel/numbers.ts'
import { renderPdf } from '../../../platform/pdf/render.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { trustOf } from '../../organisation/index.ts'
import { kindNames, type LooseKnot, type ObjectiveKnot } from '../domain/thread-tree.ts'
import { threadOf } from '../queries/thread-of.ts'

/** A map on its side: under each aim a table from priority to decision, the gold thread over its heads. It finds the map as `data`. */
const template = `
#let d = data
#let ink2 = rgb("#45413a")
#let rule = rgb("#cfc8b8")
#let gold = rgb("#b07f08")
#set document(author: d.trust)
#set text(size: 9pt, number-width: "tabular", number-type: "lining")
#set par(leading: 0.55em, spacing: 0.7em)
#set page(paper: "a4", flipped: true, margin: (x: 13mm, top: 13mm, bottom: 15mm),
  footer: context [#set text(size: 8pt, fill: ink2); #d.foot #h(1fr) #counter(page).display("1 of 1", both: true)])
#show heading.where(level: 1): set text(size: 20pt, weight: 700)
#show heading.where(level: 2): set text(size: 12.5pt, weight: 700)
#show heading.where(level: 2): set block(above: 14pt, below: 5pt)
#show heading.where(level: 3): set text(size: 10pt, weight: 700)
#show heading.where(level: 3): set block(above: 9pt, below: 4pt)
#let small(body) = text(size: 8pt, fill: ink2, body)
#let loose(why) = text(size: 8pt, weight: 600)[Loose: #why]

#grid(columns: (1fr, auto), align: (left + bottom, right + bottom),
  heading(level: 1, d.heading),
  [#text(weight: 700, d.trust) \\ #small(d.dated)])
#text(size: 10.5pt, d.lead)

#let head(name) = { box(circle(radius: 2.6pt, fill: gold), baseline: 0.5pt); h(3pt); text(size: 8pt, weight: 600, fill: ink2, name) }
#let lines(items, none-yet) = if items.len() == 0 { small(emph(none-yet)) } else { items.map(i => [#i]).join(linebreak()) }

#for aim in d.aims {
  heading(level: 2, "Aim: " + aim.title)
  if aim.loose != "" { par(loose(aim.loose)) }
  if aim.rows.len() == 0 { par(small(emph("No priority serves it."))) } else {
    table(columns: (2.2fr, 2.6fr, 1.5fr, 2.4fr, 2fr, 2fr), inset: (x: 3pt, y: 4pt),
      stroke: (x, y) => (top: if y == 0 { 1.5pt + gold } else { 0.5pt + rule }),
      table.header(..("Priority", "Objective", "Actions", "Evidence", "Judgement", "Decision").map(head)),
      ..aim.rows.map(r => (
        { text(weight: 600, r.priority); if r.priorityLoose != "" { linebreak(); loose(r.priorityLoose) } },
        { r.objective; if r.who != "" { linebreak(); small(r.who) }; if r.loose != "" { linebreak(); loose(r.loose) } },
        { r.actions; if r.late != "" { linebreak(); loose(r.late) } },
        lines(r.evidence, r.noEvidence),
        lines(r.judged, r.noJudgement),
        lines(r.decided, r.noDecision),
      )).flatten())
  }
}
#heading(level: 2, "What hangs loose")
#if d.loose.len() == 0 { par("Nothing: every aim is worked on, every action is in time, every piece of evidence is used.") }
#columns(if d.loose.len() == 0 { 1 } else { 2 }, gutter: 8mm, {
  for kind in d.loose {
    heading(level: 3, kind.name)
    list(..kind.ends.map(e => [#e]))
    if kind.more > 0 { par(small("And " + str(kind.more) + " more.")) }
  }
})
`

/** Of one kind of loose end that many are told; how many more there are is said. */
const most = 40
const short = (text: string, letters = 110) =>
  text.length > letters ? `${text.slice(0, letters - 1)}…` : text

/** The thread as a map to put on the wall, of a school or with none of the trust: a tagged PDF. @throws NotHere */
export async function threadPaper(viewer: Viewer, slug?: string): Promise<Uint8Array> {
  const { school, tree, nameOf } = await threadOf(viewer, slug)
  const trust = await trustOf(viewer)
  const whys = Map.groupBy(tree.loose, ({ node }) => node.id)
  const why = (id: string) => (whys.get(id) ?? []).map((one) => one.why).join(' ')
  const rowOf = (knot: ObjectiveKnot) => {
    const late = knot.actions.filter((one) => whys.has(one.id)).length
    return {
      objective: knot.node.title,
      who: nameOf(knot.node.school),
      loose: why(knot.node.id),
      actions: count(knot.actions.length, 'action'),
      late: late > 0 ? `${late} past their date` : '',
      evidence: knot.evidence.slice(0, 4).map((one) => short(one.title)),
      judged: knot.judged.map((one) => one.title),
      decided: knot.decided ? [short(knot.decided.title, 160)] : [],
      noEvidence: 'No evidence yet',
      noJudgement: 'No judgement uses it yet',
      noDecision: 'To be made',
    }
  }
  const nothing = { objective: 'No objective stands on it.', who: '', loose: '', actions: '', late: '' }
  const aims = tree.aims.map(({ node, priorities }) => ({
    title: node.title,
    loose: why(node.id),
    rows: priorities.flatMap((priority) => {
      const first = { priority: priority.node.title, priorityLoose: why(priority.node.id) }
      return priority.objectives.length === 0
        ? [
            {
              ...first,
              ...nothing,
              ...{ evidence: [], judged: [], decided: [], noEvidence: '', noJudgement: '', noDecision: '' },
            },
          ]
        : priority.objectives.map((knot, at) => ({
            ...(at === 0 ? first : { priority: priority.node.title, priorityLoose: '' }),
            ...rowOf(knot),
          }))
    }),
  }))
  const heading = `${school?.shortName ?? trust.name}: the thread`
  return renderPdf({
    title: heading,
    template,
    data: {
      heading,
      trust: trust.name,
      dated: `${academicYearName(academicYearOf(viewer.today))}, as it stands on ${dayName(viewer.today)}`,
      lead: `From each aim to what was decided: ${[
        count(tree.many('objective'), 'objective'),
        count(tree.many('action'), 'action'),
        `${tree.many('evidence')} pieces of evidence`,
        count(tree.many('judgement'), 'judgement'),
        count(tree.loose.length, 'loose end'),
      ].join(', ')}.`,
      aims,
      loose: looseByKind(tree.loose, nameOf),
      foot: `${school?.name ?? trust.name}. This year’s plans under today’s aims. No pupil is named.`,
    },
    madeAt: viewer.house.clock.now(),
  })
}

const looseByKind = (loose: readonly LooseKnot[], nameOf: (id: number | null) => string) =>
  [...Map.groupBy(loose, ({ node }) => node.kind)].map(([kind, ends]) => ({
    name: `${kindNames[kind]}: ${count(ends.length, 'loose end')}`,
    ends: ends
      .slice(0, most)
      .map(
        ({ node, why }) =>
          `${short(node.title)}${node.school === null ? '' : `, ${nameOf(node.school)}`}. ${why}`,
      ),
    more: Math.max(0, ends.length - most),
  }))
