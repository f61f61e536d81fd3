import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { read } from '../../../platform/database/door.ts'
import type { House } from '../../../platform/house.ts'
import { person } from '../../organisation/index.ts'
import { acceptInvitation, invitationBy } from '../commands/accept-invitation.ts'
import { sendInvitation } from '../commands/invite.ts'
import { openAccount } from './accounts.ts'
import { signInDemo } from './demo.ts'
import { askReset, resetHolder, setByReset } from './reset.ts'
import { type SignedIn, signIn } from './sign-in.ts'

const passphrase = 'three herons at low tide'
let house: House & { close: () => Promise<void> }
let world: World
let place = 0

/** A visit from an address that nothing has come from yet. */
const visit = () => ({
  address: `10.1.${Math.floor(++place / 200)}.${place % 200}`,
  agent: 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0',
})
const emailOf = async (who: string) => (await person(world.founder, world.persons[who]!)).email
const account = async (who: string, password?: string) => {
  const { name, email } = await person(world.founder, world.persons[who]!)
  await openAccount(house, { trust: world.trust, person: world.persons[who]!, name, email }, password)
  return email
}
const because = (entered: SignedIn) => (entered.ok ? 'signed in' : entered.because)
const outbox = () => {
  const folder = join(house.config.data, 'outbox')
  const text = readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
  return text.replaceAll('=\n', '')
}
const at = (minutes: number): House => ({
  ...house,
  clock: { now: () => new Date(house.clock.now().getTime() + minutes * 60_000), today: house.clock.today },
})

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house.close())

const wrong = 'The e-mail address or the password is not right.'

describe('signing in', () => {
  it('lets Ruth in by her password, with a cookie that scripts can’t read', async () => {
    const email = await account('ruth', passphrase)
    const entered = await signIn(house, { email: ` ${email.toUpperCase()} `, password: passphrase }, visit())
    expect(entered).toMatchObject({
      ok: true,
      viewer: { person: world.persons.ruth, grants: [{ role: 'headteacher' }] },
    })
    expect(entered.ok && entered.cookies[0]).toMatch(/^throughline\.session_token=.*HttpOnly.*SameSite=Lax/)
  })

  it('marks the cookie Secure when people come by https', async () => {
    const email = await account('ruth', passphrase)
    const secure = { ...house, config: { ...house.config, origin: 'https://results.tidewell.example' } }
    const entered = await signIn(secure, { email, password: passphrase }, visit())
    expect(entered.ok && entered.cookies[0]).toMatch(/^__Secure-throughline\.session_token=.*; Secure/)
  })

  it('says the same to a wrong password and to an address nobody has', async () => {
    const email = await account('ruth', passphrase)
    expect(because(await signIn(house, { email, password: 'three herons at high tide' }, visit()))).toBe(
      wrong,
    )
    expect(
      because(await signIn(house, { email: 'nobody@tidewell.example', password: passphrase }, visit())),
    ).toBe(wrong)
    expect(because(await signIn(house, { email: 'not an address', password: passphrase }, visit()))).toBe(
      wrong,
    )
    expect(because(await signIn(house, { email, password: 'x'.repeat(5000) }, visit()))).toBe(wrong)
  })

  it('lets nobody in who has an account without a password', async () => {
    const email = await account('lena')
    expect(because(await signIn(house, { email, password: '' }, visit()))).toBe(wrong)
    expect(because(await signIn(house, { email, password: passphrase }, visit()))).toBe(wrong)
  })

  it('lets nobody in who has left, and ends their sessions', async () => {
    const email = await account('owen', passphrase)
    await leave(world.persons.owen!, '2026-03-19')
    expect(because(await signIn(house, { email, password: passphrase }, visit()))).toBe(wrong)
    const { rows } = await sql<{ many: number }>`select count(*)::int as many from access.sign_in_session s
      join access.sign_in_user u on u.id = s.user_id where u.email = ${email}`.execute(house.database.kysely)
    expect(rows).toEqual([{ many: 0 }])
  })

  it('keeps passwords as scrypt hashes', async () => {
    await account('ruth', passphrase)
    const { rows } = await sql<{
      password: string
    }>`select password from access.sign_in_account limit 1`.execute(house.database.kysely)
    expect(rows[0]?.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/)
  })

  it('hides every sign-in table from a viewer, whoever it is', async () => {
    await account('ruth', passphrase)
    await signIn(house, { email: await emailOf('ruth'), password: passphrase }, visit())
    for (const table of [
      'sign_in_user',
      'sign_in_session',
      'sign_in_account',
      'sign_in_attempt',
      'sign_in_verification',
    ] as const) {
      const count = sql<{ many: number }>`select count(*)::int as many from ${sql.id('access', table)}`
      expect((await read(world.founder, (db) => count.execute(db))).rows, table).toEqual([{ many: 0 }])
      if (table !== 'sign_in_verification')
        expect((await count.execute(house.database.kysely)).rows[0]!.many, table).toBeGreaterThan(0)
    }
  })
})

