import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Duck, openDuck } from '../../../platform/lake/duck.ts'
import { catalogue } from '../catalogue/catalogue.ts'
import { cellsSql } from './cells-sql.ts'
import { type KeyStage4Row, keyStage4Sql, keyStage4Values } from './key-stage-4-values.ts'
import { createTable, factNames } from './lake-tables.ts'
import { insertRows, type SmallLake, smallLake } from './small-lake.ts'
import { asTable, valueSteps } from './values-sql.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

type Row = Record<string, string | number | null>
interface Engine {
  readonly run: (text: string) => Promise<unknown>
  readonly rows: (text: string) => Promise<Row[]>
}

async function cellsIn(engine: Engine, lake: SmallLake): Promise<{ values: Row[]; cells: Row[] }> {
  for (const fact of factNames) {
    await engine.run(createTable(fact))
    await engine.run(insertRows(fact, lake[fact]))
  }
  await engine.run('create temporary table drop_kind (drop_id integer, kind varchar)')
  await engine.run(
    insertRows(
      'drop_kind',
      lake.drops.map(({ id, kind }) => ({ drop_id: id, kind })),
    ),
  )
  await engine.run(
    'create temporary table key_stage_4_value (drop_id integer, school integer, pupil bigint, measure varchar, v double precision)',
  )
  const graded = (await engine.rows(keyStage4Sql)) as unknown as KeyStage4Row[]
  await engine.run(
    insertRows(
      'key_stage_4_value',
      keyStage4Values(graded).map((value) => ({ ...value })),
    ),
  )
  for (const step of valueSteps(catalogue)) await engine.run(asTable(step))
  return {
    values: await engine.rows('select * from pupil_value order by drop_id, school, measure, pupil'),
    cells: await engine.rows(`${cellsSql} order by 1, 2, 3, 4, 5, 6, 7`),
  }
}

const rounded = (rows: Row[]) =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'number' ? Number(value.toFixed(6)) : value,
      ]),
    ),
  )

