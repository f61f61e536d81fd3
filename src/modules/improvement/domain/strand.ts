import { type Day, dayName } from '../../../kernel/days.ts'
import type { Objective, Plan } from '../queries/plan.ts'
import type { ProgressState, TierName } from '../tables.ts'
import { actionStanding } from './action-standing.ts'
import { latestState } from './terms.ts'
import type { LooseEnd, ThreadLink, ThreadNode } from './thread.ts'

/** A confirmed judgement with the figures it cites, by measure, whose, year and pupils. */
export interface JudgementSeen {
  readonly id: number
  readonly evaluation: number
  readonly title: string
  readonly href: string
  readonly figures: readonly string[]
  readonly objectives: readonly number[]
}

/** Decided about a school as a whole: its self-evaluation was signed, or its tier of support changed. */
export interface SchoolDecision {
  readonly id: string
  readonly title: string
  readonly href: string
  /** Of a signing: which self-evaluation. A tier rests on all that was judged. */
  readonly evaluation?: number
}

/** What one school (or the trust itself) adds to the thread. */
export interface StrandParts {
  readonly school: number | null
  readonly plans: readonly Plan[]
  readonly judgements: readonly JudgementSeen[]
  readonly decisions: readonly SchoolDecision[]
}

/** An objective in a line of the thread. */
export interface ObjectiveStanding {
  readonly node: ThreadNode
  readonly priority: number | null
  readonly state: ProgressState | undefined
  readonly actions: number
  readonly late: number
  readonly evidence: number
  readonly cost: number
  readonly judged: readonly ThreadNode[]
  readonly decided: string | undefined
}

export interface Strand {
  readonly school: number | null
  readonly objectives: readonly ObjectiveStanding[]
  readonly nodes: readonly ThreadNode[]
  readonly links: readonly ThreadLink[]
  readonly loose: readonly LooseEnd[]
}

/** What a citation and a piece of evidence have in common when they are of the same figure, whatever the drop. */
export const figureStem = (key: { measure: string; place: string; year: string; group: string }): string =>
  [key.measure, key.place, key.year, key.group].join('|')

const tierWords: Record<TierName, string> = {
  universal: 'Universal support',
  targeted: 'Targeted support',
  intensive: 'Intensive support',
}
export const tierTitle = (tier: TierName, from: Day, reason: string): string =>
  `${tierWords[tier]} from ${dayName(from)}: ${reason}`

/** Its own knots, what joins them, and what of it hangs loose on the day. */
export function strandOf({ school, plans, judgements, decisions }: StrandParts, day: Day): Strand {
  const nodes: ThreadNode[] = []
  const links: ThreadLink[] = []
  const loose: LooseEnd[] = []
  const judged = judgements.map((judgement) => ({
    ...judgement,
    node: {
      id: `judgement-${judgement.id}`,
      kind: 'judgement',
      title: judgement.title,
      href: judgement.href,
      school,
    } satisfies ThreadNode,
  }))
  const byFigure = joinedBy(judged, (one) => one.figures)
  const byObjective = joinedBy(judged, (one) => one.objectives)

  const standing = plans
    .flatMap((plan) => plan.objectives)
    .map((objective): ObjectiveStanding => {
      const path = `/improvement/objectives/${objective.id}`
      const node: ThreadNode = {
        id: `objective-${objective.id}`,
        kind: 'objective',
        title: objective.title,
        href: path,
        school,
      }
      const hang = (id: string, kind: ThreadNode['kind'], title: string, anchor: string) => {
        nodes.push({ id, kind, title, href: `${path}#${anchor}`, school })
        links.push({ from: node.id, to: id })
      }
      nodes.push(node)
      for (const why of looseEndsOf(objective, day)) loose.push({ node: node.id, why })
      for (const action of objective.actions) {
        const own = `action-${action.id}`
        hang(own, 'action', action.title, own)
        if (actionStanding(action, day) === 'late')
          loose.push({ node: own, why: 'It is past its date and not done.' })
      }
      const uses = new Set(byObjective.get(objective.id) ?? [])
      for (const one of uses) links.push({ from: node.id, to: one.id })
      for (const { id, words, figure } of objective.evidence) {
        const own = `evidence-${id}`
        hang(own, 'evidence', words || (figure ? `${figure.measure}, ${figure.period}` : 'Evidence'), own)
        const used = figure ? (byFigure.get(figureStem(figure)) ?? []) : []
        for (const one of used) {
          links.push({ from: own, to: one.id })
          uses.add(one)
        }
        if (figure && used.length === 0) loose.push({ node: own, why: 'No judgement uses it.' })
      }
      for (const decision of objective.decisions)
        hang(`decision-${decision.id}`, 'decision', decision.words, 'decisions')
      return {
        node,
        priority: objective.priority,
        state: latestState(objective.progress)?.state,
        actions: objective.actions.length,
        late: objective.actions.filter((action) => actionStanding(action, day) === 'late').length,
        evidence: objective.evidence.length,
        cost: objective.actions.reduce((sum, action) => sum + action.cost, 0),
        judged: [...uses],
        decided: objective.decisions.at(-1)?.words,
      }
    })

  nodes.push(...judged.map((one) => one.node))
  for (const { id, title, href, evaluation } of decisions) {
    nodes.push({ id, kind: 'decision', title, href, school })
    const rests = judged.filter((one) => evaluation === undefined || one.evaluation === evaluation)
    for (const one of rests) links.push({ from: one.node.id, to: id })
    if (rests.length === 0) loose.push({ node: id, why: 'No judgement stands behind it.' })
  }
  return { school, objectives: standing, nodes, links, loose }
}

function joinedBy<Key>(
  judged: readonly (JudgementSeen & { readonly node: ThreadNode })[],
  keys: (one: JudgementSeen) => readonly Key[],
): ReadonlyMap<Key, ThreadNode[]> {
  const by = new Map<Key, ThreadNode[]>()
  for (const one of judged)
    for (const key of new Set(keys(one))) by.set(key, [...(by.get(key) ?? []), one.node])
  return by
}

function looseEndsOf({ evidence, criteria, owner }: Objective, day: Day): string[] {
  return [
    evidence.length === 0 &&
      criteria.every((one) => one.figure === null) &&
      'It has no evidence and no figure among its criteria.',
    owner === null
      ? 'Nobody owns it.'
      : owner.leftOn !== null && owner.leftOn < day && `Its owner, ${owner.name}, has left.`,
  ].filter((why) => typeof why === 'string')
}
