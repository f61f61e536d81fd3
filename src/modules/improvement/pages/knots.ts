import type { Viewer } from '../../../platform/viewer.ts'
import type { Knot } from '../../../ui/index.ts'
import { purposeOn } from '../../purpose/index.ts'
import type { Objective } from '../queries/plan.ts'
import { dayOfYear } from '../queries/school-years.ts'
import { actionsWords } from './words.tsx'

/** The gold strip of a page that stands on an objective: up to its aim, down to its evidence and decisions. */
export async function knotsOf(viewer: Viewer, objective: Objective): Promise<Knot[]> {
  const { aims } = await purposeOn(viewer, dayOfYear(viewer, objective.academicYear))
  const aim = aims.find((one) => one.priorities.some((priority) => priority.id === objective.priority))
  const priority = aim?.priorities.find((one) => one.id === objective.priority)
  const path = `/improvement/objectives/${objective.id}`
  const decision = objective.decisions.at(-1)
  return [
    aim
      ? { name: 'Aim', text: aim.title, href: `/purpose#aim-${aim.id}` }
      : { name: 'Aim', text: 'Joined to no aim', state: 'none' },
    priority
      ? { name: 'Priority', text: priority.title, href: `/purpose/priorities/${priority.id}` }
      : { name: 'Priority', text: 'Stands on no priority', state: 'none' },
    { name: 'Objective', text: objective.title, state: 'here' },
    objective.actions.length > 0
      ? { name: 'Action', text: actionsWords(objective.actions, viewer.today), href: `${path}#actions` }
      : { name: 'Action', text: 'None yet', state: 'none' },
    objective.evidence.length > 0
      ? { name: 'Evidence', text: `${objective.evidence.length} in the record`, href: `${path}#evidence` }
      : { name: 'Evidence', text: 'None yet', state: 'none' },
    decision
      ? { name: 'Decision', text: decision.words, href: `${path}#decisions` }
      : { name: 'Decision', text: 'To be made at the end of this stage', state: 'none' },
  ]
}
