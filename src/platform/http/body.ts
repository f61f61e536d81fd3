import type { Context, MiddlewareHandler } from 'hono'
import { BodyTooLarge } from './problem.ts'

const whole = new WeakMap<Context, Request>()
const most = 1024 * 1024
const sentence = 'That form is larger than 1 MB, more than this page takes. Nothing was changed.'

/** Forms are small: a body over 1 MB breaks off. Only `receiveUpload`, and a file that a program sends, are read beyond it. */
export const limitBody: MiddlewareHandler = async (c, next) => {
  const { raw } = c.req
  if (raw.body && !['GET', 'HEAD'].includes(c.req.method)) {
    const streams =
      c.req.path.startsWith('/api/') || c.req.header('content-type')?.startsWith('multipart/form-data')
    if (!streams && Number(c.req.header('content-length') ?? 0) > most) throw new BodyTooLarge(sentence)
    whole.set(c, raw)
    c.req.raw = limited(raw)
  }
  await next()
}

/** The request with its body unlimited: for streaming it elsewhere, never for reading it into memory. */
export const wholeRequest = (c: Context): Request => whole.get(c) ?? c.req.raw

function limited(raw: Request): Request {
  let body: ReadableStream | undefined
  const read = () => {
    let bytes = 0
    body ??= raw.body!.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          bytes += chunk.byteLength
          if (bytes > most) controller.error(new BodyTooLarge(sentence))
          else controller.enqueue(chunk)
        },
      }),
    )
    return body
  }
  return new Proxy(raw, {
    get(target, name) {
      if (name === 'body') return read()
      if (['text', 'json', 'formData', 'arrayBuffer', 'blob', 'bytes'].includes(String(name)))
        return () => {
          const response = new Response(read(), {
            headers: { 'content-type': target.headers.get('content-type') ?? '' },
          })
          return (response[name as 'text'] as () => Promise<unknown>).call(response)
        }
      const value = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
