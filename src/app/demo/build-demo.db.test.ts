import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { viewerOf } from '../../modules/access/index.ts'
import {
  dropByCode,
  drops,
  latestSnapshot,
  lockDrop,
  readiness,
  runImport,
  signOff,
  snapshotFiles,
  snapshots,
} from '../../modules/evidence/index.ts'
import { thread } from '../../modules/improvement/index.ts'
import { lookPageNow } from '../../modules/measures/index.ts'
import { trustBriefing } from '../../modules/measures/routes.tsx'
import { people, schools, trustOf } from '../../modules/organisation/index.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { buildDemo } from './build-demo.ts'
import { houseOn } from './clock.ts'
import { plantedAbsence, plantedFileFaults, plantedResults } from './planted.ts'
import { sampleFolder } from './sample-files.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
const viewers = new Map<string, Viewer>()
const as = (name: string) => viewers.get(name)!
let saltmarsh: number
let gullRock: number

beforeAll(async () => {
  house = await openTestHouse({ demo: true })
  const said: string[] = []
  await buildDemo(house, { progress: (words) => said.push(words) })
  expect(said.length).toBeGreaterThan(10)
  const first = await viewerOf(house, 1, 1)
  for (const person of await people(first))
    viewers.set(person.name, await viewerOf(house, first.trust, person.id))
  const all = await schools(first)
  saltmarsh = all.find((school) => school.slug === 'saltmarsh')!.id
  gullRock = all.find((school) => school.slug === 'gull-rock')!.id
}, 400_000)
afterAll(() => house.close())

