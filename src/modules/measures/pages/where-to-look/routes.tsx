import { Hono } from 'hono'
import { Refusal } from '../../../../kernel/refusal.ts'
import type { Env } from '../../../../platform/http/env.ts'
import { sentIn } from '../../../../platform/http/form.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { decideOnFinding } from '../../commands/decide-on-finding.ts'
import { trustBriefing } from '../../documents/trust-briefing.ts'
import { fileAsked, sendTable, settingAsked } from '../send.ts'
import type { SettingAsk } from '../setting.ts'
import { lookTable } from '../taken-away.ts'
import type { WorkOf } from '../work.tsx'
import { FindingPageView } from './finding-page.tsx'
import { overDrops } from './over-drops.ts'
import { aboutAll, LookPageView } from './page.tsx'
import { lookPage } from './query.ts'

/** The page, and what became of what is on it. */
async function seen(viewer: Viewer, workOf: WorkOf, ask: SettingAsk) {
  const page = await lookPage(viewer, ask)
  return { viewer, page, workAbout: await workOf(viewer, aboutAll(page)) }
}

/** One finding of the page, with the drops around it. */
async function one(viewer: Viewer, workOf: WorkOf, ask: SettingAsk, keyOf: string) {
  const props = await seen(viewer, workOf, ask)
  const finding = props.page.findings.find(({ key }) => key === keyOf)
  return { ...props, keyOf, over: finding ? await overDrops(viewer, props.page, finding) : [] }
}

export const lookRoutes = (workOf: WorkOf): Hono<Env> =>
  new Hono<Env>()
    .get('/trust/findings', async (c) => {
      const props = await seen(c.get('viewer'), workOf, settingAsked(c))
      const as = fileAsked(c)
      return as ? sendTable(c, lookTable(props.page), as) : c.html(<LookPageView {...props} />)
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
        <FindingPageView
          {...(await one(c.get('viewer'), workOf, settingAsked(c), c.req.query('key') ?? ''))}
        />,
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
            {...(await one(viewer, workOf, { drop }, key))}
            values={{ kind, reason }}
            problems={[{ field: kind === '' ? 'kind' : 'reason', text: error.message }]}
          />,
          422,
        )
      }
    })
