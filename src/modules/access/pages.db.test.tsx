import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import type { House } from '../../platform/house.ts'
import { openWeb } from '../../platform/http/web.ts'
import { person } from '../organisation/index.ts'
import { audit, endRole, giveRole, signedIn } from './index.ts'
import { ownRoles } from './queries/person.ts'
import { routes, signInRoutes } from './routes.tsx'
import { openAccount } from './sign-in/accounts.ts'

const passphrase = 'three herons at low tide'
let house: House & { close: () => Promise<void> }
let world: World

const appOf = (of: House) => {
  const web = openWeb(of, { renderError: (problem) => `<h1>${problem.title}</h1><p>${problem.sentence}</p>` })
  web.route('/', signInRoutes(of))
  web.use(signedIn(of))
  web.get('/', (c) => c.text(`Hello ${c.get('viewer').name}`))
  web.get('/pupils/:id', (c) => c.text('a pupil'))
  return web.route('/', routes(of))
}
let app: ReturnType<typeof appOf>

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  app = appOf(house)
  for (const who of ['priya', 'ruth', 'dan', 'helen', 'amara', 'neil', 'grace', 'lena']) await account(who)
})
afterAll(() => house.close())

const account = async (who: string) => {
  const { name, email } = await person(world.founder, world.persons[who]!)
  await openAccount(house, { trust: world.trust, person: world.persons[who]!, name, email }, passphrase)
}
const emailOf = async (who: string) => (await person(world.founder, world.persons[who]!)).email

/** A browser without JavaScript: keeps its cookies, posts forms, follows nothing by itself. */
function browser(
  of: () => ReturnType<typeof appOf> = () => app,
  agent = 'Mozilla/5.0 (X11; CrOS x86_64) Chrome/140.0 Safari/537.36',
) {
  const jar = new Map<string, string>()
  const ask = async (path: string, form?: Record<string, string>, headers: Record<string, string> = {}) => {
    const answer = await of().request(path, {
      method: form ? 'POST' : 'GET',
      headers: {
        'user-agent': agent,
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form
          ? { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }
          : {}),
        ...headers,
      },
      ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0]!.split('=') as [string, string]
      if (value === '' || /Max-Age=0/i.test(cookie)) jar.delete(name)
      else jar.set(name, value)
    }
    return { status: answer.status, to: answer.headers.get('location'), text: await answer.text() }
  }
  const signIn = async (who: string, password = passphrase) =>
    ask('/sign-in', { email: await emailOf(who), password })
  return { ask, signIn, jar }
}

