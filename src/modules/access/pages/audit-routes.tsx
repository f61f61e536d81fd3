import { Hono } from 'hono'
import { NotHere } from '../../../kernel/refusal.ts'
import { includesSchool, mayAnywhere, schoolsWhere } from '../../../kernel/viewer.ts'
import type { Env } from '../../../platform/http/env.ts'
import { schoolBySlug, schools, trustOf } from '../../organisation/index.ts'
import { auditTrail, trailFilters } from '../queries/audit-trail.ts'
import { verifyAudit } from '../queries/verify-audit.ts'
import { AuditPage } from './audit-page.tsx'

const whole = (text: string | undefined): number | undefined =>
  text && /^\d{1,9}$/.test(text) ? Number(text) : undefined

/** The audit trail, for whoever may read it. */
export function auditRoutes(): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/audit', async (c) => {
    const viewer = c.get('viewer')
    if (!mayAnywhere(viewer, 'see audit')) throw new NotHere()
    const reach = schoolsWhere(viewer, 'see audit')
    const { school: slug, person, deed, before, check } = c.req.query()
    const school = slug ? (await schoolBySlug(viewer, slug)).id : undefined
    const { lines, more } = await auditTrail(viewer, {
      school,
      person: whole(person),
      deed: deed || undefined,
      before: whole(before),
    })
    const filter = { school: slug, person, deed }
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
      />,
    )
  })
  return routes
}
