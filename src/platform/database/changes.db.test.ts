import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import {
  addObjective,
  planById,
  saveJudgement,
  startEvaluation,
  startPlan,
} from '../../modules/improvement/index.ts'
import type { Viewer } from '../viewer.ts'
import { keptWhileSame, piecesBySchool } from './changes.ts'
import { within, write } from './door.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let amara: Viewer
let plan: number

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  amara = world.people.amara!()
  plan = await startPlan(amara, { school: world.schools.saltmarsh, academicYear: 2025 })
})
afterAll(() => house.close())

const change = () => addObjective(amara, plan, { title: 'Another', by: '2026-07-17' })

describe('what is worked out from a part of the record', () => {
  const worked = { times: 0 }
  const ask = (viewer: Viewer = amara) =>
    keptWhileSame(viewer, 'a test’s answer', ['improvement'], async () => ++worked.times)

  it('holds until that part is written to, on a server too', async () => {
    expect([await ask(), await ask()]).toEqual([1, 1])
    await change()
    expect([await ask(), await ask()]).toEqual([2, 2])
  })

  it('outlasts the working copies of those who write', async () => {
    const evaluation = await startEvaluation(amara, { school: null, framework: 'dfe-trust-quality-2023' })
    const before = await ask()
    await saveJudgement(amara, { evaluation, area: 'improvement' }, { words: 'We see early.', revision: 0 })
    expect(await ask()).toBe(before)
  })

  it('is another answer for another reach, and for an open transaction', async () => {
    const before = await ask()
    expect(await ask(world.people.ruth!())).toBe(before + 1)
    await write(amara, async (tx) => expect(await ask(within(amara, tx))).toBe(before + 2))
    expect(await ask()).toBe(before)
  })

  it('is asked for again when it failed', async () => {
    const failing = () =>
      keptWhileSame(amara, 'fails', ['purpose'], async () => Promise.reject(new Error('no')))
    await expect(failing()).rejects.toThrow('no')
    await expect(failing()).rejects.toThrow('no')
    expect(await keptWhileSame(amara, 'fails', ['purpose'], async () => 'well')).toBe('well')
  })

  it('does not change because somebody rolled back', async () => {
    const before = await ask()
    await expect(
      write(amara, async (tx) => {
        await tx.updateTable('improvement.plan').set({ title: 'Never' }).where('plan_id', '=', plan).execute()
        throw new Error('after all not')
      }),
    ).rejects.toThrow('after all not')
    await ask()
    expect((await planById(amara, plan)).title).not.toBe('Never')
    expect(before).toBeGreaterThan(0)
  })
})

describe('pieces by school', () => {
  it('are made again only for the school that was written to', async () => {
    const { saltmarsh, gullRock } = world.schools
    const made: (number | null)[][] = []
    const ask = () =>
      piecesBySchool(
        amara,
        'a test’s pieces',
        'improvement',
        [null, saltmarsh, gullRock],
        async (schools) => {
          made.push([...schools])
          return new Map(schools.filter((one) => one !== null).map((one) => [one, `of ${one}`]))
        },
      )
    expect(await ask()).toEqual([`of ${saltmarsh}`, `of ${gullRock}`])
    await ask()
    await change()
    await ask()
    expect(made).toEqual([[null, saltmarsh, gullRock], [saltmarsh]])
  })
})
