import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { NotHere } from '../../kernel/refusal.ts'
import { may } from '../../kernel/viewer.ts'
import { trustOf } from '../../modules/organisation/index.ts'
import { lastBackupFile } from '../../platform/backup.ts'
import type { JobProgress } from '../../platform/jobs.ts'
import type { Viewer } from '../../platform/viewer.ts'
import type { Finding } from '../doctor/finding.ts'
import { clockFindings, recordFinding } from '../doctor/record.ts'
import { diskFinding, folderFinding, lakeFinding } from '../doctor/storage.ts'
import { versionFinding } from '../doctor/versions.ts'
import { jobsFinding, mailFinding } from '../doctor/work.ts'

export interface Store {
  readonly name: string
  readonly files: number
  readonly bytes: number
}

export interface Administration {
  readonly trust: string
  readonly findings: readonly Finding[]
  readonly jobs: readonly JobProgress[]
  readonly stores: readonly Store[]
  /** When `throughline backup` last ended well. */
  readonly backedUp?: Date
}

/** How the house is: for those who run the system. @throws NotHere */
export async function administration(viewer: Viewer): Promise<Administration> {
  if (!may(viewer, 'run the system')) throw new NotHere()
  const { house } = viewer
  const { data } = house.config
  const findings = [
    versionFinding(),
    diskFinding(house),
    folderFinding(house),
    await recordFinding(house),
    ...(await clockFindings(house, [viewer], new Date())),
    await mailFinding(house),
    await jobsFinding(house, [viewer]),
    { ...(await lakeFinding(viewer, 'the trust', false)), name: 'Sealed files' },
  ]
  return {
    trust: (await trustOf(viewer)).name,
    findings: findings.toSorted((a, b) => Number(a.well) - Number(b.well)),
    jobs: await house.jobs.recent(viewer, 15),
    stores: [
      ...(house.database.kind === 'embedded' ? [await storeAt('Record', join(data, 'record'))] : []),
      await storeAt('Sealed files', join(data, 'lake')),
      await storeAt('Files as schools sent them', join(data, 'files')),
      ...(house.config.smtpUrl ? [] : [await storeAt('Letters in the outbox', join(data, 'outbox'))]),
    ],
    backedUp: await backedUpAt(data),
  }
}

async function storeAt(name: string, folder: string): Promise<Store> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          (found) => found.size,
          () => 0,
        ),
      ),
  )
  return { name, files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
}

const backedUpAt = async (data: string): Promise<Date | undefined> => {
  const text = await readFile(join(data, lastBackupFile), 'utf8').catch(() => '')
  const at = new Date(text.trim())
  return Number.isNaN(at.getTime()) ? undefined : at
}
