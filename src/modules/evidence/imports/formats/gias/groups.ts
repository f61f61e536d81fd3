import { Refusal } from '../../../../../kernel/refusal.ts'
import type { Viewer } from '../../../../../platform/viewer.ts'
import { reviseTrust, trustOf } from '../../../../organisation/index.ts'
import { fold } from '../../domain/letters.ts'
import type { Plan, Wish } from '../contract.ts'
import type { TextTable } from '../table-text.ts'

export const groupHeadings = ['Group UID', 'Group ID', 'Group Name', 'Companies House Number'] as const

export interface Group {
  readonly row: number
  readonly uid: string
  readonly id: string
  readonly name: string
  readonly companiesHouse: string
}

export const groupsIn = ({ rows }: TextTable): Group[] =>
  rows.map(({ row, of }) => ({
    row,
    uid: of('Group UID'),
    id: of('Group ID'),
    name: of('Group Name'),
    companiesHouse: of('Companies House Number'),
  }))

/** The trust’s own line of the extract: its number at Companies House. @throws Refusal when it has none, or two. */
export async function planGroup(viewer: Viewer, groups: readonly Group[], { only }: Wish): Promise<Plan> {
  const trust = await trustOf(viewer)
  const wanted = only?.trim() || trust.name
  const found = groups.filter(
    ({ uid, id, name }) => uid === wanted || id === wanted.toUpperCase() || fold(name) === fold(wanted),
  )
  if (found.length !== 1)
    throw new Refusal(
      `${found.length === 0 ? 'No group' : 'More than one group'} of the extract is “${wanted}”. Say which is yours: its UID, its ID (TR and five digits), or its name as GIAS has it.`,
    )
  const said = found[0]!.companiesHouse
  const number = /^\d{1,8}$/.test(said) ? said.padStart(8, '0') : said
  if (!/^[A-Z0-9]{8}$/i.test(number))
    throw new Refusal(
      `Row ${found[0]!.row} gives “${said}” as the trust’s number at Companies House, which has eight characters. Nothing else of this extract is kept, so there is nothing to bring in.`,
    )
  const same = trust.companiesHouse === number
  return {
    changes: [{ what: 'trust', added: 0, changed: same ? 0 : 1, same: same ? 1 : 0 }],
    notes: [`${found[0]!.name} has the number ${number} at Companies House.`],
    leftOut: [],
    put: (here) => reviseTrust(here, { companiesHouse: number }),
  }
}
