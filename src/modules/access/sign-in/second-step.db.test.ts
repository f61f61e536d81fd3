import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { signInApp, visitor } from '../../../../test/visitor.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { person } from '../../organisation/index.ts'
import { openAccount } from './accounts.ts'
import { mayReset, resetWays } from './reset-ways.ts'
import { rolesInTwoSteps, setRolesInTwoSteps } from './rules.ts'

const passphrase = 'three herons at low tide'
let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let app: ReturnType<typeof signInApp>

const account = async (who: string) => {
  const { name, email } = await person(world.founder, world.persons[who]!)
  return await openAccount(
    house,
    { trust: world.trust, person: world.persons[who]!, name, email },
    passphrase,
  )
}
const signIn = async (who: string, browser = visitor(() => app)) => {
  const { email } = await account(who)
  return { browser, answer: await browser.ask('/sign-in', { email, password: passphrase }) }
}
const codeOf = (secret: string, halfMinutes = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + halfMinutes * 30_000 })
const secretOn = (text: string) => /<code>([A-Z2-7 ]+)<\/code>/.exec(text)![1]!.replaceAll(' ', '')
const codesOn = (text: string) =>
  [...text.matchAll(/<code>([a-z0-9]{5}-[a-z0-9]{5})<\/code>/g)].map((found) => found[1]!)

/** Signs in, sets up an app and keeps its codes, as a person would. */
async function setUp(who: string) {
  const { browser } = await signIn(who)
  await browser.ask('/account/authenticator', {})
  const shown = await browser.ask('/account/authenticator')
  const secret = secretOn(shown.text)
  const kept = await browser.ask('/account/authenticator/confirm', { code: codeOf(secret, -1) })
  return { browser, secret, codes: codesOn(kept.text), shown, kept }
}

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  app = signInApp(house)
})
afterAll(() => house.close())

