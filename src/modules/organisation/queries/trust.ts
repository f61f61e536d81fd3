import { NotHere } from '../../../kernel/refusal.ts'
import { read } from '../../../platform/database/door.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'

export interface Trust {
  readonly id: number
  readonly slug: string
  readonly name: string
  readonly vision: string | null
  readonly companiesHouse: string | null
}

/** The viewer's own trust. @throws NotHere */
export async function trustOf(viewer: Viewer): Promise<Trust> {
  const trust = await read(viewer, (db) =>
    db
      .selectFrom('organisation.trust')
      .select(['trust_id as id', 'slug', 'name', 'vision', 'companies_house as companiesHouse'])
      .where('trust_id', '=', viewer.trust)
      .executeTakeFirst(),
  )
  if (!trust) throw new NotHere()
  return trust
}

/** Which trusts live in this house: known before anyone has signed in, and nothing else of them. */
export const trustsHere = (house: House): Promise<Pick<Trust, 'id' | 'slug' | 'name'>[]> =>
  house.database.kysely
    .selectFrom('organisation.trust')
    .select(['trust_id as id', 'slug', 'name'])
    .orderBy('trust_id')
    .execute()
