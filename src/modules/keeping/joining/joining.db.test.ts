import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { upnCheckLetter } from '../../../kernel/upn.ts'
import { literal } from '../../../platform/lake/duck.ts'
import { audit, auditTrail, verifyAudit, whoLookedAt } from '../../access/index.ts'
import { everyFile, lockDrop, runImport, snapshots } from '../../evidence/index.ts'
import { figureAt, recordFiles } from '../../measures/index.ts'
import { addPupils, likelyTwos, pupilById, pupilIdByUpn, searchPupils } from '../../organisation/index.ts'
import { joinRecords, previewJoin } from './join-records.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let ayesha: number
let twice: number
let locked: number
const code = '2026-spring'
const temporary = `${upnCheckLetter('99920012088A')}99920012088A`
const reason = 'The school gave a temporary number before the transfer file came.'

const send = async (
  name: string,
  scores: readonly (readonly [upn: string, reading: string, writing: string])[],
) => {
  const file = join(house.config.data, 'outbox', name)
  mkdirSync(join(house.config.data, 'outbox'), { recursive: true })
  writeFileSync(
    file,
    `UPN,Year,Reading,Maths\n${scores.map(([upn, reading, maths]) => `${upn},4,${reading},${maths}`).join('\n')}\n`,
  )
  return runImport(world.founder, { file, school: world.schools.saltmarsh, drop: code, again: true })
}
const rows = async (path: string) => {
  const bench = await house.lake.duck.workbench()
  try {
    return await bench.rows<{ pupil: number; assessment: string; raw: string }>(
      `select * from read_parquet(${literal(house.lake.path(path))}) where pupil in (${ayesha}, ${twice}) order by 1, 2`,
    )
  } finally {
    bench.close()
  }
}

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  ayesha = world.pupils['Ayesha Rahman']!
  ;[twice] = (await addPupils(world.founder, [
    {
      school: world.schools.saltmarsh,
      upn: temporary,
      localId: '4711',
      surname: 'Rahman',
      forename: 'Ayesha B',
      born: '2017-02-11',
      from: '2025-10-01',
      placements: [{ academicYear: 2025, yearGroup: '4' }],
      classes: [{ class: world.classes['4L'], from: '2025-10-01' }],
      characteristics: [
        { kind: 'ethnicity', value: 'WBRI', from: '2017-02-11' },
        { kind: 'sen-need', value: 'SPLD', from: '2025-10-01' },
      ],
    },
  ])) as [number]
  const callum = world.upns['Callum Tierney']!
  await send('first.csv', [
    [world.upns['Ayesha Rahman']!, '101', '99'],
    [callum, '97', '98'],
  ])
  await send('second.csv', [
    [temporary, '104', ''],
    [callum, '97', '100'],
  ])
  locked = await lockDrop(world.people.priya!(), code, { without: 'A test of joining, nobody signs.' })
  await audit(world.people.grace!(), {
    deed: 'saw pupil',
    subject: 'organisation.pupil',
    id: twice,
    school: world.schools.saltmarsh,
  })
})
afterAll(() => house?.close())

const reading = async () =>
  (
    await figureAt(world.people.priya!(), {
      measure: 'average-reading-scaled',
      place: 'saltmarsh',
      year: '4',
      group: 'all',
      period: code,
      snapshot: locked,
    })
  ).figure

describe('before two records are joined', () => {
  it('they are found by surname, birth date and the beginning of the forename', async () => {
    const found = await likelyTwos(world.people.priya!())
    expect(found.map(({ one, other }) => [one, other])).toEqual([[ayesha, twice]])
    await expect(likelyTwos(world.people.ruth!())).rejects.toThrow(NotHere)
    await expect(likelyTwos(world.people.dan!())).rejects.toThrow(NotHere)
    expect(await likelyTwos(world.stranger)).toEqual([])
  })

  it('what both hold and where they differ is shown', async () => {
    const { clashes, doubts, stays, comes } = await previewJoin(world.people.priya!(), {
      stays: ayesha,
      comes: twice,
    })
    expect(clashes.map(({ name, stays, comes }) => [name, stays, comes])).toEqual([
      ['fact|ethnicity', 'APKN', 'WBRI'],
      ['result|1|reading-scaled', '101', '104'],
    ])
    expect(doubts).toEqual([])
    expect(stays.sealed).toBeGreaterThan(comes.sealed)
  })

  it.each([
    ['with itself', { comes: 'itself' }, /one and the same record/],
    ['without a reason', { reason: 'same' }, /Say in a sentence/],
    ['with the name in the reason', { reason: 'Ayesha Rahman is in both.' }, /Leave names and numbers out/],
    ['without the word typed', { typed: '' }, /Type “join”/],
    ['with a choice that is none', { takes: ['result|9|none'] }, /has changed since you looked/],
    ['when another number of differences was seen', { seen: 1 }, /has changed since you looked/],
  ])('is refused %s, and nothing changes', async (_, change, sentence) => {
    const asked = { stays: ayesha, comes: twice, reason, typed: 'join', takes: [], ...change }
    await expect(
      joinRecords(world.people.priya!(), {
        ...asked,
        comes: asked.comes === 'itself' ? ayesha : twice,
      } as never),
    ).rejects.toThrow(sentence as RegExp)
    expect((await pupilById(world.people.priya!(), twice)).upn).toBe(temporary)
  })

  it('is for the data lead; a stranger learns nothing', async () => {
    const asked = { stays: ayesha, comes: twice, reason, typed: 'join', takes: [] }
    for (const viewer of [
      ...['amara', 'ruth', 'dan', 'grace'].map((who) => world.people[who]!()),
      world.stranger,
    ])
      await expect(joinRecords(viewer, asked)).rejects.toThrow(NotHere)
    await expect(
      previewJoin(world.people.priya!(), { stays: ayesha, comes: world.strangersPupil }),
    ).rejects.toThrow(NotHere)
  })
})

