import { createHash, randomBytes } from 'node:crypto'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { may, schoolsWhere } from '../../../kernel/viewer.ts'
import { read, write } from '../../../platform/database/door.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { auditIn } from '../../access/index.ts'
import { schoolById } from '../../organisation/index.ts'

/** The trust’s number, so that its record can be opened, and 256 bits that only the job knows. */
const newSecret = (trust: number) => `thr_${trust}_${randomBytes(32).toString('base64url')}`
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')
const trustIn = (secret: string) => Number(/^thr_([1-9]\d{0,8})_[\w-]{43}$/.exec(secret)?.[1] ?? 0)

export interface UploadKey {
  readonly id: number
  readonly school: number | null
  readonly name: string
  readonly publishes: boolean
  readonly madeAt: Date
  readonly madeBy: string | null
  readonly usedAt: Date | null
  readonly revokedAt: Date | null
}

export const mayKeep = (viewer: Viewer, school: number | null): boolean =>
  may(viewer, 'send results', school === null ? {} : { school })

/** Keys of the schools for which the viewer may send, those in use first. */
export async function uploadKeys(viewer: Viewer): Promise<UploadKey[]> {
  if (schoolsWhere(viewer, 'send results').length === 0) return []
  const rows = await read(viewer, (db) =>
    db
      .selectFrom('evidence.upload_key as k')
      .leftJoin('organisation.person as p', (join) =>
        join.onRef('p.trust_id', '=', 'k.trust_id').onRef('p.person_id', '=', 'k.made_by'),
      )
      .where('k.trust_id', '=', viewer.trust)
      .select([
        'k.upload_key_id as id',
        'k.school_id as school',
        'k.name',
        'k.publishes',
        'k.made_at as madeAt',
        'p.name as madeBy',
        'k.used_at as usedAt',
        'k.revoked_at as revokedAt',
      ])
      .orderBy('k.upload_key_id', 'desc')
      .execute(),
  )
  return rows
    .filter(({ school }) => mayKeep(viewer, school))
    .sort((a, b) => Number(a.revokedAt !== null) - Number(b.revokedAt !== null))
}

/** Makes a key; the secret is the answer, said this once. @throws Refusal */
export async function makeKey(
  viewer: Viewer,
  {
    name,
    school,
    publishes,
  }: { readonly name: string; readonly school: number | null; readonly publishes: boolean },
): Promise<string> {
  if (!mayKeep(viewer, school))
    throw new Refusal('Only those who may send a school’s files can make a key that sends them.')
  const said = name.trim()
  if (!said) throw new Refusal('Say what the key is for: which system sends with it.')
  if (said.length > 100) throw new Refusal('Say what the key is for in 100 characters or fewer.')
  if (school !== null) await schoolById(viewer, school)
  const secret = newSecret(viewer.trust)
  await write(viewer, async (tx) => {
    const { upload_key_id: id } = await tx
      .insertInto('evidence.upload_key')
      .values({
        trust_id: viewer.trust,
        school_id: school,
        name: said,
        token_hash: hashOf(secret),
        publishes,
        made_at: viewer.house.clock.now(),
        made_by: viewer.person || null,
      })
      .returning('upload_key_id')
      .executeTakeFirstOrThrow()
    await auditIn(viewer, tx, {
      deed: 'made upload key',
      subject: 'evidence.upload_key',
      id,
      school,
      detail: { name: said, publishes },
    })
  })
  return secret
}

/** The key stops working now. @throws NotHere when there is none that the viewer may revoke. */
export async function revokeKey(viewer: Viewer, id: number): Promise<void> {
  await write(viewer, async (tx) => {
    const key = await tx
      .selectFrom('evidence.upload_key')
      .select(['school_id as school', 'name'])
      .where('trust_id', '=', viewer.trust)
      .where('upload_key_id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    if (!key || !mayKeep(viewer, key.school)) throw new NotHere()
    await tx
      .updateTable('evidence.upload_key')
      .set({ revoked_at: viewer.house.clock.now(), revoked_by: viewer.person || null })
      .where('trust_id', '=', viewer.trust)
      .where('upload_key_id', '=', id)
      .execute()
    await auditIn(viewer, tx, {
      deed: 'revoked upload key',
      subject: 'evidence.upload_key',
      id,
      school: key.school,
      detail: { name: key.name },
    })
  })
}

export interface KeyHolder {
  readonly key: number
  readonly school: number | null
  readonly publishes: boolean
  /** The key as a viewer: may send for its school, or for the trust’s schools, and nothing else. */
  readonly viewer: Viewer
}

/** Whose key this is; nothing for a secret that is no key, or is revoked. */
export async function keyHolder(house: House, secret: string): Promise<KeyHolder | undefined> {
  const trust = trustIn(secret)
  return trust ? holderWhere(house, trust, { hash: hashOf(secret) }) : undefined
}

/** The holder of a key that sent something; nothing when it has been revoked since. */
export const holderOf = (house: House, trust: number, key: number): Promise<KeyHolder | undefined> =>
  holderWhere(house, trust, { key })

async function holderWhere(
  house: House,
  trust: number,
  which: { readonly hash: string } | { readonly key: number },
): Promise<KeyHolder | undefined> {
  const door: Viewer = {
    house,
    trust,
    person: 0,
    name: '',
    title: '',
    today: house.clock.today(),
    grants: [],
  }
  const found = await read(door, (db) => {
    const all = db
      .selectFrom('evidence.upload_key')
      .select(['upload_key_id as id', 'school_id as school', 'name', 'publishes'])
      .where('trust_id', '=', trust)
      .where('revoked_at', 'is', null)
    return (
      'hash' in which ? all.where('token_hash', '=', which.hash) : all.where('upload_key_id', '=', which.key)
    ).executeTakeFirst()
  })
  if (!found) return undefined
  const { id, school, name, publishes } = found
  return {
    key: id,
    school,
    publishes,
    viewer: {
      ...door,
      name: `Key “${name}”`,
      title: 'Upload key',
      grants: [
        {
          role: 'data-manager',
          node: school === null ? 'trust' : 'school',
          schools: school === null ? 'all' : [school],
        },
      ],
    },
  }
}
