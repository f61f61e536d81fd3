import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { publishRows } from '../evidence/example.ts'
import {
  answerRows,
  dropByCode,
  importPage,
  latestSnapshot,
  lockDrop,
  publishImport,
  startImport,
} from '../evidence/index.ts'
import { addPupils, addSchool } from '../organisation/index.ts'
import { settingOf } from './pages/setting.ts'
import { figureAt } from './queries/figure-at.ts'
import { valueAddedAt } from './queries/value-added-at.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let joined: number
let locked: number
const code = '2026-spring'
const upns = ['H801200001001', 'P801200001002', 'L801200001003']

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  const roll = ['Ayesha Rahman', 'Callum Tierney', 'Ben Ashworth'].map((name) => ({
    pupil: world.pupils[name]!,
    year: '4',
  }))
  await publishRows(
    world.founder,
    code,
    world.schools.saltmarsh,
    roll,
    roll.map(({ pupil }, at) => ({ pupil, assessment: 'reading-scaled', value: [104, 97, 111][at]! })),
  )
  locked = await lockDrop(world.people.priya!(), code, { without: 'A test of joining, nobody signs.' })
  joined = await addSchool(world.founder, {
    urn: '199050',
    name: 'Wrenfield Primary School',
    shortName: 'Wrenfield',
    phase: 'primary',
    from: '2026-03-16',
  })
  await addPupils(
    world.founder,
    upns.slice(1).map((upn, at) => ({
      school: joined,
      upn,
      surname: ['Best', 'Crow'][at]!,
      forename: ['Bea', 'Cy'][at]!,
      from: at ? '2026-03-16' : '2025-09-01',
      placements: [{ academicYear: 2025, yearGroup: '4' }],
    })),
  )
})
afterAll(() => house?.close())

const figure = (place: string, snapshot: number) =>
  figureAt(world.people.priya!(), {
    measure: 'average-reading-scaled',
    place,
    year: '4',
    group: 'all',
    period: code,
    snapshot,
  })

describe('a school that joined after a drop was locked', () => {
  it('brings its history in all the same, for itself', async () => {
    const id = await startImport(world.founder, {
      drop: code,
      school: joined,
      upload: {
        name: 'history.csv',
        ...(await house.files.keep(
          Buffer.from(`UPN,Surname,Forename,Year,Reading\n${upns[1]},Best,Bea,4,90\n`),
        )),
      },
    })
    const { snapshot } = await publishImport(world.founder, id)
    expect(snapshot).toBe(locked + 1)
    expect((await figure('wrenfield', snapshot)).figure).toMatchObject({ kind: 'value', value: 90, of: 1 })
    expect((await figure('wrenfield', snapshot)).apart).toBe(
      'Wrenfield joined the trust on 16 March 2026. This is its own history: no figure of the trust counts it.',
    )
  })

  it('is in no figure of the trust: neither then nor in the snapshot of the lock', async () => {
    const [then, now] = [await figure('tidewell', locked), await figure('tidewell', locked + 1)]
    expect(then.figure.value).toBeCloseTo((104 + 97 + 111) / 3, 10)
    expect({ ...now.figure, key: null }).toEqual({ ...then.figure, key: null })
    expect(then.schools).toMatchObject({ counted: 1, apart: 0 })
    expect(now.schools).toMatchObject({ counted: 1, apart: 1 })
    await expect(
      valueAddedAt(world.people.priya!(), { drop: code, measure: 'average-reading-scaled' }),
    ).rejects.toThrow('3 pupils have a result')
  })

  it('stands on the pages that show the newest locked drop', async () => {
    expect((await settingOf(world.people.priya!())).snapshot).toBe(locked + 1)
  })

  it('puts a pupil who came to us later on roll in the days before', async () => {
    const id = await startImport(world.founder, {
      drop: code,
      school: joined,
      upload: {
        name: 'more.csv',
        ...(await house.files.keep(
          Buffer.from(
            `UPN,Surname,Forename,Year,Reading\n${upns[1]},Best,Bea,4,90\n${upns[2]},Crow,Cy,4,100\n`,
          ),
        )),
      },
    })
    const problem = (await importPage(world.founder, id)).checked!.groups[0]!.problems[0]!
    await answerRows(world.founder, id, { [problem.key]: 'add' })
    const { snapshot } = await publishImport(world.founder, id)
    expect((await figure('wrenfield', snapshot)).figure).toMatchObject({ value: 95, of: 2 })
    expect((await figure('tidewell', snapshot)).figure.value).toBeCloseTo(104, 10)
  })

  it('does not open the lock for a school that was in the trust', async () => {
    await expect(
      startImport(world.founder, {
        drop: code,
        school: world.schools.gullRock,
        upload: { name: 'late.csv', ...(await house.files.keep(Buffer.from('UPN,Reading\nA1,100\n'))) },
      }),
    ).rejects.toThrow('was locked by')
    expect((await dropByCode(world.founder, code)).lock!.snapshot).toBe(locked)
    expect(await latestSnapshot(world.founder)).toBe(locked + 2)
  })
})
