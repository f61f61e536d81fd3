import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DiskFull } from '../disk.ts'
import { literal } from './duck.ts'
import { type Lake, openLake } from './lake.ts'

const place = { trust: 1, fact: 'result', year: 2025, drop: 7, school: 3 }
const hourAgo = new Date(Date.now() - 3_600_000)

describe('the lake', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-lake-'))
  let lake: Lake
  beforeAll(async () => {
    lake = await openLake({ folder })
  })
  afterAll(() => {
    lake.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const sealed = async (select: string, at = place) => {
    const bench = await lake.duck.workbench()
    try {
      return await lake.seal(bench, select, at)
    } finally {
      bench.close()
    }
  }
  const parquet = (of = folder) =>
    readdirSync(of, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.parquet'))
      .sort()

  it('seals the rows of a select, and reads them back the same', async () => {
    const file = await sealed('select i::bigint as pupil, i * 1.5::double as value from range(1000) t(i)')
    expect(file.path).toMatch(/^1\/result\/2025\/7\/3-[0-9a-f]{16}\.parquet$/)
    expect(file.rows).toBe(1000)
    const bench = await lake.duck.workbench()
    expect(
      await bench.rows(
        `select count(*) as many, sum(value) as total from read_parquet(${literal(lake.path(file.path))})`,
      ),
    ).toEqual([{ many: 1000, total: 749_250 }])
    bench.close()
  })

  it('gives the same rows the same file', async () => {
    expect(await sealed('select 1 as pupil')).toEqual(await sealed('select 1 as pupil'))
  })

  it('leaves nothing when the select fails half way', async () => {
    const before = parquet()
    await expect(
      sealed(
        `select case when i = 150000 then error('a bad row') else 'good' end as words from range(200000) t(i)`,
      ),
    ).rejects.toThrow('a bad row')
    expect(parquet()).toEqual(before)
  })

  it('sweeps out what nothing lists, but never what is listed or may be about to be', async () => {
    const listed = await sealed('select 1 as listed')
    const forgotten = await sealed('select 2 as forgotten')
    const underWay = await sealed('select 3 as under_way')
    const bench = await lake.duck.workbench()
    const derived = await lake.sealDerived(bench, 'select 4 as derived', 'cells-0a1b')
    bench.close()
    for (const { path } of [listed, forgotten, derived]) utimesSync(lake.path(path), hourAgo, hourAgo)
    const removed = await lake.sweep([listed.path], { olderThanMinutes: 10 })
    expect(removed).toContain(forgotten.path)
    for (const { path } of [listed, underWay, derived]) expect(existsSync(lake.path(path)), path).toBe(true)
    expect(await lake.sweep([listed.path], { olderThanMinutes: 10, derived: [] })).toEqual([derived.path])
  })

  it('has no path that leads out of it', () => {
    expect(() => lake.path('../secret')).toThrow()
  })

  it('says when the disk is full and has changed nothing', async (test) => {
    const disk = join(folder, 'tiny')
    mkdirSync(disk)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk], { stdio: 'ignore' })
    } catch {
      test.skip('A small disk can only be mounted by root.')
    }
    const tiny = await openLake({ folder: disk })
    const bench = await tiny.duck.workbench()
    try {
      await expect(tiny.seal(bench, 'select random() as value from range(500000)', place)).rejects.toThrow(
        DiskFull,
      )
      expect(parquet(disk)).toEqual([])
      expect((await tiny.seal(bench, 'select 1 as value', place)).rows).toBe(1)
    } finally {
      bench.close()
      tiny.close()
      execFileSync('umount', [disk])
    }
  })
})
