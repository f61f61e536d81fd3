import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import {
  type IdentityProvider,
  openIdentityProvider,
  type SaidOf,
} from '../../../../test/identity-provider.ts'
import { signInApp, visitor } from '../../../../test/visitor.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { read } from '../../../platform/database/door.ts'
import { person } from '../../organisation/index.ts'
import { recordLeaver } from '../commands/record-leaver.ts'
import { openAccount } from './accounts.ts'
import { backAddress } from './at-provider.ts'
import { endProvider, providersOf, providerToAsk, setProvider } from './providers.ts'

const tenant = '7d3d2b4e-6f43-4b9e-9c53-1f7f5a2f6c01'
let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let app: ReturnType<typeof signInApp>
let entra: IdentityProvider
let google: IdentityProvider
const ids: Record<'microsoft' | 'google', number> = { microsoft: 0, google: 0 }

const emailOf = async (who: string) => (await person(world.founder, world.persons[who]!)).email
const account = async (who: string, password?: string) => {
  const { name, email } = await person(world.founder, world.persons[who]!)
  return await openAccount(house, { trust: world.trust, person: world.persons[who]!, name, email }, password)
}
const use = (
  kind: 'microsoft' | 'google',
  issuer: string,
  rest: { twoSteps?: boolean; clientSecret?: string } = {},
) =>
  setProvider(world.people.priya!(), {
    kind,
    belongsTo: kind === 'microsoft' ? tenant : 'tidewell.example',
    clientId: 'throughline',
    clientSecret: rest.clientSecret ?? 'a secret of the client',
    twoSteps: rest.twoSteps ?? false,
    issuer,
  })
const atMicrosoft = async (who: string, rest: Partial<SaidOf> = {}): Promise<SaidOf> => ({
  sub: `pairwise-${who}`,
  oid: `object-${who}`,
  tid: tenant,
  preferred_username: await emailOf(who),
  ...rest,
})
const atGoogle = async (who: string, rest: Partial<SaidOf> = {}): Promise<SaidOf> => ({
  sub: `google-${who}`,
  hd: 'tidewell.example',
  email: await emailOf(who),
  email_verified: true,
  ...rest,
})

/** Follows the link on the sign-in page to the provider and back; the answer is the page that comes. */
async function through(
  provider: IdentityProvider,
  kind: 'microsoft' | 'google',
  said: SaidOf,
  browser = visitor(() => app),
  to = '',
) {
  await provider.now({ person: said })
  const sent = await browser.ask(`/sign-in/with/${world.trust}/${ids[kind]}${to}`)
  if (!sent.to) return { browser, answer: sent }
  const back = await provider.visit(sent.to)
  return { browser, answer: await browser.ask(back.pathname + back.search), back }
}

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  app = signInApp(house)
  entra = await openIdentityProvider(backAddress(house))
  google = await openIdentityProvider(backAddress(house))
})
beforeEach(async () => {
  ids.microsoft = await use('microsoft', entra.issuer)
  ids.google = await use('google', google.issuer)
})
afterEach(async () => {
  await entra.now({ trouble: '' })
  await google.now({ trouble: '' })
})
afterAll(async () => {
  await entra?.stop()
  await google?.stop()
  await house.close()
})

