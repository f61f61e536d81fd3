import { allowed, refused, type Verdict } from '../../../kernel/refusal.ts'
import { may, type Sight } from '../../../kernel/viewer.ts'
import type { ProviderKind } from './provider-claims.ts'

/** How a trust's people sign in at a provider, as an administrator enters it. */
export interface AskedProvider {
  readonly kind: ProviderKind
  /** Microsoft: the tenant's id; Google: the Workspace's domain. */
  readonly belongsTo: string
  readonly clientId: string
  /** None: the one that is kept. */
  readonly clientSecret?: string | undefined
  readonly twoSteps: boolean
  /** Only for a national cloud, or a provider of one's own. */
  readonly issuer?: string | undefined
}

/** Only whoever manages the people of the whole trust says how they sign in. */
export const maySetSignIn = (viewer: Sight): Verdict =>
  may(viewer, 'manage people')
    ? allowed
    : refused('You can’t change how the trust’s people sign in: you don’t manage people of the whole trust.')

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const issuerOf = ({ kind, belongsTo, issuer }: AskedProvider): string =>
  issuer ||
  (kind === 'microsoft'
    ? `https://login.microsoftonline.com/${belongsTo.toLowerCase()}/v2.0`
    : 'https://accounts.google.com')

/** Can people be sent there? Plain http only to this machine itself. */
export function canBeProvider(asked: AskedProvider, kept: boolean): Verdict {
  if (asked.kind === 'microsoft' && !uuid.test(asked.belongsTo))
    return refused(
      'Enter the directory (tenant) ID as Entra shows it: 32 letters and figures in five groups, such as 7d3d2b4e-6f43-4b9e-9c53-1f7f5a2f6c01.',
    )
  if (asked.kind === 'google' && !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(asked.belongsTo))
    return refused('Enter the domain of the trust’s Google Workspace, such as tidewell.example.')
  if (!asked.clientId || /\s/.test(asked.clientId)) return refused('Enter the client ID, without spaces.')
  if (!asked.clientSecret && !kept) return refused('Enter the client secret.')
  const issuer = issuerOf(asked)
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  const here = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost'
  if (!url || (url.protocol !== 'https:' && !(here && url.protocol === 'http:')))
    return refused(`“${issuer}” is not an address that begins with https://.`)
  return allowed
}
