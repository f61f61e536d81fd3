import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import type { House } from '../../../platform/house.ts'
import { wholeRequest } from '../../../platform/http/body.ts'
import { Buckets } from '../../../platform/http/buckets.ts'
import { problemOf } from '../../../platform/http/errors.ts'
import { TooMany } from '../../../platform/http/problem.ts'
import { addressOf } from '../../../platform/http/rate.ts'
import { requestId } from '../../../platform/http/requests.ts'
import { about, askRoute, sendRoute } from './api-description.ts'
import { type KeyHolder, keyHolder } from './keys.ts'
import { type Stands, sendByKey, sendingOf, sendingSoon } from './send-by-key.ts'
import { statusOf } from './sendings.ts'

type KeyEnv = { Variables: { holder: KeyHolder } }

const emptySha = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** Files by key, for programs: answers are JSON, and every refusal is `{ error: 'a sentence.' }`. */
export function apiRoutes(house: House) {
  const api = new OpenAPIHono<KeyEnv>({
    defaultHook: (result, c) => {
      if (!result.success) return c.json({ error: sentenceOf(result.error.issues[0]?.message) }, 422)
    },
  })
  api.openAPIRegistry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'A key made under Drops, Keys for sending files.',
  })
  api.onError((error, c) => {
    const { status, sentence, reference } = problemOf(error, requestId(c))
    if (status >= 500) house.log.error('request by key failed', error, { request: requestId(c) })
    if (error instanceof TooMany) c.header('Retry-After', String(error.seconds))
    return c.json({ error: sentence, ...(reference ? { reference } : {}) }, status)
  })
  api.use('/files', byKey(house))
  api.use('/files/*', byKey(house))

  api.openapi(sendRoute, async (c) => {
    const holder = c.get('holder')
    const { name, school, drop } = c.req.valid('query')
    const { body } = wholeRequest(c)
    const kept = body && (await house.files.keep(Readable.fromWeb(body as ReadableStream)))
    if (!kept || kept.sha256 === emptySha)
      return c.json({ error: 'The request has no body. Send the file itself as the body.' }, 422)
    const sent = await sendByKey(holder, {
      upload: { name: plain(name) || 'sent-by-key', ...kept },
      school,
      drop,
      idempotencyKey: c.req.valid('header')['idempotency-key'],
    })
    return told(c, await sendingSoon(holder, sent, patience(c)))
  })
  api.openapi(askRoute, async (c) => {
    const stands = await sendingOf(c.get('holder'), c.req.valid('param').id)
    return told(c, await sendingSoon(c.get('holder'), stands, patience(c)))
  })
  api.doc31('/openapi.json', about)
  return api
}

/** The document itself, for the page that prints it. */
export const apiDocument = (house: House) => apiRoutes(house).getOpenAPI31Document(about)

/** How long a sender would wait for the answer itself (RFC 7240, `Prefer: wait=20`), in milliseconds: at most a minute. */
const patience = (c: Context): number =>
  Math.min(60, Number(/(?:^|[,;\s])wait=(\d{1,4})/.exec(c.req.header('prefer') ?? '')?.[1] ?? 0)) * 1000

function told(c: Context, { id, answer, again }: Stands) {
  const href = `/api/v1/files/${id}`
  if (again) c.header('Idempotency-Replayed', 'true')
  c.header('Location', href)
  if (!answer) {
    c.header('Retry-After', '2')
    return c.json({ id, state: 'working', href }, 202) as never
  }
  if ('error' in answer) return c.json(answer, 422) as never
  const code = statusOf(answer)
  return c.json({ id, state: 'done', ...answer }, again && code === 201 ? 200 : code) as never
}

/** Who may not even try often: wrong keys by address, right ones by key. */
function byKey(house: House): MiddlewareHandler<KeyEnv> {
  const wrong = new Buckets({ burst: 20, perSecond: 0.2 })
  const right = new Buckets({ burst: 60, perSecond: 1 })
  return async (c, next) => {
    const secret = /^Bearer (\S{1,200})$/.exec(c.req.header('authorization') ?? '')?.[1]
    const holder = secret ? await keyHolder(house, secret) : undefined
    if (!holder) {
      const seconds = wrong.take(addressOf(c, house.config.behindProxy))
      if (seconds > 0) throw new TooMany(seconds)
      c.header('WWW-Authenticate', 'Bearer')
      return c.json(
        { error: 'There is no such key, or it was revoked. Send it as: Authorization: Bearer thr_…' },
        401,
      )
    }
    const seconds = right.take(`${holder.viewer.trust} ${holder.key}`)
    if (seconds > 0) throw new TooMany(seconds)
    c.set('holder', holder)
    await next()
  }
}

const sentenceOf = (message: string | undefined) =>
  message && /[.?!]$/.test(message) ? message : 'The request can’t be read: look at its query and headers.'

const plain = (name: string | undefined): string =>
  (name ?? '')
    .replace(/[\p{C}\\/]/gu, '')
    .trim()
    .slice(0, 200)
