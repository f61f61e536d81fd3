import { sql } from 'kysely'
import { NotHere } from '../../../kernel/refusal.ts'
import { schoolsWhere } from '../../../kernel/viewer.ts'
import { type Reading, read, type Writing } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** Two records of one pupil: the one that stays, and the one whose rows come over. */
export interface Two {
  readonly stays: number
  readonly comes: number
}

/** Something that both records say, and otherwise. `key`: `ethnicity` */
export interface RecordClash {
  readonly kind: string
  readonly stays: string
  readonly comes: string
}

const must = (viewer: Viewer) => {
  if (schoolsWhere(viewer, 'let go') !== 'all') throw new NotHere()
}

async function clashesIn(db: Reading, viewer: Viewer, { stays, comes }: Two): Promise<RecordClash[]> {
  const { rows } = await sql<RecordClash>`select a.kind, max(a.value) as stays, max(b.value) as comes
    from organisation.characteristic a join organisation.characteristic b on b.trust_id = a.trust_id and b.kind = a.kind
    where a.trust_id = ${viewer.trust} and a.pupil_id = ${stays} and b.pupil_id = ${comes}
      and a.to_day is null and b.to_day is null
    group by a.kind having max(a.value) <> max(b.value) order by 1`.execute(db)
  return rows
}

/** Characteristics that hold today of both, and differ. @throws NotHere for who may not join records. */
export async function recordClashes(viewer: Viewer, two: Two): Promise<RecordClash[]> {
  must(viewer)
  return read(viewer, (db) => clashesIn(db, viewer, two))
}

export interface LikelyTwo {
  readonly one: number
  readonly other: number
  readonly oneName: string
  readonly otherName: string
  readonly born: string
  readonly oneUpn: string | null
  readonly otherUpn: string | null
}

/** Pupils who may be one: the same birth date and surname, and forenames that begin alike. @throws NotHere */
export async function likelyTwos(viewer: Viewer, most = 200): Promise<LikelyTwo[]> {
  must(viewer)
  return read(viewer, async (db) => {
    const { rows } =
      await sql<LikelyTwo>`select a.pupil_id as one, b.pupil_id as other, a.forename || ' ' || a.surname as "oneName",
        b.forename || ' ' || b.surname as "otherName", a.born, a.upn as "oneUpn", b.upn as "otherUpn"
      from organisation.pupil a join organisation.pupil b on b.trust_id = a.trust_id and b.born = a.born and b.pupil_id > a.pupil_id
        and lower(b.surname) = lower(a.surname) and left(lower(b.forename), 3) = left(lower(a.forename), 3)
      where a.trust_id = ${viewer.trust} and a.surname <> '' order by a.surname, a.forename limit ${most}`.execute(
        db,
      )
    return rows
  })
}

/**
 * Makes one pupil of two in the record, in a transaction that is open: places, years, classes and facts come over, twins once;
 * numbers that the other record had find this one still. `takes`: kinds of characteristics of which the other's word holds. @throws NotHere
 */
export async function joinPupils(
  viewer: Viewer,
  tx: Writing,
  { stays, comes }: Two,
  takes: ReadonlySet<string>,
): Promise<void> {
  must(viewer)
  const t = viewer.trust
  const clashes = await clashesIn(tx, viewer, { stays, comes })
  const dropped = (loser: number, kinds: readonly string[]) =>
    sql`delete from organisation.characteristic where trust_id = ${t} and pupil_id = ${loser} and to_day is null and kind = any (${[...kinds]}::text[])`.execute(
      tx,
    )
  const taken = clashes.filter(({ kind }) => takes.has(kind)).map(({ kind }) => kind)
  const left = clashes.filter(({ kind }) => !takes.has(kind)).map(({ kind }) => kind)
  await dropped(stays, taken)
  await dropped(comes, left)
  // Times on roll at one school that touch become one.
  await sql`update organisation.enrolment a set from_day = least(a.from_day, b.from_day),
      to_day = case when a.to_day is null or b.to_day is null then null else greatest(a.to_day, b.to_day) end
    from organisation.enrolment b where a.trust_id = ${t} and a.pupil_id = ${stays} and b.trust_id = ${t} and b.pupil_id = ${comes}
      and b.school_id = a.school_id and b.from_day <= coalesce(a.to_day, 'infinity') and a.from_day <= coalesce(b.to_day, 'infinity')`.execute(
    tx,
  )
  await sql`delete from organisation.enrolment b where b.trust_id = ${t} and b.pupil_id = ${comes} and exists (
    select from organisation.enrolment a where a.trust_id = ${t} and a.pupil_id = ${stays} and a.school_id = b.school_id
      and b.from_day between a.from_day and coalesce(a.to_day, 'infinity'))`.execute(tx)
  const copied: readonly (readonly [table: string, columns: readonly string[]])[] = [
    ['organisation.year_placement', ['school_id', 'academic_year', 'year_group']],
    ['organisation.class_member', ['school_id', 'class_id', 'from_day', 'to_day']],
    ['organisation.characteristic', ['school_id', 'kind', 'from_day', 'to_day', 'value']],
    ['organisation.roll_question_pupil', ['roll_question_id', 'school_id', 'other_school_id']],
  ]
  for (const [table, columns] of copied) {
    const list = sql.join(columns.map((name) => sql.ref(name)))
    await sql`insert into ${sql.table(table)} (trust_id, pupil_id, ${list}) select trust_id, ${stays}::integer, ${list}
      from ${sql.table(table)} where trust_id = ${t} and pupil_id = ${comes} on conflict do nothing`.execute(
      tx,
    )
    await sql`delete from ${sql.table(table)} where trust_id = ${t} and pupil_id = ${comes}`.execute(tx)
  }
  await sql`update organisation.enrolment set pupil_id = ${stays} where trust_id = ${t} and pupil_id = ${comes}`.execute(
    tx,
  )
  await sql`update organisation.former_upn set pupil_id = ${stays} where trust_id = ${t} and pupil_id = ${comes}`.execute(
    tx,
  )
  const { rows } = await sql<{
    upn: string | null
    local_id: string | null
    born: string | null
  }>`delete from organisation.pupil
    where trust_id = ${t} and pupil_id = ${comes} returning upn, local_id, born`.execute(tx)
  const was = rows[0]
  if (!was) throw new NotHere()
  await sql`update organisation.pupil set upn = coalesce(upn, ${was.upn}), local_id = coalesce(local_id, ${was.local_id}),
    born = coalesce(born, ${was.born}::date) where trust_id = ${t} and pupil_id = ${stays}`.execute(tx)
  if (was.upn)
    await sql`insert into organisation.former_upn (trust_id, upn, pupil_id) select ${t}::integer, ${was.upn}::text, ${stays}::integer
      where not exists (select from organisation.pupil where trust_id = ${t} and upn = ${was.upn})
      on conflict (trust_id, upn) do update set pupil_id = excluded.pupil_id`.execute(tx)
}
