import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'

const most = 2000
const kept = new WeakMap<House, Map<string, Promise<unknown>>>()

/** What the viewer may see, as a key: two viewers with the same reach get the same figures. */
const reachOf = ({ trust, grants }: Viewer): string =>
  `${trust}:${grants.map(({ role, node, schools, department, class: form }) => [role, node, schools, department, form].join('/')).join(';')}`

/**
 * Works out once what can never change, because it stands on a numbered snapshot. The key must hold everything that the
 * answer depends on besides the viewer's reach. Failures are not kept.
 */
export function remember<T>(viewer: Viewer, key: string, work: () => Promise<T>): Promise<T> {
  const house = viewer.house
  const known = kept.get(house) ?? new Map<string, Promise<unknown>>()
  kept.set(house, known)
  const whole = `${reachOf(viewer)}|${key}`
  const before = known.get(whole)
  if (before) {
    known.delete(whole)
    known.set(whole, before)
    return before as Promise<T>
  }
  const made = work()
  known.set(whole, made)
  made.catch(() => known.delete(whole))
  if (known.size > most) known.delete(known.keys().next().value!)
  return made
}
