import {
  closeSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openTestHouse, testDay } from '../../test/database.ts'
import { makeWorld, type World } from '../../test/world.ts'
import { audit, verifyAudit } from '../modules/access/index.ts'
import { asOwner, tablesOf } from './backup/record.ts'
import { backup, checkBackup, lastBackupFile, restore } from './backup.ts'
import { clockOn } from './clock.ts'
import { loadConfig } from './config.ts'
import type { Database } from './database/open.ts'
import { openDatabase } from './database/open.ts'
import { silentLog } from './log.ts'
import { type OpenHouse, openHouse } from './open-house.ts'

const trust = 4
const deeds = 4321

// Making a record from nothing takes some seconds, and half a minute on a busy machine.
describe('a backup', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-backup-test-'))
  const file = join(folder, 'monday.tar.gz')
  let house: OpenHouse
  let world: World
  let sealed: string
  let raw: string

  beforeAll(async () => {
    house = await openTestHouse()
    world = await makeWorld(house)
    for (const id of Object.values(world.pupils))
      await audit(world.people.ruth!(), {
        deed: 'saw pupil',
        subject: 'organisation.pupil',
        id,
        school: world.schools.saltmarsh,
        detail: { page: '½ “term”', share: 0.1 },
      })
    await asOwner(house.database, async (owner) => {
      await sql`insert into platform.history (trust_id, person_id, subject, subject_id, deed, detail, at)
        select ${trust}::int, 1, 'evidence.drop', i::text, 'opened', jsonb_build_object('name', E'Gull Rock\n“½ term” \\ ' || i, 'mean', 0.1 + i),
          timestamptz '2026-03-20 09:00:00.123456+00' + i * interval '1 second' from generate_series(1, ${deeds}::int) i`.execute(
        owner,
      )
      await sql`insert into platform.job (trust_id, job_id, name, state) values (${trust}, gen_random_uuid(), 'publish', 'working')`.execute(
        owner,
      )
    })
    const bench = await house.lake.duck.workbench()
    sealed = (
      await house.lake.seal(bench, 'select range as pupil from range(1000)', {
        trust,
        fact: 'result',
        year: 2025,
        drop: 1,
        school: 2,
      })
    ).path
    bench.close()
    raw = (await house.files.keep(Buffer.from('UPN;Mark\n'))).sha256
    await house.mail.send({ to: 'dan.fry@tidewell.example', subject: 'Spring', text: 'It is open.' })
    writeFileSync(join(house.config.data, 'lake', 'aside', 'half.parquet'), 'half written')
    await backup(house, file)
  })
  afterAll(async () => {
    await house.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const fresh = (name: string) => {
    const data = join(folder, name)
    mkdirSync(data)
    return data
  }
  const filesOf = (data: string) =>
    readdirSync(data, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(data, join(entry.parentPath, entry.name)))
      .filter((name) => !name.startsWith('record/') && name !== 'held-by')
      .sort()
  const contents = (database: Database) =>
    asOwner(database, async (owner) => {
      const found: Record<string, { rows: number; hash: string }> = {}
      for (const { name } of await tablesOf(owner)) {
        const { rows } = await sql
          .raw<{ rows: number; hash: string }>(
            `select count(*)::int as rows, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from ${name} t`,
          )
          .execute(owner)
        if (!['platform.migration', 'platform.job'].includes(name)) found[name] = rows[0]!
      }
      return found
    })

  it('lists all that it holds, and nothing half written', async () => {
    const manifest = await checkBackup(file)
    const { rows: written } = (await contents(house.database))['platform.history']!
    expect(written).toBeGreaterThan(deeds)
    expect(manifest.tables.find(({ name }) => name === 'platform.history')?.rows).toBe(written)
    const paths = manifest.entries.map(({ path }) => path)
    expect(paths).toContain(`data/lake/${sealed}`)
    expect(paths).toContain(`data/files/${raw.slice(0, 2)}/${raw}`)
    expect(paths).toContain('data/secret')
    expect(paths.some((path) => path.includes('aside') || path.includes('held-by'))).toBe(false)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['monday.tar.gz'])
  })

  it('restored elsewhere gives the same rows, the same files and the next free numbers', async () => {
    const data = fresh('elsewhere')
    await restore(file, { data })
    // When this folder was last backed up is no part of the backup.
    expect(filesOf(data)).toEqual(
      filesOf(house.config.data).filter((name) => !name.includes('aside') && name !== lastBackupFile),
    )
    for (const name of filesOf(data))
      expect(readFileSync(join(data, name)), name).toEqual(readFileSync(join(house.config.data, name)))
    expect(statSync(join(data, 'secret')).mode & 0o777).toBe(0o600)
    const restored = await openHouse(loadConfig({ THROUGHLINE_DATA: data }), {
      clock: clockOn(testDay),
      log: silentLog,
    })
    try {
      expect(await contents(restored.database)).toEqual(await contents(house.database))
      expect(restored.config.secret).toBe(house.config.secret)
      const founder = { ...world.founder, house: restored }
      expect(await verifyAudit(founder)).toEqual(await verifyAudit(world.founder))
      expect(await verifyAudit(founder)).toMatchObject({ ok: true, rows: Object.keys(world.pupils).length })
      await asOwner(restored.database, async (owner) => {
        const before = await sql<{
          highest: number
        }>`select max(history_id) as highest from platform.history`.execute(owner)
        const { highest } = before.rows[0]!
        const { rows } = await sql<{
          history_id: number
        }>`insert into platform.history (trust_id, subject, subject_id, deed)
          values (${trust}, 'x', '1', 'x') returning history_id`.execute(owner)
        expect(rows).toEqual([{ history_id: highest + 1 }])
        const jobs = await sql<{
          state: string
          trouble: string
        }>`select state, trouble from platform.job`.execute(owner)
        expect(jobs.rows).toEqual([
          { state: 'failed', trouble: 'This was under way when the backup was made. Start it again.' },
        ])
      })
      const bench = await restored.lake.duck.workbench()
      expect(await bench.rows(`select count(*) as many from '${restored.lake.path(sealed)}'`)).toEqual([
        { many: 1000 },
      ])
      bench.close()
    } finally {
      await restored.close()
    }
  })

  it('never goes over an older one', async () => {
    await expect(backup(house, file)).rejects.toThrow('exists already')
  })

  it('is not restored over data, and says so', async () => {
    const data = fresh('filled')
    mkdirSync(join(data, 'lake', '1'), { recursive: true })
    writeFileSync(join(data, 'lake', '1', 'some.parquet'), 'facts')
    await expect(restore(file, { data })).rejects.toThrow('already holds data (lake)')
    expect(filesOf(data)).toEqual(['lake/1/some.parquet'])
  })

  it('with one byte changed anywhere is found out, and nothing is restored', async () => {
    const { size } = statSync(file)
    const data = fresh('untouched')
    for (const place of [0.02, 0.25, 0.5, 0.75, 0.98]) {
      const damaged = join(folder, 'damaged.tar.gz')
      copyFileSync(file, damaged)
      const at = Math.floor(size * place)
      const handle = openSync(damaged, 'r+')
      const byte = Buffer.alloc(1)
      readSync(handle, byte, 0, 1, at)
      writeSync(handle, Buffer.from([byte[0]! ^ 0x10]), 0, 1, at)
      closeSync(handle)
      await expect(restore(damaged, { data }), `byte ${at} of ${size}`).rejects.toThrow(
        'Nothing was restored',
      )
    }
    expect(readdirSync(data)).toEqual([])
  })

  it('cut short, or something else altogether, is found out', async () => {
    const whole = readFileSync(file)
    const cut = join(folder, 'cut.tar.gz')
    writeFileSync(cut, whole.subarray(0, whole.length - 100))
    await expect(checkBackup(cut)).rejects.toThrow('Nothing was restored')
    writeFileSync(cut, 'UPN,Mark\n')
    await expect(checkBackup(cut)).rejects.toThrow('can’t be read as a backup')
    await expect(checkBackup(join(folder, 'none.tar.gz'))).rejects.toThrow('There is no file')
  })

  it('moves into an empty database of a server, and leaves one alone that holds data', async () => {
    const server = inject('serverUrl')
    if (!server) return
    const admin = new pg.Client({ connectionString: server })
    await admin.connect()
    await admin.query('create database restored template template_world')
    await admin.end()
    const databaseUrl = server.replace(/\/postgres$/, '/restored')
    await restore(file, { data: fresh('server'), databaseUrl })
    const restored = await openDatabase({ url: databaseUrl })
    expect(await contents(restored)).toEqual(await contents(house.database))
    await restored.close()
    const again = fresh('server again')
    await expect(restore(file, { data: again, databaseUrl })).rejects.toThrow(
      'The database already holds data',
    )
    expect(readdirSync(again)).toEqual([])
  })

  it('of what an older version wrote opens with the versions since applied', async () => {
    const older = mkdtempSync(join(folder, 'older-'))
    const { migrations } = await checkBackup(file)
    const database = await openDatabase({ folder: older, migrations: migrations.slice(0, 1) })
    await database.close()
    const now = await openDatabase({ folder: older })
    await asOwner(now, async (owner) =>
      expect((await tablesOf(owner)).some(({ name }) => name === 'platform.job')).toBe(true),
    )
    await now.close()
  })
})
