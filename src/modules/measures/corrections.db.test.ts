import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { NotHere } from '../../kernel/refusal.ts'
import { verifyAudit } from '../access/index.ts'
import { publishRows } from '../evidence/example.ts'
import {
  correctResult,
  correctResults,
  latestSnapshot,
  lockDrop,
  resultsInFile,
  tryCorrections,
} from '../evidence/index.ts'
import { addClasses, endClassPlaces, placePupils, pupilById, revisePupils } from '../organisation/index.ts'
import { settingOf } from './pages/setting.ts'
import { figureAt } from './queries/figure-at.ts'
import { askForMissingScans } from './scan/scan-work.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let locked: number
const code = '2026-spring'
const names = ['Ayesha Rahman', 'Callum Tierney', 'Ben Ashworth']

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  const roll = names.map((name) => ({ pupil: world.pupils[name]!, year: '4', class: world.classes['4C'] }))
  const scores = [104, 97, 111]
  await publishRows(
    world.founder,
    code,
    world.schools.saltmarsh,
    roll,
    roll.map(({ pupil }, at) => ({ pupil, assessment: 'reading-scaled', value: scores[at]! })),
  )
})
afterAll(() => house?.close())

const figure = async (snapshot: number) =>
  (
    await figureAt(world.people.priya!(), {
      measure: 'average-reading-scaled',
      place: 'saltmarsh',
      year: '4',
      group: 'all',
      period: code,
      snapshot,
    })
  ).figure
const remark = (change: Partial<Parameters<typeof correctResult>[1]> = {}) =>
  correctResult(world.people.priya!(), {
    drop: code,
    upn: world.upns['Callum Tierney']!,
    assessment: 'reading-scaled',
    result: '100',
    why: 'The paper was re-marked: page 4 had been missed.',
    ...change,
  })

/** Scans that were asked of the queue, counted. */
const scansAsked = async () =>
  (await house.jobs.recent(world.founder, 100)).filter(({ name }) => name === 'measures.scan').length

describe('a re-marked result', () => {
  it('waits for the lock: before it the file is brought again', async () => {
    await expect(remark()).rejects.toThrow(/not locked: bring the school’s file again/)
    locked = await lockDrop(world.people.priya!(), code, { without: 'A test of corrections, nobody signs.' })
    await askForMissingScans(world.founder)
    await askForMissingScans(world.founder)
    expect(await scansAsked()).toBe(1)
  })

  it.each([
    ['without a reason', { why: 'oops' }, /Say in a sentence why/],
    ['for a UPN nobody has', { upn: 'A000000000000' }, /No pupil of the trust has the UPN A000000000000/],
    ['with a score off the scale', { result: '10000' }, /not on the scale/],
    ['with what it says already', { result: '97' }, /It says 97 already/],
    ['in an assessment that is none', { assessment: 'no-such' }, /There is no such assessment/],
  ])('is refused %s, and nothing changes', async (_, change, sentence) => {
    await expect(remark(change)).rejects.toThrow(sentence)
    expect(await latestSnapshot(world.founder)).toBe(locked)
  })

  it('is refused to who may not lock, and to a stranger', async () => {
    const asked = {
      drop: code,
      upn: world.upns['Callum Tierney']!,
      assessment: 'reading-scaled',
      result: '100',
      why: 'The paper was re-marked: page 4 had been missed.',
    }
    await expect(correctResult(world.people.ruth!(), asked)).rejects.toThrow(/trust data lead corrects/)
    await expect(correctResult(world.stranger, asked)).rejects.toThrow(NotHere)
  })

  it('makes a new snapshot; the old address says what it said', async () => {
    const before = await figure(locked)
    const made = await remark()
    expect(made).toMatchObject({ snapshot: locked + 1, before: '97', now: '100' })
    expect(await figure(locked)).toEqual(before)
    expect(before.value).toBeCloseTo((104 + 97 + 111) / 3, 10)
    expect((await figure(locked + 1)).value).toBeCloseTo((104 + 100 + 111) / 3, 10)
    const setting = await settingOf(world.people.priya!())
    expect(setting).toMatchObject({ snapshot: locked + 1, drop: { code, lock: { snapshot: locked } } })
    expect((await settingOf(world.people.priya!(), { snapshot: locked })).snapshot).toBe(locked)
    expect(await verifyAudit(world.people.priya!())).toMatchObject({ ok: true })
  })

  it('comes by the file, many at a time, with one that was never sent', async () => {
    const text = [
      'UPN,Assessment,Result',
      `${world.upns['Callum Tierney']},reading-scaled,99`,
      `${world.upns['Ben Ashworth']},"Reading, scaled score",111`,
      `${world.upns['Ayesha Rahman']},maths-scaled,103`,
      `${world.upns['Isla Peters']},reading-scaled,100`,
      `A000000000000,reading-scaled,100`,
      `${world.upns['Callum Tierney']},reading-scaled,10000`,
    ].join('\n')
    const sent = await house.files.keep(Buffer.from(text))
    const results = await resultsInFile(house.files.path(sent.sha256))
    const asked = { drop: code, results, why: 'Re-marked after moderation of the whole year.' }
    const tried = await tryCorrections(world.people.priya!(), asked)
    expect(tried.corrections.map(({ before, raw }) => [before, raw])).toEqual([
      ['100', '99'],
      [null, '103'],
    ])
    expect(tried.same).toBe(1)
    expect(tried.leftOut.map(({ row }) => row)).toEqual([5, 6, 7])
    expect(await latestSnapshot(world.founder)).toBe(locked + 1)
    await expect(correctResults(world.people.ruth!(), asked)).rejects.toThrow(/trust data lead corrects/)
    await expect(correctResults(world.stranger, asked)).rejects.toThrow(NotHere)
    const { snapshot } = await correctResults(world.people.priya!(), asked)
    expect(snapshot).toBe(locked + 2)
    expect((await figure(snapshot)).value).toBeCloseTo((104 + 99 + 111) / 3, 10)
    expect((await figure(locked + 1)).value).toBeCloseTo((104 + 100 + 111) / 3, 10)
    const maths = await figureAt(world.people.priya!(), {
      measure: 'average-maths-scaled',
      place: 'saltmarsh',
      year: '4',
      group: 'all',
      period: code,
      snapshot,
    })
    expect(maths.figure).toMatchObject({ value: 103, of: 1 })
  })

  it('can be re-marked again', async () => {
    const again = await remark({ result: '101', why: 'A second re-mark, after the appeal.' })
    expect(again).toMatchObject({ snapshot: locked + 3, before: '99', now: '101' })
    await askForMissingScans(world.founder)
    expect(await scansAsked()).toBe(2)
  })
})

