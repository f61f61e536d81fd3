import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { openTestHouse } from '../../test/database.ts'
import { makeWorld, type World } from '../../test/world.ts'
import { publishRows } from '../modules/evidence/example.ts'
import { latestSnapshot } from '../modules/evidence/index.ts'
import { erasePupil, finishLettingGo } from '../modules/keeping/index.ts'
import { correctIdentity } from '../modules/measures/index.ts'
import { founderOf, pupilById, pupilIdByUpn } from '../modules/organisation/index.ts'
import { backup, restore } from '../platform/backup.ts'
import { clockOn } from '../platform/clock.ts'
import { loadConfig } from '../platform/config.ts'
import { silentLog } from '../platform/log.ts'
import { openHouse } from '../platform/open-house.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let folder: string
let old: string
let list: string
const names = ['Ayesha Rahman', 'Callum Tierney']

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  folder = mkdtempSync(join(tmpdir(), 'throughline-older-'))
  old = join(folder, 'older.tar.gz')
  list = join(folder, 'newest.jsonl')
  const roll = names.map((name) => ({ pupil: world.pupils[name]!, year: '4' }))
  await publishRows(
    world.founder,
    '2026-spring',
    world.schools.saltmarsh,
    roll,
    roll.map(({ pupil }) => ({ pupil, assessment: 'reading-scaled', value: 100 })),
  )
  await backup(house, old)
  // Renamed after the backup was made, erased under the new name.
  await correctIdentity(world.people.priya!(), world.pupils['Ayesha Rahman']!, {
    forename: 'Ayesha',
    surname: 'Cole',
    upn: world.upns['Ayesha Rahman']!,
    why: 'Changed by deed poll this winter.',
  })
  await erasePupil(world.people.priya!(), {
    pupil: world.pupils['Ayesha Rahman']!,
    reason: 'The parents asked for it, and the trust agreed.',
    figures: 'without them',
    typed: 'Ayesha Cole',
  })
  copyFileSync(join(house.config.data, 'erased.jsonl'), list)
})
afterAll(async () => {
  await house?.close()
  rmSync(folder, { recursive: true, force: true })
})

const restored = async (data: string) =>
  openHouse(loadConfig({ THROUGHLINE_DATA: data, THROUGHLINE_KEEP_FREE_MB: '0' }), {
    clock: clockOn('2026-03-24'),
    log: silentLog,
  })

it.skipIf(!inject('template'))(
  'an older backup that is restored does not bring an erased pupil back',
  async () => {
    const data = join(folder, 'with-list')
    mkdirSync(data)
    copyFileSync(list, join(data, 'erased.jsonl'))
    await restore(old, { data })
    expect(readFileSync(join(data, 'erased.jsonl'), 'utf8')).toBe(readFileSync(list, 'utf8'))
    const again = await restored(data)
    const viewer = founderOf(again, world.trust)
    expect(await pupilIdByUpn(viewer, world.upns['Ayesha Rahman']!)).toBe(world.pupils['Ayesha Rahman'])
    expect(await finishLettingGo(again)).toBe(1)
    expect(await pupilIdByUpn(viewer, world.upns['Ayesha Rahman']!)).toBeUndefined()
    expect((await pupilById(viewer, world.pupils['Callum Tierney']!)).surname).toBe('Tierney')
    expect(await latestSnapshot(viewer)).toBe(1)
    expect(await finishLettingGo(again)).toBe(0)
    await again.close()
  },
)

it.skipIf(!inject('template'))(
  'a line of a pupil whom the number no longer means changes nothing, now or later',
  async () => {
    const data = join(folder, 'another')
    const other = join(folder, 'other.jsonl')
    const line = JSON.parse(readFileSync(list, 'utf8'))
    writeFileSync(
      other,
      `${JSON.stringify({ ...line, pupil: world.pupils['Callum Tierney'] })}\nnot a line\n`,
    )
    await restore(old, { data, erased: other })
    const again = await restored(data)
    expect(await finishLettingGo(again)).toBe(0)
    expect(await finishLettingGo(again)).toBe(0)
    expect((await pupilById(founderOf(again, world.trust), world.pupils['Callum Tierney']!)).surname).toBe(
      'Tierney',
    )
    await again.close()
  },
)

it('a file that is no such list is refused before anything is written', async () => {
  const data = join(folder, 'none')
  await expect(restore(old, { data, erased: old })).rejects.toThrow(/holds no list of what was erased/)
})
