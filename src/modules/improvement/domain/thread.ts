import type { Day } from '../../../kernel/days.ts'
import { includesSchool } from '../../../kernel/viewer.ts'
import type { Aim } from '../../purpose/index.ts'
import type { ObjectiveStanding, Strand } from './strand.ts'

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

export interface ThreadLink {
  readonly from: string
  readonly to: string
}

/** What hangs loose, and why. */
export interface LooseEnd {
  readonly node: string
  readonly why: string
}

export interface ThreadMap {
  readonly nodes: readonly ThreadNode[]
  readonly links: readonly ThreadLink[]
  readonly loose: readonly LooseEnd[]
}

/** The thread as pages read it: joined, and by the objectives that stand on each priority. */
export interface JoinedThread extends ThreadMap {
  readonly aims: readonly Aim[]
  /** By priority; those on none of the day's under `null`. */
  readonly standing: ReadonlyMap<number | null, readonly ObjectiveStanding[]>
}

/**
 * Everything joined, from aims to decisions, with what hangs loose on the day. Who sees some schools only is told no more than
 * what holds of these: a priority of a school out of sight is left out.
 */
export function joined(
  everyAim: readonly Aim[],
  strands: readonly Strand[],
  day: Day,
  sight: 'all' | readonly number[] = 'all',
): JoinedThread {
  const aims = everyAim.map((aim) => ({
    ...aim,
    priorities: aim.priorities.filter(({ school }) => school === null || includesSchool(sight, school)),
  }))
  const anybody = sight === 'all' ? '' : ' that you may see'
  const known = new Set(aims.flatMap((aim) => aim.priorities.map((priority) => priority.id)))
  const standing = Map.groupBy(
    strands.flatMap((strand) => strand.objectives),
    ({ priority }) => (priority !== null && known.has(priority) ? priority : null),
  )
  const nodes: ThreadNode[] = []
  const links: ThreadLink[] = []
  const loose: LooseEnd[] = []
  for (const aim of aims) {
    const id = `aim-${aim.id}`
    nodes.push({ id, kind: 'aim', title: aim.title, href: `/purpose#aim-${aim.id}`, school: null })
    if (!aim.priorities.some((priority) => standing.has(priority.id)))
      loose.push({ node: id, why: `No school works on it: no objective${anybody} stands on its priorities.` })
    for (const priority of aim.priorities) {
      const own = `priority-${priority.id}`
      const { title, school } = priority
      nodes.push({ id: own, kind: 'priority', title, href: `/purpose/priorities/${priority.id}`, school })
      links.push({ from: id, to: own })
      for (const why of looseEndsOf(priority, standing.get(priority.id) ?? [], day, anybody))
        loose.push({ node: own, why })
      for (const objective of standing.get(priority.id) ?? [])
        links.push({ from: own, to: objective.node.id })
    }
  }
  for (const objective of standing.get(null) ?? [])
    loose.push({ node: objective.node.id, why: 'It stands on no priority of that day.' })
  for (const strand of strands) {
    nodes.push(...strand.nodes)
    links.push(...strand.links)
    loose.push(...strand.loose)
  }
  return { aims, standing, nodes, links, loose }
}

function looseEndsOf(
  { by, owner }: Aim['priorities'][number],
  objectives: readonly ObjectiveStanding[],
  day: Day,
  anybody: string,
): string[] {
  const cost = objectives.reduce((sum, one) => sum + one.cost, 0)
  const result = objectives.some((one) => one.state === 'met' || one.state === 'partly met')
  return [
    objectives.length === 0 && `No objective${anybody} stands on it.`,
    by < day && 'Its horizon has passed.',
    owner?.leftOn && owner.leftOn < day && `Its owner, ${owner.name}, has left.`,
    cost > 0 &&
      !result &&
      `£${cost.toLocaleString('en-GB')} is planned for it and no objective${anybody} is met or partly met yet.`,
  ].filter((why) => typeof why === 'string')
}
