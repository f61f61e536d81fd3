import type { Day } from '../../../kernel/days.ts'
import type { Aim } from '../../purpose/index.ts'
import type { Plan } from '../queries/plan.ts'
import { actionStanding } from './action-standing.ts'
import { latestState } from './terms.ts'

export type NodeKind = 'aim' | 'priority' | 'objective' | 'action' | 'evidence' | 'judgement' | 'decision'

export interface ThreadNode {
  /** `objective-12` */
  readonly id: string
  readonly kind: NodeKind
  readonly title: string
  /** Its page. */
  readonly href: string
  /** Whose: none for the trust’s. */
  readonly school: number | null
}

/** What hangs loose, and why. */
export interface LooseEnd {
  readonly node: string
  readonly why: string
}

export interface ThreadMap {
  readonly nodes: readonly ThreadNode[]
  readonly links: readonly { readonly from: string; readonly to: string }[]
  readonly loose: readonly LooseEnd[]
}

/** A confirmed judgement with the figures it cites, by measure, whose, year and pupils. */
export interface JudgementSeen {
  readonly id: number
  readonly title: string
  readonly href: string
  readonly school: number | null
  readonly figures: readonly string[]
  readonly objectives: readonly number[]
}

export interface Strands {
  readonly aims: readonly Aim[]
  readonly plans: readonly Plan[]
  readonly judgements: readonly JudgementSeen[]
}

/** What a citation and a piece of evidence have in common when they are of the same figure, whatever the drop. */
export const figureStem = (key: { measure: string; place: string; year: string; group: string }): string =>
  [key.measure, key.place, key.year, key.group].join('|')

/** Everything joined, from aims to decisions, with what hangs loose on the day. */
export function threadMap({ aims, plans, judgements }: Strands, today: Day): ThreadMap {
  const nodes: ThreadNode[] = []
  const links: { from: string; to: string }[] = []
  const loose: LooseEnd[] = []
  const objectives = plans.flatMap((plan) => plan.objectives)
  const cited = new Set(judgements.flatMap((judgement) => judgement.figures))

  for (const aim of aims) {
    const id = `aim-${aim.id}`
    nodes.push({ id, kind: 'aim', title: aim.title, href: `/purpose#aim-${aim.id}`, school: null })
    const worked = aim.priorities.some((one) => objectives.some((objective) => objective.priority === one.id))
    if (!worked)
      loose.push({ node: id, why: 'No school works on it: no objective stands on its priorities.' })
    for (const priority of aim.priorities) {
      const own = `priority-${priority.id}`
      nodes.push({
        id: own,
        kind: 'priority',
        title: priority.title,
        href: `/purpose/priorities/${priority.id}`,
        school: priority.school,
      })
      links.push({ from: id, to: own })
      const standing = objectives.filter((objective) => objective.priority === priority.id)
      if (standing.length === 0) loose.push({ node: own, why: 'No objective stands on it.' })
      if (priority.by < today) loose.push({ node: own, why: 'Its horizon has passed.' })
      if (priority.owner?.leftOn && priority.owner.leftOn < today)
        loose.push({ node: own, why: `Its owner, ${priority.owner.name}, has left.` })
      const cost = standing.reduce(
        (sum, one) => sum + one.actions.reduce((all, action) => all + action.cost, 0),
        0,
      )
      const result = standing.some((one) =>
        ['met', 'partly met'].includes(latestState(one.progress)?.state ?? ''),
      )
      if (cost > 0 && !result)
        loose.push({
          node: own,
          why: `£${cost.toLocaleString('en-GB')} is planned for it and no objective is met or partly met yet.`,
        })
    }
  }

  const known = new Set(nodes.map((node) => node.id))
  for (const objective of objectives) {
    const id = `objective-${objective.id}`
    const { school } = objective
    nodes.push({
      id,
      kind: 'objective',
      title: objective.title,
      href: `/improvement/objectives/${objective.id}`,
      school,
    })
    if (objective.priority !== null && known.has(`priority-${objective.priority}`))
      links.push({ from: `priority-${objective.priority}`, to: id })
    else loose.push({ node: id, why: 'It stands on no priority of today.' })
    if (objective.evidence.length === 0 && objective.criteria.every((one) => one.figure === null))
      loose.push({ node: id, why: 'It has no evidence and no figure among its criteria.' })
    if (objective.owner === null) loose.push({ node: id, why: 'Nobody owns it.' })
    else if (objective.owner.leftOn !== null && objective.owner.leftOn < today)
      loose.push({ node: id, why: `Its owner, ${objective.owner.name}, has left.` })
    for (const action of objective.actions) {
      const own = `action-${action.id}`
      nodes.push({
        id: own,
        kind: 'action',
        title: action.title,
        href: `/improvement/objectives/${objective.id}#action-${action.id}`,
        school,
      })
      links.push({ from: id, to: own })
      if (actionStanding(action, today) === 'late')
        loose.push({ node: own, why: 'It is past its date and not done.' })
    }
    for (const evidence of objective.evidence) {
      const own = `evidence-${evidence.id}`
      nodes.push({
        id: own,
        kind: 'evidence',
        title:
          evidence.words ||
          (evidence.figure ? `${evidence.figure.measure}, ${evidence.figure.period}` : 'Evidence'),
        href: `/improvement/objectives/${objective.id}#evidence-${evidence.id}`,
        school,
      })
      links.push({ from: id, to: own })
      if (evidence.figure && !cited.has(figureStem(evidence.figure)))
        loose.push({ node: own, why: 'No judgement uses it.' })
    }
    for (const decision of objective.decisions) {
      const own = `decision-${decision.id}`
      nodes.push({
        id: own,
        kind: 'decision',
        title: decision.words,
        href: `/improvement/objectives/${objective.id}#decisions`,
        school,
      })
      links.push({ from: id, to: own })
    }
  }

  for (const judgement of judgements) {
    const id = `judgement-${judgement.id}`
    nodes.push({
      id,
      kind: 'judgement',
      title: judgement.title,
      href: judgement.href,
      school: judgement.school,
    })
    const used = objectives.flatMap((objective) =>
      objective.evidence
        .filter((one) => one.figure && judgement.figures.includes(figureStem(one.figure)))
        .map((one) => `evidence-${one.id}`),
    )
    for (const from of used) links.push({ from, to: id })
    for (const objective of judgement.objectives)
      if (objectives.some((one) => one.id === objective))
        links.push({ from: `objective-${objective}`, to: id })
  }
  return { nodes, links, loose }
}