describe('signing in with Microsoft and Google', () => {
  it('lets Ruth in with Microsoft, goes where she was going, and says how she came', async () => {
    await account('ruth')
    const { browser, answer } = await through(
      entra,
      'microsoft',
      await atMicrosoft('ruth'),
      undefined,
      '?to=/drops',
    )
    expect(answer).toMatchObject({ status: 303, to: '/drops' })
    expect((await browser.ask('/')).text).toBe('Hello Ruth Kemp')
    const { rows } = await sql<{ way: string }>`select way from access.sign_in_session s
      join access.sign_in_user u on u.id = s.user_id where u.person_id = ${world.persons.ruth}`.execute(
      house.database.kysely,
    )
    expect(rows).toEqual([{ way: 'microsoft' }])
  })

  it('lets an invited person in with Google, and their invitation is answered', async () => {
    const { browser, answer } = await through(google, 'google', await atGoogle('helen'))
    expect(answer).toMatchObject({ status: 303, to: '/' })
    expect((await browser.ask('/')).text).toMatch(/^Hello Helen/)
  })

  it('makes nobody: an address that nobody has gets a sentence', async () => {
    const { answer } = await through(google, 'google', {
      ...(await atGoogle('ruth')),
      sub: 'new',
      email: 'new@tidewell.example',
    })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(
      'Nobody in Tidewell Learning Trust is known by the address new@tidewell.example',
    )
  })

  it('refuses another tenant, another Workspace, and somebody’s own account with the right address', async () => {
    const sentence = 'does not belong to this trust'
    const other = await atMicrosoft('dan', { tid: '9188040d-6c67-4c5b-b112-36a304b66dad' })
    expect((await through(entra, 'microsoft', other)).answer.text).toContain(sentence)
    expect(
      (await through(google, 'google', await atGoogle('dan', { hd: 'fenmarch.example' }))).answer.text,
    ).toContain(sentence)
    expect((await through(google, 'google', await atGoogle('dan', { hd: undefined }))).answer.text).toContain(
      sentence,
    )
  })

  it('refuses an address that the provider does not vouch for', async () => {
    const unverified = await atGoogle('dan', { email_verified: false })
    expect((await through(google, 'google', unverified)).answer.text).toContain(
      'Google does not vouch for your e-mail address',
    )
    // A profile's e-mail at Microsoft is whatever somebody typed there.
    const typed = await atMicrosoft('dan', { preferred_username: undefined, email: await emailOf('dan') })
    expect((await through(entra, 'microsoft', typed)).answer.text).toContain('Microsoft does not vouch')
  })

  it('knows a joined account for ever by its id, whatever its address is now', async () => {
    await through(google, 'google', await atGoogle('amara'))
    const renamed = await atGoogle('amara', { email: 'amara.new@tidewell.example' })
    expect((await through(google, 'google', renamed)).answer.to).toBe('/')
  })

  it('is not taken over by whoever is given the address later', async () => {
    await through(google, 'google', await atGoogle('grace'))
    const successor = await atGoogle('grace', { sub: 'google-successor' })
    const { browser, answer } = await through(google, 'google', successor)
    expect(answer.text).toContain('joined with another Google account')
    expect((await browser.ask('/')).to).toBe('/sign-in')
  })

  it('is not taken over by taking someone else’s address in the profile', async () => {
    await through(google, 'google', await atGoogle('neil'))
    const eve = await atGoogle('neil', { email: await emailOf('priya') })
    const { browser } = await through(google, 'google', eve)
    expect((await browser.ask('/')).text, 'Neil stays Neil').toMatch(/^Hello Neil/)
  })

  it('refuses whoever has left', async () => {
    await account('tomasz')
    await recordLeaver(world.people.priya!(), world.persons.tomasz!, '2026-03-19')
    const { answer } = await through(google, 'google', await atGoogle('tomasz'))
    expect(answer.text).toContain('it is recorded that you have left')
  })

  it('joins a signed-in person’s account, also with another address, and no one else’s', async () => {
    const browser = visitor(() => app)
    const { email } = await account('lena', 'three herons at low tide')
    await browser.ask('/sign-in', { email, password: 'three herons at low tide' })
    await entra.now({ person: await atMicrosoft('lena', { preferred_username: 'l.other@tidewell.example' }) })
    expect(
      (
        await browser.ask(`/sign-in/join/${world.trust}/${ids.microsoft}`, undefined, {
          'sec-fetch-site': 'cross-site',
        })
      ).status,
    ).toBe(403)
    const sent = await browser.ask(`/sign-in/join/${world.trust}/${ids.microsoft}`)
    const back = await entra.visit(sent.to!)
    expect((await browser.ask(back.pathname + back.search)).to).toBe('/account/ways?done=joined')
    const { browser: later } = await through(
      entra,
      'microsoft',
      await atMicrosoft('lena', { preferred_username: 'l.other@tidewell.example' }),
    )
    expect((await later.ask('/')).text).toMatch(/^Hello Lena/)
    await entra.now({ person: await atMicrosoft('ruth') })
    const again = await browser.ask(`/sign-in/join/${world.trust}/${ids.microsoft}`)
    const taken = await entra.visit(again.to!)
    expect((await browser.ask(taken.pathname + taken.search)).to).toBe('/account/ways')
    expect((await browser.ask('/account/ways')).text).toContain('is joined with somebody else’s account here')
  })

  it('signs out here at once, and offers to sign out there', async () => {
    await account('ruth')
    const { browser } = await through(entra, 'microsoft', await atMicrosoft('ruth'))
    const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const out = await browser.ask('/sign-out', {})
    expect(out.to).toBe(`/sign-in?out=${world.trust}-${ids.microsoft}`)
    expect((await browser.ask(out.to!)).text).toContain('sign out of Microsoft')
    expect(
      (await app.request('/', { headers: { cookie } })).headers.get('location'),
      'the cookie is worth nothing',
    ).toBe('/sign-in')
    const there = await browser.ask(`/sign-in/out/${world.trust}/${ids.microsoft}`)
    expect(there.to).toMatch(new RegExp(`^${entra.issuer}/session/end\\?`))
  })
})