describe('a UPN or a name that was wrong', () => {
  it('is put right without moving a figure', async () => {
    const before = [await figure(locked), await figure(locked + 2)]
    const pupil = world.pupils['Ayesha Rahman']!
    await revisePupils(world.people.priya!(), [
      { pupil, school: world.schools.saltmarsh, upn: 'B999200120777', surname: 'Rahman-Cole' },
    ])
    expect([await figure(locked), await figure(locked + 2)]).toEqual(before)
  })
})

describe('after the lock the world moves on, and the figures do not', () => {
  const classFigure = async () =>
    (
      await figureAt(world.people.priya!(), {
        measure: 'average-reading-scaled',
        place: 'saltmarsh~4c',
        year: 'all',
        group: 'all',
        period: code,
        snapshot: locked,
      })
    ).figure

  it('a class that is split leaves the figure of the class it was', async () => {
    const before = await classFigure()
    expect(before.kind).toBe('value')
    const school = world.schools.saltmarsh
    const [half] = await addClasses(world.founder, [
      { school, academicYear: 2025, name: '4C2', yearGroup: '4' },
    ])
    const pupil = world.pupils['Callum Tierney']!
    await endClassPlaces(world.founder, [{ school, class: world.classes['4C'], pupil }], '2026-03-20')
    await placePupils(world.founder, { classes: [{ pupil, school, class: half!, from: '2026-03-20' }] })
    expect(await classFigure()).toEqual(before)
    const { classes } = await pupilById(world.founder, pupil)
    expect(classes.map(({ name, to }) => [name, to])).toEqual(
      expect.arrayContaining([
        ['4C', '2026-03-19'],
        ['4C2', null],
      ]),
    )
  })

  it('a pupil who changes school stays in the figure of the school that sent the result', async () => {
    const before = await figure(locked)
    const pupil = world.pupils['Ben Ashworth']!
    await placePupils(world.founder, {
      enrolments: [{ pupil, school: world.schools.gullRock, from: '2026-03-20' }],
      placements: [{ pupil, school: world.schools.gullRock, academicYear: 2025, yearGroup: '4' }],
    })
    expect(await figure(locked)).toEqual(before)
    expect((await pupilById(world.people.neil!(), pupil)).surname).toBe('Ashworth')
  })
})
