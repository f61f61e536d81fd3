import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { clockOn } from '../../platform/clock.ts'
import { read, write } from '../../platform/database/door.ts'
import type { Viewer } from '../../platform/viewer.ts'
import * as purpose from './index.ts'
import { purposePage } from './pages/purpose-page.tsx'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let amara: Viewer
let ruth: Viewer
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  amara = world.people.amara!()
  ruth = world.people.ruth!()
})
afterAll(() => house.close())

const on = (viewer: Viewer, day: string): Viewer => ({
  ...viewer,
  today: day,
  house: { ...viewer.house, clock: clockOn(day) },
})
const said = (aim: number) => ({ aim, title: 'Fluency by Year 4', by: '2027-07-20' })

describe('what a trust stands for', () => {
  it('starts from one of five starting points, all of it or none, and only once', async () => {
    expect(purpose.templates).toHaveLength(5)
    await purpose.beginFrom(on(amara, '2024-09-02'), 'excellence-for-all')
    const begun = await purpose.purposeOn(on(amara, '2024-09-02'))
    expect(begun.mission?.words).toContain('best education')
    expect(begun.aims).toHaveLength(3)
    expect(begun.policies.map((one) => one.title)).toContain('Behaviour')
    await expect(purpose.beginFrom(amara, 'four-aims')).rejects.toThrow('already said')
  })

  it('keeps what was said before, to be read on any day', async () => {
    await purpose.say(on(amara, '2025-09-01'), {
      kind: 'mission',
      words: 'Known, stretched, never written off.',
    })
    const [aim] = (await purpose.purposeOn(amara)).aims
    await purpose.setAim(on(amara, '2025-09-01'), {
      aim: aim!.id,
      title: 'Every child reads to learn',
      areas: ['Fluency'],
    })
    const then = await purpose.purposeOn(amara, '2025-08-31')
    const now = await purpose.purposeOn(amara, '2025-09-01')
    expect(then.mission?.words).toContain('best education')
    expect(now.mission?.words).toBe('Known, stretched, never written off.')
    expect(then.aims[0]?.title).toBe('Every child reads well enough to learn from books')
    expect(now.aims[0]).toMatchObject({
      id: aim!.id,
      title: 'Every child reads to learn',
      areas: ['Fluency'],
    })
    expect(now.versions.slice(0, 2)).toEqual(['2025-09-01', '2024-09-02'])
  })

  it('leaves no trace of a version that was replaced on the day on which it began', async () => {
    await purpose.say(amara, { kind: 'vision', words: 'A slip of the pen.' })
    await purpose.say(amara, { kind: 'vision', words: 'Every child a reader.' })
    const now = await purpose.purposeOn(amara)
    expect(now.vision?.words).toBe('Every child a reader.')
    const { rows } = await read(amara, (db) =>
      sql<{
        many: number
      }>`select count(*)::int as many from purpose.statement where kind = 'vision' and words like 'A slip%'`.execute(
        db as never,
      ),
    )
    expect(rows[0]!.many).toBe(0)
  })

  it('is changed by the director for the trust, by a headteacher for the school, by nobody else', async () => {
    await expect(purpose.say(ruth, { kind: 'mission', words: 'Mine.' })).rejects.toThrow(
      'director of education',
    )
    await expect(purpose.setAim(world.people.helen!(), { title: 'Mine' })).rejects.toThrow(
      'director of education',
    )
    await purpose.say(ruth, {
      kind: 'ethos',
      school: world.schools.saltmarsh,
      words: 'Small boats, far shores.',
    })
    await expect(
      purpose.say(ruth, { kind: 'ethos', school: world.schools.gullRock, words: 'Theirs.' }),
    ).rejects.toThrow('headteacher')
    expect((await purpose.purposeOn(world.people.owen!())).ethos[0]?.words).toBe('Small boats, far shores.')
  })

  it('answers bad input in a sentence, and keeps nothing of it', async () => {
    const before = await purpose.purposeOn(amara)
    const [aim] = before.aims
    await expect(purpose.say(amara, { kind: 'mission', words: '   ' })).rejects.toThrow(
      'Say it in a sentence',
    )
    await expect(purpose.say(amara, { kind: 'value', words: 'Nameless.' })).rejects.toThrow('a name')
    await expect(purpose.setPriority(amara, { ...said(aim!.id), by: '2027-02-31' })).rejects.toThrow(
      'Enter the day',
    )
    await expect(purpose.setPriority(amara, { ...said(aim!.id), by: '2020-01-01' })).rejects.toThrow(
      'in the past',
    )
    await expect(purpose.setPriority(amara, { ...said(aim!.id), owner: 999_999 })).rejects.toThrow(
      'not in the trust',
    )
    await expect(purpose.setPriority(amara, said(999_999))).rejects.toThrow('Choose an aim')
    expect(await purpose.purposeOn(amara)).toEqual(before)
  })
})

