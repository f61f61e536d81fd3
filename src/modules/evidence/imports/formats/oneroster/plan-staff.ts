import { count } from '../../../../../kernel/numbers.ts'
import { may } from '../../../../../kernel/viewer.ts'
import type { Viewer } from '../../../../../platform/viewer.ts'
import { addPerson, people, staffOf } from '../../../../organisation/index.ts'
import type { LeftOut } from '../contract.ts'
import type { RosterStaff } from './roster.ts'

export interface StaffPlan {
  /** By the package’s id: ours, or −1, −2 … for those in `fresh`. */
  readonly ids: ReadonlyMap<string, number>
  readonly fresh: readonly RosterStaff[]
  readonly same: number
  /** Who works at the school and is not in the package, where the package lists staff at all. */
  readonly missing: readonly number[]
  readonly working: number
  readonly notes: readonly string[]
  readonly leftOut: readonly LeftOut[]
  /** Adds the new ones with their post, and no right to sign in; the answer is their ids, in order. */
  readonly put: (here: Viewer, school: number) => Promise<number[]>
}

/** Staff are known by their e-mail address. Only those who may manage people add new ones. */
export async function planStaff(
  viewer: Viewer,
  staff: readonly RosterStaff[],
  school: number | undefined,
): Promise<StaffPlan> {
  const working = school === undefined || staff.length === 0 ? [] : await staffOf(viewer, school)
  const byEmail = new Map((await people(viewer)).map((one) => [one.email.toLowerCase(), one.id]))
  const mayAdd = may(viewer, 'manage people', school === undefined ? {} : { school })
  const ids = new Map<string, number>()
  const fresh: RosterStaff[] = []
  const leftOut: LeftOut[] = []
  let same = 0
  let withoutRight = 0
  for (const one of staff) {
    const email = one.email.toLowerCase()
    const known = byEmail.get(email)
    if (known !== undefined) {
      ids.set(one.id, known)
      same++
    } else if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email))
      leftOut.push({
        part: 'users.csv',
        row: one.row,
        column: 'email',
        value: one.email,
        why: `${one.name} has no e-mail address, by which staff are known.`,
      })
    else if (mayAdd) {
      byEmail.set(email, -(fresh.length + 1))
      ids.set(one.id, -(fresh.length + 1))
      fresh.push(one)
    } else withoutRight++
  }
  return {
    ids,
    fresh,
    same,
    missing: working.filter((person) => ![...ids.values()].includes(person)),
    working: working.length,
    leftOut,
    notes: withoutRight
      ? [
          `${count(withoutRight, 'member of staff is', 'members of staff are')} not known in the trust. Only those who may manage people add staff, so their classes go in without them.`,
        ]
      : [],
    put: async (here, at) => {
      const added: number[] = []
      for (const { name, email, title } of fresh)
        added.push(await addPerson(here, { name, email, title, school: at }))
      return added
    },
  }
}
