import { Refusal } from '../../../kernel/refusal.ts'
import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** @throws Refusal when the viewer may not send results for every one of the schools. */
export const mustSend = (viewer: Viewer, schools: Iterable<number>) => {
  const reach = schoolsWhere(viewer, 'send results')
  for (const school of schools) {
    if (!includesSchool(reach, school)) throw new Refusal('You can’t add pupils at this school.')
  }
}

/** How many rows each school has. */
export const groupBySchool = (rows: readonly { readonly school: number }[]) => {
  const many = new Map<number, number>()
  for (const row of rows) many.set(row.school, (many.get(row.school) ?? 0) + 1)
  return many
}