describe('a priority', () => {
  it('is adopted, adapted or left by each school, in its own words', async () => {
    const [aim] = (await purpose.purposeOn(amara)).aims
    const id = await purpose.setPriority(amara, { ...said(aim!.id), owner: world.persons.amara })
    const { saltmarsh } = world.schools
    await expect(
      purpose.takeStance(ruth, { school: saltmarsh, priority: id, stance: 'adapt' }),
    ).rejects.toThrow('how your school adapts it')
    await purpose.takeStance(ruth, {
      school: saltmarsh,
      priority: id,
      stance: 'adapt',
      words: 'From Year 2 on.',
    })
    const added = await purpose.setPriority(ruth, {
      school: saltmarsh,
      aim: aim!.id,
      title: 'A library in every corridor',
      by: '2026-12-18',
    })
    const all = purpose.prioritiesIn(await purpose.purposeOn(amara))
    expect(all.find((one) => one.id === id)?.stances).toMatchObject([
      { stance: 'adapt', words: 'From Year 2 on.' },
    ])
    expect(all.find((one) => one.id === added)?.school).toBe(saltmarsh)
    await expect(purpose.endPriority(ruth, id)).rejects.toThrow('director of education')
    await expect(purpose.endAim(amara, aim!.id)).rejects.toThrow('stands on this aim')
  })

  it('has targets that are figures: a share is between 0 and 100, and a withdrawn measure is said to be so', async () => {
    const [priority] = purpose.prioritiesIn(await purpose.purposeOn(amara))
    const target = {
      priority: priority!.id,
      measure: 'reading-expected',
      year: '4',
      group: 'disadvantaged',
      target: 60,
      by: '2027-07-20',
    }
    await expect(purpose.addSuccessMeasure(amara, { ...target, target: 160 })).rejects.toThrow(
      'between 0 and 100',
    )
    await expect(purpose.addSuccessMeasure(amara, { ...target, target: 'none' })).rejects.toThrow(
      'as a number',
    )
    await expect(purpose.addSuccessMeasure(amara, { ...target, measure: 'happiness' })).rejects.toThrow(
      'no measure',
    )
    const id = await purpose.addSuccessMeasure(amara, target)
    expect(String(await purposePage(amara))).toContain('60% by 20 July 2027')
    await write(amara, (tx) =>
      tx
        .updateTable('purpose.success_measure')
        .set({ measure: 'reading-of-1999' })
        .where('success_measure_id', '=', id)
        .execute(),
    )
    expect(String(await purposePage(amara))).toContain('Measure withdrawn')
  })

  it('says when its owner has left', async () => {
    const [aim] = (await purpose.purposeOn(amara)).aims
    await purpose.setPriority(amara, { ...said(aim!.id), title: 'Attendance', owner: world.persons.neil })
    await write(amara, (tx) =>
      tx
        .updateTable('organisation.person')
        .set({ left_on: '2026-03-01' })
        .where('person_id', '=', world.persons.neil!)
        .execute(),
    )
    expect(String(await purposePage(amara))).toContain('Neil Hart, who has left')
    await expect(purpose.setPriority(amara, { ...said(aim!.id), owner: world.persons.neil })).rejects.toThrow(
      'has left',
    )
  })
})

describe('a target', () => {
  const standing = (value: number, low: number, high: number, today = '2026-03-20') =>
    purpose.standingToTarget({ kind: 'value', value, low, high }, { value: 60, by: '2026-07-20' }, today)
  it.each([
    ['met', standing(60, 50, 70)],
    ['not yet', standing(40, 30, 50)],
    ['missed', standing(40, 30, 50, '2026-09-01')],
    ['can’t tell', standing(55, 45, 65, '2026-09-01')],
    [
      'no figure',
      purpose.standingToTarget({ kind: 'suppressed' }, { value: 60, by: '2026-07-20' }, '2026-09-01'),
    ],
  ])('%s', (expected, found) => expect(found).toBe(expected))
})

describe('a stranger from another trust', () => {
  it('reads nothing of ours, and changes nothing of ours', async () => {
    const theirs = await purpose.purposeOn(world.stranger)
    expect([
      ...theirs.aims,
      ...theirs.values,
      ...theirs.ethos,
      ...theirs.policies,
      ...theirs.versions,
    ]).toEqual([])
    const wanted = { measure: 'reading-expected', school: world.schools.saltmarsh, year: '4', group: 'all' }
    expect(await purpose.latestFigure(world.stranger, wanted)).toBeUndefined()
    expect(await purpose.latestFigure(amara, wanted)).toBeDefined()
    const before = await purpose.purposeOn(amara)
    const [priority] = purpose.prioritiesIn(before)
    const director: Viewer = {
      ...world.stranger,
      grants: [{ role: 'director', node: 'trust', schools: 'all' }],
    }
    await expect(purpose.endPriority(director, priority!.id)).rejects.toThrow()
    await expect(purpose.setAim(director, { aim: before.aims[0]!.id, title: 'Cuckoo' })).rejects.toThrow()
    expect(await purpose.purposeOn(amara)).toEqual(before)
  })
})