describe('the demo, once built', () => {
  it('is Tidewell with its vision and nine schools', async () => {
    expect((await trustOf(as('Priya Raman'))).vision).toContain('reads well enough')
    expect(await schools(as('Priya Raman'))).toHaveLength(9)
  })

  it('has ten drops: nine locked, spring 2026 open', async () => {
    const all = await drops(as('Priya Raman'))
    expect(all).toHaveLength(10)
    expect(all.filter((drop) => !drop.lock).map((drop) => drop.code)).toEqual(['2026-spring'])
  })

  it('has snapshots 1 to 11: four of history, seven of schools that have published', async () => {
    const all = await snapshots(as('Priya Raman'))
    expect(all.map((one) => one.snapshot)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    expect(all.filter((one) => one.reason === 'publish').map((one) => one.snapshot)).toEqual([
      11, 10, 9, 8, 7, 6, 5,
    ])
    expect(all.every((one) => one.at.toISOString() < '2026-03-20')).toBe(true)
  })

  it('waits for Saltmarsh and Gull Rock, and for nobody else', async () => {
    const standing = await readiness(as('Priya Raman'), await dropByCode(as('Priya Raman'), '2026-spring'))
    expect(
      standing
        .filter((one) => !one.signedOff)
        .map((one) => one.school.shortName)
        .sort(),
    ).toEqual(['Gull Rock', 'Saltmarsh'])
  })

  it('lists only files that lie in the lake, with the rows that they hold', async () => {
    const files = await snapshotFiles(as('Priya Raman'), 11)
    expect(files.length).toBeGreaterThan(200)
    const bench = await house.lake.duck.workbench()
    const paths = files.filter((file) => file.fact === 'result').map((file) => house.lake.path(file.path))
    const [counted] = await bench.rows<{ n: number }>(
      `select count(*)::integer as n from read_parquet([${paths.map((path) => `'${path}'`).join(', ')}])`,
    )
    bench.close()
    expect(counted!.n).toBe(
      files.filter((file) => file.fact === 'result').reduce((sum, file) => sum + file.rows, 0),
    )
  })

  it('keeps no name in the lake', async () => {
    const files = await snapshotFiles(as('Priya Raman'), 11, { fact: 'pupil_state' })
    const bench = await house.lake.duck.workbench()
    const columns = await bench.rows<{ column_name: string }>(
      `describe select * from read_parquet('${house.lake.path(files[0]!.path)}')`,
    )
    bench.close()
    expect(columns.map((column) => column.column_name)).not.toEqual(expect.arrayContaining(['surname']))
  })
})

describe('the two files that are still to be sent', () => {
  const dry = (who: string, school: number, file: string) =>
    runImport(as(who), {
      file: `${sampleFolder(house.config.data)}/${file}`,
      school,
      drop: '2026-spring',
      dryRun: true,
    })

  it('has every kind of knot in this year’s thread and in last year’s, and something loose', async () => {
    for (const day of [undefined, '2025-08-31']) {
      const map = await thread(as('Amara Okafor'), day)
      const kinds = [...new Set(map.nodes.map((node) => node.kind))].toSorted()
      expect(kinds, day).toEqual(
        ['action', 'aim', 'decision', 'evidence', 'judgement', 'objective', 'priority'].toSorted(),
      )
      expect(map.loose.length).toBeGreaterThan(0)
    }
  })

  it('Saltmarsh’s mark sheet has a UPN too short, a letter for a digit, a pupil twice and one whom nobody knows', async () => {
    const run = await dry('Dan Fry', saltmarsh, plantedFileFaults.saltmarsh.file)
    const why = run.rejected.map((one) => one.why).join('\n')
    expect(why).toContain('a UPN has 13')
    expect(why).toContain('The middle character is the letter O.')
    expect(run.rejected.length).toBeGreaterThanOrEqual(2)
    expect(run.rejected.length).toBeLessThan(12)
    expect(run.pupils.matched).toBeGreaterThan(400)
    expect(await latestSnapshot(as('Dan Fry'))).toBe(11)
  })

  it('Gull Rock’s list is read as Windows text, with two Sam Prices and a day that never was', async () => {
    const run = await dry('Neil Hart', gullRock, plantedFileFaults.gullRock.file)
    const why = run.rejected.map((one) => one.why).join('\n')
    expect(why).toContain('Two pupils in Year 6 have this name, born in March and in August.')
    expect(why).toContain('a UPN has 13')
    expect(why).toContain('The middle character is the letter O.')
    expect(run.pupils.matched).toBeGreaterThan(300)
  })

  it('once both are published and signed off, the lock makes snapshot 14', async () => {
    const send = async (who: string, head: string, school: number, file: string) => {
      await runImport(as(who), {
        file: `${sampleFolder(house.config.data)}/${file}`,
        school,
        drop: '2026-spring',
      })
      await signOff(as(head), { drop: '2026-spring', school })
    }
    await send('Dan Fry', 'Ruth Kemp', saltmarsh, plantedFileFaults.saltmarsh.file)
    await send('Neil Hart', 'Siân Morgan', gullRock, plantedFileFaults.gullRock.file)
    expect(await latestSnapshot(as('Priya Raman'))).toBe(13)
    await lockDrop({ ...as('Priya Raman'), house: houseOn(house, '2026-03-20', '16:42') }, '2026-spring')
    expect(await latestSnapshot(as('Priya Raman'))).toBe(14)
  })

  it('and the scan of that snapshot names each effect that was planted in its first ten findings', async () => {
    const { findings, setting } = await lookPageNow(as('Priya Raman'), { drop: '2026-spring' })
    expect(setting.snapshot).toBe(14)
    const first = findings.slice(0, 10).map(({ sentence }) => sentence)
    for (const { says } of [...plantedResults, plantedAbsence])
      expect(first).toContainEqual(expect.stringMatching(new RegExp(`^${says}: `)))
  })
})

describe('the demo’s trust briefing', () => {
  it.each([
    ['2025-autumn', 'board'],
    ['2025-autumn', 'leaders'],
    ['2026-spring', 'board'],
    ['2026-spring', 'leaders'],
  ] as const)('of %s for %s is two pages', async (drop, readers) => {
    const pdf = await trustBriefing(as('Amara Okafor'), { drop, for: readers, scanNow: true })
    expect(
      Buffer.from(pdf)
        .toString('latin1')
        .match(/\/Type \/Page\b/g),
    ).toHaveLength(2)
  })
})
