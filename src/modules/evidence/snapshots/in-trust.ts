import type { Reading } from '../../../platform/database/door.ts'
import { type Belonging, beforeJoining, belongedOn } from '../../organisation/index.ts'
import type { Drop } from '../drops/domain/drop.ts'

/** Whether each school belonged to the trust on the drop’s day, so that the trust’s figures count it; by school. */
export async function inTrustAt(
  db: Reading,
  trust: number,
  drop: Pick<Drop, 'asAt'>,
): Promise<(school: number) => boolean> {
  const known = await belongings(db, trust)
  return (school) => {
    const own = known.get(school)
    return own === undefined || own.some((one) => belongedOn(one, drop.asAt))
  }
}

/** Is the drop of a day before the school joined? What it sends then is its own history, which a lock does not close. */
export async function isHistory(
  db: Reading,
  trust: number,
  drop: Pick<Drop, 'asAt'>,
  school: number | null,
): Promise<boolean> {
  if (school === null) return false
  const own = (await belongings(db, trust)).get(school) ?? []
  return own.length > 0 && own.every((one) => beforeJoining(one, drop.asAt))
}

async function belongings(db: Reading, trust: number): Promise<ReadonlyMap<number, readonly Belonging[]>> {
  const rows = await db
    .selectFrom('organisation.membership')
    .select(['school_id', 'from_day', 'to_day', 'joining_known'])
    .where('trust_id', '=', trust)
    .execute()
  const known = new Map<number, Belonging[]>()
  for (const row of rows)
    known.set(row.school_id, [
      ...(known.get(row.school_id) ?? []),
      { joined: row.joining_known ? row.from_day : null, left: row.to_day },
    ])
  return known
}
