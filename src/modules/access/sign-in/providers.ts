import { enforce, NotHere } from '../../../kernel/refusal.ts'
import { type Reading, read, record, write } from '../../../platform/database/door.ts'
import type { House } from '../../../platform/house.ts'
import { seal, unseal } from '../../../platform/seal.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { trustsHere } from '../../organisation/index.ts'
import { auditIn } from '../commands/audit.ts'
import { type AskedProvider, canBeProvider, issuerOf, maySetSignIn } from '../domain/can-set-provider.ts'
import { type ProviderKind, providerNames } from '../domain/provider-claims.ts'
import { atTheDoor } from '../queries/viewer-of.ts'

/** A provider as a trust uses it today. */
export interface Provider {
  readonly id: number
  readonly trust: number
  readonly kind: ProviderKind
  readonly name: string
  readonly issuer: string
  readonly belongsTo: string
  readonly clientId: string
  /** Its own sign-in asks for a second step. */
  readonly twoSteps: boolean
  readonly since: Date
}

const purposeOf = (trust: number) => `client secret of trust ${trust}`

const now = (db: Reading, trust: number) =>
  db
    .selectFrom('access.identity_provider')
    .where('trust_id', '=', trust)
    .where('ended_at', 'is', null)
    .select(['provider_id as id', 'trust_id as trust', 'kind', 'issuer', 'belongs_to as belongsTo'])
    .select(['client_id as clientId', 'two_steps as twoSteps', 'set_at as since'])
    .orderBy('kind')

/** Where the people of the viewer's trust may sign in. Known at the door: the sign-in page names them. */
export const providersOf = (viewer: Viewer): Promise<Provider[]> =>
  read(viewer, async (db) =>
    (await now(db, viewer.trust).execute()).map((one) => ({ ...one, name: providerNames[one.kind] })),
  )

export interface ProviderAtDoor {
  readonly trust: number
  readonly provider: number
  readonly kind: ProviderKind
  /** `Microsoft`, with the trust's name where the house holds several. */
  readonly name: string
}

/** All providers of all trusts of this house, for its sign-in page. */
export async function providersHere(house: House): Promise<ProviderAtDoor[]> {
  const trusts = await trustsHere(house)
  const found: ProviderAtDoor[] = []
  for (const trust of trusts)
    for (const { id, kind, name } of await providersOf(atTheDoor(house, trust.id)))
      found.push({
        trust: trust.id,
        provider: id,
        kind,
        name: trusts.length > 1 ? `${name} (${trust.name})` : name,
      })
  return found
}

/** With the client's secret opened: for asking the provider, never for a page. @throws NotHere when it is not used any more. */
export async function providerToAsk(
  house: House,
  trust: number,
  id: number,
): Promise<Provider & { readonly secret: string | undefined }> {
  const found = await read(atTheDoor(house, trust), (db) =>
    now(db, trust).where('provider_id', '=', id).select('secret_sealed').executeTakeFirst(),
  )
  if (!found) throw new NotHere()
  const { secret_sealed: sealed, ...provider } = found
  return {
    ...provider,
    name: providerNames[provider.kind],
    secret: unseal(house.config.secret, purposeOf(trust), sealed),
  }
}

const endNow = (viewer: Viewer) => ({
  ended_by: viewer.person || null,
  ended_at: viewer.house.clock.now(),
})

/**
 * Lets the trust's people sign in at a provider, in place of how they did. Accounts that are joined stay joined.
 * @throws Refusal when this viewer may not, or people could not be sent there.
 */
export const setProvider = (viewer: Viewer, asked: AskedProvider): Promise<number> =>
  write(viewer, async (tx) => {
    enforce(maySetSignIn(viewer))
    const before = await now(tx, viewer.trust)
      .where('kind', '=', asked.kind)
      .select('secret_sealed')
      .executeTakeFirst()
    enforce(canBeProvider(asked, before !== undefined))
    const { config } = viewer.house
    if (before)
      await tx
        .updateTable('access.identity_provider')
        .set(endNow(viewer))
        .where('trust_id', '=', viewer.trust)
        .where('provider_id', '=', before.id)
        .execute()
    const { provider_id: id } = await tx
      .insertInto('access.identity_provider')
      .values({
        trust_id: viewer.trust,
        kind: asked.kind,
        issuer: issuerOf(asked),
        belongs_to: asked.belongsTo.toLowerCase(),
        client_id: asked.clientId,
        secret_sealed: asked.clientSecret
          ? seal(config.secret, purposeOf(viewer.trust), asked.clientSecret)
          : before!.secret_sealed,
        two_steps: asked.twoSteps,
        set_by: viewer.person || null,
        set_at: viewer.house.clock.now(),
        ended_by: null,
        ended_at: null,
      })
      .returning('provider_id')
      .executeTakeFirstOrThrow()
    await told(viewer, tx, id, `set sign-in with ${providerNames[asked.kind]}`)
    return id
  })

/** Nobody signs in there any more; passwords and passkeys go on. @throws Refusal, NotHere */
export const endProvider = (viewer: Viewer, id: number): Promise<void> =>
  write(viewer, async (tx) => {
    enforce(maySetSignIn(viewer))
    const ended = await tx
      .updateTable('access.identity_provider')
      .set(endNow(viewer))
      .where('trust_id', '=', viewer.trust)
      .where('provider_id', '=', id)
      .where('ended_at', 'is', null)
      .returning('kind')
      .executeTakeFirst()
    if (!ended) throw new NotHere()
    await told(viewer, tx, id, `ended sign-in with ${providerNames[ended.kind]}`)
  })

async function told(viewer: Viewer, tx: Parameters<typeof auditIn>[1], id: number, deed: string) {
  await record(viewer, tx, { subject: 'access.identity_provider', id, deed })
  await auditIn(viewer, tx, { deed, subject: 'access.identity_provider', id })
}
