import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { NotHere, Refusal } from '../../kernel/refusal.ts'
import { viewerOf } from '../../modules/access/index.ts'
import { publishRows } from '../../modules/evidence/example.ts'
import { latestSnapshot, mergeSchools, merging } from '../../modules/evidence/index.ts'
import { figureAt } from '../../modules/measures/index.ts'
import { classesOf, classKin, mergers, pupilById, schoolById } from '../../modules/organisation/index.ts'
import type { Viewer } from '../../platform/viewer.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let snapshot: number
const who = (name: string): Viewer => world.people[name]!()
const asked = () => ({ from: world.schools.gullRock, into: world.schools.saltmarsh, day: '2026-03-09' })
const gullPupils = () =>
  Object.keys(world.pupils).filter((name) => world.upns[name]!.slice(1, 8) === '9992002')

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  for (const [school, names] of [
    [world.schools.saltmarsh, ['Amir Haddad', 'Bella Sharpe']],
    [world.schools.gullRock, gullPupils().slice(0, 2)],
  ] as const) {
    const roll = names.map((name) => ({ pupil: world.pupils[name]!, year: '6' }))
    snapshot = await publishRows(
      world.founder,
      '2026-spring',
      school,
      roll,
      roll.map(({ pupil }, at) => ({
        pupil,
        assessment: 'reading-scaled',
        value: (school === world.schools.saltmarsh ? 100 : 110) + at,
      })),
    )
  }
})
afterAll(() => house?.close())

const figure = async (place: string, at: number) =>
  (
    await figureAt(who('priya'), {
      measure: 'average-reading-scaled',
      place,
      year: '6',
      group: 'all',
      period: '2026-spring',
      snapshot: at,
    })
  ).figure

it('two schools are merged by the data lead alone, and not with themselves', async () => {
  for (const name of ['ruth', 'neil', 'amara'])
    await expect(merging(who(name), asked())).rejects.toThrow(Refusal)
  await expect(merging(world.stranger, asked())).rejects.toThrow(NotHere)
  await expect(merging(who('priya'), { ...asked(), into: asked().from })).rejects.toThrow('not with itself')
  await expect(merging(who('priya'), { ...asked(), day: '2026-02-30' })).rejects.toThrow(
    'not a day on the calendar',
  )
  expect((await merging(who('priya'), asked())).from.onRoll).toHaveLength(16)
  expect(await mergers(who('priya'))).toEqual([])
})

it('pupils, classes and people go on at the one school, and old figures stay as they were', async () => {
  const [own, other] = [await figure('saltmarsh', snapshot), await figure('gull-rock', snapshot)]
  expect([own.value, other.value]).toEqual([100.5, 110.5])
  await mergeSchools(who('priya'), asked())
  const now = await latestSnapshot(who('priya'))
  expect(now).toBe(snapshot + 1)
  expect(await figure('saltmarsh', snapshot)).toEqual(own)
  expect(await figure('gull-rock', snapshot)).toEqual(other)
  expect(await figure('saltmarsh', now)).toMatchObject({ value: 105.5, of: 4 })
  const { enrolments, classes } = await pupilById(who('priya'), world.pupils[gullPupils()[0]!]!)
  expect(enrolments.map(({ school, from, to }) => [school, from, to])).toEqual([
    [world.schools.saltmarsh, '2026-03-09', null],
    [world.schools.gullRock, '2025-09-01', '2026-03-08'],
  ])
  expect(classes.filter(({ to }) => to === null).map(({ school }) => school)).toEqual([
    world.schools.saltmarsh,
  ])
  const carried = (await classesOf(who('priya'), world.schools.saltmarsh, 2025)).filter(({ name }) =>
    /^6[AB]/.test(name),
  )
  expect(carried.length).toBeGreaterThan(0)
  expect(await classKin(who('priya'), carried[0]!.id)).toMatchObject([
    { kin: 'came out of', day: '2026-03-09' },
  ])
  expect((await viewerOf(house, world.trust, world.persons.neil!)).grants).toMatchObject([
    { role: 'data-manager', schools: [world.schools.saltmarsh] },
  ])
  expect((await schoolById(who('priya'), world.schools.gullRock)).left).toBe('2026-03-08')
  expect(await mergers(who('ruth'))).toEqual([
    { into: world.schools.saltmarsh, from: world.schools.gullRock, day: '2026-03-09' },
  ])
  await expect(merging(who('priya'), asked())).rejects.toThrow('has left already')
})
