import { read, type Writing, write } from '../../../platform/database/door.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { founderOf, trustsHere } from '../../organisation/index.ts'
import type { LeavingStore } from '../tables.ts'

/** Writes down, in the transaction that unlists them, what must leave the disk. */
export async function leave(
  viewer: Viewer,
  tx: Writing,
  store: LeavingStore,
  names: readonly string[],
): Promise<void> {
  const listed_at = viewer.house.clock.now()
  for (let start = 0; start < names.length; start += 1_000)
    await tx
      .insertInto('evidence.leaving_file')
      .values(
        names
          .slice(start, start + 1_000)
          .map((name) => ({ trust_id: viewer.trust, store, name, listed_at, gone_at: null })),
      )
      .execute()
}

/** A raw file is kept once for the whole house: does any trust still hold it as sent? */
async function stillSent(house: House, sha256: string): Promise<boolean> {
  for (const { id } of await trustsHere(house)) {
    const one = await read(founderOf(house, id), (db) =>
      db
        .selectFrom('evidence.upload')
        .select('upload_id')
        .where('trust_id', '=', id)
        .where('sha256', '=', sha256)
        .where('let_go_at', 'is', null)
        .limit(1)
        .executeTakeFirst(),
    )
    if (one) return true
  }
  return false
}

/**
 * Takes the bytes off the disk that were written down as leaving, unless something lists them again. May be done twice, and
 * is done at the next start when it was stopped. The answer is how many went.
 */
export async function removeLeaving(viewer: Viewer): Promise<number> {
  const { house, trust } = viewer
  const { leaving, listed } = await read(viewer, async (db) => {
    const leaving = await db
      .selectFrom('evidence.leaving_file')
      .select(['leaving_file_id as id', 'store', 'name'])
      .where('trust_id', '=', trust)
      .where('gone_at', 'is', null)
      .execute()
    const rows = leaving.length
      ? await db.selectFrom('evidence.lake_file').select('path').where('trust_id', '=', trust).execute()
      : []
    return { leaving, listed: new Set(rows.map(({ path }) => path)) }
  })
  if (leaving.length === 0) return 0
  const paths = leaving
    .filter(({ store, name }) => store === 'lake' && !listed.has(name))
    .map(({ name }) => name)
  await house.lake.remove(paths)
  if (leaving.some(({ store }) => store === 'lake')) await house.lake.forgetDerived()
  let files = 0
  for (const { store, name } of leaving) {
    if (store !== 'files' || (await stillSent(house, name))) continue
    await house.files.remove(name)
    files++
  }
  await write(viewer, (tx) =>
    tx
      .updateTable('evidence.leaving_file')
      .set({ gone_at: house.clock.now() })
      .where('trust_id', '=', trust)
      .where(
        'leaving_file_id',
        'in',
        leaving.map(({ id }) => id),
      )
      .execute(),
  )
  return paths.length + files
}
