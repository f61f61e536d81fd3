import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runImport } from '../src/modules/evidence/imports/commands/run-import.ts'
import { filesIn, latestIn } from '../src/modules/evidence/snapshots/queries.ts'
import { founderOf } from '../src/modules/organisation/index.ts'
import { clockOn } from '../src/platform/clock.ts'
import { loadConfig } from '../src/platform/config.ts'
import { read } from '../src/platform/database/door.ts'
import { silentLog } from '../src/platform/log.ts'
import { openHouse } from '../src/platform/open-house.ts'

/**
 * Opens a data folder, says what stands in it (one JSON line), then publishes one file after another, each with one more pupil
 * and one value for everybody, saying each snapshot once it is acknowledged. It goes on until it is killed.
 */
const [data, trust, school] = process.argv.slice(2) as [string, string, string]
const house = await openHouse(loadConfig({ THROUGHLINE_DATA: data }), {
  clock: clockOn('2026-03-20'),
  log: silentLog,
})
const viewer = founderOf(house, Number(trust))
const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`)

const stands = await read(viewer, async (db) => {
  const snapshot = await latestIn(db)
  const files = await filesIn(db, snapshot, { schools: [Number(school)] })
  const count = async (
    table: 'evidence.import_step' | 'evidence.snapshot' | 'organisation.pupil',
    where?: string,
  ) => {
    const all = db.selectFrom(table).select((x) => x.fn.countAll<number>().as('many'))
    const asked = where ? all.where('step' as never, '=', where as never) : all
    return Number((await asked.executeTakeFirstOrThrow()).many)
  }
  return {
    snapshot,
    files,
    snapshots: await count('evidence.snapshot'),
    published: await count('evidence.import_step', 'published'),
    pupils: await count('organisation.pupil'),
  }
})
const bench = await house.lake.duck.workbench()
const whole = await Promise.all(
  stands.files.map(async (file) => {
    const path = house.lake.path(file.path)
    if (!existsSync(path)) return { fact: file.fact, there: false }
    const [found] = await bench.rows<{ many: number; pupils: number }>(
      `select count(*) as many, count(distinct pupil) as pupils from read_parquet('${path}')`,
    )
    const values =
      file.fact === 'result'
        ? await bench.rows<{ value: number }>(`select distinct value from read_parquet('${path}')`)
        : []
    return {
      fact: file.fact,
      there: found!.many === file.rows,
      pupils: found!.pupils,
      values: values.map(({ value }) => value),
    }
  }),
)
bench.close()
say({ ...stands, files: whole })

for (let round = stands.snapshot + 1; ; round++) {
  const file = join(data, `marks-${round}.csv`)
  const value = 80 + (round % 41)
  const rows = Array.from({ length: round }, (_, at) => `K${at + 1},6,${value}`)
  writeFileSync(file, `Adno,Year,Reading\n${rows.join('\n')}\n`)
  const { snapshot } = await runImport(viewer, {
    file,
    school: Number(school),
    drop: '2026-spring',
    again: true,
  })
  say({ acknowledged: snapshot, value })
}
