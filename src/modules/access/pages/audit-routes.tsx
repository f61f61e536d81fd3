import { type Context, Hono } from 'hono'
import { dayName, isDay, londonDay, londonTime } from '../../../kernel/days.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { includesSchool, mayAnywhere, schoolsWhere } from '../../../kernel/viewer.ts'
import type { Env } from '../../../platform/http/env.ts'
import { type Sheet, sendSheet } from '../../../platform/spreadsheet.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { Problem } from '../../../ui/index.ts'
import { pupilIdByUpn, schoolBySlug, schools, trustOf } from '../../organisation/index.ts'
import { audit } from '../commands/audit.ts'
import { auditTrail, type TrailAsk, type TrailLine, trailFilters } from '../queries/audit-trail.ts'
import { verifyAudit } from '../queries/verify-audit.ts'
import { AuditPage, type TrailFilter } from './audit-page.tsx'

const whole = (text: string | undefined): number | undefined =>
  text && /^\d{1,9}$/.test(text) ? Number(text) : undefined

/** The filters of the address as a question; what can't be understood is said beside its field and left out. */
async function asked(viewer: Viewer, filter: TrailFilter): Promise<{ ask: TrailAsk; problems: Problem[] }> {
  const problems: Problem[] = []
  const day = (field: 'from' | 'to') => {
    const text = filter[field]?.trim()
    if (!text) return undefined
    if (isDay(text)) return text
    problems.push({ text: `“${text.slice(0, 20)}” is not a day. Write it as 2026-03-20.`, field })
    return undefined
  }
  const upn = filter.upn?.trim().toUpperCase()
  const pupil = upn ? await pupilIdByUpn(viewer, upn) : undefined
  if (upn && pupil === undefined)
    problems.push({ text: `No pupil whom you may see has the UPN ${upn.slice(0, 20)}.`, field: 'upn' })
  const [from, to] = [day('from'), day('to')]
  if (from && to && to < from) problems.push({ text: 'The last day is before the first.', field: 'to' })
  const school = filter.school ? (await schoolBySlug(viewer, filter.school)).id : undefined
  return {
    // A pupil who is not there has no lines.
    ask: {
      school,
      person: whole(filter.person),
      deed: filter.deed || undefined,
      pupil: upn ? (pupil ?? -1) : pupil,
      from,
      to,
    },
    problems,
  }
}

/** Every line that answers, a page of the trail at a time. */
async function* everyLine(viewer: Viewer, ask: TrailAsk): AsyncGenerator<readonly string[]> {
  let before: number | undefined
  for (;;) {
    const { lines, more } = await auditTrail(viewer, { ...ask, before, limit: 1000 })
    for (const line of lines) yield row(line)
    if (!more) return
    before = lines.at(-1)!.seq
  }
}

const row = (line: TrailLine) => [
  String(line.seq),
  `${londonDay(line.at)} ${londonTime(line.at)}`,
  line.name,
  line.deed,
  line.schoolName ?? '',
  line.sentence,
]

async function sendTrail(c: Context<Env>, ask: TrailAsk) {
  const viewer = c.get('viewer')
  const trust = await trustOf(viewer)
  await audit(viewer, {
    deed: 'exported',
    subject: 'access.audit',
    id: 'csv',
    detail: { what: 'the audit trail, CSV' },
  })
  const sheet: Sheet = {
    title: 'Audit trail',
    about: [
      ['Trust', trust.name],
      ['Made', dayName(viewer.today)],
    ],
    columns: ['Line', 'When', 'Who', 'Deed', 'School', 'What'].map((head) => ({ head })),
    rows: everyLine(viewer, ask),
  }
  return sendSheet(c, sheet, 'csv', { trust: trust.slug, what: 'audit trail', day: viewer.today })
}

/** The audit trail, for whoever may read it. */
export function auditRoutes(): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/audit', async (c) => {
    const viewer = c.get('viewer')
    if (!mayAnywhere(viewer, 'see audit')) throw new NotHere()
    const reach = schoolsWhere(viewer, 'see audit')
    const { school, person, deed, upn, from, to, before, check, as } = c.req.query()
    const filter: TrailFilter = { school, person, deed, upn, from, to }
    const { ask, problems } = await asked(viewer, filter)
    if (as === 'csv' && problems.length === 0) return await sendTrail(c, ask)
    const { lines, more } = await auditTrail(viewer, { ...ask, before: whole(before) })
    const address = (extra: Record<string, string>) => {
      const kept = Object.entries({ ...filter, ...extra }).filter(
        (pair): pair is [string, string] => !!pair[1],
      )
      return `/audit${kept.length > 0 ? `?${new URLSearchParams(kept)}` : ''}`
    }
    return c.html(
      <AuditPage
        viewer={viewer}
        trust={(await trustOf(viewer)).name}
        lines={lines}
        filter={filter}
        schools={(await schools(viewer)).filter((one) => includesSchool(reach, one.id))}
        {...(await trailFilters(viewer))}
        older={more ? address({ before: String(lines.at(-1)!.seq) }) : undefined}
        newest={before ? address({}) : undefined}
        checkable={reach === 'all'}
        verified={check && reach === 'all' ? await verifyAudit(viewer) : undefined}
        problems={problems}
        csv={address({ as: 'csv' })}
      />,
    )
  })
  return routes
}
