import { type Context, Hono } from 'hono'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import type { Env } from '../../../platform/http/env.ts'
import { sentIn } from '../../../platform/http/form.ts'
import { Button, Form, Page, Section, Textarea } from '../../../ui/index.ts'
import { personPage } from '../queries/person.ts'
import { resetWays } from '../sign-in/reset-ways.ts'
import { idOf, trustName } from './asked-role.ts'

/** Resetting how somebody signs in, with a reason. */
export function resetRoutes(): Hono<Env> {
  const routes = new Hono<Env>()

  const page = async (c: Context<Env>, rest: { reason?: string; because?: string } = {}) => {
    const viewer = c.get('viewer')
    const person = await personPage(viewer, idOf(c))
    if (!person.mayReset) throw new NotHere()
    return (
      <Page
        title={`Reset how ${person.name} signs in`}
        viewer={viewer}
        trust={await trustName(viewer)}
        nav="people"
        purpose="For a lost phone, or a school account that is not theirs any more. Their app, recovery codes, passkeys and joined accounts are removed and they are signed out; the password stays as it is."
        crumbs={[
          { text: 'People', href: '/people' },
          { text: person.name, href: `/people/${person.id}` },
          { text: 'Reset' },
        ]}
        problems={rest.because ? [{ text: rest.because, field: 'reason' }] : []}
      >
        <Section>
          <p>Make sure first that it is {person.name} who asks: speak with them, on a number you know.</p>
          <Form action={`/people/${person.id}/ways/reset`}>
            <Textarea
              name="reason"
              label="Why?"
              hint="It stays in the audit trail with your name, and they are told by e-mail."
              value={rest.reason}
              error={rest.because}
            />
            <Button kind="warning">Reset how they sign in</Button>
          </Form>
        </Section>
      </Page>
    )
  }

  routes.get('/people/:id/ways', async (c) => c.html(await page(c)))
  routes.post('/people/:id/ways/reset', async (c) => {
    const { reason = '' } = await sentIn(c)
    const { id } = await personPage(c.get('viewer'), idOf(c))
    try {
      await resetWays(c.get('viewer'), id, reason)
      return c.redirect(`/people/${id}?done=reset`, 303)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return c.html(await page(c, { reason, because: error.message }), 422)
    }
  })
  return routes
}
