import { minutesInWords } from '../../kernel/days.ts'
import { count } from '../../kernel/numbers.ts'
import { latestMigration, schemaVersion } from '../../platform/database/migrate.ts'
import type { House } from '../../platform/house.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type Finding, unwell, well } from './finding.ts'
import { lastWritten } from './last-written.ts'

/** Is the database asked by the restricted role, and is it laid out as this version expects? */
export async function recordFinding(house: House): Promise<Finding> {
  const { rows } = await house.database.executeSql(
    `select current_user::text as role, (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as mighty,
      split_part(version(), ' ', 2) as version`,
  )
  const [found] = rows as { role: string; mighty: boolean; version: string }[]
  if (!found || found.mighty)
    return unwell(
      'Record',
      'The database is asked as a role that can bypass row-level security. Start Throughline again; if this stays, do not use it.',
    )
  const { applied, newest } = await schemaVersion(house.database)
  return newest === latestMigration()
    ? well(
        'Record',
        `PostgreSQL ${found.version} (${house.database.kind}), ${count(applied, 'migration')}, asked as ${found.role}.`,
      )
    : unwell(
        'Record',
        `The record is laid out as of ${newest}, this version expects ${latestMigration()}. Start Throughline once with the newer version.`,
      )
}

const mostApart = 2

/** Clocks that disagree make deadlines, sign-ins and the audit trail wrong: an hour is a forgotten change of summer time. */
export async function clockFindings(
  house: House,
  viewers: readonly Viewer[],
  machine: Date,
): Promise<Finding[]> {
  const { rows } = await house.database.executeSql('select now() as now')
  const [{ now }] = rows as [{ now: Date }]
  const apart = (new Date(now).getTime() - machine.getTime()) / 60_000
  const written = await Promise.all(viewers.map(lastWritten))
  const newest = Math.max(0, ...written.map((at) => at?.getTime() ?? 0))
  const ahead = (newest - machine.getTime()) / 60_000
  if (Math.abs(apart) > mostApart)
    return [
      unwell(
        'Clock',
        `The database server’s clock and this machine’s are ${minutesInWords(Math.abs(apart))} apart. Let both take the time from the same time server.`,
      ),
    ]
  if (ahead > mostApart)
    return [
      unwell(
        'Clock',
        `The record was last written ${minutesInWords(ahead)} after what this machine’s clock says now, so the clock is slow or was ahead before. Set it by a time server, then look at what was written last.`,
      ),
    ]
  return [
    well(
      'Clock',
      `${machine.toISOString().slice(0, 16).replace('T', ' ')} UTC, and nothing in the record is later.`,
    ),
  ]
}
