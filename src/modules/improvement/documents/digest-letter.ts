import { html } from 'hono/html'
import { dayName } from '../../../kernel/days.ts'
import { count } from '../../../kernel/numbers.ts'
import type { Letter } from '../../../platform/mail.ts'
import type { Digest, DigestWay } from '../domain/digest.ts'
import type { MyAction } from '../queries/my-actions.ts'

export interface DigestTo {
  readonly name: string
  readonly email: string
  readonly trust: string
  readonly origin: string
  readonly way: DigestWay
  /** Where the letters are stopped, without signing in. */
  readonly stop: string
  readonly nameOf: (school: number | null) => string
}

/** A person's own actions that are late or due, in words and as a plain page: no pupil, no figure, a link to each. */
export function digestLetter({ late, due }: Digest<MyAction>, to: DigestTo): Letter {
  const linkOf = (one: MyAction) => `${to.origin}/improvement/objectives/${one.objective}#action-${one.id}`
  const parts = [
    { title: 'Late', actions: late, words: 'was due' },
    { title: 'Due within a fortnight', actions: due, words: 'is due' },
  ].filter((part) => part.actions.length > 0)
  const subject = [
    late.length > 0 && `${count(late.length, 'action')} late`,
    due.length > 0 && `${late.length > 0 ? due.length : count(due.length, 'action')} due soon`,
  ]
    .filter(Boolean)
    .join(', ')
  const why = `You get this ${to.way === 'daily' ? 'each working day' : 'once a week'} while something is late or due.`
  const text = `Hello ${to.name},

${parts
  .map(
    ({ title, actions, words }) =>
      `${title}\n\n${actions
        .map(
          (one) =>
            `- ${one.title}\n  ${words} on ${dayName(one.due)}; for “${one.objectiveTitle}”, ${to.nameOf(one.school)}\n  ${linkOf(one)}`,
        )
        .join('\n\n')}`,
  )
  .join('\n\n')}

All your actions, to mark what is done: ${to.origin}/improvement/actions

${why} Choose another rhythm on that page, or stop these letters: ${to.stop}

${to.trust}’s Throughline
`
  const page = html`<!doctype html>
<html lang="en-GB">
<body style="font:16px/1.5 Verdana,Arial,sans-serif;color:#1a1a17;background:#ffffff;max-width:38em">
<p>Hello ${to.name},</p>
${parts.map(
  ({
    title,
    actions,
    words,
  }) => html`<h2 style="font-size:18px;margin:24px 0 8px;border-top:1px solid #1a1a17;padding-top:8px">${title}</h2>
<ul style="padding-left:20px;margin:0">
${actions.map(
  (
    one,
  ) => html`<li style="margin:0 0 12px"><a href="${linkOf(one)}" style="color:#0b4a58">${one.title}</a><br>
${words} on <b>${dayName(one.due)}</b>; for “${one.objectiveTitle}”, ${to.nameOf(one.school)}</li>`,
)}
</ul>`,
)}
<p style="margin-top:24px"><a href="${to.origin}/improvement/actions" style="color:#0b4a58">All your actions, to mark what is done</a></p>
<p style="font-size:14px;color:#55554e">${why} Choose another rhythm on that page, or <a href="${to.stop}" style="color:#0b4a58">stop these letters</a>.</p>
<p style="font-size:14px;color:#55554e">${to.trust}’s Throughline</p>
</body>
</html>`
  return { to: to.email, subject: `Your actions: ${subject}`, text, html: String(page), stop: to.stop }
}
