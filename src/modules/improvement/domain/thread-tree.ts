import type { NodeKind, ThreadMap, ThreadNode } from './thread.ts'

export const kindNames: Record<NodeKind, string> = {
  aim: 'Aim',
  priority: 'Priority',
  objective: 'Objective',
  action: 'Action',
  evidence: 'Evidence',
  judgement: 'Judgement',
  decision: 'Decision',
}

/** An objective with what hangs from it; the last decision counts. */
export interface ObjectiveKnot {
  readonly node: ThreadNode
  readonly actions: readonly ThreadNode[]
  readonly evidence: readonly ThreadNode[]
  readonly judged: readonly ThreadNode[]
  readonly decided: ThreadNode | undefined
}

export interface LooseKnot {
  readonly node: ThreadNode
  readonly why: string
}

/** The thread as it is read from the top: aims, what serves them, and what hangs loose. */
export interface ThreadTree {
  readonly aims: readonly {
    readonly node: ThreadNode
    readonly priorities: readonly {
      readonly node: ThreadNode
      readonly objectives: readonly ObjectiveKnot[]
    }[]
  }[]
  readonly loose: readonly LooseKnot[]
  readonly many: (kind: NodeKind) => number
}

/** The thread of a school with what it shares with the trust, or with no school the whole. */
export function threadTree(map: ThreadMap, school?: number): ThreadTree {
  const byId = new Map(map.nodes.map((node) => [node.id, node]))
  const below = Map.groupBy(map.links, (link) => link.from)
  const here = (node: ThreadNode) => school === undefined || node.school === null || node.school === school
  const down = (id: string, kind: NodeKind): ThreadNode[] =>
    (below.get(id) ?? []).flatMap((link) => {
      const node = byId.get(link.to)
      return node?.kind === kind ? [node] : []
    })
  const objectiveKnot = (node: ThreadNode): ObjectiveKnot => {
    const evidence = down(node.id, 'evidence')
    const judged = [
      ...down(node.id, 'judgement'),
      ...evidence.flatMap((one) => down(one.id, 'judgement')),
    ].filter((one, at, all) => all.findIndex((other) => other.id === one.id) === at)
    return {
      node,
      actions: down(node.id, 'action'),
      evidence,
      judged,
      decided: down(node.id, 'decision').at(-1),
    }
  }
  return {
    aims: map.nodes
      .filter((node) => node.kind === 'aim')
      .map((node) => ({
        node,
        priorities: down(node.id, 'priority')
          .filter(here)
          .map((priority) => ({
            node: priority,
            objectives: down(priority.id, 'objective').filter(here).map(objectiveKnot),
          })),
      })),
    loose: map.loose.flatMap(({ node: id, why }) => {
      const node = byId.get(id)
      return node && (school === undefined || node.school === school || node.kind === 'aim')
        ? [{ node, why }]
        : []
    }),
    many: (kind) => map.nodes.filter((node) => node.kind === kind && here(node)).length,
  }
}
