import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { signInApp, visitor } from '../../../../test/visitor.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { person } from '../../organisation/index.ts'
import { viewerOf } from '../queries/viewer-of.ts'
import { accountOf, openAccount } from '../sign-in/accounts.ts'
import { setGroupRole } from './groups.ts'
import { makeScimToken, revokeScimToken, scimTokens } from './tokens.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let app: ReturnType<typeof signInApp>
let token: string

interface Said {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever JSON it is, and the test says what it must be
  body: any
  etag: string | null
  location: string | null
}
async function ask(
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Said> {
  const answer = await app.request(`/scim/v2${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/scim+json',
      ...(body ? { 'content-type': 'application/scim+json' } : {}),
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await answer.text()
  if (text) expect(answer.headers.get('content-type')).toMatch(/^application\/scim\+json/)
  return {
    status: answer.status,
    body: text ? JSON.parse(text) : undefined,
    etag: answer.headers.get('etag'),
    location: answer.headers.get('location'),
  }
}
const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User'
const patchOf = (...Operations: object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
})

/** RFC 7644, 3.3: the request by which Barbara is created. */
const barbara = {
  schemas: [userSchema],
  userName: 'bjensen@example.com',
  externalId: 'bjensen',
  name: { formatted: 'Ms. Barbara J Jensen III', familyName: 'Jensen', givenName: 'Barbara' },
}
let id: string

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  app = signInApp(house)
  token = await makeScimToken(world.people.priya!(), 'Entra')
})
afterAll(() => house.close())

describe('a directory’s token', () => {
  it('opens nothing when it is missing, made up, revoked, or of another trust', async () => {
    for (const authorization of [
      '',
      'Bearer',
      'Bearer nonsense',
      `Bearer ${world.trust}-${'a'.repeat(32)}`,
      'Basic cHJpeWE6eA==',
    ]) {
      const { status, body } = await ask('GET', '/Users', undefined, { authorization })
      expect({ status, body }).toMatchObject({
        status: 401,
        body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '401' },
      })
    }
    const other = await makeScimToken(world.stranger, 'Theirs')
    const theirs = await ask('GET', '/Users', undefined, { authorization: `Bearer ${other}` })
    expect(theirs.body.Resources.map((one: { userName: string }) => one.userName)).not.toContain(
      (await person(world.founder, world.persons.ruth!)).email,
    )
    expect(
      (await ask('GET', `/Users/${world.persons.ruth}`, undefined, { authorization: `Bearer ${other}` }))
        .status,
    ).toBe(404)
    const short = await makeScimToken(world.people.priya!(), 'Short')
    const [latest] = await scimTokens(world.people.priya!())
    await revokeScimToken(world.people.priya!(), latest!.id)
    expect((await ask('GET', '/Users', undefined, { authorization: `Bearer ${short}` })).status).toBe(401)
  })

  it('is made by those who manage people of the whole trust, and kept as a hash', async () => {
    await expect(makeScimToken(world.people.ruth!(), 'Mine')).rejects.toThrow(Refusal)
    expect(await scimTokens(world.people.ruth!())).toEqual([])
    expect((await scimTokens(world.stranger)).map((one) => one.name)).toEqual(['Theirs'])
    const [first] = await scimTokens(world.people.priya!())
    await expect(revokeScimToken(world.stranger, first!.id)).rejects.toThrow(NotHere)
    expect(JSON.stringify(await scimTokens(world.people.priya!()))).not.toContain(
      token.split('-')[1]!.slice(0, 8),
    )
  })

  it('is not a session: a cookie does not open SCIM', async () => {
    const browser = visitor(() => app)
    const { name, email } = await person(world.founder, world.persons.priya!)
    await openAccount(
      house,
      { trust: world.trust, person: world.persons.priya!, name, email },
      'three herons at low tide',
    )
    await browser.ask('/sign-in', { email, password: 'three herons at low tide' })
    expect((await browser.ask('/scim/v2/Users')).status).toBe(401)
  })
})

describe('what is supported', () => {
  it('is said at the three addresses of RFC 7644, 4', async () => {
    expect((await ask('GET', '/ServiceProviderConfig')).body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      filter: { supported: true, maxResults: 200 },
      etag: { supported: true },
      authenticationSchemes: [{ type: 'oauthbearertoken' }],
    })
    const types = (await ask('GET', '/ResourceTypes')).body
    expect(types.Resources.map((one: { endpoint: string }) => one.endpoint)).toEqual(['/Users', '/Groups'])
    expect((await ask('GET', '/ResourceTypes/User')).body).toMatchObject({ id: 'User', schema: userSchema })
    const schemas = (await ask('GET', '/Schemas')).body
    expect(schemas.totalResults).toBe(2)
    expect(
      (await ask('GET', `/Schemas/${userSchema}`)).body.attributes.map((one: { name: string }) => one.name),
    ).toContain('userName')
    expect((await ask('GET', '/Schemas?filter=id%20pr')).status).toBe(403)
    expect((await ask('GET', '/Me')).status).toBe(501)
    expect((await ask('GET', '/Nothing')).body.status).toBe('404')
  })
})

describe('users', () => {
  it('are created as in RFC 7644, 3.3', async () => {
    const made = await ask('POST', '/Users', barbara)
    expect(made.status).toBe(201)
    id = made.body.id
    expect(made.location).toBe(`${house.config.origin}/scim/v2/Users/${id}`)
    expect(made.etag).toMatch(/^W\/"/)
    expect(made.body).toMatchObject({
      ...barbara,
      active: true,
      emails: [{ value: 'bjensen@example.com', primary: true }],
      meta: { resourceType: 'User', location: made.location, version: made.etag },
    })
    expect((await viewerOf(house, world.trust, Number(id))).grants, 'known, and sees nothing yet').toEqual([])
    expect(await accountOf(house, world.trust, Number(id)), 'no account is made').toBeUndefined()
  })

  it('are refused a second time, with 409 uniqueness (3.3)', async () => {
    expect(await ask('POST', '/Users', { ...barbara, userName: 'BJensen@example.com' })).toMatchObject({
      status: 409,
      body: { scimType: 'uniqueness', status: '409' },
    })
    expect(await ask('POST', '/Users', { schemas: [userSchema] })).toMatchObject({
      status: 400,
      body: { scimType: 'invalidValue' },
    })
    expect(await ask('POST', '/Users', { ...barbara, userName: 'not an address' })).toMatchObject({
      status: 400,
    })
  })

  it('are read, found and paged (3.4)', async () => {
    expect((await ask('GET', `/Users/${id}`)).body.userName).toBe('bjensen@example.com')
    expect((await ask('GET', '/Users/2819c223-7f76-453a-919d-413861904646')).status).toBe(404)
    const found = await ask(
      'GET',
      `/Users?filter=${encodeURIComponent('userName eq "bjensen@example.com"')}&attributes=userName`,
    )
    expect(found.body).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 1,
      startIndex: 1,
      itemsPerPage: 1,
    })
    expect(Object.keys(found.body.Resources[0]).sort()).toEqual(['id', 'meta', 'schemas', 'userName'])
    const all = (await ask('GET', '/Users')).body
    const page = (await ask('GET', '/Users?startIndex=2&count=3')).body
    expect(page).toMatchObject({ totalResults: all.totalResults, startIndex: 2, itemsPerPage: 3 })
    expect(page.Resources[0].id).toBe(all.Resources[1].id)
    expect((await ask('GET', '/Users?count=0')).body).toMatchObject({ itemsPerPage: 0, Resources: [] })
    expect((await ask('GET', '/Users?startIndex=-5&count=1')).body.startIndex).toBe(1)
    expect(await ask('GET', '/Users?filter=userName%20is%20x')).toMatchObject({
      status: 400,
      body: { scimType: 'invalidFilter' },
    })
    const searched = await ask('POST', '/Users/.search', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      attributes: ['displayName', 'userName'],
      filter: 'displayName sw "Ms."',
      startIndex: 1,
      count: 10,
    })
    expect(searched.body.totalResults).toBe(1)
  })

  it('are replaced by PUT, with the ETag they were read at (3.5.1, 3.14)', async () => {
    const read = await ask('GET', `/Users/${id}`)
    expect((await ask('GET', `/Users/${id}`, undefined, { 'if-none-match': read.etag! })).status).toBe(304)
    const next = {
      ...barbara,
      id,
      name: { ...barbara.name, familyName: 'Jensen-Smith', formatted: 'Barbara Jensen-Smith' },
      title: 'Teacher',
    }
    const put = await ask('PUT', `/Users/${id}`, next, { 'if-match': read.etag! })
    expect(put).toMatchObject({
      status: 200,
      body: { displayName: 'Barbara Jensen-Smith', title: 'Teacher' },
    })
    expect(put.etag).not.toBe(read.etag)
    const late = await ask('PUT', `/Users/${id}`, barbara, { 'if-match': read.etag! })
    expect(late).toMatchObject({ status: 412, body: { status: '412' } })
    expect((await person(world.founder, Number(id))).name).toBe('Barbara Jensen-Smith')
  })

  it('are changed by PATCH, all of it or nothing (3.5.2)', async () => {
    const named = await ask(
      'PATCH',
      `/Users/${id}`,
      patchOf({ op: 'replace', path: 'name.familyName', value: 'Jensen' }),
    )
    expect(named).toMatchObject({
      status: 200,
      body: { displayName: 'Barbara Jensen', name: { familyName: 'Jensen' } },
    })
    const mailed = await ask(
      'PATCH',
      `/Users/${id}`,
      patchOf({ op: 'Replace', path: 'emails[type eq "work"].value', value: 'barbara@example.com' }),
    )
    expect(mailed.body).toMatchObject({
      userName: 'bjensen@example.com',
      emails: [{ value: 'barbara@example.com' }],
    })
    const wrong = await ask(
      'PATCH',
      `/Users/${id}`,
      patchOf({ op: 'replace', path: 'title', value: 'X' }, { op: 'replace', path: 'id', value: '1' }),
    )
    expect(wrong).toMatchObject({ status: 400, body: { scimType: 'mutability' } })
    expect((await ask('GET', `/Users/${id}`)).body.title).toBe('Teacher')
    const someoneElses = (await person(world.founder, world.persons.ruth!)).email
    expect(
      await ask(
        'PATCH',
        `/Users/${id}`,
        patchOf({ op: 'replace', path: 'emails[type eq "work"].value', value: someoneElses }),
      ),
    ).toMatchObject({
      status: 409,
      body: { scimType: 'uniqueness' },
    })
  })

  it('follow a changed address to the account that signs in, and end when active is false', async () => {
    const { name, email } = await person(world.founder, Number(id))
    const passphrase = 'three herons at low tide'
    await openAccount(house, { trust: world.trust, person: Number(id), name, email }, passphrase)
    const browser = visitor(() => app)
    expect((await browser.ask('/sign-in', { email, password: passphrase })).status).toBe(303)
    await ask(
      'PATCH',
      `/Users/${id}`,
      patchOf({ op: 'replace', value: { 'emails[type eq "work"].value': 'b@example.com' } }),
    )
    expect((await accountOf(house, world.trust, Number(id)))?.email).toBe('b@example.com')
    // Entra sends it as text.
    const off = await ask('PATCH', `/Users/${id}`, patchOf({ op: 'Replace', path: 'active', value: 'False' }))
    expect(off.body.active).toBe(false)
    expect((await browser.ask('/account')).to, 'signed out at once').toMatch(/^\/sign-in/)
    expect((await browser.ask('/sign-in', { email: 'b@example.com', password: passphrase })).status).toBe(422)
    expect(
      (await ask('PATCH', `/Users/${id}`, patchOf({ op: 'Replace', path: 'active', value: 'True' }))).body
        .active,
    ).toBe(true)
    expect((await browser.ask('/sign-in', { email: 'b@example.com', password: passphrase })).status).toBe(303)
  })

  it('are gone after DELETE (3.6), though what they did stays; created again they are the same person', async () => {
    const { body } = await ask('POST', '/Users', {
      ...barbara,
      userName: 'short@example.com',
      externalId: 'short',
    })
    expect((await ask('DELETE', `/Users/${body.id}`)).status).toBe(204)
    expect((await ask('GET', `/Users/${body.id}`)).status).toBe(404)
    expect((await ask('DELETE', `/Users/${body.id}`)).status).toBe(404)
    expect((await person(world.founder, Number(body.id))).leftOn).toBe('2026-03-19')
    const again = await ask('POST', '/Users', { ...barbara, userName: 'short@example.com' })
    expect(again).toMatchObject({ status: 201, body: { id: body.id, active: true } })
  })

  it('are never the last one who manages people', async () => {
    const { status, body } = await ask('DELETE', `/Users/${world.persons.priya}`)
    expect(status).toBe(400)
    expect(body.detail).toMatch(/^Nobody would be left who manages people in the whole trust/)
    expect((await ask('GET', `/Users/${world.persons.priya}`)).body.active).toBe(true)
  })
})

describe('groups', () => {
  let group: string
  const rolesOf = async (who: string) =>
    (await viewerOf(house, world.trust, Number(who))).grants.map(({ role, schools }) => ({ role, schools }))

  it('are created, and give nobody anything until an administrator says what they mean', async () => {
    const made = await ask('POST', '/Groups', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: 'Saltmarsh data team',
      members: [{ value: id }],
    })
    expect(made).toMatchObject({
      status: 201,
      body: { displayName: 'Saltmarsh data team', members: [{ value: id, type: 'User' }] },
    })
    group = made.body.id
    expect(await rolesOf(id)).toEqual([])
    expect((await ask('GET', `/Users/${id}`)).body.groups).toMatchObject([
      { value: group, display: 'Saltmarsh data team' },
    ])
    expect((await ask('POST', '/Groups', { displayName: 'saltmarsh DATA team' })).body.scimType).toBe(
      'uniqueness',
    )
  })

  it('give their role at its place to all members, from today', async () => {
    await setGroupRole(world.founder, Number(group), {
      role: 'data-manager',
      place: { node: 'school', school: world.schools.saltmarsh },
    })
    expect(await rolesOf(id)).toEqual([{ role: 'data-manager', schools: [world.schools.saltmarsh] }])
  })

  it('take members in and out by PATCH (3.5.2)', async () => {
    const second = (
      await ask('POST', '/Users', { ...barbara, userName: 'second@example.com', externalId: 'second' })
    ).body.id
    await ask(
      'PATCH',
      `/Groups/${group}`,
      patchOf({ op: 'add', path: 'members', value: [{ value: second }] }),
    )
    expect(await rolesOf(second)).toEqual([{ role: 'data-manager', schools: [world.schools.saltmarsh] }])
    const out = await ask(
      'PATCH',
      `/Groups/${group}`,
      patchOf({ op: 'remove', path: `members[value eq "${second}"]` }),
    )
    expect(out.body.members.map((one: { value: string }) => one.value)).toEqual([id])
    expect(await rolesOf(second)).toEqual([])
    const unknown = await ask(
      'PATCH',
      `/Groups/${group}`,
      patchOf({ op: 'add', path: 'members', value: [{ value: second }, { value: '999999' }] }),
    )
    expect(unknown).toMatchObject({ status: 400, body: { detail: 'There is no user 999999.' } })
    expect(await rolesOf(second), 'nothing of it').toEqual([])
  })

  it('leave out members when asked to, as Entra does', async () => {
    const found = await ask(
      'GET',
      `/Groups?excludedAttributes=members&filter=${encodeURIComponent('displayName eq "Saltmarsh data team"')}`,
    )
    expect(found.body.Resources[0]).not.toHaveProperty('members')
  })

  it('give the role again to someone who comes back', async () => {
    await ask('PATCH', `/Users/${id}`, patchOf({ op: 'replace', value: { active: false } }))
    await ask('PATCH', `/Users/${id}`, patchOf({ op: 'replace', value: { active: true } }))
    expect(await rolesOf(id)).toEqual([{ role: 'data-manager', schools: [world.schools.saltmarsh] }])
  })

  it('move with their role to another place, and end with it', async () => {
    await setGroupRole(world.founder, Number(group), {
      role: 'headteacher',
      place: { node: 'school', school: world.schools.gullRock },
    })
    expect(await rolesOf(id)).toEqual([{ role: 'headteacher', schools: [world.schools.gullRock] }])
    expect((await ask('DELETE', `/Groups/${group}`)).status).toBe(204)
    expect(await rolesOf(id)).toEqual([])
    expect((await ask('GET', `/Groups/${group}`)).status).toBe(404)
  })

  it('are given a role only by those who could give it, and by no stranger', async () => {
    const made = await ask('POST', '/Groups', { displayName: 'Heads' })
    const role = { role: 'headteacher', place: { node: 'school', school: world.schools.saltmarsh } } as const
    await expect(setGroupRole(world.people.ruth!(), Number(made.body.id), role)).rejects.toThrow(Refusal)
    await expect(setGroupRole(world.stranger, Number(made.body.id), undefined)).rejects.toThrow(NotHere)
    expect((await ask('GET', '/Groups')).body.totalResults).toBe(1)
  })
})
