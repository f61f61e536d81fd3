/**
 * A real OpenID Connect provider (oidc-provider) in a thread of its own, whose clock may be wrong. Whoever it asks to sign in is the person that
 * the test named last; a `trouble` makes it fail as providers do.
 */
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'

const { shift, redirect } = workerData as { shift: number; redirect: string }
if (shift) {
  const RealDate = Date
  globalThis.Date = class extends RealDate {
    constructor(...given: [] | [number | string]) {
      if (given.length === 0) super(RealDate.now() + shift)
      else super(given[0])
    }
    static override now() {
      return RealDate.now() + shift
    }
  } as DateConstructor
}
const { default: Provider, interactionPolicy } = await import('oidc-provider')

const newKey = (kid: string) => ({
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  kid,
  use: 'sig',
  alg: 'RS256',
})
const key = newKey('now')
const publicOf = ({ kty, n, e }: Record<string, unknown>, kid: string) => ({
  kty,
  n,
  e,
  kid,
  use: 'sig',
  alg: 'RS256',
})

let person: Record<string, unknown> & { sub: string } = { sub: 'nobody' }
let trouble = ''

const policy = interactionPolicy.base()
policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0)

const server = createServer()
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}`

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'throughline',
      client_secret: 'a secret of the client',
      redirect_uris: [redirect],
      post_logout_redirect_uris: [redirect.replace('/sign-in/back', '/sign-in')],
      token_endpoint_auth_method: 'client_secret_post',
    },
  ],
  jwks: { keys: [key] },
  claims: {
    openid: ['sub', 'tid', 'oid', 'hd', 'idp', 'xms_edov'],
    email: ['email', 'email_verified'],
    profile: ['name', 'preferred_username'],
  },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { policy, url: (_, { uid }) => `/interaction/${uid}` },
  cookies: { keys: ['a key for the cookies of this test'] },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...person, sub }) }),
  loadExistingGrant: async (ctx) => {
    const { client, session } = ctx.oidc
    const grant = new ctx.oidc.provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! })
    grant.addOIDCScope('openid email profile')
    await grant.save()
    return grant
  },
})
const answer = provider.callback()

server.on('request', async (request, response) => {
  const path = new URL(request.url!, issuer).pathname
  if (trouble === 'slow') await new Promise((resolve) => setTimeout(resolve, 12_000))
  if (trouble === 'slow token' && path === '/token')
    await new Promise((resolve) => setTimeout(resolve, 12_000))
  if (trouble === 'down') return request.socket.destroy()
  if (trouble === 'broken')
    return response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>')
  if (path === '/jwks' && trouble.endsWith('key')) {
    const other = publicOf(newKey('other'), trouble === 'old key' ? 'next' : 'now')
    return response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ keys: [other] }))
  }
  if (path.startsWith('/interaction/')) {
    const denied = person.sub === 'denied'
    return provider.interactionFinished(
      request,
      response,
      denied
        ? { error: 'access_denied', error_description: 'no' }
        : { select_account: {}, login: { accountId: person.sub } },
      { mergeWithLastSubmission: false },
    )
  }
  return answer(request, response)
})

parentPort!.on('message', (told: { person?: typeof person; trouble?: string }) => {
  if (told.person) person = told.person
  if (told.trouble !== undefined) trouble = told.trouble
  parentPort!.postMessage('done')
})
parentPort!.postMessage(issuer)
