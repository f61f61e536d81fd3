import { sql } from 'kysely'
import { NotHere } from '../../../kernel/refusal.ts'
import { schoolsWhere } from '../../../kernel/viewer.ts'
import { type Reading, read, type Writing } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** Rows that the record keeps of pupils, by what they are. */
export interface RecordRows {
  readonly places: number
  readonly years: number
  readonly classes: number
  readonly characteristics: number
  readonly formerUpns: number
}

const tables = {
  places: 'organisation.enrolment',
  years: 'organisation.year_placement',
  classes: 'organisation.class_member',
  characteristics: 'organisation.characteristic',
  formerUpns: 'organisation.former_upn',
} as const satisfies Record<keyof RecordRows, string>

/** @throws NotHere for who may not let records of the whole trust go. */
const mustLetGo = (viewer: Viewer) => {
  if (schoolsWhere(viewer, 'let go') !== 'all') throw new NotHere()
}

const of = (viewer: Viewer, pupils: readonly number[]) =>
  sql`trust_id = ${viewer.trust} and pupil_id = any (${[...pupils]}::integer[])`

async function counted(db: Reading, viewer: Viewer, pupils: readonly number[]): Promise<RecordRows> {
  const columns = Object.entries(tables).map(
    ([name, table]) =>
      sql`(select count(*)::integer from ${sql.table(table)} where ${of(viewer, pupils)}) as ${sql.ref(name)}`,
  )
  const { rows } = await sql<RecordRows>`select ${sql.join(columns)}`.execute(db)
  return rows[0]!
}

/** How many rows the record keeps of these pupils. @throws NotHere */
export async function recordRows(viewer: Viewer, pupils: readonly number[]): Promise<RecordRows> {
  mustLetGo(viewer)
  return read(viewer, (db) => counted(db, viewer, pupils))
}

/** Takes pupils out of the record, in a transaction that is open: who they are, where they were, what was recorded. @throws NotHere */
export async function erasePupils(
  viewer: Viewer,
  tx: Writing,
  pupils: readonly number[],
): Promise<RecordRows> {
  mustLetGo(viewer)
  const rows = await counted(tx, viewer, pupils)
  for (const table of Object.values(tables))
    await sql`delete from ${sql.table(table)} where ${of(viewer, pupils)}`.execute(tx)
  await sql`delete from organisation.pupil where ${of(viewer, pupils)}`.execute(tx)
  return rows
}

/** Takes the dated characteristics of pupils out of the record; the pupils stay. @throws NotHere */
export async function eraseCharacteristics(
  viewer: Viewer,
  tx: Writing,
  pupils: readonly number[],
): Promise<void> {
  mustLetGo(viewer)
  await sql`delete from organisation.characteristic where ${of(viewer, pupils)}`.execute(tx)
}
