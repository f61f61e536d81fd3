import { type Context, Hono } from 'hono'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import type { Env } from '../../../platform/http/env.ts'
import { type Sent, sentIn } from '../../../platform/http/form.ts'
import { dueNow } from './due.ts'
import { countsSeen, letGo } from './let-go.ts'
import { KeepingPage, RulePage } from './pages.tsx'
import { keepingRules, setNightly, setRule } from './rules.ts'

const told: Record<string, string> = {
  rule: 'The rule is kept, with your name and reason.',
  nightly: 'It is kept, with your name and reason.',
  gone: 'It is let go. The audit trail says what and how much.',
}

/** A number of years as typed: empty is for good; what is no number is left for the command to refuse. */
export const yearsTyped = (text: string): number | null =>
  text.trim() === '' ? null : /^\d{1,3}$/.test(text.trim()) ? Number(text) : Number.NaN

/** How long records are kept, and letting go of what is due. */
export function retentionRoutes(): Hono<Env> {
  const keeping = async (c: Context<Env>, because?: string) => {
    const viewer = c.get('viewer')
    const due = await dueNow(viewer)
    return (
      <KeepingPage
        viewer={viewer}
        kept={await keepingRules(viewer)}
        due={due.classes}
        seen={countsSeen(due)}
        done={told[c.req.query('done') ?? '']}
        problems={because ? [{ text: because }] : []}
      />
    )
  }
  const rule = async (c: Context<Env>, typed?: Sent, because?: string) => {
    const viewer = c.get('viewer')
    await dueNow(viewer)
    const found = (await keepingRules(viewer)).rules.find((one) => one.class === c.req.param('class'))
    if (!found) throw new NotHere()
    return (
      <RulePage viewer={viewer} rule={found} typed={typed} problems={because ? [{ text: because }] : []} />
    )
  }
  const tried = async (
    c: Context<Env>,
    to: string,
    work: (sent: Sent) => Promise<unknown>,
    again: (sent: Sent, because: string) => Promise<unknown>,
  ) => {
    const sent = await sentIn(c)
    try {
      await work(sent)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return c.html((await again(sent, error.message)) as never, 422)
    }
    return c.redirect(to, 303)
  }
  return new Hono<Env>()
    .get('/keeping', async (c) => c.html(await keeping(c)))
    .get('/keeping/rules/:class', async (c) => c.html(await rule(c)))
    .post('/keeping/rules/:class', (c) =>
      tried(
        c,
        '/keeping?done=rule',
        ({ years = '', reason = '' }) =>
          setRule(c.get('viewer'), { class: c.req.param('class'), years: yearsTyped(years), reason }),
        (sent, because) => rule(c, sent, because),
      ),
    )
    .post('/keeping/nightly', (c) =>
      tried(
        c,
        '/keeping?done=nightly',
        ({ nightly, reason = '' }) => setNightly(c.get('viewer'), nightly === 'yes', reason),
        (_, because) => keeping(c, because),
      ),
    )
    .post('/keeping/let-go', (c) =>
      tried(
        c,
        '/keeping?done=gone',
        async ({ typed = '', seen = '' }) => {
          // Who may not is told so before anything else is.
          await dueNow(c.get('viewer'))
          if (typed.trim().toLowerCase() !== 'let go')
            throw new Refusal('Type “let go” to say that you have read what goes. Nothing went.')
          await letGo(c.get('viewer'), { seen })
        },
        (_, because) => keeping(c, because),
      ),
    )
}
