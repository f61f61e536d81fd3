import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  classesOf,
  people,
  pupilsForMatching,
  rollQuestions,
  searchPupils,
} from '../../organisation/index.ts'
import { conductEvents, registerDays } from '../imports/formats/facts/sample.ts'
import { packageOf, zipOf } from '../imports/formats/oneroster/sample.ts'
import { latestSnapshot, snapshotFiles } from '../index.ts'
import { visiting } from '../test/visit.ts'
import { bringIn, putIn, undoDelivery, undoPlan } from './index.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house?.close())

const who = (name: string): Viewer => world.people[name]!()
const bring = async (content: Uint8Array, name = 'roster.zip') => {
  const upload = { name, ...(await house.files.keep(Buffer.from(content))) }
  const id = await bringIn(who('ruth'), { upload, wish: { school: world.schools.saltmarsh } })
  await putIn(who('ruth'), id)
  return id
}
/** Everything of the record that a roster touches, as it stands. */
const record = () =>
  read(world.founder, async (db) => {
    const rows: Record<string, unknown> = {}
    for (const table of [
      'pupil',
      'enrolment',
      'year_placement',
      'class',
      'class_member',
      'class_teacher',
      'characteristic',
      'person',
      'post',
      'roll_question',
      'roll_question_pupil',
    ] as const)
      rows[table] = JSON.stringify(
        (await db.selectFrom(`organisation.${table}`).selectAll().execute())
          .map((row) => JSON.stringify(row))
          .sort(),
      )
    return rows
  })

describe('a roster that is undone', () => {
  it('leaves the record exactly as it was, after a page that says what goes', async () => {
    const before = await record()
    const id = await bring(zipOf(packageOf('1.1')))
    expect(await record()).not.toEqual(before)
    const plan = await undoPlan(who('ruth'), id)
    expect(plan.verdict).toEqual({ ok: true })
    expect(plan.takes).toContainEqual({ what: 'pupils', out: 2, back: 0 })
    expect(plan.takes).toContainEqual({ what: 'classes', out: 2, back: 0 })
    const page = await visiting(house, who('ruth')).get(`/files/${id}`)
    expect(page.text).toMatch(/Pupils 2 0/)
    expect((await visiting(house, who('neil')).post(`/files/${id}/undo`)).status).toBe(404)
    expect((await visiting(house, world.stranger).post(`/files/${id}/undo`)).status).toBe(404)
    const undone = await visiting(house, who('ruth')).post(`/files/${id}/undo`)
    expect(undone.to).toBe(`/files/${id}?done=file-undone`)
    expect(await record()).toEqual(before)
    expect((await visiting(house, who('ruth')).get('/files')).text).toContain('Undone, ')
    await expect(undoDelivery(who('ruth'), id)).rejects.toThrow('It has been undone already.')
  })

  it('puts back a name that it changed, and the class that somebody left', async () => {
    const first = await bring(zipOf(packageOf('1.1')))
    const between = await record()
    const next = packageOf('1.1')
    next['users.csv'] = next['users.csv']!.replace('Moreau', 'Moreau-Hart')
    next['enrollments.csv'] = next['enrollments.csv']!.replace(/.*k2,o1,p1,student.*\r\n/, '')
    const second = await bring(zipOf(next))
    await expect(undoDelivery(who('ruth'), first)).rejects.toThrow(
      /Something later rests on it: since then .*1 pupil/,
    )
    await undoDelivery(who('ruth'), second)
    expect(await record()).toEqual(between)
    expect(await searchPupils(who('ruth'), 'moreau-hart')).toEqual([])
    await undoDelivery(who('ruth'), first)
    expect(await searchPupils(who('ruth'), 'moreau')).toEqual([])
    expect((await people(who('ruth'))).some(({ name }) => name === 'Joan Liddell')).toBe(false)
    expect(
      (await classesOf(who('ruth'), world.schools.saltmarsh, 2025)).map(({ name }) => name),
    ).not.toContain('5K')
    expect(await rollQuestions(who('ruth'))).toEqual([])
  })

  it('stays once results of its pupils are published, with the reason', async () => {
    const id = await bring(zipOf(packageOf('1.1')))
    const ines = (await pupilsForMatching(who('ruth'), [world.schools.saltmarsh], 2025, '2026-03-13')).find(
      ({ surname }) => surname === 'Moreau',
    )!
    await bring(registerDays([ines.upn!]), 'register.csv')
    const { verdict } = await undoPlan(who('ruth'), id)
    expect(verdict).toMatchObject({
      ok: false,
      because: expect.stringContaining('1 pupil whom it brought has results'),
    })
    await expect(undoDelivery(who('ruth'), id)).rejects.toThrow('Something later rests on it')
    await expect(undoDelivery(world.stranger, id)).rejects.toThrow(NotHere)
  })
})

describe('facts of the year that are undone', () => {
  const upns = () => [world.upns['Ayesha Rahman']!, world.upns['Callum Tierney']!]
  const live = async (fact: string) =>
    (
      await snapshotFiles(who('priya'), await latestSnapshot(who('priya')), {
        schools: [world.schools.saltmarsh],
      })
    )
      .filter((one) => one.fact === fact)
      .map(({ sha256 }) => sha256)

  it('give way to what stood before, in a new snapshot', async () => {
    const start = await live('session_code')
    const first = await bring(registerDays(upns()), 'register.csv')
    const before = await live('session_code')
    const second = await bring(registerDays(upns().slice(0, 1)), 'register-2.csv')
    expect(await live('session_code')).not.toEqual(before)
    await expect(undoDelivery(who('ruth'), first)).rejects.toThrow(/snapshot \d+ was published over it/)
    const snapshot = await latestSnapshot(who('priya'))
    await undoDelivery(who('ruth'), second)
    expect(await live('session_code')).toEqual(before)
    expect(await latestSnapshot(who('priya'))).toBe(snapshot + 1)
    await undoDelivery(who('ruth'), first)
    expect(await live('session_code')).toEqual(start)
  })

  it('go for behaviour as well', async () => {
    const id = await bring(conductEvents(upns()), 'behaviour.csv')
    expect(await live('behaviour')).toHaveLength(1)
    await undoDelivery(who('ruth'), id)
    expect(await live('behaviour')).toEqual([])
  })
})
