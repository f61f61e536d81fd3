import * as oidc from 'openid-client'
import { Refusal } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import type { Claims } from '../domain/provider-claims.ts'
import type { Provider, providerToAsk } from './providers.ts'

type Asked = Awaited<ReturnType<typeof providerToAsk>>

/** How long a provider may take for one answer, in seconds. */
export const patience = 6
/** How far its clock and ours may be apart, in seconds. */
const clocksApart = 300

export const backAddress = (house: House) => `${house.config.origin}/sign-in/back`

/** The provider as it describes itself now: asked for anew each time, so that a changed key is known at once. */
async function configurationOf(provider: Asked): Promise<oidc.Configuration> {
  if (provider.secret === undefined)
    throw new Refusal(
      `The client secret for ${provider.name} can’t be read, because Throughline’s own secret has changed. Ask an administrator to enter it again.`,
    )
  const issuer = new URL(provider.issuer)
  const insecure = issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : []
  return await oidc.discovery(
    issuer,
    provider.clientId,
    { client_secret: provider.secret, [oidc.clockTolerance]: clocksApart },
    oidc.ClientSecretPost(provider.secret),
    { execute: [...insecure, oidc.enableNonRepudiationChecks], timeout: patience },
  )
}

/** Where to send the browser, and what must be kept to understand the answer. @throws Refusal when the provider can't be asked. */
export async function wayToProvider(house: House, provider: Asked) {
  const kept = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
  }
  try {
    const configuration = await configurationOf(provider)
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: backAddress(house),
      scope: 'openid profile email',
      state: kept.state,
      nonce: kept.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(kept.verifier),
      code_challenge_method: 'S256',
      prompt: 'select_account',
      ...(provider.kind === 'google' ? { hd: provider.belongsTo } : {}),
    })
    return { url: url.href, kept }
  } catch (error) {
    throw sayWhy(error, provider)
  }
}

/** What the provider says of whoever came back from it, checked and signed. @throws Refusal in a sentence for whatever is wrong. */
export async function claimsFrom(
  house: House,
  provider: Asked,
  search: string,
  kept: { state: string; nonce: string; verifier: string },
): Promise<Claims> {
  try {
    const tokens = await oidc.authorizationCodeGrant(
      await configurationOf(provider),
      new URL(backAddress(house) + search),
      {
        expectedState: kept.state,
        expectedNonce: kept.nonce,
        pkceCodeVerifier: kept.verifier,
        idTokenExpected: true,
      },
    )
    const claims = tokens.claims()!
    if (Math.abs(claims.iat - Date.now() / 1000) > clocksApart) throw new Refusal(clockSentence(provider))
    return claims as Claims
  } catch (error) {
    throw sayWhy(error, provider)
  }
}

/** Where somebody signs out of the provider itself, which Throughline can't do for them. */
export async function signOutThere(house: House, provider: Asked): Promise<string | undefined> {
  if (provider.kind === 'google') return 'https://accounts.google.com/Logout'
  try {
    return oidc.buildEndSessionUrl(await configurationOf(provider), {
      post_logout_redirect_uri: `${house.config.origin}/sign-in`,
    }).href
  } catch {
    return undefined
  }
}

const clockSentence = ({ name }: Provider) =>
  `${name}’s clock and this machine’s are more than five minutes apart, so its answer can’t be trusted. Ask whoever runs Throughline to set the machine’s clock.`

const codeOf = (error: unknown): string => {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown }
  return `${typeof code === 'string' ? code : ''} ${cause instanceof Error ? codeOf(cause) : ''}`
}

/** A fault at the provider or on the way to it, in the words of whoever wanted to sign in. */
function sayWhy(error: unknown, provider: Provider): Refusal {
  if (error instanceof Refusal) return error
  const { name } = provider
  const because = (sentence: string) => new Refusal(sentence, { cause: error })
  const code = codeOf(error)
  const words = error instanceof Error ? `${error.message} ${(error.cause as Error)?.message ?? ''}` : ''
  if (error instanceof oidc.AuthorizationResponseError)
    return because(
      /denied|required|cancel/.test(error.error)
        ? `You did not finish signing in at ${name}. Begin again when you are ready.`
        : `${name} refused Throughline’s request (${error.error}). Tell the administrator who set up sign-in with ${name}.`,
    )
  if (error instanceof oidc.ResponseBodyError)
    return because(
      error.error === 'invalid_client'
        ? `${name} does not accept Throughline’s own client ID and secret: the secret may have run out. Ask an administrator to enter a new one.`
        : `${name} did not accept the sign-in, perhaps because it took too long. Begin again.`,
    )
  if (/TIMESTAMP/.test(code)) return because(clockSentence(provider))
  if (/KEY_SELECTION/.test(code) || /signature/.test(words))
    return because(
      `${name} signed its answer with a key that it does not publish, so it can’t be trusted. Begin again; if it happens again, tell whoever runs Throughline.`,
    )
  if (/TIMEOUT|ABORT/.test(code))
    return because(
      `${name} did not answer within ${patience} seconds. Try again in a few minutes, or sign in another way.`,
    )
  if (/RESPONSE_IS_NOT|PARSE/.test(code) || error instanceof TypeError || /fetch failed/.test(words))
    return because(`${name} can’t be reached just now. Try again in a few minutes, or sign in another way.`)
  return because(`${name}’s answer is not one that can be trusted. Begin again.`)
}