describe('an authenticator app', () => {
  it('is set up by a picture and a first code, and gives ten recovery codes', async () => {
    const { browser, shown, kept, codes } = await setUp('ruth')
    expect(shown.text).toMatch(/<svg class="qr"[^>]*role="img"/)
    expect(kept.status).toBe(200)
    expect(new Set(codes).size).toBe(10)
    expect((await browser.ask('/account/ways')).text).toContain('10 of 10 are left')
    expect((await browser.ask('/account/authenticator')).to, 'the secret is not shown again').toBe(
      '/account/ways',
    )
  })

  it('is not taken with a wrong first code', async () => {
    const { browser } = await signIn('dan')
    await browser.ask('/account/authenticator', {})
    const answer = await browser.ask('/account/authenticator/confirm', { code: '000000' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('not the code the app shows now')
    expect((await signIn('dan')).answer.to, 'nothing has changed').toBe('/')
  })

  it('is asked for after the password; each code works once', async () => {
    const { secret } = await setUp('helen')
    const { browser, answer } = await signIn('helen')
    expect(answer.to).toBe('/sign-in/second')
    expect((await browser.ask('/')).to, 'a password alone opens nothing').toBe('/sign-in')
    expect((await browser.ask('/sign-in/second', { code: '123456' })).text).toContain(
      'That code is not right',
    )
    const code = codeOf(secret)
    expect((await browser.ask('/sign-in/second', { code })).to).toBe('/')
    expect((await browser.ask('/')).text).toMatch(/^Hello Helen/)
    const { browser: again } = await signIn('helen')
    expect((await again.ask('/sign-in/second', { code })).status, 'the same code a second time').toBe(422)
  })

  it('takes five wrong codes in a quarter of an hour, and then even the right one has to wait', async () => {
    const { secret } = await setUp('amara')
    const { browser } = await signIn('amara')
    for (let tried = 0; tried < 5; tried++)
      expect((await browser.ask('/sign-in/second', { code: '000000' })).status).toBe(422)
    const answer = await browser.ask('/sign-in/second', { code: codeOf(secret) })
    expect(answer.status).toBe(429)
    expect(answer.text).toContain('Too many attempts. Try again in 15 minutes.')
  })

  it('is removed by whoever holds it, not by whoever finds the browser open', async () => {
    const { browser, codes } = await setUp('neil')
    expect((await browser.ask('/account/authenticator/end', { code: '' })).text).toContain(
      'That code is not right',
    )
    expect((await browser.ask('/account/authenticator/end', { code: codes[0]! })).to).toBe(
      '/account/ways?done=app-ended',
    )
    expect((await signIn('neil')).answer.to).toBe('/')
  })

  it('ends every other session when it is set up', async () => {
    const { browser: other } = await signIn('grace')
    expect((await other.ask('/')).status).toBe(200)
    const { browser } = await setUp('grace')
    expect((await browser.ask('/')).status).toBe(200)
    expect((await other.ask('/')).to).toBe('/sign-in')
  })

  it('is kept sealed', async () => {
    const { rows } = await house.database.executeSql('select secret_sealed from access.sign_in_authenticator')
    for (const row of rows as { secret_sealed: string }[])
      expect(row.secret_sealed).not.toMatch(/^[A-Z2-7]{32}$/)
    const codes = await house.database.executeSql('select code_hash from access.sign_in_recovery_code')
    for (const row of codes.rows as { code_hash: string }[]) expect(row.code_hash).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('a recovery code', () => {
  it('lets in once, in any case of letters, and never again', async () => {
    const { codes } = await setUp('lena')
    const [first] = codes
    const { browser } = await signIn('lena')
    expect((await browser.ask('/sign-in/second', { code: ` ${first!.toUpperCase()} ` })).to).toBe(
      '/account/ways?done=recovered',
    )
    expect((await browser.ask('/account/ways')).text).toContain('9 of 10 are left')
    const { browser: again } = await signIn('lena')
    expect((await again.ask('/sign-in/second', { code: first! })).status).toBe(422)
    const renewed = await browser.ask('/account/recovery-codes', { code: codes[1]! })
    expect(codesOn(renewed.text).length).toBe(10)
    expect((await again.ask('/sign-in/second', { code: codes[2]! })).status, 'earlier codes are gone').toBe(
      422,
    )
  })
})

describe('two steps asked of a role', () => {
  it('leads whoever holds it to set one up, and lets them go on then', async () => {
    const { browser } = await signIn('dan')
    expect((await browser.ask('/')).status).toBe(200)
    await setRolesInTwoSteps(world.people.priya!(), ['data-manager'])
    expect((await browser.ask('/drops')).to).toBe('/account/ways?needed=yes')
    expect((await browser.ask('/account/ways')).text).toContain('asks everyone in your role for two steps')
    await browser.ask('/account/authenticator', {})
    const secret = secretOn((await browser.ask('/account/authenticator')).text)
    await browser.ask('/account/authenticator/confirm', { code: codeOf(secret) })
    expect((await browser.ask('/drops')).text).toBe('the drops')
    expect((await browser.ask('/account/authenticator/end', { code: codeOf(secret, 1) })).text).toContain(
      'Set up another second step first',
    )
    await setRolesInTwoSteps(world.people.priya!(), [])
    expect(await rolesInTwoSteps(world.people.priya!())).toEqual([])
  })

  it('is for those who manage people of the whole trust to say, and a stranger’s rules are not ours', async () => {
    await expect(setRolesInTwoSteps(world.people.ruth!(), ['headteacher'])).rejects.toThrow(Refusal)
    await setRolesInTwoSteps(world.people.priya!(), ['headteacher'])
    expect(await rolesInTwoSteps(world.stranger)).toEqual([])
    await setRolesInTwoSteps(world.people.priya!(), [])
  })
})

describe('resetting how someone signs in', () => {
  it('lets a headteacher who lost the phone in by password again, tells them, and writes down why', async () => {
    const { browser } = await setUp('tomasz')
    await resetWays(
      world.people.priya!(),
      world.persons.tomasz!,
      'Phone lost on a school trip; rang back on the office number',
    )
    expect((await browser.ask('/')).to, 'signed out').toBe('/sign-in')
    expect((await signIn('tomasz')).answer.to).toBe('/')
    const folder = join(house.config.data, 'outbox')
    const letters = readdirSync(folder).map((name) =>
      readFileSync(join(folder, name), 'utf8').replaceAll('=\n', ''),
    )
    expect(
      letters.some((letter) => letter.includes('Phone lost on a school trip') && letter.includes('tomasz')),
    ).toBe(true)
  })

  it('needs a reason, and the right to it', async () => {
    await account('ruth')
    await expect(resetWays(world.people.priya!(), world.persons.ruth!, ' ')).rejects.toThrow(/Say why/)
    await expect(resetWays(world.people.ruth!(), world.persons.priya!, 'because I say so')).rejects.toThrow(
      Refusal,
    )
    await expect(
      resetWays(world.people.priya!(), world.persons.priya!, 'my own phone is lost'),
    ).rejects.toThrow(/yourself/)
    await expect(mayReset(world.stranger, world.persons.ruth!)).rejects.toThrow(NotHere)
  })
})
