import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { erasePupil, finishLettingGo, previewErasure } from '../src/modules/keeping/index.ts'
import { founderOf } from '../src/modules/organisation/index.ts'
import { clockOn } from '../src/platform/clock.ts'
import { loadConfig } from '../src/platform/config.ts'
import { read } from '../src/platform/database/door.ts'
import { literal } from '../src/platform/lake/duck.ts'
import { silentLog } from '../src/platform/log.ts'
import { openHouse } from '../src/platform/open-house.ts'

/**
 * Opens a data folder, finishes what was left, says where each pupil of the list still stands (one JSON line), then erases one
 * after another, saying each once it is acknowledged. It goes on until it is killed.
 */
const [data, trust, list] = process.argv.slice(2) as [string, string, string]
const listed = JSON.parse(readFileSync(list, 'utf8')) as { pupil: number; upn: string; name: string }[]
const house = await openHouse(loadConfig({ THROUGHLINE_DATA: data }), {
  clock: clockOn('2026-03-20'),
  log: silentLog,
})
const viewer = founderOf(house, Number(trust))
const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`)

await finishLettingGo(house)
const known = await read(viewer, (db) => db.selectFrom('organisation.pupil').select('pupil_id').execute())
const sealed = await read(viewer, (db) =>
  db.selectFrom('evidence.lake_file').select('path').distinct().execute(),
)
const uploads = await read(viewer, (db) => db.selectFrom('evidence.upload').select('sha256').execute())
const every = (folder: string) =>
  readdirSync(join(data, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('aside'))
    .map((entry) => join(entry.parentPath, entry.name))
const bench = await house.lake.duck.workbench()
const inLake = new Set<number>()
for (const { path } of sealed)
  for (const { pupil } of await bench.rows<{ pupil: number }>(
    `select distinct pupil from read_parquet(${literal(house.lake.path(path))})`,
  ))
    inLake.add(pupil)
bench.close()
const raw = uploads.map(({ sha256 }) => readFileSync(house.files.path(sha256), 'latin1')).join('\n')
const onRecord = new Set(known.map(({ pupil_id }) => pupil_id))
const leaving = await read(viewer, (db) =>
  db.selectFrom('evidence.leaving_file').select('name').where('gone_at', 'is', null).execute(),
)
const left = await read(viewer, (db) =>
  db.selectFrom('evidence.leaving_file').select(['store', 'name']).execute(),
)
const lakeFiles = new Set(every('lake'))
const stands = listed.map(({ pupil, upn }) => ({
  pupil,
  record: onRecord.has(pupil),
  lake: inLake.has(pupil),
  raw: raw.includes(upn),
}))
say({
  stands,
  leaving: leaving.length,
  oldBytes: left.filter(({ store, name }) => store === 'lake' && lakeFiles.has(house.lake.path(name))).length,
})
for (const { pupil, name } of listed)
  if (onRecord.has(pupil)) {
    await previewErasure(viewer, pupil)
    await erasePupil(viewer, {
      pupil,
      reason: 'A test of being stopped in the middle.',
      figures: 'without them',
      typed: name,
    })
    say({ acknowledged: pupil })
  }
say({ acknowledged: 'all' })
setInterval(() => {}, 1000)