describe('two records that are joined', () => {
  let before: Awaited<ReturnType<typeof reading>>
  beforeAll(async () => {
    before = await reading()
    await joinRecords(world.people.priya!(), {
      stays: ayesha,
      comes: twice,
      reason,
      typed: 'join',
      seen: 2,
      takes: ['result|1|reading-scaled'],
    })
  })

  it('are one pupil with the whole history', async () => {
    const pupil = await pupilById(world.people.priya!(), ayesha)
    expect(pupil).toMatchObject({ forename: 'Ayesha', upn: world.upns['Ayesha Rahman'] })
    expect(pupil.enrolments).toHaveLength(1)
    expect(pupil.enrolments[0]).toMatchObject({ from: '2025-09-01', to: null })
    expect(pupil.classes.map(({ name }) => name).sort()).toEqual(['4C', '4L'])
    const facts = pupil.characteristics.map(({ kind, value }) => `${kind} ${value}`)
    expect(facts).toContain('sen-need SPLD')
    expect(facts).toContain('ethnicity APKN')
    expect(facts).not.toContain('ethnicity WBRI')
    await expect(pupilById(world.people.priya!(), twice)).rejects.toThrow(NotHere)
  })

  it('are found by either number, and by no other trust', async () => {
    expect(await pupilIdByUpn(world.people.priya!(), temporary)).toBe(ayesha)
    expect(await pupilIdByUpn(world.people.priya!(), world.upns['Ayesha Rahman']!)).toBe(ayesha)
    expect((await searchPupils(world.people.priya!(), temporary)).map(({ pupil }) => pupil)).toEqual([ayesha])
    expect(await pupilIdByUpn(world.stranger, temporary)).toBeUndefined()
    await expect(
      addPupils(world.founder, [{ school: world.schools.saltmarsh, upn: temporary, from: '2026-03-01' }]),
    ).rejects.toThrow(/already known in the trust/)
  })

  it('leave every snapshot readable: where both had a result the chosen one holds, older files keep what they had', async () => {
    for (const { path, fact } of await everyFile(world.founder, [world.schools.saltmarsh])) {
      const held = await rows(path)
      expect(held.every(({ pupil }) => pupil === ayesha)).toBe(true)
      if (fact === 'result') expect(new Set(held.map(({ assessment }) => assessment)).size).toBe(held.length)
    }
    const live = (await everyFile(world.founder, [world.schools.saltmarsh])).find(
      ({ fact, removedIn }) => fact === 'result' && removedIn === null,
    )!
    expect((await rows(live.path)).map(({ assessment, raw }) => [assessment, raw])).toEqual([
      ['maths-scaled', '99'],
      ['reading-scaled', '104'],
    ])
    const first = (await everyFile(world.founder, [world.schools.saltmarsh])).find(
      ({ fact, removedIn }) => fact === 'result' && removedIn !== null,
    )!
    expect((await rows(first.path)).find(({ assessment }) => assessment === 'reading-scaled')!.raw).toBe(
      '101',
    )
    expect((await snapshots(world.people.priya!())).length).toBe(3)
    expect(before.value).toBeCloseTo((101 + 104 + 97) / 3, 10)
    expect((await reading()).value).toBeCloseTo((104 + 97) / 2, 10)
  })

  it('are one line of the trail, and who looked at either looked at the pupil', async () => {
    const { lines } = await auditTrail(world.people.priya!(), { deed: 'joined records' })
    expect(lines[0]!.sentence).toBe(`Priya Raman joined two records of Ayesha Rahman, Saltmarsh: “${reason}”`)
    const looks = await whoLookedAt(world.people.priya!(), ayesha)
    expect(looks.some(({ name, deed }) => name === 'Grace Coker' && deed === 'saw pupil')).toBe(true)
    expect(await verifyAudit(world.people.priya!())).toMatchObject({ ok: true })
  })

  it('leave as one whole record', async () => {
    expect((await recordFiles(world.people.priya!(), ayesha)).length).toBeGreaterThan(1000)
  })
})