describe('a visitor who has not signed in', () => {
  it('is sent to sign in from every page, and then back to where they were going', async () => {
    const visitor = browser()
    for (const path of [
      '/account',
      '/people',
      '/people/roles',
      '/people/invite',
      `/people/${world.persons.ruth}`,
      '/audit',
    ])
      expect(await visitor.ask(path), path).toMatchObject({
        status: 303,
        to: `/sign-in?to=${encodeURIComponent(path)}`,
      })
    expect(await visitor.ask('/people/invite', { role: 'data-lead' })).toMatchObject({
      status: 303,
      to: '/sign-in',
    })
    const page = await visitor.ask('/sign-in?to=%2Fpeople%2Froles')
    expect(page.text).toContain('name="to" value="/people/roles"')
    const email = await emailOf('helen')
    expect(await visitor.ask('/sign-in', { email, password: passphrase, to: '/people/roles' })).toMatchObject(
      { status: 303, to: '/people/roles' },
    )
    expect(
      await browser().ask('/sign-in', { email, password: passphrase, to: '//evil.example' }),
    ).toMatchObject({ status: 303, to: '/' })
  })

  it('finds no way to make an account, and no list of people to be', async () => {
    const page = await browser().ask('/sign-in')
    expect(page).toMatchObject({ status: 200 })
    expect(page.text).toContain('Accounts are made by invitation only')
    expect(page.text).not.toContain('/sign-in/demo')
    for (const path of [
      '/sign-up',
      '/sign-in/api/sign-up/email',
      '/sign-in/api/sign-in/email',
      '/sign-in/demo',
    ]) {
      const answer = await browser().ask(path, {
        trust: String(world.trust),
        person: String(world.persons.priya),
        email: 'a@b.example',
        password: passphrase,
        name: 'A',
      })
      expect(answer, path).toMatchObject({ status: 303, to: '/sign-in' })
    }
  })

  it('finds the demo’s door nowhere, even when signed in', async () => {
    const helen = browser()
    await helen.signIn('helen')
    const form = { trust: String(world.trust), person: String(world.persons.priya) }
    expect((await helen.ask('/sign-in/demo', form)).status).toBe(404)
    expect((await helen.ask('/')).text).toBe('Hello Helen Marsh')
  })

  it('keeps what they typed when the password is wrong, but not the password', async () => {
    const answer = await browser().ask('/sign-in', { email: 'ruth@nowhere.example', password: 'wrong tide' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('The e-mail address or the password is not right.')
    expect(answer.text).toContain('value="ruth@nowhere.example"')
    expect(answer.text).not.toContain('wrong tide')
    expect((await browser().ask('/sign-in', { email: '', password: '' })).text).toContain(
      'Enter your e-mail address and your password.',
    )
  })

  it('can’t be made to sign in, or out, by another site', async () => {
    const form = { email: await emailOf('ruth'), password: passphrase }
    expect((await browser().ask('/sign-in', form, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await browser().ask('/sign-out', {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })
})

describe('Ruth, signed in', () => {
  it('sees her sessions, ends one elsewhere, and that browser is out at once', async () => {
    const [school, home] = [
      browser(),
      browser(undefined, 'Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Safari/605.1'),
    ]
    expect(await school.signIn('ruth')).toMatchObject({ status: 303, to: '/' })
    await home.signIn('ruth')
    expect((await home.ask('/')).text).toBe('Hello Ruth Kemp')
    const page = (await school.ask('/account')).text
    expect(page).toContain('Chrome on a Chromebook')
    expect(page).toContain('Safari on an iPad')
    expect(page).toContain('20 March 2026')
    const [, end] = /action="(\/account\/sessions\/[^"]+\/end)"/.exec(page)!
    expect(await school.ask(end!, {})).toMatchObject({ status: 303, to: '/account?done=ended' })
    expect(await home.ask('/')).toMatchObject({ status: 303, to: '/sign-in' })
    expect((await school.ask('/')).status).toBe(200)
  })

  it('can’t end a session of someone else', async () => {
    const [ruth, dan] = [browser(), browser()]
    await ruth.signIn('ruth')
    await dan.signIn('dan')
    const second = browser()
    await second.signIn('dan')
    const [, end] = /action="(\/account\/sessions\/[^"]+\/end)"/.exec((await dan.ask('/account')).text)!
    expect((await ruth.ask(end!, {})).status).toBe(404)
    expect((await second.ask('/')).status).toBe(200)
  })

  it('changes her password, and is signed out everywhere else', async () => {
    const [here, elsewhere] = [browser(), browser()]
    await here.signIn('grace')
    await elsewhere.signIn('grace')
    expect(
      (await here.ask('/account/password', { present: 'wrong', next: 'a new tide every day' })).text,
    ).toContain('The present password is not right.')
    expect((await here.ask('/account/password', { present: passphrase, next: 'short' })).status).toBe(422)
    expect(
      await here.ask('/account/password', { present: passphrase, next: 'a new tide every day' }),
    ).toMatchObject({ status: 303, to: '/account?done=password' })
    expect((await here.ask('/')).status).toBe(200)
    expect((await elsewhere.ask('/')).to).toBe('/sign-in')
    expect((await browser().signIn('grace')).status).toBe(422)
    expect((await browser().signIn('grace', 'a new tide every day')).status).toBe(303)
  })

  it('signs out, and the old cookie is worth nothing', async () => {
    const ruth = browser()
    await ruth.signIn('ruth')
    const kept = new Map(ruth.jar)
    expect(await ruth.ask('/sign-out', {})).toMatchObject({ status: 303, to: '/sign-in' })
    for (const [name, value] of kept) ruth.jar.set(name, value)
    expect((await ruth.ask('/')).to).toBe('/sign-in')
  })

  it('sees nothing from the moment her role ends, and is told so', async () => {
    const lena = browser()
    await lena.signIn('lena')
    expect((await lena.ask('/')).text).toBe('Hello Lena Novak')
    const viewer = world.people.lena!()
    const [role] = await ownRoles(viewer)
    await endRole(world.people.priya!(), role!.id, '2026-03-19')
    expect(await lena.ask('/')).toMatchObject({ status: 303, to: '/account' })
    expect((await lena.ask('/account')).text).toContain('19 March 2026')
    await giveRole(world.people.priya!(), {
      person: viewer.person,
      role: 'clerk',
      place: { node: 'trust' },
      from: '2026-03-20',
      to: null,
    })
    expect((await lena.ask('/')).status).toBe(200)
  })

  it('invites a teacher to one of her classes; the teacher opens the link, chooses a password and is in', async () => {
    const ruth = browser()
    await ruth.signIn('ruth')
    expect((await ruth.ask('/people/invite')).text).not.toContain('value="data-lead"')
    expect((await ruth.ask('/people/invite?role=data-lead')).status).toBe(404)
    const form = (await ruth.ask('/people/invite?role=class-teacher')).text
    expect(form).toContain('Saltmarsh: class 4L')
    expect(form).not.toContain('Gull Rock')
    const place = `class:${world.schools.saltmarsh}:${world.classes['4L']}`
    const who = {
      role: 'class-teacher',
      name: 'Tess Tidy',
      email: 'tess@tidewell.example',
      title: 'Teacher of 4L',
      place,
    }
    const days = {
      'from-day': '20',
      'from-month': '3',
      'from-year': '2026',
      'to-day': '',
      'to-month': '',
      'to-year': '',
    }
    const wrong = await ruth.ask('/people/invite', {
      ...who,
      ...days,
      email: 'tess',
      'from-day': '31',
      'from-month': '2',
    })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('value="Tess Tidy"')
    expect(
      (await ruth.ask('/people/invite', { ...who, ...days, 'from-day': '31', 'from-month': '2' })).text,
    ).toContain('Enter the day on which the role begins.')
    const sent = await ruth.ask('/people/invite', { ...who, ...days })
    expect(sent.to).toMatch(/^\/people\/\d+\?done=invited$/)
    const told = (await ruth.ask(sent.to!)).text
    expect(told).toContain('The invitation is on its way.')
    expect(told, 'the link is for Tess alone').not.toContain('/invitations/1-')
    const link = /\/invitations\/\S+/.exec(letters('tess@tidewell.example'))![0]
    const tess = browser()
    expect((await tess.ask(link)).text).toContain('Welcome, Tess Tidy')
    expect((await tess.ask(link, { password: 'short' })).text).toContain('at least 12 characters')
    expect(await tess.ask(link, { password: 'a heron in every pond' })).toMatchObject({
      status: 303,
      to: '/',
    })
    expect((await tess.ask('/')).text).toBe('Hello Tess Tidy')
    expect((await browser().ask(link)).status).toBe(410)
    expect((await browser().ask(link, { password: 'some other heron here' })).status).toBe(410)
    expect((await browser().ask('/invitations/1-nothing')).status).toBe(404)
  })

  it('gives Dan a role until summer and ends it again, on his page', async () => {
    const ruth = browser()
    await ruth.signIn('ruth')
    const path = `/people/${world.persons.dan}`
    expect((await ruth.ask(`${path}/give?role=local-governor`)).text).toContain('Saltmarsh')
    const days = {
      'from-day': '20',
      'from-month': '3',
      'from-year': '2026',
      'to-day': '31',
      'to-month': '8',
      'to-year': '2026',
    }
    const role = { role: 'local-governor', place: `school:${world.schools.saltmarsh}`, ...days }
    expect(await ruth.ask(`${path}/roles`, role)).toMatchObject({ status: 303, to: `${path}?done=given` })
    expect((await ruth.ask(`${path}/roles`, role)).text).toContain(
      'They hold this role there already, until 31 August 2026.',
    )
    const page = (await ruth.ask(path)).text
    expect(page).toContain('20 March 2026 to 31 August 2026')
    const grant = (await ownRoles(world.people.dan!())).find((held) => held.role === 'local-governor')!
    const late = await ruth.ask(`${path}/roles/${grant.id}/end`, {
      when: 'day',
      'last-day': '1',
      'last-month': '9',
      'last-year': '2026',
    })
    expect(late.text).toContain('This role ends on 31 August 2026. To go on longer, give it again.')
    expect(await ruth.ask(`${path}/roles/${grant.id}/end`, { when: 'now' })).toMatchObject({
      status: 303,
      to: `${path}?done=ended`,
    })
    expect((await ruth.ask(path)).text).toContain('Earlier roles')
  })

  it('searches her people by name and school', async () => {
    const ruth = browser()
    await ruth.signIn('ruth')
    const found = (await ruth.ask('/people?name=dan+FRY&school=saltmarsh&page=9')).text
    expect(found).toContain('>Dan Fry</a>')
    expect(found).not.toContain('>Grace Coker</a>')
    expect(found).toContain('value="dan FRY"')
    expect((await ruth.ask('/people?name=Neil')).text).toContain('Nobody here has “Neil”')
  })

  it('records that Grace has left: she is out at once, and it can be taken back', async () => {
    // Grace changed her password above.
    const password = 'a new tide every day'
    const [ruth, grace] = [browser(), browser()]
    await ruth.signIn('ruth')
    await grace.signIn('grace', password)
    const path = `/people/${world.persons.grace}`
    expect((await ruth.ask(path)).text).toContain(`${path}/leaving`)
    const day = { 'last-day': '19', 'last-month': '3', 'last-year': '2026' }
    const wrong = await ruth.ask(`${path}/leaving`, { ...day, 'last-day': '40' })
    expect(wrong).toMatchObject({ status: 422 })
    expect(wrong.text).toContain('Enter the last day they worked here.')
    expect((await grace.ask('/')).text).toContain('Hello Grace Coker')
    expect(await ruth.ask(`${path}/leaving`, day)).toMatchObject({ status: 303, to: `${path}?done=left` })
    expect(await grace.ask('/')).toMatchObject({ status: 303, to: '/sign-in' })
    expect((await grace.signIn('grace', password)).status).not.toBe(303)
    const page = (await ruth.ask(path)).text
    expect(page).toContain('19 March 2026')
    expect(page).toContain('sees nothing')
    expect((await ruth.ask('/audit')).text).toContain(
      'Ruth Kemp recorded that Grace Coker left, with 19 March 2026 as the last day.',
    )
    expect(await ruth.ask(`${path}/leaving/undo`, {})).toMatchObject({ status: 303, to: `${path}?done=back` })
    expect((await person(world.founder, world.persons.grace!)).leftOn).toBeNull()
    expect(await grace.signIn('grace', password)).toMatchObject({ status: 303 })
  })

  it('can’t record that she herself has left, nor that someone elsewhere has', async () => {
    const ruth = browser()
    await ruth.signIn('ruth')
    const day = { 'last-day': '19', 'last-month': '3', 'last-year': '2026' }
    const own = `/people/${world.persons.ruth}/leaving`
    expect((await ruth.ask(own)).status).toBe(404)
    expect((await ruth.ask(own, day)).text).toContain('you yourself have left')
    expect((await ruth.ask(`/people/${world.persons.neil}/leaving`, day)).status).toBe(404)
    for (const who of ['ruth', 'neil'])
      expect((await person(world.founder, world.persons[who]!)).leftOn, who).toBeNull()
  })

  it('is not shown people of other schools, nor may she try', async () => {
    const ruth = browser()
    await ruth.signIn('ruth')
    const list = (await ruth.ask('/people')).text
    expect(list).toContain('Dan Fry')
    expect(list).not.toContain('Neil Hart')
    const neil = `/people/${world.persons.neil}`
    expect((await ruth.ask(neil)).status).toBe(404)
    expect(
      (await ruth.ask(`${neil}/roles`, { role: 'data-manager', place: `school:${world.schools.saltmarsh}` }))
        .status,
    ).toBe(404)
    expect((await ruth.ask(`${neil}/invitations`, {})).status).toBe(404)
    expect((await ruth.ask('/people?school=gull-rock')).status).toBe(404)
    expect((await ruth.ask('/audit?school=gull-rock')).status).toBe(404)
    const own = (await ownRoles(world.people.ruth!()))[0]!
    expect(
      (await ruth.ask(`/people/${world.persons.dan}/roles/${own.id}/end`, { when: 'now' })).status,
      'a role of someone else',
    ).toBe(404)
  })

  it('reads who looked at her pupils', async () => {
    await audit(world.people.grace!(), {
      deed: 'saw pupil',
      subject: 'organisation.pupil',
      id: world.pupils['Callum Tierney']!,
      school: world.schools.saltmarsh,
    })
    const ruth = browser()
    await ruth.signIn('ruth')
    const page = (await ruth.ask('/audit')).text
    expect(page).toContain('Grace Coker saw pupil Callum Tierney, Saltmarsh.')
    expect(page).not.toContain('Check that the chain holds')
  })
})

describe('everyone else', () => {
  it('may read who may see what, and nothing more of people', async () => {
    const helen = browser()
    await helen.signIn('helen')
    const page = (await helen.ask('/people/roles')).text
    for (const words of [
      'Trust data lead',
      'Governance professional',
      'See pupils by name, with their results and history',
    ])
      expect(page).toContain(words)
    expect(await helen.ask('/people')).toMatchObject({ status: 303, to: '/people/roles' })
    for (const path of ['/people/invite', '/audit', `/people/${world.persons.ruth}`])
      expect((await helen.ask(path)).status, path).toBe(404)
  })

  it('the data lead has the chain checked', async () => {
    const priya = browser()
    await priya.signIn('priya')
    expect((await priya.ask('/audit?check=yes')).text).toContain('The chain holds.')
    expect((await priya.ask('/audit?deed=signed%20in')).text).toContain('Priya Raman signed in.')
  })
})

describe('a forgotten password', () => {
  it('is set anew on three pages', async () => {
    const visitor = browser()
    const email = await emailOf('neil')
    expect((await visitor.ask('/reset', { email: 'neil' })).status).toBe(422)
    const known = await visitor.ask('/reset', { email })
    const unknown = await visitor.ask('/reset', { email: 'nobody@tidewell.example' })
    expect(unknown.text.replace('nobody@tidewell.example', email)).toBe(known.text)
    const link = await vi.waitFor(() => /\/reset\/\S+/.exec(letters(email, '/reset/'))![0])
    expect((await visitor.ask(link)).text).toContain(email)
    expect((await visitor.ask(link, { password: 'short' })).status).toBe(422)
    expect(await visitor.ask(link, { password: 'gulls on every rock' })).toMatchObject({
      status: 303,
      to: '/sign-in?done=password',
    })
    expect((await visitor.ask(link)).text).toContain('This link no longer works')
    expect((await visitor.signIn('neil', 'gulls on every rock')).status).toBe(303)
  })
})

describe('while the demo runs', () => {
  it('one click signs in as one of its people', async () => {
    const demo = appOf({ ...house, config: { ...house.config, demo: true } })
    const visitor = browser(() => demo)
    const page = (await visitor.ask('/sign-in')).text
    // Grace's role ended when she left, above: the door lists who holds one today.
    expect(page).not.toContain('Grace Coker')
    for (const name of [
      'Amara Okafor',
      'Priya Raman',
      'Ruth Kemp',
      'Dan Fry',
      'Neil Hart',
      'Tomasz Zielinski',
      'Helen Marsh',
      'Owen Pryce',
      'Lena Novak',
    ])
      expect(page).toContain(name)
    expect(
      await visitor.ask('/sign-in/demo', { trust: String(world.trust), person: String(world.persons.amara) }),
    ).toMatchObject({ status: 303, to: '/' })
    expect((await visitor.ask('/')).text).toBe('Hello Amara Okafor')
    expect((await visitor.ask('/sign-in/demo', { trust: '1', person: 'x' })).status).toBe(404)
  })
})

describe('the audit trail as a page', () => {
  it('narrows by pupil and by day, says what it can’t read, and leaves as a file', async () => {
    const priya = browser()
    await priya.signIn('priya')
    await audit(world.people.grace!(), {
      deed: 'saw pupil',
      subject: 'organisation.pupil',
      id: world.pupils['Maja Wojcik']!,
      school: world.schools.saltmarsh,
    })
    const upn = world.upns['Maja Wojcik']!
    const page = (await priya.ask(`/audit?upn=${upn}&from=2026-03-20&to=2026-03-20`)).text
    expect(page).toContain('Grace Coker saw pupil Maja Wojcik, Saltmarsh.')
    expect((await priya.ask(`/audit?upn=${upn}&from=2026-03-21`)).text).toContain('Nothing like that')
    const odd = (await priya.ask('/audit?upn=X1&from=tomorrow')).text
    expect(odd).toContain('No pupil whom you may see has the UPN X1.')
    expect(odd).toContain('“tomorrow” is not a day.')
    const file = await priya.ask(`/audit?upn=${upn}&as=csv`)
    expect(file.text).toContain('Grace Coker,saw pupil,Saltmarsh,')
    expect((await priya.ask('/audit?deed=exported')).text).toContain('the audit trail, CSV')
  })
})

describe('breaking the glass on its page', () => {
  it('says what is missing, keeps what was typed, then leads to the pupil', async () => {
    const dan = browser()
    expect(await dan.signIn('dan')).toMatchObject({ status: 303, to: '/' })
    const typed = { school: 'gull-rock', upn: world.upns['Tom Bell']!, hours: '1' }
    const short = await dan.ask('/break-glass', { ...typed, reason: 'urgent' })
    expect(short).toMatchObject({ status: 422 })
    expect(short.text).toContain('Say in a sentence why you need to see it now')
    expect(short.text).toContain('urgent')
    expect(
      await dan.ask('/break-glass', { ...typed, reason: 'Taxi driver needs to know who may collect him.' }),
    ).toMatchObject({ status: 303, to: `/pupils/${world.pupils['Tom Bell']}` })
    const page = (await dan.ask('/break-glass')).text
    expect(page).toContain('Open until')
    expect(page).toContain('You see pupils beyond your role until')
    const end = /action="(\/break-glass\/\d+\/end)"/.exec(page)![1]!
    expect(await dan.ask(end, {})).toMatchObject({ status: 303, to: '/break-glass?done=ended' })
    expect((await dan.ask('/break-glass')).text).not.toContain('You see pupils beyond your role')
  })
})

/** The letters that went to an address, latest last. */
function letters(to: string, holding = ''): string {
  const folder = join(house.config.data, 'outbox')
  const found = readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('=\n', ''))
    .filter((letter) => letter.includes(`To: ${to}`) && letter.includes(holding))
  return found.at(-1) ?? ''
}
