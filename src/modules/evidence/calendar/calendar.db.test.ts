import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventsIn, longestLine } from '../../../../test/calendar.ts'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { read, write } from '../../../platform/database/door.ts'
import { visiting } from '../test/visit.ts'
import { calendarByToken, feedMadeAt, makeFeed, revokeFeed } from './feeds.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house?.close())

describe('a private calendar address', () => {
  it('gives the days of every drop to whoever holds it, without a session', async () => {
    const page = await visiting(house, world.people.dan!()).post('/calendar/address')
    const address = /\/calendar\/([\w-]+)\.ics/.exec(page.html)![0]
    const { status, html, headers } = await visiting(house).get(address)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(html.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true)
    expect(longestLine(html)).toBeLessThanOrEqual(75)
    const events = eventsIn(html)
    expect(events.map((one) => [one.summary, one.start, one.end, one.wholeDay])).toEqual([
      ['Spring 2025/26: opens', '2026-03-09', '2026-03-10', true],
      ['Spring 2025/26: counts pupils on roll', '2026-03-13', '2026-03-14', true],
      ['Spring 2025/26: files due', '2026-03-27', '2026-03-28', true],
    ])
    expect(new Set(events.map((one) => one.uid)).size).toBe(3)
    expect(html).not.toMatch(/Dan|Saltmarsh/)
  })

  it('is said once: only its hash is kept, and the page does not show it again', async () => {
    const dan = world.people.dan!()
    const token = await makeFeed(dan)
    const rows = await read(dan, (db) => db.selectFrom('evidence.calendar_feed').selectAll().execute())
    expect(JSON.stringify(rows)).not.toContain(token)
    expect((await visiting(house, dan).get('/calendar')).html).not.toContain('.ics')
    expect(await feedMadeAt(dan)).toBeInstanceOf(Date)
  })

  it('stops when it is revoked, and when a new one is made', async () => {
    const dan = world.people.dan!()
    const old = await makeFeed(dan)
    const next = await makeFeed(dan)
    await expect(calendarByToken(house, old)).rejects.toThrow('There is nothing here')
    expect(await calendarByToken(house, next)).toContain('BEGIN:VCALENDAR')
    await revokeFeed(dan)
    await expect(calendarByToken(house, next)).rejects.toThrow('There is nothing here')
    expect((await visiting(house).get(`/calendar/${next}.ics`)).status).toBe(404)
    expect(await feedMadeAt(dan)).toBeUndefined()
  })

  it('stops when its owner leaves the trust', async () => {
    const neil = world.people.neil!()
    const token = await makeFeed(neil)
    await write(world.founder, (tx) =>
      tx
        .updateTable('organisation.person')
        .set({ left_on: '2026-03-01' })
        .where('person_id', '=', neil.person)
        .execute(),
    )
    await expect(calendarByToken(house, token)).rejects.toThrow('There is nothing here')
  })

  it('of another trust shows nothing of this one, and a guess shows nothing at all', async () => {
    const theirs = await calendarByToken(house, await makeFeed(world.stranger))
    expect(eventsIn(theirs)).toEqual([])
    const mine = await makeFeed(world.people.ruth!())
    const moved = mine.replace(/^\d+/, String(world.stranger.trust))
    for (const guess of [moved, `${mine}x`, 'x', '1-', `${world.trust}-${'A'.repeat(32)}`])
      await expect(calendarByToken(house, guess)).rejects.toThrow('There is nothing here')
  })
})
