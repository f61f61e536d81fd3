import { dayName } from '../../../../../kernel/days.ts'
import { count } from '../../../../../kernel/numbers.ts'
import { Refusal } from '../../../../../kernel/refusal.ts'
import type { Viewer } from '../../../../../platform/viewer.ts'
import { recordJoining, type School, schools, trustOf } from '../../../../organisation/index.ts'
import { fold } from '../../domain/letters.ts'
import { readDate } from '../../domain/read-date.ts'
import type { LeftOut, Plan, Wish } from '../contract.ts'
import type { TextTable } from '../table-text.ts'

export const groupLinkHeadings = ['URN', 'Group UID', 'Group ID', 'Group Name', 'Joined date'] as const

/** A school’s line in a group. */
export interface GroupLink {
  readonly row: number
  readonly urn: string
  readonly uid: string
  readonly id: string
  readonly name: string
  /** As it stands in the file. */
  readonly joined: string
}

export const groupLinksIn = ({ rows }: TextTable): GroupLink[] =>
  rows.map(({ row, of }) => ({
    row,
    urn: of('URN'),
    uid: of('Group UID'),
    id: of('Group ID'),
    name: of('Group Name'),
    joined: of('Joined date'),
  }))

/** When each school joined the trust, from the lines of the trust’s own group. @throws Refusal when the file names no such group. */
export async function planGroupLinks(
  viewer: Viewer,
  rows: readonly GroupLink[],
  { only }: Wish,
): Promise<Plan> {
  const wanted = only?.trim() || (await trustOf(viewer)).name
  const ours = rows.filter(
    (row) => row.uid === wanted || row.id === wanted.toUpperCase() || fold(row.name) === fold(wanted),
  )
  if (ours.length === 0)
    throw new Refusal(
      `No group of the extract is “${wanted}”. Say which is yours: its UID, its ID (TR and five digits), or its name as GIAS has it.`,
    )
  const known = new Map((await schools(viewer)).map((school) => [school.urn, school]))
  const leftOut: LeftOut[] = []
  const found: { school: School; day: string }[] = []
  let same = 0
  for (const row of ours) {
    const school = known.get(row.urn)
    const out = (column: string, value: string, why: string) =>
      leftOut.push({ row: row.row, column, value, why })
    const said = readDate(row.joined)
    if (!school)
      out(
        'URN',
        row.urn,
        'The trust has no school with this URN on record. Bring in its establishment first.',
      )
    else if (said.kind !== 'day')
      out(
        'Joined date',
        row.joined,
        said.kind === 'wrong' ? said.why : `The row does not say when ${school.shortName} joined.`,
      )
    else if (school.joined === said.day) same++
    else found.push({ school, day: said.day })
  }
  return {
    changes: [{ what: 'joining day', added: 0, changed: found.length, same }],
    notes: [
      ...(ours.length < rows.length
        ? [
            `${count(rows.length - ours.length, 'school of another group is', 'schools of other groups are')} left alone.`,
          ]
        : []),
      ...found.map(
        ({ school, day }) =>
          `${school.shortName} joined on ${dayName(day)}${school.joined ? `; on record it was ${dayName(school.joined)}` : ''}. Results that come from now on for a day before that are its own history; what is sealed stays as it is.`,
      ),
    ],
    leftOut,
    put: async (here) => {
      for (const { school, day } of found) await recordJoining(here, school.id, day)
    },
  }
}
