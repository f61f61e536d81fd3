import type { MiddlewareHandler } from 'hono'

/** Only our own files run, show or send anything; nothing inline, nothing from elsewhere, in nobody's frame. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "object-src 'none'",
]

const doors = [
  'accelerometer',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'microphone',
  'payment',
  'serial',
  'usb',
]

/** Headers of every answer. Pages are not stored anywhere unless they say that they may be: they may name pupils. */
export function safeHeaders({ origin }: { origin: string }): MiddlewareHandler {
  const secure = origin.startsWith('https:')
  const fixed: readonly (readonly [string, string])[] = [
    ['Content-Security-Policy', [...policy, ...(secure ? ['upgrade-insecure-requests'] : [])].join('; ')],
    ['Referrer-Policy', 'same-origin'],
    ['X-Content-Type-Options', 'nosniff'],
    ['X-Frame-Options', 'DENY'],
    ['Permissions-Policy', doors.map((door) => `${door}=()`).join(', ')],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ['X-Robots-Tag', 'noindex, nofollow'],
    ...(secure ? [['Strict-Transport-Security', 'max-age=31536000'] as const] : []),
  ]
  return async (c, next) => {
    await next()
    for (const [name, value] of fixed) c.res.headers.set(name, value)
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store')
  }
}
