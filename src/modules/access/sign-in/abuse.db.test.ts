import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { signInApp, visitor } from '../../../../test/visitor.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import type { House } from '../../../platform/house.ts'
import { person } from '../../organisation/index.ts'
import { openAccount } from './accounts.ts'
import { askReset } from './reset.ts'
import { signIn } from './sign-in.ts'

const passphrase = 'three herons at low tide'
let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let app: ReturnType<typeof signInApp>

const account = async (who: string) => {
  const { name, email } = await person(world.founder, world.persons[who]!)
  await openAccount(house, { trust: world.trust, person: world.persons[who]!, name, email }, passphrase)
  return email
}
const from = (address: string) => ({ address, agent: 'Firefox' })
const later = (minutes: number): House => ({
  ...house,
  clock: { now: () => new Date(house.clock.now().getTime() + minutes * 60_000), today: house.clock.today },
})

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  app = signInApp(house)
})
afterAll(() => house.close())

describe('ten thousand wrong passwords', () => {
  it('cost few hashes, are few rows, and do not shut the true person out where they are known', async () => {
    const email = await account('ruth')
    expect(
      (await signIn(house, { email, password: passphrase }, from('10.0.0.1'))).ok,
      'Ruth’s own school',
    ).toBe(true)
    let tried = 0
    for (let guess = 0; guess < 10_000; guess++) {
      // From five hundred places, as a hired crowd of machines would.
      const answer = await signIn(
        house,
        { email, password: `guess number ${guess}` },
        from(`192.0.2.${guess % 250}-${guess % 2}`),
      )
      expect(answer.ok).toBe(false)
      if (!answer.ok && !answer.wait) tried++
    }
    // Only these were worth a hash: the limit for one account from anywhere in a quarter of an hour.
    expect(tried).toBe(20)
    const { rows } = await house.database.executeSql(
      'select count(*)::int as many from access.sign_in_attempt',
    )
    expect((rows as { many: number }[])[0]!.many).toBeLessThan(30)
    const stranger = await signIn(house, { email, password: passphrase }, from('10.0.0.99'))
    expect(stranger, 'from a new place even the right password waits').toMatchObject({
      ok: false,
      wait: true,
    })
    expect(
      (await signIn(house, { email, password: passphrase }, from('10.0.0.1'))).ok,
      'from her school she comes in',
    ).toBe(true)
    expect(
      (await signIn(later(16), { email, password: passphrase }, from('10.0.0.99'))).ok,
      'and from anywhere when it is over',
    ).toBe(true)
  }, 240_000)

  it('on ten thousand addresses from one place are stopped there, and nowhere else', async () => {
    let tried = 0
    for (let guess = 0; guess < 300; guess++) {
      const answer = await signIn(
        house,
        { email: `person${guess}@tidewell.example`, password: 'Password12345' },
        from('198.51.100.7'),
      )
      if (!answer.ok && !answer.wait) tried++
    }
    expect(tried).toBe(60)
    const email = await account('dan')
    expect((await signIn(house, { email, password: passphrase }, from('10.0.0.2'))).ok).toBe(true)
  })

  it('do not fill the mailbox of whoever owns the address', async () => {
    const email = await account('helen')
    let sent = 0
    for (let time = 0; time < 50; time++)
      if ((await askReset(house, email, from(`203.0.113.${time}`))).ok) sent++
    expect(sent).toBe(6)
  })
})

describe('a session', () => {
  it('is worth nothing after signing out, though somebody kept the cookie', async () => {
    const email = await account('amara')
    const browser = visitor(() => app)
    await browser.ask('/sign-in', { email, password: passphrase })
    const thief = visitor(() => app)
    for (const [name, value] of browser.jar) thief.jar.set(name, value)
    expect((await thief.ask('/')).status).toBe(200)
    await browser.ask('/sign-out', {})
    expect((await thief.ask('/')).to).toBe('/sign-in')
    expect((await thief.ask('/account/ways')).to).toMatch(/^\/sign-in/)
  })

  it('is always a new one: a cookie that was planted is not signed in', async () => {
    const email = await account('neil')
    const planter = visitor(() => app)
    const attacker = await account('grace')
    await planter.ask('/sign-in', { email: attacker, password: passphrase })
    const planted = new Map(planter.jar)
    const victim = visitor(() => app)
    for (const [name, value] of planted) victim.jar.set(name, value)
    await victim.ask('/sign-in', { email, password: passphrase })
    expect((await victim.ask('/')).text).toMatch(/^Hello Neil/)
    expect([...victim.jar]).not.toEqual([...planted])
    // The session that the browser had before is over, so the planted cookie opens nothing, neither hers nor his.
    expect((await planter.ask('/')).to).toBe('/sign-in')
  })

  it('is not opened by a form of another site', async () => {
    const email = await account('tomasz')
    const browser = visitor(() => app)
    const forged = await browser.ask(
      '/sign-in',
      { email, password: passphrase },
      { 'sec-fetch-site': 'cross-site' },
    )
    expect(forged.status).toBe(403)
    for (const path of [
      '/sign-in/second',
      '/sign-in/passkey',
      '/sign-in/passkey/options',
      '/account/authenticator',
      '/people/sign-in/two-steps',
    ])
      expect((await browser.ask(path, {}, { 'sec-fetch-site': 'cross-site' })).status, path).toBe(403)
  })

  it('is not made by a cookie that was changed', async () => {
    const email = await account('lena')
    const browser = visitor(() => app)
    await browser.ask('/sign-in', { email, password: passphrase })
    for (const [name, value] of browser.jar)
      browser.jar.set(
        name,
        value.replace(/^./, (first) => (first === 'a' ? 'b' : 'a')),
      )
    expect((await browser.ask('/')).to).toBe('/sign-in')
  })
})

describe('a page to go to after signing in', () => {
  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'is never another site’s: %s',
    async (to) => {
      const email = await account('priya')
      const browser = visitor(() => app)
      expect((await browser.ask('/sign-in', { email, password: passphrase, to })).to).toBe('/')
    },
  )
})
