import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { signInApp, visitor } from '../../../../test/visitor.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { londonDay } from '../../../kernel/days.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import { addPerson, person } from '../../organisation/index.ts'
import { acceptInvitation } from '../commands/accept-invitation.ts'
import { sendInvitation } from '../commands/invite.ts'
import { recordLeaver } from '../commands/record-leaver.ts'
import { viewerOf } from '../queries/viewer-of.ts'
import { openAccount } from './accounts.ts'
import { openSession } from './open-session.ts'
import { askReset, resetHolder, setByReset } from './reset.ts'
import { finishSecondStep } from './second-step.ts'

const passphrase = 'three herons at low tide'
let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let number = 0
let who: number
let email: string

/** The same house at another moment. */
const at = (moment: string): House => {
  const now = () => new Date(moment)
  return { ...house, clock: { now, today: () => londonDay(now()) } }
}
const letters = () => {
  const folder = join(house.config.data, 'outbox')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('=\n', ''))
    .join('\n')
}
const visit = { address: '10.9.9.9', agent: 'Firefox' }
const account = async (password?: string) => {
  const found = await person(world.founder, who)
  return await openAccount(house, { trust: world.trust, person: who, name: found.name, email }, password)
}

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
beforeEach(async () => {
  email = `leaver.${++number}@tidewell.example`
  who = await addPerson(world.founder, {
    name: `Leaver ${number}`,
    email,
    school: world.schools.saltmarsh,
    title: 'Teacher',
  })
})
afterAll(() => house.close())

describe('a leaver’s access', () => {
  it.each([
    ['2026-03-20', '2026-03-20T23:59:59Z', '2026-03-21T00:00:00Z', 'in winter the day ends at midnight'],
    ['2026-03-28', '2026-03-28T23:59:59Z', '2026-03-29T00:00:00Z', 'the last day of winter time'],
    [
      '2026-03-29',
      '2026-03-29T22:59:59Z',
      '2026-03-29T23:00:00Z',
      'the first day of summer time has 23 hours',
    ],
    [
      '2026-07-21',
      '2026-07-21T22:59:59Z',
      '2026-07-21T23:00:00Z',
      'in summer it ends at 23:00 of universal time',
    ],
    [
      '2026-10-25',
      '2026-10-25T23:59:59Z',
      '2026-10-26T00:00:00Z',
      'the day on which the clocks go back has 25 hours',
    ],
    ['2026-12-31', '2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z', 'the year ends with its last day'],
  ])('holds to the end of %s and ends with it: %s, %s (%s)', async (last, before, after) => {
    const { email: own } = await account(passphrase)
    await recordLeaver(world.people.priya!(), who, last)
    const [still, gone] = [at(before), at(after)]
    const app = { now: signInApp(still) }
    const browser = visitor(() => app.now)
    expect((await browser.ask('/sign-in', { email: own, password: passphrase })).status, before).toBe(303)
    expect((await browser.ask('/account')).status).toBe(200)
    app.now = signInApp(gone)
    expect((await browser.ask('/account')).to, `${after}: the open session`).toBe('/sign-in')
    expect(
      (await browser.ask('/sign-in', { email: own, password: passphrase })).status,
      `${after}: the password`,
    ).toBe(422)
    app.now = signInApp(still)
    expect(
      (await browser.ask('/account')).to,
      'the session does not come back when a clock is put back',
    ).toMatch(/^\/sign-in/)
  })

  it('ends at once everywhere when the last day is past: session, half a sign-in, passkey or provider, invitation, reset', async () => {
    const own = await account(passphrase)
    const [one, other] = [visitor(() => app), visitor(() => app)]
    const app = signInApp(house)
    for (const browser of [one, other]) await browser.ask('/sign-in', { email, password: passphrase })
    expect((await one.ask('/account')).status).toBe(200)
    const invited = await addPerson(world.founder, {
      name: 'Not Yet In',
      email: `invited.${number}@tidewell.example`,
      school: world.schools.saltmarsh,
      title: 'Teacher',
    })
    const { link } = await sendInvitation(world.people.priya!(), invited)
    for (const leaving of [who, invited]) await recordLeaver(world.people.priya!(), leaving, '2026-03-19')

    expect((await one.ask('/account')).to).toMatch(/^\/sign-in/)
    expect((await other.ask('/account')).to).toMatch(/^\/sign-in/)
    expect(
      await openSession(house, own, { way: 'passkey', steps: 'two' }, visit),
      'a passkey or a provider',
    ).toBeUndefined()
    expect(
      await finishSecondStep(house, { account: own.id, way: 'password' }, '123456', visit),
    ).toMatchObject({ ok: false })
    await expect(acceptInvitation(house, link.split('/invitations/')[1]!, passphrase)).rejects.toThrow(
      /replaced|withdrawn|no longer|newer/,
    )
    await expect(viewerOf(house, world.trust, who)).rejects.toThrow(NotHere)
    const { rows } = await house.database.executeSql(
      `select count(*)::int as many from access.sign_in_session where user_id = '${own.id}'`,
    )
    expect(rows).toEqual([{ many: 0 }])
  })

  it('is not given back by a reset of the password: no letter goes out', async () => {
    await account(passphrase)
    await recordLeaver(world.people.priya!(), who, '2026-03-19')
    expect((await askReset(house, email, visit)).ok, 'the answer tells nobody').toBe(true)
    const here = (await person(world.founder, world.persons.ruth!)).email
    await openAccount(
      house,
      { trust: world.trust, person: world.persons.ruth!, name: 'Ruth Kemp', email: here },
      passphrase,
    )
    await askReset(house, here, visit)
    await vi.waitFor(() => expect(letters()).toContain(`To: ${here}`), 5000)
    expect(letters()).not.toContain(`To: ${email}`)
  })

  it('is not given back by a link that was asked for before', async () => {
    await account(passphrase)
    await askReset(house, email, visit)
    await vi.waitFor(() => expect(letters()).toContain(`To: ${email}`), 5000)
    const text = letters().slice(letters().indexOf(`To: ${email}`))
    const token = /\/reset\/(\S+)/.exec(text)![1]!
    expect(await resetHolder(house, token)).toMatchObject({ email })
    await recordLeaver(world.people.priya!(), who, '2026-03-19')
    expect(await resetHolder(house, token)).toBeUndefined()
    await expect(setByReset(house, token, 'two red kites above')).rejects.toThrow(/used or has run out/)
  })
})
