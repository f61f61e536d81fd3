import { type Context, Hono } from 'hono'
import { Refusal } from '../../../../kernel/refusal.ts'
import type { Env } from '../../../../platform/http/env.ts'
import { sentIn } from '../../../../platform/http/form.ts'
import { decideOnFinding } from '../../commands/decide-on-finding.ts'
import { trustBriefing } from '../../documents/trust-briefing.ts'
import { fileAsked, sendTable, settingAsked } from '../send.ts'
import { lookTable } from '../taken-away.ts'
import { FindingPageView } from './finding-page.tsx'
import { LookPageView } from './page.tsx'
import { lookPage } from './query.ts'

const pageOf = (c: Context<Env>) => lookPage(c.get('viewer'), settingAsked(c))

export const lookRoutes = (): Hono<Env> =>
  new Hono<Env>()
    .get('/trust/findings', async (c) => {
      const page = await pageOf(c)
      const as = fileAsked(c)
      return as
        ? sendTable(c, lookTable(page), as)
        : c.html(<LookPageView page={page} viewer={c.get('viewer')} />)
    })
    .get('/trust/briefing.pdf', async (c) => {
      const pdf = await trustBriefing(c.get('viewer'), {
        ...settingAsked(c),
        for: c.req.query('for') === 'leaders' ? 'leaders' : 'board',
      })
      return c.body(pdf as Uint8Array<ArrayBuffer>, 200, {
        'Content-Type': 'application/pdf',
        'Content-Disposition': 'inline; filename="trust-briefing.pdf"',
      })
    })
    .get('/trust/findings/one', async (c) =>
      c.html(
        <FindingPageView page={await pageOf(c)} keyOf={c.req.query('key') ?? ''} viewer={c.get('viewer')} />,
      ),
    )
    .post('/trust/findings/one', async (c) => {
      const viewer = c.get('viewer')
      const { drop = '', key = '', kind = '', reason = '' } = await sentIn(c)
      try {
        await decideOnFinding(viewer, { drop, key, kind, reason })
        return c.redirect(`/trust/findings?drop=${encodeURIComponent(drop)}`, 303)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return c.html(
          <FindingPageView
            page={await lookPage(viewer, { drop })}
            keyOf={key}
            viewer={viewer}
            values={{ kind, reason }}
            problems={[{ field: kind === '' ? 'kind' : 'reason', text: error.message }]}
          />,
          422,
        )
      }
    })
