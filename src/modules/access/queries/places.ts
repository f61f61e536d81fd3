import { academicYearOf } from '../../../kernel/academic-year.ts'
import { type Role, roles } from '../../../kernel/roles.ts'
import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { classesOf, clusters, departments, schools } from '../../organisation/index.ts'
import { type RolePlace, rolePlaces } from '../domain/role-places.ts'

export interface PlaceChoice {
  /** `class:3:17`, as a form sends it. */
  readonly value: string
  readonly text: string
}

/** Roles that this viewer could give somewhere. */
export function rolesToGive(viewer: Viewer): Role[] {
  const managed = schoolsWhere(viewer, 'manage people')
  if (managed === 'all') return [...roles]
  if (managed.length === 0) return []
  return roles.filter((role) => rolePlaces[role].some((node) => node !== 'trust' && node !== 'cluster'))
}

/** Where this viewer could give the role. */
export async function placesFor(viewer: Viewer, role: Role): Promise<PlaceChoice[]> {
  const managed = schoolsWhere(viewer, 'manage people')
  const nodes = rolePlaces[role]
  const own = (await schools(viewer)).filter((school) => includesSchool(managed, school.id))
  const choices: PlaceChoice[] = []
  if (nodes.includes('trust') && managed === 'all') choices.push({ value: 'trust', text: 'The whole trust' })
  if (nodes.includes('cluster') && managed === 'all')
    for (const cluster of await clusters(viewer))
      choices.push({ value: `cluster:${cluster.id}`, text: `The schools of ${cluster.name}` })
  for (const school of own) {
    if (nodes.includes('department'))
      for (const department of await departments(viewer, school.id))
        choices.push({
          value: `department:${school.id}:${department.id}`,
          text: `${school.shortName}: ${department.name}`,
        })
    if (nodes.includes('class'))
      for (const one of await classesOf(viewer, school.id, academicYearOf(viewer.today)))
        choices.push({
          value: `class:${school.id}:${one.id}`,
          text: `${school.shortName}: class ${one.name}`,
        })
    if (nodes.includes('school')) choices.push({ value: `school:${school.id}`, text: school.shortName })
  }
  return choices
}

/** The place that a form sent; nothing when it is no place. */
export function placeFrom(value: string | undefined): RolePlace | undefined {
  const [node, ...rest] = (value ?? '').split(':')
  const ids = rest.map(Number)
  if (ids.some((id) => !Number.isSafeInteger(id) || id < 1 || id > 2_147_483_647)) return undefined
  const [first, second] = ids
  if (node === 'trust' && ids.length === 0) return { node }
  if (node === 'cluster' && ids.length === 1) return { node, cluster: first! }
  if (node === 'school' && ids.length === 1) return { node, school: first! }
  if (node === 'department' && ids.length === 2) return { node, school: first!, department: second! }
  if (node === 'class' && ids.length === 2) return { node, school: first!, class: second! }
  return undefined
}
