import { existsSync, statfsSync, statSync } from 'node:fs'
import { whole } from '../kernel/numbers.ts'
import { verifyAudit, viewerForCommandLine } from '../modules/access/index.ts'
import { latestSnapshot, snapshotFiles } from '../modules/evidence/index.ts'
import { trustsHere } from '../modules/organisation/index.ts'
import type { House } from '../platform/house.ts'

/** One thing looked at: what was found, and what to do when it is not well. */
export interface Finding {
  readonly name: string
  readonly well: boolean
  readonly words: string
}

const well = (name: string, words: string): Finding => ({ name, well: true, words })
const unwell = (name: string, words: string): Finding => ({ name, well: false, words })

function disk(house: House): Finding {
  const { bavail, bsize } = statfsSync(house.config.data)
  const free = (bavail * bsize) / 1024 ** 3
  return free > 1
    ? well('Disk', `${free.toFixed(1)} GB free where the data folder is.`)
    : unwell(
        'Disk',
        `Only ${free.toFixed(2)} GB free where the data folder is. Make room: at 0 nothing more can be saved.`,
      )
}

async function record(house: House): Promise<Finding> {
  const { rows } = await house.database.executeSql(
    `select current_user::text as role, (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as mighty,
      (select count(*) from platform.migration) as migrations, split_part(version(), ' ', 2) as version`,
  )
  const [found] = rows as { role: string; mighty: boolean; migrations: number; version: string }[]
  return found && !found.mighty
    ? well(
        'Record',
        `PostgreSQL ${found.version} (${house.database.kind}), ${found.migrations} migrations, asked as ${found.role}.`,
      )
    : unwell(
        'Record',
        'The database is asked as a role that can bypass row-level security. Start Throughline again; if this stays, do not use it.',
      )
}

async function lake(house: House, slug: string): Promise<Finding> {
  const viewer = await viewerForCommandLine(house, slug)
  const latest = await latestSnapshot(viewer)
  if (!latest) return well(`Lake of ${slug}`, 'Nothing has been published yet.')
  const files = await snapshotFiles(viewer, latest, {})
  const lost = files.filter((file) => {
    const path = house.lake.path(file.path)
    return !existsSync(path) || statSync(path).size !== Number(file.bytes)
  })
  return lost.length === 0
    ? well(`Lake of ${slug}`, `${whole(files.length)} files of snapshot ${latest}, all there and whole.`)
    : unwell(
        `Lake of ${slug}`,
        `${lost.length} of ${files.length} files of snapshot ${latest} are missing or cut short, the first ${lost[0]!.path}. Restore the last backup.`,
      )
}

async function trail(house: House, slug: string): Promise<Finding> {
  const verified = await verifyAudit(await viewerForCommandLine(house, slug))
  return verified.ok
    ? well(`Audit trail of ${slug}`, `${whole(verified.rows)} entries, unbroken.`)
    : unwell(`Audit trail of ${slug}`, verified.because)
}

const mail = (house: House): Finding =>
  house.config.smtpUrl
    ? well('E-mail', `Goes out by ${new URL(house.config.smtpUrl).host} as ${house.config.mailFrom}.`)
    : well(
        'E-mail',
        'No mail server is set (SMTP_URL): letters are put into the outbox folder of the data folder.',
      )

/** Looks at everything that can be looked at without changing it. */
export async function examine(house: House): Promise<Finding[]> {
  const findings = [
    well('Node', `Node ${process.versions.node}.`),
    disk(house),
    await record(house),
    mail(house),
  ]
  for (const { slug } of await trustsHere(house))
    findings.push(await lake(house, slug), await trail(house, slug))
  return findings
}
