import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'

const squeezed = promisify(gzip)
const least = 4096

/** Sends pages and pictures squeezed to browsers that can read them so. Downloads that stream are left alone. */
export const squeeze: MiddlewareHandler = async (c, next) => {
  await next()
  const { res } = c
  if (
    !/^(text\/html|image\/svg)/.test(res.headers.get('Content-Type') ?? '') ||
    res.headers.has('Content-Encoding')
  )
    return
  res.headers.append('Vary', 'Accept-Encoding')
  if (!/\bgzip\b/.test(c.req.header('accept-encoding') ?? '') || !res.body || c.req.method === 'HEAD') return
  const body = new Uint8Array(await res.arrayBuffer())
  const headers = new Headers(res.headers)
  headers.delete('Content-Length')
  if (body.length < least) {
    c.res = new Response(body, { status: res.status, headers })
    return
  }
  headers.set('Content-Encoding', 'gzip')
  c.res = new Response(new Uint8Array(await squeezed(body, { level: constants.Z_BEST_SPEED })), {
    status: res.status,
    headers,
  })
}
