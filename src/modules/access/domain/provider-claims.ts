import { allowed, refused, type Verdict } from '../../../kernel/refusal.ts'

export type ProviderKind = 'microsoft' | 'google'

export const providerNames: Record<ProviderKind, string> = { microsoft: 'Microsoft', google: 'Google' }

/** What of a provider's signed answer tells who somebody is. */
export interface Claims {
  readonly sub: string
  readonly oid?: unknown
  readonly tid?: unknown
  readonly hd?: unknown
  readonly idp?: unknown
  readonly email?: unknown
  readonly email_verified?: unknown
  readonly xms_edov?: unknown
  readonly preferred_username?: unknown
}

/** Is it one of the trust's own people there? `belongsTo`: the Entra tenant's id, or the Workspace's domain. */
export function belongsHere(kind: ProviderKind, belongsTo: string, claims: Claims): Verdict {
  const own = kind === 'microsoft' ? claims.tid : claims.hd
  if (typeof own !== 'string' || own.toLowerCase() !== belongsTo.toLowerCase())
    return refused(
      `The ${providerNames[kind]} account you chose does not belong to this trust. Sign in again and choose your school account.`,
    )
  if (kind === 'microsoft' && claims.idp !== undefined)
    return refused(
      'You are a guest in the trust’s Microsoft. Guests sign in here with a password: ask for an invitation.',
    )
  return allowed
}

/** By what the provider knows somebody for ever: an address can change hands, this can't. Microsoft: the object's id in the tenant. */
export const subjectOf = (kind: ProviderKind, claims: Claims): string =>
  kind === 'microsoft' && typeof claims.oid === 'string' ? claims.oid : claims.sub

const isTrue = (claim: unknown) => claim === true || claim === 'true' || claim === 1 || claim === '1'
const isAddress = (claim: unknown): claim is string =>
  typeof claim === 'string' && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(claim) && !claim.includes('#')

/**
 * The address that the provider vouches for, in small letters; nothing when it vouches for none. Google says so by `email_verified`. Microsoft's
 * `email` is whatever was typed into a profile, unless `xms_edov` says that its domain's owner is verified; its sign-in name always ends with
 * a domain that the tenant has proved to own.
 */
export function vouchedEmail(kind: ProviderKind, claims: Claims): string | undefined {
  if (claims.email_verified === false || claims.email_verified === 'false') return undefined
  if (kind === 'google')
    return isTrue(claims.email_verified) && isAddress(claims.email) ? claims.email.toLowerCase() : undefined
  if (isTrue(claims.xms_edov) && isAddress(claims.email)) return claims.email.toLowerCase()
  return isAddress(claims.preferred_username) ? claims.preferred_username.toLowerCase() : undefined
}
