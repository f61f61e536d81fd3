import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { NotHere, Refusal } from '../../kernel/refusal.ts'
import { DiskFull, orDiskFull } from '../disk.ts'
import { TooLarge } from '../files.ts'
import type { Log } from '../log.ts'
import { BodyTooLarge, Forbidden, type Problem, TooMany } from './problem.ts'
import { requestId } from './requests.ts'

/** Draws the page of a problem; `ui` knows how, the app hands it in. */
export type RenderError = (problem: Problem, c: Context) => string | Promise<string>

const titles = {
  403: 'You can’t do that',
  404: 'There is nothing here',
  413: 'That is too large',
  422: 'That can’t be done',
  429: 'Too many requests',
  507: 'The disk is full',
} as const

const known = (status: keyof typeof titles, sentence: string): Problem => ({
  status,
  title: titles[status],
  sentence,
})

/** The problem that an error stands for. Of a fault of ours the reader learns the reference only. */
export function problemOf(thrown: unknown, reference: string): Problem {
  const error = orDiskFull(thrown)
  if (error instanceof NotHere) return known(404, error.message)
  if (error instanceof Forbidden) return known(403, error.message)
  if (error instanceof BodyTooLarge || error instanceof TooLarge) return known(413, error.message)
  if (error instanceof TooMany) return known(429, error.message)
  if (error instanceof DiskFull) return known(507, error.message)
  if (error instanceof Refusal) return known(422, error.message)
  if (error instanceof HTTPException && error.status < 500)
    return {
      status: 400,
      title: 'That request can’t be read',
      sentence: 'The page was asked for in a way that can’t be understood. Go back and try again.',
    }
  return {
    status: 500,
    title: 'Something went wrong',
    sentence:
      'The fault is ours, not yours. Nothing was changed. Try again; if it happens again, tell whoever runs Throughline for your trust and give them the reference.',
    reference,
  }
}

export function errorPages({ render, log }: { render: RenderError; log: Log }) {
  const answer = async (problem: Problem, c: Context) => {
    const wanted = c.req.header('accept') ?? ''
    const { path } = c.req
    c.status(problem.status)
    c.header('Cache-Control', 'no-store')
    if (path.startsWith('/scim/'))
      return c.body(
        JSON.stringify({
          schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
          status: String(problem.status),
          detail: problem.sentence,
        }),
        { headers: { 'Content-Type': 'application/scim+json' } },
      )
    if (path.startsWith('/api/') || (wanted.includes('application/json') && !wanted.includes('text/html')))
      return c.json({ error: problem.sentence, reference: problem.reference })
    try {
      return c.html(await render(problem, c))
    } catch (error) {
      log.error('error page', error, { request: requestId(c) })
      return c.text(
        `${problem.title}. ${problem.sentence}${problem.reference ? ` Reference: ${problem.reference}` : ''}`,
      )
    }
  }
  const onError: ErrorHandler = (error, c) => {
    const problem = problemOf(error, requestId(c))
    if (problem.status >= 500) log.error('request failed', error, { request: requestId(c) })
    if (problem.status === 413) c.header('Connection', 'close')
    if (error instanceof TooMany) c.header('Retry-After', String(error.seconds))
    return answer(problem, c)
  }
  const notFound: NotFoundHandler = (c) =>
    answer(known(404, 'The address may be mistyped, or what was here may have moved.'), c)
  return { onError, notFound }
}