describe('guessing', () => {
  it('stops after five wrong passwords, even with the right one, and goes on a quarter of an hour later', async () => {
    const email = await account('dan', passphrase)
    const from = visit()
    for (let time = 0; time < 5; time++)
      expect(because(await signIn(house, { email, password: 'wrong' }, from))).toBe(wrong)
    expect(await signIn(house, { email, password: passphrase }, from)).toMatchObject({
      ok: false,
      wait: true,
      because: expect.stringMatching(/^Too many attempts\. Try again in 1[45] minutes\.$/),
    })
    expect(
      because(await signIn(house, { email, password: passphrase }, visit())),
      'from elsewhere Dan still gets in',
    ).toBe('signed in')
    expect(because(await signIn(at(16), { email, password: passphrase }, from))).toBe('signed in')
  })

  it('stops an unknown address just the same', async () => {
    const from = visit()
    for (let time = 0; time < 5; time++)
      await signIn(house, { email: 'ghost@tidewell.example', password: 'wrong' }, from)
    expect(
      because(await signIn(house, { email: 'ghost@tidewell.example', password: 'wrong' }, from)),
    ).toMatch(/Too many attempts/)
  })

  it('counts twenty that are sent at once', async () => {
    const from = visit()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        signIn(house, { email: 'hurry@tidewell.example', password: 'wrong' }, from),
      ),
    )
    expect(answers.filter((entered) => !entered.ok && !entered.wait)).toHaveLength(5)
  })

  it('keeps the count in the record, by a hash and never the address typed', async () => {
    const { rows } = await sql<{
      account: string
    }>`select distinct account from access.sign_in_attempt`.execute(house.database.kysely)
    expect(rows.length).toBeGreaterThan(2)
    for (const row of rows) expect(row.account).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('a forgotten password', () => {
  const linkTo = async (email: string) => {
    await askReset(house, email, visit())
    return await vi.waitFor(() => {
      const letter = outbox()
        .split('From: ')
        .filter((text) => text.includes(`To: ${email}`) && text.includes('/reset/'))
        .at(-1)
      const token = /\/reset\/(\S+)/.exec(letter ?? '')?.[1]
      if (!token) throw new Error('no letter yet')
      return token
    })
  }

  it('is set anew by a link in a letter, once, and ends every session', async () => {
    const email = await account('neil', passphrase)
    await signIn(house, { email, password: passphrase }, visit())
    const token = await linkTo(email)
    expect(await resetHolder(house, token)).toMatchObject({ email })
    await expect(setByReset(house, token, 'short')).rejects.toThrow(/at least 12 characters/)
    await setByReset(house, token, 'a new tide every day')
    expect(because(await signIn(house, { email, password: passphrase }, visit()))).toBe(wrong)
    const { rows } = await sql<{ many: number }>`select count(*)::int as many from access.sign_in_session s
      join access.sign_in_user u on u.id = s.user_id where u.email = ${email}`.execute(house.database.kysely)
    expect(rows).toEqual([{ many: 0 }])
    expect(because(await signIn(house, { email, password: 'a new tide every day' }, visit()))).toBe(
      'signed in',
    )
    await expect(setByReset(house, token, 'another tide the next')).rejects.toThrow(
      /has been used or has run out/,
    )
    expect(await resetHolder(house, token)).toBeUndefined()
  })

  it('keeps only a hash of the link', async () => {
    const token = await linkTo(await account('tomasz', passphrase))
    const { rows } = await sql<{
      identifier: string
    }>`select identifier from access.sign_in_verification`.execute(house.database.kysely)
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(row.identifier).not.toContain(token)
  })

  it('answers the same for an address nobody has, and sends nothing', async () => {
    expect(await askReset(house, 'nobody@tidewell.example', visit())).toEqual({ ok: true })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(outbox()).not.toContain('nobody@tidewell.example')
  })

  it('may be asked for only a few times', async () => {
    const from = visit()
    for (let time = 0; time < 3; time++)
      expect(await askReset(house, 'often@tidewell.example', from)).toEqual({ ok: true })
    expect(await askReset(house, 'often@tidewell.example', from)).toMatchObject({
      ok: false,
      because: expect.stringMatching(/Too many/),
    })
  })
})

describe('an invitation', () => {
  const tokenOf = (link: string) => link.split('/invitations/')[1]!

  it('sets a password once, and opens the door', async () => {
    const made = await sendInvitation(world.people.priya!(), world.persons.grace!)
    const token = tokenOf(made.link)
    expect(outbox()).toContain(made.link)
    expect(await invitationBy(house, token)).toMatchObject({
      name: 'Grace Coker',
      trustName: 'Tidewell Learning Trust',
    })
    await expect(acceptInvitation(house, token, 'grace coker 12')).rejects.toThrow(/would be guessed/)
    const { email } = await acceptInvitation(house, token, passphrase)
    expect(because(await signIn(house, { email, password: passphrase }, visit()))).toBe('signed in')
    await expect(acceptInvitation(house, token, passphrase)).rejects.toThrow(/has been used/)
    await expect(sendInvitation(world.people.priya!(), world.persons.grace!)).rejects.toThrow(
      /can sign in already/,
    )
  })

  it('opened twice at once makes one account', async () => {
    const made = await sendInvitation(world.people.priya!(), world.persons.helen!)
    const both = await Promise.allSettled(
      ['one red kite above', 'two red kites above'].map((words) =>
        acceptInvitation(house, tokenOf(made.link), words),
      ),
    )
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('runs out after two weeks, and a newer one takes its place', async () => {
    const first = await sendInvitation(world.people.priya!(), world.persons.amara!)
    await expect(acceptInvitation(at(14 * 24 * 60 + 1), tokenOf(first.link), passphrase)).rejects.toThrow(
      /has run out/,
    )
    const second = await sendInvitation(world.people.priya!(), world.persons.amara!)
    await expect(acceptInvitation(house, tokenOf(first.link), passphrase)).rejects.toThrow(
      /replaced by a newer one/,
    )
    await acceptInvitation(house, tokenOf(second.link), passphrase)
  })

  it('is nothing when its link is made up, or names another trust', async () => {
    const made = await sendInvitation(world.stranger, world.stranger.person)
    const [, secret] = /^\d+-(.*)$/.exec(tokenOf(made.link))!
    for (const token of ['1-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'x', '', `${world.trust}-${secret}`])
      await expect(acceptInvitation(house, token, passphrase)).rejects.toThrow(NotHere)
  })
})

describe('the demo’s door', () => {
  it('does not exist outside the demo', async () => {
    await expect(
      signInDemo(house, { trust: world.trust, person: world.persons.priya! }, visit()),
    ).rejects.toThrow(NotHere)
  })

  it('lets a visitor be one of the demo’s people, and nobody else', async () => {
    const demo = { ...house, config: { ...house.config, demo: true } }
    const cookies = await signInDemo(demo, { trust: world.trust, person: world.persons.priya! }, visit())
    expect(cookies[0]).toMatch(/^throughline\.session_token=/)
    await expect(signInDemo(demo, { trust: world.trust, person: 999_999 }, visit())).rejects.toThrow(NotHere)
    await expect(
      signInDemo(demo, { trust: world.trust, person: world.persons.owen! }, visit()),
      'Owen has left',
    ).rejects.toThrow(NotHere)
  })
})

/** Sets the day on which someone left: people leave by a hand that this module has not. */
const leave = (who: number, day: string) =>
  house.database.kysely.transaction().execute(async (tx) => {
    await sql`select set_config('throughline.trust', ${String(world.trust)}, true)`.execute(tx)
    await tx.updateTable('organisation.person').set({ left_on: day }).where('person_id', '=', who).execute()
  })
