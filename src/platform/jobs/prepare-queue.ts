import { getConstructionPlans, getMigrationPlans, PgBoss } from 'pg-boss'
import type { Owner } from '../database/migrate.ts'

export const queueSchema = 'pgboss'

/** Installs or brings up to date the queue's own tables, as their owner, and lets the restricted role use them. */
export async function prepareQueue(owner: Owner): Promise<void> {
  const executeSql = async (text: string) => ({ rows: await owner.rows(text) })
  const queue = new PgBoss({ db: { executeSql }, schema: queueSchema, migrate: false })
  const plans = (await queue.isInstalled())
    ? newerPlans((await queue.schemaVersion())!)
    : getConstructionPlans(queueSchema)
  if (!plans) return
  await owner.run(plans)
  await owner.run(`grant usage on schema ${queueSchema} to throughline_app;
    grant select, insert, update, delete on all tables in schema ${queueSchema} to throughline_app;
    grant usage on all sequences in schema ${queueSchema} to throughline_app;
    grant execute on all functions in schema ${queueSchema} to throughline_app`)
}

/** pg-boss has no plans from the version that it is at. */
function newerPlans(version: number): string | undefined {
  try {
    return getMigrationPlans(queueSchema, version)
  } catch {
    return undefined
  }
}
