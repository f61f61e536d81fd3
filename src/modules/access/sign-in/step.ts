import { createHash, randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { House } from '../../../platform/house.ts'

/** Something begun in a browser that this browser must finish: only it holds the cookie, and the record only the cookie's hash. */
export interface Steps {
  /** Away at a provider. `link`: the account that is to be joined with it. */
  provider: {
    trust: number
    provider: number
    state: string
    nonce: string
    verifier: string
    to?: string | undefined
    link?: string | undefined
  }
  /** The first step is done and the second to come. */
  second: { account: string; way: 'password' | 'microsoft' | 'google'; to?: string | undefined }
  /** A challenge that a passkey is to sign. */
  passkey: { challenge: string; account?: string | undefined }
  /** An authenticator app that has not shown a code yet. */
  authenticator: { account: string; secret: string }
  /** A sentence for the next page: never in the address, where anybody could write one. */
  notice: { sentence: string }
}

const minutes = 10
const nameOf = (kind: keyof Steps) => `throughline.step_${kind}`
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')

const prefixFor = (house: House) =>
  house.config.origin.startsWith('https:') ? ({ prefix: 'host' } as const) : {}

const cookieOf = (house: House, c: Context, kind: keyof Steps) =>
  'prefix' in prefixFor(house) ? getCookie(c, nameOf(kind), 'host') : getCookie(c, nameOf(kind))

/** Begins a step in this browser; one begun earlier can't be finished any more. */
export async function beginStep<K extends keyof Steps>(
  house: House,
  c: Context,
  kind: K,
  data: Steps[K],
): Promise<void> {
  await endStep(house, c, kind)
  const secret = randomBytes(24).toString('base64url')
  const now = house.clock.now().getTime()
  const { kysely } = house.database
  await kysely.deleteFrom('access.sign_in_step').where('expires_at', '<', new Date(now)).execute()
  await kysely
    .insertInto('access.sign_in_step')
    .values({
      step_hash: hashOf(secret),
      kind,
      data: JSON.stringify(data),
      expires_at: new Date(now + minutes * 60_000),
    })
    .execute()
  setCookie(c, nameOf(kind), secret, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: minutes * 60,
    secure: house.config.origin.startsWith('https:'),
    ...prefixFor(house),
  })
}

/** What this browser began, while it may still be finished. */
export async function stepOf<K extends keyof Steps>(
  house: House,
  c: Context,
  kind: K,
): Promise<Steps[K] | undefined> {
  const secret = cookieOf(house, c, kind)
  if (!secret) return undefined
  const row = await house.database.kysely
    .selectFrom('access.sign_in_step')
    .where('step_hash', '=', hashOf(secret))
    .where('kind', '=', kind)
    .where('expires_at', '>', house.clock.now())
    .select('data')
    .executeTakeFirst()
  return row?.data as Steps[K] | undefined
}

/** Takes what this browser began, so that it is finished once at most: of two at the same moment, one gets nothing. */
export async function takeStep<K extends keyof Steps>(
  house: House,
  c: Context,
  kind: K,
): Promise<Steps[K] | undefined> {
  const found = await stepOf(house, c, kind)
  return (await endStep(house, c, kind)) ? found : undefined
}

async function endStep(house: House, c: Context, kind: keyof Steps): Promise<boolean> {
  const secret = cookieOf(house, c, kind)
  if (!secret) return false
  deleteCookie(c, nameOf(kind), {
    path: '/',
    secure: house.config.origin.startsWith('https:'),
    ...prefixFor(house),
  })
  const gone = await house.database.kysely
    .deleteFrom('access.sign_in_step')
    .where('step_hash', '=', hashOf(secret))
    .executeTakeFirst()
  return gone.numDeletedRows > 0n
}