describe('cells', () => {
  let folder: string
  let duck: Duck
  let onDuck: { values: Row[]; cells: Row[] }
  const lake = smallLake(20_260_320)

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'throughline-cells-'))
    duck = await openDuck({ spill: folder })
    const bench = await duck.workbench()
    onDuck = await cellsIn(
      { run: (text) => (text ? bench.run(text) : Promise.resolve()), rows: (text) => bench.rows<Row>(text) },
      lake,
    )
    bench.close()
  })
  afterAll(() => {
    duck.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const cell = (drop: number, school: number, measure: string, year: string, group = 'all') =>
    onDuck.cells.find(
      (row) =>
        row.drop_id === drop &&
        row.school === school &&
        row.measure === measure &&
        row.year_group === year &&
        row.pupil_group === group,
    )

  it('are the same from the same text on PostgreSQL and on DuckDB', async () => {
    const pglite = await PGlite.create()
    const onPostgres = await cellsIn(
      {
        run: (text) => pglite.exec(text),
        rows: async (text) => (await pglite.query<Row>(text, [], { parsers: { 20: Number } })).rows,
      },
      lake,
    )
    await pglite.close()
    expect(onDuck.cells.length).toBeGreaterThan(1000)
    expect(rounded(onPostgres.values)).toEqual(rounded(onDuck.values))
    expect(rounded(onPostgres.cells)).toEqual(rounded(onDuck.cells))
  })

  it('count lateness, events and the roll as a person with the lists would', () => {
    const onRoll = lake.pupil_state.filter((row) => row.drop_id === 1 && row.school === 20)
    const sum = (measure: string) => {
      const rows = onDuck.cells.filter(
        (row) =>
          row.drop_id === 1 &&
          row.school === 20 &&
          row.measure === measure &&
          row.pupil_group === 'all' &&
          row.class_id === -1,
      )
      const of = (name: string) => rows.reduce((total, row) => total + Number(row[name]), 0)
      return { population: of('population'), n: of('n'), v: of('v'), w: of('w') }
    }
    const registered = lake.attendance.filter(
      (row) => row.drop_id === 1 && row.school === 20 && Number(row.possible) > 0,
    )
    const coded = (codes: readonly string[]) =>
      lake.session_code
        .filter((row) => row.drop_id === 1 && row.school === 20 && codes.includes(String(row.code)))
        .filter((row) => registered.some(({ pupil }) => pupil === row.pupil))
        .reduce((total, row) => total + Number(row.sessions), 0)
    const possible = registered.reduce((total, row) => total + Number(row.possible), 0)
    expect(sum('lateness')).toEqual({
      population: onRoll.length,
      n: registered.length,
      v: coded(['L', 'U']),
      w: possible,
    })
    expect(sum('absence-illness')).toMatchObject({ v: coded(['I']), w: possible })
    const events = (column: 'suspensions' | 'permanent') =>
      lake.exclusion
        .filter((row) => row.drop_id === 1 && row.school === 20)
        .reduce((total, row) => total + Number(row[column]), 0)
    expect(sum('suspension-rate')).toEqual({
      population: onRoll.length,
      n: onRoll.length,
      v: events('suspensions'),
      w: onRoll.length,
    })
    expect(sum('permanent-exclusion-rate').v).toBe(events('permanent'))
    expect(sum('suspended-once').v).toBe(events('suspensions') / 2)
    expect(sum('mobility').v).toBe(onRoll.filter((row) => row.joined_this_year).length)
  })

  it('count the points of all A level entries, and the entries', () => {
    expect(cell(1, 20, 'a-level-average-points', '13')).toMatchObject({ population: 1, n: 1, v: 100, w: 3 })
  })

  it('leave out a school that did not send its behaviour, and all where no registers came by code', () => {
    const schoolsOf = (measure: string, drop: number) => [
      ...new Set(
        onDuck.cells
          .filter((row) => row.measure === measure && row.drop_id === drop)
          .map((row) => row.school),
      ),
    ]
    expect(schoolsOf('behaviour-per-pupil', 1)).toEqual([20])
    expect(schoolsOf('praise-per-pupil', 1)).toEqual([10, 20])
    expect(schoolsOf('lateness', 2)).toEqual([])
  })

  it('count a share as a person with the list would', () => {
    const onRoll = lake.pupil_state.filter(
      (row) => row.drop_id === 1 && row.school === 10 && row.year_group === '6',
    )
    const best = onRoll.map((pupil) => {
      const rows = lake.result.filter(
        (row) =>
          row.drop_id === 1 && row.school === 10 && row.pupil === pupil.pupil && row.subject === 'reading',
      )
      const order = ['result', 'below test', 'absent', 'not taken', 'left']
      return rows.toSorted(
        (a, b) =>
          order.indexOf(a.status as string) - order.indexOf(b.status as string) ||
          String(a.assessment).localeCompare(String(b.assessment)),
      )[0]
    })
    const here = best.filter((row) => row?.status !== 'left')
    const counted = here.filter((row) => row?.status === 'result' || row?.status === 'below test')
    expect(cell(1, 10, 'reading-expected', '6')).toMatchObject({
      population: here.length,
      n: counted.length,
      v: counted.filter((row) => row?.expected === true).length,
    })
  })

  it('count a pupil below the level of the test as not at the standard, and one who was absent as missing', () => {
    const below = lake.result.find(
      (row) => row.status === 'below test' && row.subject === 'writing' && row.drop_id === 1,
    )!
    const away = lake.result.find(
      (row) => row.status === 'absent' && row.subject === 'writing' && row.drop_id === 1,
    )!
    const value = (pupil: unknown) =>
      onDuck.values.find(
        (row) => row.drop_id === 1 && row.measure === 'writing-expected' && row.pupil === pupil,
      )
    expect(value(below.pupil)).toMatchObject({ v: 0 })
    expect(value(away.pupil)).toMatchObject({ v: null })
  })

  it('know all three subjects only pupil by pupil', () => {
    for (const row of onDuck.values.filter((value) => value.measure === 'rwm-expected')) {
      const three = ['reading', 'writing', 'mathematics'].map(
        (subject) =>
          onDuck.values.find(
            (value) =>
              value.measure === `${subject}-expected` &&
              value.drop_id === row.drop_id &&
              value.pupil === row.pupil,
          )?.v ?? null,
      )
      expect(row.v).toBe(three.some((met) => met === null) ? null : Math.min(...(three as number[])))
    }
  })

  it('count every pupil of Year 6 in the key stage 2 shares, and only when results come', () => {
    expect(onDuck.cells.filter((row) => String(row.measure).startsWith('ks2-') && row.drop_id !== 2)).toEqual(
      [],
    )
    const all = cell(2, 10, 'ks2-reading-expected', '6')!
    expect(all.n).toBe(all.population)
    expect(cell(2, 10, 'ks2-reading-average', '6')!.n).toBeLessThan(Number(all.n))
    expect(cell(2, 10, 'ks2-reading-expected', '3')).toBeUndefined()
  })

  it('hold Progress 8 only where there are national estimates, and count those with key stage 2 results', () => {
    expect(onDuck.cells.filter((row) => row.measure === 'progress-8').map((row) => row.drop_id)).toContain(2)
    expect(onDuck.cells.filter((row) => row.measure === 'progress-8' && row.drop_id !== 2)).toEqual([])
    const score = cell(2, 20, 'progress-8', '11')!
    const withPrior = lake.pupil_state.filter(
      (row) => row.drop_id === 2 && row.school === 20 && row.year_group === '11' && row.prior !== null,
    )
    expect(score.n).toBe(withPrior.length)
    expect(cell(2, 20, 'attainment-8', '11')!.n).toBe(score.population)
  })

  it('divide sessions by sessions, and call 10% of a pupil’s own sessions persistent', () => {
    const rows = lake.attendance.filter(
      (row) => row.drop_id === 3 && row.school === 10 && row.year_group === '3' && Number(row.possible) > 0,
    )
    const possible = rows.reduce((sum, row) => sum + Number(row.possible), 0)
    const missed = rows.reduce((sum, row) => sum + Number(row.authorised) + Number(row.unauthorised), 0)
    expect(cell(3, 10, 'attendance', '3')).toMatchObject({
      n: rows.length,
      v: possible - missed,
      w: possible,
    })
    expect(cell(3, 10, 'persistent-absence', '3')!.v).toBe(
      rows.filter((row) => 10 * (Number(row.authorised) + Number(row.unauthorised)) >= Number(row.possible))
        .length,
    )
  })

  it('add up: girls, boys and those of neither record are everyone', () => {
    const all = cell(1, 10, 'reading-expected', '6')!
    const girls = Number(cell(1, 10, 'reading-expected', '6', 'girls')?.population ?? 0)
    const boys = Number(cell(1, 10, 'reading-expected', '6', 'boys')?.population ?? 0)
    const neither = lake.pupil_state.filter(
      (row) => row.drop_id === 1 && row.school === 10 && row.year_group === '6' && row.sex === null,
    )
    expect(girls + boys).toBeLessThanOrEqual(Number(all.population))
    expect(Number(all.population) - girls - boys).toBeLessThanOrEqual(neither.length)
  })

  it('leave out who is not on roll', () => {
    expect(onDuck.values.some((row) => row.pupil === 999_999)).toBe(false)
  })
})

