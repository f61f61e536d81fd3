import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventsIn, longestLine } from '../../../test/calendar.ts'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { NotHere } from '../../kernel/refusal.ts'
import { write } from '../../platform/database/door.ts'
import type { Viewer } from '../../platform/viewer.ts'
import * as improvement from './index.ts'
import { actionsByToken } from './queries/action-feed.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let ruth: Viewer
let plan: number
let objective: number

const due = (title: string, day: string) =>
  improvement.addAction(ruth, objective, { title, owner: ruth.person, starts: '2025-09-01', due: day })

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  ruth = world.people.ruth!()
  plan = await improvement.startPlan(ruth, { school: world.schools.saltmarsh, academicYear: 2025 })
  objective = await improvement.addObjective(ruth, plan, {
    title: 'Read, write; and “speak” \\ listen',
    by: '2026-07-17',
    owner: ruth.person,
  })
})
afterAll(() => house.close())

const awkward = [
  'Books, pens; and a \\ slash: “every” child’s',
  `Ein sehr langes Wort über Übergänge — ${'naïve café ☂ '.repeat(20)}`.trim(),
  'END:VEVENT BEGIN:VEVENT SUMMARY:Not an event of ours',
]

describe('a calendar of one’s actions, read by another library', () => {
  it('keeps every word, however awkward, in lines that no program cuts', async () => {
    for (const title of awkward) await due(title, '2026-05-08')
    const text = await actionsByToken(house, await improvement.makeActionFeed(ruth))
    const events = eventsIn(text)
    expect(events.map((one) => one.summary)).toEqual(awkward.map((title) => `Due: ${title}`))
    expect(new Set(events.map((one) => one.description))).toEqual(
      new Set(['Read, write; and “speak” \\ listen']),
    )
    expect(new Set(events.map((one) => one.uid)).size).toBe(awkward.length)
    expect(events[0]!.url).toBe(`${house.config.origin}/improvement/objectives/${objective}`)
    expect(longestLine(text)).toBeLessThanOrEqual(75)
  })

  it('says whole days, which no clock change and no time zone moves', async () => {
    for (const day of ['2026-03-29', '2026-10-25', '2028-02-29']) await due(`On ${day}`, day)
    const events = eventsIn(await actionsByToken(house, await improvement.makeActionFeed(ruth)))
    const spans = events
      .filter((one) => one.summary.startsWith('Due: On '))
      .map((one) => [one.start, one.end])
    expect(spans).toEqual([
      ['2026-03-29', '2026-03-30'],
      ['2026-10-25', '2026-10-26'],
      ['2028-02-29', '2028-03-01'],
    ])
    expect(events.every((one) => one.wholeDay)).toBe(true)
  })

  it('keeps an event’s name when the day moves, and leaves out what is done or went on in the next plan', async () => {
    const action = await due('Listen to every child', '2026-06-01')
    const token = await improvement.makeActionFeed(ruth)
    const titles = async () => eventsIn(await actionsByToken(house, token)).map((one) => one.summary)
    expect(await titles()).toContain('Due: Listen to every child')
    await improvement.markAction(ruth, action, true)
    expect(await titles()).not.toContain('Due: Listen to every child')
    await improvement.markAction(ruth, action, false)
    await improvement.carryOver(ruth, plan)
    const after = eventsIn(await actionsByToken(house, token))
    expect(after.filter((one) => one.summary === 'Due: Listen to every child')).toMatchObject([
      { start: '2027-06-01' },
    ])
  })
})

describe('a calendar’s address that leaked', () => {
  it('shows nothing from the moment it is ended, or its owner leaves', async () => {
    const grace = world.people.grace!()
    const leaked = await improvement.makeActionFeed(grace)
    expect(eventsIn(await actionsByToken(house, leaked))).toEqual([])
    await improvement.revokeActionFeed(grace)
    await expect(actionsByToken(house, leaked)).rejects.toThrow(NotHere)
    const second = await improvement.makeActionFeed(grace)
    for (const guess of [leaked, `${second}x`, second.replace(/^\d+/, '9'), '1-', 'x'])
      await expect(actionsByToken(house, guess)).rejects.toThrow(NotHere)
    await write(world.founder, (tx) =>
      tx
        .updateTable('organisation.person')
        .set({ left_on: '2026-03-01' })
        .where('person_id', '=', grace.person)
        .execute(),
    )
    await expect(actionsByToken(house, second)).rejects.toThrow(NotHere)
  })
})
