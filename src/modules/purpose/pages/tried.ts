import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import type { Env } from '../../../platform/http/env.ts'
import { problemsOf, type Sent, sentIn } from '../../../platform/http/form.ts'
import type { FieldValues, Problem } from '../../../ui/index.ts'

/** A number of an address or a field; 0, which nothing has, when it is none. */
export const numberIn = (text: string | undefined): number =>
  /^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : 0

/** Does what the form asks, then goes on; or shows the form again with what was typed and what was wrong. */
export async function tried(
  c: Context<Env>,
  work: (sent: Sent) => Promise<string>,
  again: (
    typed: { readonly values: FieldValues; readonly problems: readonly Problem[] },
    sent: Sent,
  ) => Promise<Child> | Child,
) {
  const sent = await sentIn(c)
  try {
    return c.redirect(await work(sent), 303)
  } catch (error) {
    const problems = problemsOf(error)
    return c.html((await again({ values: sent, problems }, sent)) as never, 422)
  }
}