describe('what comes back from a provider', () => {
  it('is taken only in the browser that began, once, and with the right state', async () => {
    await account('ruth')
    const { back, browser } = await through(entra, 'microsoft', await atMicrosoft('ruth'))
    const elsewhere = visitor(() => app)
    const sentence = 'was not begun in this browser'
    expect((await elsewhere.ask(back!.pathname + back!.search)).text, 'another browser').toContain(sentence)
    expect((await browser.ask(back!.pathname + back!.search)).text, 'a second time').toContain(sentence)
    const begun = await elsewhere.ask(`/sign-in/with/${world.trust}/${ids.microsoft}`)
    const own = await entra.visit(begun.to!)
    own.searchParams.set('state', 'forged')
    expect((await elsewhere.ask(own.pathname + own.search)).status).toBe(422)
    expect((await elsewhere.ask('/')).to).toBe('/sign-in')
  })

  it('is refused when somebody else’s code is put into one’s own sign-in', async () => {
    await account('ruth')
    await entra.now({ person: await atMicrosoft('ruth') })
    const [ruth, eve] = [visitor(() => app), visitor(() => app)]
    const [hers, eves] = [
      await entra.visit((await ruth.ask(`/sign-in/with/${world.trust}/${ids.microsoft}`)).to!),
      await entra.visit((await eve.ask(`/sign-in/with/${world.trust}/${ids.microsoft}`)).to!),
    ]
    eves.searchParams.set('code', hers.searchParams.get('code')!)
    expect((await eve.ask(eves.pathname + eves.search)).text).toContain('did not accept the sign-in')
  })

  it('is a sentence when the person went away', async () => {
    expect((await through(entra, 'microsoft', { sub: 'denied' })).answer.text).toContain(
      'You did not finish signing in at Microsoft',
    )
  })
})

