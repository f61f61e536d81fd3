import { addDays } from '../../../../../kernel/days.ts'
import { count } from '../../../../../kernel/numbers.ts'
import type { Viewer } from '../../../../../platform/viewer.ts'
import { addPredecessors, predecessors, schools } from '../../../../organisation/index.ts'
import { readDate } from '../../domain/read-date.ts'
import type { LeftOut, Plan } from '../contract.ts'
import type { TextRow } from '../table-text.ts'

export const linkHeadings = ['URN', 'LinkURN', 'LinkName', 'LinkType', 'LinkEstablishedDate'] as const

/** A school’s predecessors, from both ends of a link: `URN’s predecessor is LinkURN`, and `URN’s successor is LinkURN`. */
export async function planLinks(viewer: Viewer, rows: readonly TextRow[]): Promise<Plan> {
  const ours = new Map((await schools(viewer)).map((school) => [school.urn, school.id]))
  const known = new Set((await predecessors(viewer)).map((one) => `${one.school} ${one.urn}`))
  const leftOut: LeftOut[] = []
  const found = new Map<string, { school: number; urn: string; until: string | null }>()
  let same = 0
  let others = 0
  for (const row of rows) {
    const forwards = /^successor/i.test(row.of('LinkType'))
    if (!forwards && !/^predecessor/i.test(row.of('LinkType'))) continue
    const [now, before] = forwards ? [row.of('LinkURN'), row.of('URN')] : [row.of('URN'), row.of('LinkURN')]
    const school = ours.get(now)
    if (school === undefined) {
      others++
      continue
    }
    const out = (column: string, value: string, why: string) =>
      leftOut.push({ row: row.row, column, value, why })
    if (!/^\d{6}$/.test(before) || before === now) {
      out(
        forwards ? 'URN' : 'LinkURN',
        before,
        'A predecessor has a URN of six digits, other than its successor’s.',
      )
      continue
    }
    if (ours.has(before)) {
      out('LinkURN', before, 'This predecessor is itself a school of the trust: its own record stands.')
      continue
    }
    const date = readDate(row.of('LinkEstablishedDate'))
    if (date.kind === 'wrong') out('LinkEstablishedDate', row.of('LinkEstablishedDate'), date.why)
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
