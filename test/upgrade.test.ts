import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyAudit, viewerForCommandLine } from '../src/modules/access/index.ts'
import { latestSnapshot } from '../src/modules/evidence/index.ts'
import { figures } from '../src/modules/measures/index.ts'
import { pupilsForMatching, schools } from '../src/modules/organisation/index.ts'
import { checkBackup, restore } from '../src/platform/backup.ts'
import { clockOn } from '../src/platform/clock.ts'
import { loadConfig } from '../src/platform/config.ts'
import { latestMigration, schemaVersion } from '../src/platform/database/migrate.ts'
import { silentLog } from '../src/platform/log.ts'
import { type OpenHouse, openHouse } from '../src/platform/open-house.ts'

/** Made by the version of 23 November 2026 from the test’s world: 32 pupils of Saltmarsh with results in snapshot 1. */
const earlier = join(import.meta.dirname, 'earlier', '2026-11-23.tar.gz')

describe('a data folder of an earlier version', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-upgrade-'))
  const data = join(folder, 'data')
  let house: OpenHouse

  beforeAll(async () => {
    const manifest = await checkBackup(earlier)
    expect(manifest.migrations.at(-1)).toBe('2026-11-23-06-platform-jobs.sql')
    await restore(earlier, { data })
    house = await openHouse(loadConfig({ THROUGHLINE_DATA: data, THROUGHLINE_KEEP_FREE_MB: '0' }), {
      clock: clockOn('2026-03-20'),
      log: silentLog,
    })
  }, 180_000)
  afterAll(async () => {
    await house?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('is brought up to date when it is opened', async () => {
    expect((await schemaVersion(house.database)).newest).toBe(latestMigration())
  })

  it('still holds everybody, and the audit trail is unbroken', async () => {
    const viewer = await viewerForCommandLine(house, 'tidewell')
    expect((await schools(viewer)).map(({ shortName }) => shortName).sort()).toEqual([
      'Gull Rock',
      'Northquay',
      'Saltmarsh',
    ])
    const saltmarsh = (await schools(viewer)).find(({ slug }) => slug === 'saltmarsh')!
    expect(await pupilsForMatching(viewer, [saltmarsh.id], 2025, '2026-03-13')).toHaveLength(32)
    expect(await verifyAudit(viewer)).toMatchObject({ ok: true })
  })

  it('gives the same figures as on the day they were made', async () => {
    const viewer = await viewerForCommandLine(house, 'tidewell')
    expect(await latestSnapshot(viewer)).toBe(1)
    const saltmarsh = (await schools(viewer)).find(({ slug }) => slug === 'saltmarsh')!
    const found = await figures(viewer, {
      measures: ['reading-expected'],
      places: [{ school: saltmarsh.id }],
      years: ['all', '4', '6'],
      periods: ['2026-spring'],
    })
    expect(found.map(({ kind, n, of, population }) => [kind, n, of, population])).toEqual([
      ['value', 20, 32, 32],
      ['value', 15, 22, 22],
      ['value', 5, 10, 10],
    ])
  })

  it('keeps the file that the school sent', async () => {
    const { sha256 } = (
      await house.database.kysely
        .transaction()
        .execute((tx) => tx.selectFrom('evidence.upload').select('sha256').execute())
    )[0] ?? { sha256: '' }
    // Without a viewer nothing is seen: row-level security came along too.
    expect(sha256).toBe('')
    const viewer = await viewerForCommandLine(house, 'tidewell')
    const { read } = await import('../src/platform/database/door.ts')
    const uploads = await read(viewer, (db) => db.selectFrom('evidence.upload').select('sha256').execute())
    expect(readFileSync(house.files.path(uploads[0]!.sha256), 'utf8')).toMatch(/^UPN,Reading,Mathematics\n/)
  })
})
