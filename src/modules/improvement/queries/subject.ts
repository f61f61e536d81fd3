import { dayName } from '../../../kernel/days.ts'
import { type FigureKey, figurePath } from '../../../kernel/figure.ts'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { yearGroupName } from '../../../kernel/year-group.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { figureAt, figureWords, findingAt, intervalTo } from '../../measures/index.ts'
import { groupBySlug, schools } from '../../organisation/index.ts'
import type { FrozenJudgement } from '../domain/frozen.ts'
import { aboutOf, type Whence, whenceOf } from '../domain/origin.ts'
import type { Origin } from '../tables.ts'
import { evaluationById } from './evaluation.ts'

/** A finding, figure or judgement as work begins from it: whose plan it goes in, and what a form may already say. */
export interface Subject {
  readonly origin: Origin
  /** None: the trust's own plan. */
  readonly school: number | null
  readonly title: string
  readonly why: string
  readonly forWhom: string
  /** The figure to aim at, and what it says now; none where there is no number that the viewer may see. */
  readonly figure: { readonly key: FigureKey; readonly school: number | null; readonly now: string } | null
}

/** What stands at an address of this site, for work to begin from. @throws NotHere, Refusal */
export async function subjectAt(viewer: Viewer, href: string): Promise<Subject> {
  const whence = whenceOf(href)
  if (!whence)
    throw new Refusal(
      'An objective or an action is made of a figure, a finding or a judgement. Begin on its page.',
    )
  const about = aboutOf(whence)
  switch (whence.kind) {
    case 'figure':
      return ofFigure(viewer, whence.key, about)
    case 'finding':
      return ofFinding(viewer, whence, about)
    case 'judgement':
      return ofJudgement(viewer, whence, href, about)
  }
}

const whom = ({ group }: FigureKey): string => (group === 'all' ? '' : (groupBySlug(group)?.name ?? group))

async function ofFigure(viewer: Viewer, key: FigureKey, about: string): Promise<Subject> {
  const { figure, measure, place } = await figureAt(viewer, key)
  if (figure.kind !== 'value')
    throw new Refusal(`That figure is ${figure.kind}, so no target can stand on it.`)
  const named = [measure.name, key.year === 'all' ? '' : yearGroupName(key.year), whom(key), place.name]
    .filter(Boolean)
    .join(', ')
  const text = `${named}: ${figureWords(measure, figure)}`
  return {
    origin: { kind: 'figure', text, href: figurePath(key), about, snapshot: key.snapshot },
    school: place.school ?? null,
    title: `Better: ${named}`.slice(0, 200),
    why: `${text} in snapshot ${key.snapshot}.`,
    forWhom: whom(key),
    figure: {
      key,
      school: place.school ?? null,
      now: [
        figureWords(measure, figure),
        intervalTo(measure, figure) && `interval ${intervalTo(measure, figure)}`,
      ]
        .filter(Boolean)
        .join(', '),
    },
  }
}

async function ofFinding(
  viewer: Viewer,
  { drop, key }: Extract<Whence, { kind: 'finding' }>,
  about: string,
): Promise<Subject> {
  const finding = await findingAt(viewer, { drop, key })
  const figure = await ofFigure(viewer, finding.figure, '').catch((error) => {
    if (error instanceof Refusal) return undefined
    throw error
  })
  return {
    origin: {
      kind: 'finding',
      text: finding.sentence.slice(0, 500),
      href: finding.href,
      about,
      snapshot: finding.snapshot,
    },
    school: finding.school,
    title: (finding.standing === 'better'
      ? `Learn from ${finding.head.slice(0, 1).toLowerCase()}${finding.head.slice(1)}`
      : `${finding.head}: as well as similar pupils`
    ).slice(0, 200),
    why: finding.sentence,
    forWhom: whom(finding.figure),
    figure: figure?.figure ?? null,
  }
}

async function ofJudgement(
  viewer: Viewer,
  { evaluation: id, area }: Extract<Whence, { kind: 'judgement' }>,
  href: string,
  about: string,
): Promise<Subject> {
  const evaluation = await evaluationById(viewer, id, area)
  const [last] = evaluation.areas[0]!.confirmed
  if (!last) throw new NotHere('That judgement is not confirmed yet: confirm it first.')
  const { document } = last
  const [first] = document.next.split('\n').filter((line) => line.trim() !== '')
  return {
    origin: {
      kind: 'judgement',
      text: `${document.areaName}: ${document.gradeName}, ${dayName(document.on)}`,
      href,
      about,
      snapshot: null,
    },
    school: evaluation.school,
    title: (first ?? `Better: ${document.areaName}`).replace(/\s*\[\d+( as n of N)?\]/g, '').slice(0, 200),
    why: `We judged ${document.areaName} ${document.gradeName.toLowerCase()} on ${dayName(document.on)}.`,
    forWhom: '',
    figure: await citedIn(viewer, document, evaluation.school),
  }
}

/** Of what a judgement cites, the figure that says most that something is to be done: one below England, or else the first. */
async function citedIn(
  viewer: Viewer,
  { lines }: FrozenJudgement,
  school: number | null,
): Promise<Subject['figure']> {
  const figures = lines.filter((line) => line.snapshot !== null)
  const line = figures.find((one) => one.standing === 'below') ?? figures[0]
  const whence = line && whenceOf(line.href)
  if (whence?.kind !== 'figure') return null
  const of = (await schools(viewer)).find((one) => one.slug === whence.key.place)
  const now = [line!.value, line!.of, line!.interval && `interval ${line!.interval}`]
    .filter(Boolean)
    .join(', ')
  return { key: whence.key, school: of?.id ?? school, now }
}