describe('a provider in trouble', () => {
  const sentenceWhen = async (trouble: string, atStart = true) => {
    await account('ruth')
    await entra.now({ person: await atMicrosoft('ruth'), trouble: atStart ? trouble : '' })
    const browser = visitor(() => app)
    const sent = await browser.ask(`/sign-in/with/${world.trust}/${ids.microsoft}`)
    if (!sent.to) return sent.text
    const back = await entra.visit(sent.to)
    await entra.now({ trouble })
    const answer = await browser.ask(back.pathname + back.search)
    expect((await browser.ask('/')).to, 'nobody is in').toBe('/sign-in')
    return answer.text
  }

  it('that is down is said to be out of reach, before and after', async () => {
    expect(await sentenceWhen('down')).toContain('Microsoft can’t be reached just now')
    expect(await sentenceWhen('broken')).toContain('Microsoft can’t be reached just now')
    expect(await sentenceWhen('down', false)).toContain('Microsoft can’t be reached just now')
  })

  it('that answers slowly is not waited for longer than 6 seconds', async () => {
    expect(await sentenceWhen('slow')).toContain('did not answer within 6 seconds')
    expect(await sentenceWhen('slow token', false)).toContain('did not answer within 6 seconds')
  })

  it('that signs with an old key, or with one that is not its own, is not believed', async () => {
    expect(await sentenceWhen('old key', false)).toContain(
      'signed its answer with a key that it does not publish',
    )
    expect(await sentenceWhen('forged key', false)).toContain(
      'signed its answer with a key that it does not publish',
    )
  })

  it.each([-3_600_000, 3_600_000])(
    'whose clock and ours are an hour apart (%i) is not believed',
    async (shift) => {
      const wrong = await openIdentityProvider(backAddress(house), shift)
      try {
        ids.microsoft = await use('microsoft', wrong.issuer)
        const { answer } = await through(wrong, 'microsoft', await atMicrosoft('ruth'))
        expect(answer.text).toContain('clock and this machine’s are more than five minutes apart')
      } finally {
        await wrong.stop()
      }
    },
  )

  it('that no longer accepts our secret is told to the administrator by name', async () => {
    ids.microsoft = await use('microsoft', entra.issuer, { clientSecret: 'run out' })
    const { answer } = await through(entra, 'microsoft', await atMicrosoft('ruth'))
    expect(answer.text).toContain('does not accept Throughline’s own client ID and secret')
  })
})

describe('setting a provider', () => {
  it('keeps the client’s secret sealed, and opens it for this trust only', async () => {
    const kept = await read(world.people.priya!(), (db) =>
      db.selectFrom('access.identity_provider').select('secret_sealed').execute(),
    )
    expect(JSON.stringify(kept)).not.toContain('a secret of the client')
    const asked = await providerToAsk(house, world.trust, ids.microsoft)
    expect(asked.secret).toBe('a secret of the client')
    const [shown] = await providersOf(world.people.priya!())
    expect(JSON.stringify(shown)).not.toContain('secret')
    const moved = { ...house, config: { ...house.config, secret: 'another secret of another house, longer' } }
    expect((await providerToAsk(moved, world.trust, ids.microsoft)).secret).toBeUndefined()
  })

  it('is for those who manage people of the whole trust', async () => {
    const asked = {
      kind: 'google',
      belongsTo: 'x.example',
      clientId: 'c',
      clientSecret: 's',
      twoSteps: false,
    } as const
    await expect(setProvider(world.people.ruth!(), asked)).rejects.toThrow(Refusal)
    await expect(setProvider(world.people.priya!(), { ...asked, belongsTo: 'x y' })).rejects.toThrow(/domain/)
    await expect(
      setProvider(world.people.priya!(), { ...asked, issuer: 'http://elsewhere.example' }),
    ).rejects.toThrow(/https/)
    await expect(setProvider(world.people.priya!(), { ...asked, kind: 'microsoft' })).rejects.toThrow(
      /tenant/,
    )
  })

  it('shows a stranger nothing, and lets a stranger end nothing', async () => {
    expect(await providersOf(world.stranger)).toEqual([])
    await expect(endProvider(world.stranger, ids.google)).rejects.toThrow(NotHere)
    await expect(providerToAsk(house, world.stranger.trust, ids.google)).rejects.toThrow(NotHere)
  })

  it('ends at once', async () => {
    await endProvider(world.people.priya!(), ids.google)
    const browser = visitor(() => app)
    expect((await browser.ask(`/sign-in/with/${world.trust}/${ids.google}`)).status).toBe(404)
    expect((await browser.ask('/sign-in')).text).not.toContain('Sign in with Google')
  })
})