describe('persistent and severe absence', () => {
  it.each([
    [38, 380, 1, 0],
    [37, 380, 0, 0],
    [190, 380, 1, 1],
    [189, 380, 1, 0],
    [1, 10, 1, 0],
    [3, 31, 0, 0],
  ])('missing %i of %i sessions: persistent %i, severe %i', async (missed, possible, persistent, severe) => {
    const folder = mkdtempSync(join(tmpdir(), 'throughline-cells-'))
    const duck = await openDuck({ spill: folder })
    const bench = await duck.workbench()
    const [pupil] = smallLake(1, 1).pupil_state
    const { values } = await cellsIn(
      { run: (text) => (text ? bench.run(text) : Promise.resolve()), rows: (text) => bench.rows<Row>(text) },
      {
        drops: [{ id: 1, kind: 'termly', academicYear: 2023 }],
        result: [],
        session_code: [],
        behaviour: [],
        exclusion: [],
        pupil_state: [pupil!],
        attendance: [
          {
            pupil: pupil!.pupil!,
            school: 10,
            drop_id: 1,
            academic_year: 2023,
            year_group: '3',
            possible,
            authorised: missed - 1,
            unauthorised: 1,
          },
        ],
      },
    )
    bench.close()
    duck.close()
    rmSync(folder, { recursive: true, force: true })
    expect(values.find((row) => row.measure === 'persistent-absence')!.v).toBe(persistent)
    expect(values.find((row) => row.measure === 'severe-absence')!.v).toBe(severe)
  })
})
