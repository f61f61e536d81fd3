import { sql } from 'kysely'
import type { Day } from '../../../kernel/days.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { schoolsWhere } from '../../../kernel/viewer.ts'
import { read, type Writing } from '../../../platform/database/door.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'

const must = (viewer: Viewer) => {
  if (schoolsWhere(viewer, 'let go') !== 'all') throw new NotHere()
}

const before = (viewer: Viewer, day: Day) =>
  sql`trust_id = ${viewer.trust} and (at at time zone 'Europe/London')::date <= ${day}::date`

export interface YearCount {
  /** The calendar year. */
  readonly year: number
  readonly many: number
}

/** Lines of the trail up to a day, by calendar year. @throws NotHere */
export async function trailUpTo(viewer: Viewer, day: Day): Promise<YearCount[]> {
  must(viewer)
  return read(viewer, async (db) => {
    const { rows } =
      await sql<YearCount>`select extract(year from at at time zone 'Europe/London')::integer as year, count(*)::integer as many
      from access.audit where ${before(viewer, day)} group by 1 order by 1`.execute(db)
    return rows
  })
}

/**
 * Lets the words of old lines go. Their links stay; whoever does this tells it in a line, with the answer as `letGoUpTo` in
 * its detail, so that the check of the chain can follow it. @throws NotHere
 */
export async function letTrailGo(viewer: Viewer, tx: Writing, day: Day): Promise<number> {
  must(viewer)
  const { rows } = await sql<{
    last: number | null
  }>`select max(seq)::integer as last from access.audit where ${before(viewer, day)}`.execute(tx)
  const last = rows[0]?.last ?? 0
  if (last > 0) await sql`select access.let_trail_go(${last}::integer)`.execute(tx)
  return last
}

/** Attempts to sign in are kept before anybody knows of which trust: these are the whole house’s. */
export const attemptsUpTo = (house: House, day: Day): Promise<YearCount[]> =>
  house.database.kysely
    .selectFrom('access.sign_in_attempt')
    .select(sql<number>`extract(year from at)::integer`.as('year'))
    .select((find) => find.fn.countAll<number>().as('many'))
    .where(sql<Day>`at::date`, '<=', day)
    .groupBy(sql`1`)
    .orderBy(sql`1`)
    .execute()
    .then((rows) => rows.map(({ year, many }) => ({ year, many: Number(many) })))

export const letAttemptsGo = async (house: House, day: Day): Promise<void> => {
  await house.database.kysely
    .deleteFrom('access.sign_in_attempt')
    .where(sql<Day>`at::date`, '<=', day)
    .execute()
}

/** People whose name is let go lose their way to sign in as well. */
export const letAccountsGo = async (
  house: House,
  trust: number,
  people: readonly number[],
): Promise<void> => {
  if (people.length === 0) return
  await house.database.kysely
    .deleteFrom('access.sign_in_user')
    .where('trust_id', '=', trust)
    .where('person_id', 'in', people)
    .execute()
}
