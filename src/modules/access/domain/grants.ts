import type { Day } from '../../../kernel/days.ts'
import type { Role } from '../../../kernel/roles.ts'
import type { Grant } from '../../../kernel/viewer.ts'

/** A grant as it stands in the record. */
export interface GivenRole {
  readonly role: Role
  readonly node: Grant['node']
  readonly cluster: number | null
  readonly school: number | null
  readonly department: number | null
  readonly class: number | null
  readonly from: Day
  readonly to: Day | null
}

/** Does it hold on that day? The first and the last day are both included. */
export const holdsOn = ({ from, to }: Pick<GivenRole, 'from' | 'to'>, day: Day): boolean =>
  from <= day && (to === null || day <= to)

/** The grants that hold on a day, with clusters opened into their schools. */
export function grantsOn(
  given: readonly GivenRole[],
  day: Day,
  clusters: ReadonlyMap<number, readonly number[]>,
): Grant[] {
  return given
    .filter((grant) => holdsOn(grant, day))
    .map(({ role, node, cluster, school, department, class: form }) => ({
      role,
      node,
      schools: node === 'trust' ? 'all' : node === 'cluster' ? (clusters.get(cluster!) ?? []) : [school!],
      ...(node === 'department' ? { department: department! } : {}),
      ...(node === 'class' ? { class: form! } : {}),
    }))
}
