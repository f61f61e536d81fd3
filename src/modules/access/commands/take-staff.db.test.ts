import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { signInApp, visitor } from '../../../../test/visitor.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { read } from '../../../platform/database/door.ts'
import { people, person, personByEmail } from '../../organisation/index.ts'
import { viewerOf } from '../queries/viewer-of.ts'
import { accountOf, openAccount } from '../sign-in/accounts.ts'
import { handleInvitations } from './invite-soon.ts'
import { takeStaff, tryStaff } from './take-staff.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
const priya = () => world.people.priya!()

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house.close())

const file = `E-mail address;First name;Surname;Post;School;Role;Class;From;To;Left
kim.ash@tidewell.example;Kim;Ash;Class teacher;Saltmarsh;Class teacher;4C;;;
kim.ash@tidewell.example;Kim;Ash;Class teacher;Saltmarsh;subject-leader;;20/03/2026;31/08/2026;
jo.elm@tidewell.example;Jo;Elm;Trust clerk;;Governance professional;;;;
jo.elm@tidewell.example;;;;;Wizard;;;;
sam.oak@tidewell.example;Sam;Oak;;Nowhere Academy;headteacher;;;;
not an address;Ann;Yew;;;;;;;
;Bo;Fir;;;;;;;
lee.may@tidewell.example;Lee;May;;;class-teacher;;;;
max.bay@tidewell.example;Max;Bay;;;trustee;;31/02/2026;;
`

