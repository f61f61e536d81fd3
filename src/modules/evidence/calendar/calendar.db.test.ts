import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

/** The events of an iCalendar text, long lines unfolded (RFC 5545, 3.1). */
const eventsOf = (text: string) =>
  text
    .replace(/\r\n[ \t]/g, '')
    .split('BEGIN:VEVENT')
    .slice(1)
    .map((event) =>
      Object.fromEntries(
        event
          .split('END:VEVENT')[0]!
          .split('\r\n')
          .filter(Boolean)
          .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
      ),
    )

describe('a private calendar address', () => {
  it('gives the days of every drop to whoever holds it, without a session', async () => {
    const page = await visiting(house, world.people.dan!()).post('/calendar/address')
    const address = /\/calendar\/([\w-]+)\.ics/.exec(page.html)![0]
    const { status, html, headers } = await visiting(house).get(address)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(html.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true)
    expect(Math.max(...html.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75)
    const events = eventsOf(html)
    expect(events.map((one) => [one.SUMMARY, one['DTSTART;VALUE=DATE'], one['DTEND;VALUE=DATE']])).toEqual([
      ['Spring 2025/26: opens', '20260309', '20260310'],
      ['Spring 2025/26: counts pupils on roll', '20260313', '20260314'],
      ['Spring 2025/26: files due', '20260327', '20260328'],
    ])
    expect(new Set(events.map((one) => one.UID)).size).toBe(3)
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
    expect(eventsOf(theirs)).toEqual([])
    const mine = await makeFeed(world.people.ruth!())
    const moved = mine.replace(/^\d+/, String(world.stranger.trust))
    for (const guess of [moved, `${mine}x`, 'x', '1-', `${world.trust}-${'A'.repeat(32)}`])
      await expect(calendarByToken(house, guess)).rejects.toThrow('There is nothing here')
  })
})
