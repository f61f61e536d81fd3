import { addDays } from '../../../../../kernel/days.ts'
import { count } from '../../../../../kernel/numbers.ts'
import type { Viewer } from '../../../../../platform/viewer.ts'
import { addPredecessors, predecessors, schools } from '../../../../organisation/index.ts'
import { readDate } from '../../domain/read-date.ts'
import type { LeftOut, Plan } from '../contract.ts'
import type { TextTable } from '../table-text.ts'

export const linkHeadings = ['URN', 'LinkURN', 'LinkName', 'LinkType', 'LinkEstablishedDate'] as const

export interface Link {
  readonly row: number
  readonly urn: string
  readonly linkUrn: string
  readonly kind: string
  readonly established: string
}

export const linksIn = ({ rows }: TextTable): Link[] =>
  rows.map(({ row, of }) => ({
    row,
    urn: of('URN'),
    linkUrn: of('LinkURN'),
    kind: of('LinkType'),
    established: of('LinkEstablishedDate'),
  }))

/** A school’s predecessors, from both ends of a link: `URN’s predecessor is LinkURN`, and `URN’s successor is LinkURN`. */
export async function planLinks(viewer: Viewer, links: readonly Link[]): Promise<Plan> {
  const ours = new Map((await schools(viewer)).map((school) => [school.urn, school.id]))
  const known = new Set((await predecessors(viewer)).map((one) => `${one.school} ${one.urn}`))
  const leftOut: LeftOut[] = []
  const found = new Map<string, { school: number; urn: string; until: string | null }>()
  let same = 0
  let others = 0
  for (const link of links) {
    const forwards = /^successor/i.test(link.kind)
    if (!forwards && !/^predecessor/i.test(link.kind)) continue
    const [now, before] = forwards ? [link.linkUrn, link.urn] : [link.urn, link.linkUrn]
    const school = ours.get(now)
    if (school === undefined) {
      others++
      continue
    }
    const out = (column: string, value: string, why: string) =>
      leftOut.push({ row: link.row, column, value, why })
    if (!/^\d{6}$/.test(before) || before === now) {
      out(
        forwards ? 'URN' : 'LinkURN',
        before,
        'A predecessor has a URN of six digits, other than its successor’s.',
      )
      continue
    }
    if (ours.has(before)) {
      out(
        'LinkURN',
        before,
        'This predecessor is itself a school of the trust: its own record stands. If the two became one, record the merger under Schools that join, leave and merge.',
      )
      continue
    }
    const date = readDate(link.established)
    if (date.kind === 'wrong') out('LinkEstablishedDate', link.established, date.why)
    const key = `${school} ${before}`
    if (known.has(key)) same++
    else found.set(key, { school, urn: before, until: date.kind === 'day' ? addDays(date.day, -1) : null })
  }
  return {
    changes: [{ what: 'predecessor', added: found.size, changed: 0, same }],
    notes: others ? [`${count(others, 'link')} of schools of other trusts are left alone.`] : [],
    leftOut,
    put: (here) => addPredecessors(here, [...found.values()]),
  }
}