describe('a staff file', () => {
  it('says what it would do, each bad row in a sentence, and does nothing', async () => {
    const before = (await people(priya())).length
    const tried = await tryStaff(priya(), file)
    expect(tried).toMatchObject({ rows: 9, roles: 3, unchanged: 0 })
    expect(tried.added.map(({ name }) => name)).toEqual(['Kim Ash', 'Jo Elm'])
    expect(tried.bad.map(({ row, because }) => [row, because])).toEqual([
      [5, expect.stringMatching(/^There is no role “Wizard”\. There are: Administrator/)],
      [6, 'There is no school “Nowhere Academy”. Write its URN or its name.'],
      [7, 'Enter an e-mail address, like name@school.org.uk.'],
      [8, 'The e-mail address is missing.'],
      [9, 'The role Class teacher is held at a class, not at the whole trust.'],
      [10, '“31/02/2026” is not a day. Write it as 2026-09-01 or 01/09/2026.'],
    ])
    expect((await people(priya())).length).toBe(before)
  })

  it('is then taken in at once, good rows only, and says the second time that all is so already', async () => {
    const tried = await tryStaff(priya(), file)
    await takeStaff(priya(), file.replaceAll('\n', '\r\n'), { mark: tried.mark, invite: true })
    const kim = (await personByEmail(priya(), 'kim.ash@tidewell.example'))!
    await handleInvitations(house)
    for (const { id } of await house.jobs.recent(priya(), 10)) await house.jobs.settled(priya(), id, 30_000)
    const invitations = await read(priya(), (db) =>
      db.selectFrom('access.invitation').select('person_id').where('person_id', '=', kim.id).execute(),
    )
    expect(invitations).toHaveLength(1)
    expect((await viewerOf(house, world.trust, kim.id)).grants).toEqual(
      expect.arrayContaining([
        {
          role: 'class-teacher',
          node: 'class',
          schools: [world.schools.saltmarsh],
          class: world.classes['4C'],
        },
        { role: 'subject-leader', node: 'school', schools: [world.schools.saltmarsh] },
      ]),
    )
    const again = await tryStaff(priya(), file)
    expect(again).toMatchObject({ added: [], changed: 0, roles: 0, unchanged: 3 })
  })

  it('records leavers, whose sessions end, and changes names', async () => {
    const passphrase = 'three herons at low tide'
    const lena = await person(priya(), world.persons.lena!)
    await openAccount(
      house,
      { trust: world.trust, person: lena.id, name: lena.name, email: lena.email },
      passphrase,
    )
    const app = signInApp(house)
    const browser = visitor(() => app)
    await browser.ask('/sign-in', { email: lena.email, password: passphrase })
    expect((await browser.ask('/')).status).toBe(200)
    const amara = await person(priya(), world.persons.amara!)
    const taken = await takeStaff(
      priya(),
      `email,name,left\n${lena.email},,2026-03-19\n${amara.email},Amara Okafor-Bell,\n`,
      { invite: false },
    )
    expect(taken).toMatchObject({ changed: 1, left: [{ id: lena.id, last: '2026-03-19' }] })
    expect((await browser.ask('/')).to).toBe('/sign-in')
    expect(await accountOf(house, world.trust, lena.id), 'the account stays, and opens nothing').toBeDefined()
    expect((await person(priya(), amara.id)).name).toBe('Amara Okafor-Bell')
  })

  it('lets a headteacher do what a headteacher may, and no more', async () => {
    const ruth = world.people.ruth!()
    const tried = await tryStaff(
      ruth,
      'email,name,title,school,role\nnew.one@tidewell.example,New One,Teacher,Saltmarsh,data-manager\nnew.two@tidewell.example,New Two,Teacher,Gull Rock,data-manager\nnew.three@tidewell.example,New Three,Boss,,administrator\n',
    )
    expect(tried.added.map(({ name }) => name)).toEqual(['New One'])
    expect(tried.bad.map(({ row }) => row)).toEqual([3, 4])
    await expect(tryStaff(world.people.dan!(), file)).rejects.toThrow(Refusal)
  })

  it('reaches nobody of another trust', async () => {
    const ruth = await person(priya(), world.persons.ruth!)
    const tried = await tryStaff(world.stranger, `email,left\n${ruth.email},2026-03-01\n`)
    expect(tried.bad).toHaveLength(1)
    expect(tried.bad[0]!.because).toContain('is new here, and the row has no name')
  })

  it('is refused when it is no staff file, or not the one that was checked', async () => {
    for (const wrong of [
      '',
      'email\n',
      'name,role\nKim,clerk\n',
      'email,name\n"kim@x.example,Kim\n',
      `email\n${'a@b.example\n'.repeat(5001)}`,
    ])
      await expect(tryStaff(priya(), wrong), wrong.slice(0, 20)).rejects.toThrow(Refusal)
    const { mark } = await tryStaff(priya(), file)
    await expect(takeStaff(priya(), `${file}x@y.example;X;Y\n`, { mark, invite: false })).rejects.toThrow(
      /not the one that was checked/,
    )
  })

  it('goes through the pages: checked, then done', async () => {
    const { name, email } = await person(priya(), world.persons.priya!)
    await openAccount(
      house,
      { trust: world.trust, person: world.persons.priya!, name, email },
      'three herons at low tide',
    )
    const app = signInApp(house)
    const browser = visitor(() => app)
    await browser.ask('/sign-in', { email, password: 'three herons at low tide' })
    const form = new FormData()
    form.set('file', new File(['email,name,title\n=cmd@tidewell.example,<b>Bold</b>,Clerk\n'], 'people.csv'))
    const checked = await app.request('/people/file', {
      method: 'POST',
      headers: {
        cookie: [...browser.jar].map(([key, value]) => `${key}=${value}`).join('; '),
        'sec-fetch-site': 'same-origin',
      },
      body: form,
    })
    const page = await checked.text()
    expect(checked.status).toBe(200)
    expect(page).not.toContain('<b>Bold</b>')
    expect(await browser.ask('/people/file')).toMatchObject({ status: 200 })
    const text = 'email,name\nlast.one@tidewell.example,Last One\n'
    const { mark } = await tryStaff(priya(), text)
    const done = await browser.ask('/people/file/publish', { text, mark })
    expect(done.text).toContain('The file is taken in')
    expect(await personByEmail(priya(), 'last.one@tidewell.example')).toMatchObject({ name: 'Last One' })
    expect((await browser.ask('/people/file/publish', { text, mark: 'other' })).status).toBe(422)
  })
})
