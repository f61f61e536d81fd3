import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { read } from '../../../platform/database/door.ts'
import { openWeb } from '../../../platform/http/web.ts'
import { schoolById } from '../../organisation/index.ts'
import { dropByCode } from '../drops/queries/drops.ts'
import { packageOf, zipOf } from '../imports/formats/oneroster/sample.ts'
import { importsOf } from '../imports/index.ts'
import { publicRoutes } from '../routes.tsx'
import { atWork, visiting } from '../test/visit.ts'
import { keyHolder, makeKey, revokeKey, uploadKeys } from './keys.ts'
import { sendByKey, sendingOf, sendingSoon } from './send-by-key.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let web: ReturnType<typeof openWeb>
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  await atWork(house)
})
beforeEach(() => {
  web = openWeb(house, { renderError: (problem) => problem.sentence })
  web.route('/', publicRoutes(house))
})
afterAll(() => house.close())

const send = async (
  secret: string,
  body: string | Uint8Array<ArrayBuffer> | undefined,
  { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
) => {
  const answer = await web.request(`/api/v1/files${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, prefer: 'wait=60', ...headers },
    body,
  })
  return {
    status: answer.status,
    headers: answer.headers,
    ...((await answer.json()) as { id: number; error: string; receipts: readonly Record<string, unknown>[] }),
  }
}
const marks = (score: number) =>
  `UPN,Surname,Forename,Reading scaled score\n${world.upns['Zara Ahmed']},Ahmed,Zara,${score}\n${world.upns['Tom Bell']},Bell,Tom,99\n`
const keyOf = (publishes: boolean, school: number | null = world.schools.gullRock) =>
  makeKey(world.people.priya!(), { name: 'Nightly export', school, publishes })

describe('a key', () => {
  it('sends a school’s marks into the open drop and publishes them, in its own name', async () => {
    const secret = await keyOf(true)
    const sent = await send(secret, marks(101), { query: '?name=night.csv' })
    expect(sent).toMatchObject({
      status: 201,
      id: expect.any(Number),
      receipts: [{ kind: 'results', state: 'published', snapshot: expect.any(Number), says: 'night.csv' }],
    })
    const priya = world.people.priya!()
    const [trail] = await read(priya, (db) =>
      db
        .selectFrom('access.audit')
        .select(['person_name', 'deed', 'school_id', 'detail'])
        .where('deed', '=', 'sent file by key')
        .execute(),
    )
    expect(trail).toMatchObject({
      person_name: 'Key “Nightly export”',
      school_id: world.schools.gullRock,
      detail: { file: 'night.csv', status: 201 },
    })
    const asked = await web.request(`/api/v1/files/${sent.id}`, {
      headers: { authorization: `Bearer ${secret}` },
    })
    expect(await asked.json()).toMatchObject({ id: sent.id, receipts: sent.receipts })
  })

  it('does once what is asked twice: by Idempotency-Key, and by the file itself', async () => {
    const secret = await keyOf(true)
    const priya = world.people.priya!()
    const drop = await dropByCode(priya, world.drop)
    const once = await send(secret, marks(103), { headers: { 'idempotency-key': 'night-1' } })
    const many = (await importsOf(priya, drop.id, world.schools.gullRock)).length
    const twice = await send(secret, marks(103), { headers: { 'idempotency-key': 'night-1' } })
    expect(once.status).toBe(201)
    expect(twice).toMatchObject({ status: 200, id: once.id, receipts: once.receipts })
    expect(twice.headers.get('idempotency-replayed')).toBe('true')
    expect(await send(secret, marks(104), { headers: { 'idempotency-key': 'night-1' } })).toMatchObject({
      status: 422,
      error: expect.stringContaining('used for another file'),
    })
    expect(await send(secret, marks(103), { headers: { 'idempotency-key': 'night-2' } })).toMatchObject({
      status: 200,
      receipts: [{ state: 'nothing new' }],
    })
    expect(await importsOf(priya, drop.id, world.schools.gullRock)).toHaveLength(many)
  })

  it('does not wait for the file unless asked to: 202, and where its answer will stand', async () => {
    const secret = await keyOf(true)
    const wish = { headers: { prefer: '', 'idempotency-key': 'no-waiting' } }
    const sent = await send(secret, marks(108), wish)
    expect(sent).toMatchObject({
      status: 202,
      id: expect.any(Number),
      href: expect.stringMatching(/^\/api\/v1\/files\/\d+$/),
    })
    const place = sent.headers.get('location')!
    expect(place).toBe(`/api/v1/files/${sent.id}`)
    expect(sent.headers.get('retry-after')).toBe('2')
    const again = await send(secret, marks(108), wish)
    expect(again.id).toBe(sent.id)
    const answer = await web.request(place, {
      headers: { authorization: `Bearer ${secret}`, prefer: 'wait=60' },
    })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      id: sent.id,
      state: 'done',
      receipts: [{ state: 'published' }],
    })
  })

  it('whose key was revoked while it waited is not read', async () => {
    const secret = await keyOf(true)
    const priya = world.people.priya!()
    const [key] = await uploadKeys(priya)
    const holder = (await keyHolder(house, secret))!
    const upload = { name: 'late.csv', ...(await house.files.keep(Buffer.from(marks(109)))) }
    await revokeKey(priya, key!.id)
    const { id } = await sendByKey(holder, { upload })
    expect((await sendingSoon(holder, await sendingOf(holder, id), 60_000)).answer).toEqual({
      error: expect.stringContaining('was revoked before'),
    })
  })

  it('does once what is asked five times at the same moment', async () => {
    const secret = await keyOf(true)
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        send(secret, marks(106), { headers: { 'idempotency-key': 'together' } }),
      ),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.every(({ status }) => [200, 201, 409].includes(status))).toBe(true)
  })

  it('that may not publish leaves its file for a person', async () => {
    expect(await send(await keyOf(false), marks(107))).toMatchObject({
      status: 201,
      receipts: [
        {
          state: 'waits',
          why: expect.stringContaining('publish it'),
          page: expect.stringContaining('/imports/'),
        },
      ],
    })
  })

  it('brings a roster on to the record, and the same one the next night is nothing new', async () => {
    const secret = await keyOf(true)
    const zip = new Uint8Array(zipOf(packageOf('1.2')))
    expect(await send(secret, zip)).toMatchObject({
      status: 201,
      receipts: [{ kind: 'record', state: 'put in' }],
    })
    expect(await send(secret, zip)).toMatchObject({ status: 200, receipts: [{ state: 'nothing new' }] })
  })

  it('of one school can’t send for another, nor one trust’s for another’s', async () => {
    const secret = await keyOf(true)
    const saltmarsh = await schoolById(world.people.priya!(), world.schools.saltmarsh)
    expect(await send(secret, marks(101), { query: `?school=${saltmarsh.urn}` })).toMatchObject({
      status: 422,
      error: `This key does not send for a school with the URN ${saltmarsh.urn}.`,
    })
    const theirs = await makeKey(world.stranger, {
      name: 'Theirs',
      school: world.strangersSchool,
      publishes: true,
    })
    expect((await send(theirs, marks(101), { query: `?school=${saltmarsh.urn}` })).status).toBe(422)
    const swapped = theirs.replace(/^thr_\d+/, `thr_${world.trust}`)
    expect(await send(swapped, marks(101))).toMatchObject({
      status: 401,
      error: expect.stringMatching(/no such key/),
    })
    const ours = await send(secret, marks(102))
    const looked = await web.request(`/api/v1/files/${ours.id}`, {
      headers: { authorization: `Bearer ${theirs}` },
    })
    expect(looked.status).toBe(404)
  })

  it('is over when it is revoked, and is known to the record only by its hash', async () => {
    const secret = await keyOf(true)
    const priya = world.people.priya!()
    const [key] = await uploadKeys(priya)
    const kept = await read(priya, (db) => db.selectFrom('evidence.upload_key').selectAll().execute())
    expect(JSON.stringify(kept)).not.toContain(secret.slice(8))
    await expect(revokeKey(world.stranger, key!.id)).rejects.toThrow(NotHere)
    await expect(revokeKey(world.people.ruth!(), key!.id)).rejects.toThrow(NotHere)
    await revokeKey(priya, key!.id)
    expect((await send(secret, marks(101))).status).toBe(401)
  })

  it('is made only by those who may send for the school, and seen only by them', async () => {
    const wish = { name: 'Mine', school: world.schools.gullRock, publishes: false }
    for (const who of ['ruth', 'helen', 'grace'])
      await expect(makeKey(world.people[who]!(), wish)).rejects.toThrow(Refusal)
    await expect(makeKey(world.stranger, wish)).rejects.toThrow(NotHere)
    expect(await uploadKeys(world.stranger)).not.toContainEqual(
      expect.objectContaining({ name: 'Nightly export' }),
    )
    expect(await uploadKeys(world.people.ruth!())).toEqual([])
    await expect(makeKey(world.people.neil!(), { ...wish, name: ' ' })).rejects.toThrow(
      'Say what the key is for',
    )
  })

  it('is told in a sentence what is wrong with a request', async () => {
    const secret = await keyOf(true)
    const sentence = async (...asked: Parameters<typeof send>) => (await send(...asked)).error
    expect(await sentence(secret, undefined)).toContain('no body')
    expect(await sentence(secret, '%PDF-1.7 not a table')).toContain('This is a PDF')
    expect(await sentence(secret, marks(101), { query: '?school=12' })).toBe('A URN has six digits.')
    expect(await sentence(secret, marks(101), { query: '?drop=2031-autumn' })).toBe(
      'There is no drop 2031-autumn.',
    )
    expect(await sentence('not-a-key', marks(101))).toContain('no such key')
  })

  it('sends a file of several megabytes, whose length is said beforehand', async () => {
    const padding = 'x'.repeat(300)
    const long = `UPN,Surname,Forename,Reading scaled score,Note\n${`,,,,${padding}\n`.repeat(8_000)}${world.upns['Zara Ahmed']},Ahmed,Zara,111,\n`
    const sent = await send(await keyOf(true), long, {
      query: '?name=long.csv',
      headers: {
        'content-length': String(long.length),
        'content-type': 'application/x-www-form-urlencoded',
      },
    })
    expect(long.length).toBeGreaterThan(2 * 1024 * 1024)
    expect(sent).toMatchObject({ status: 201, receipts: [{ says: 'long.csv' }] })
  })

  it('that is wrong may not be tried often, and a right one may not pour files in', async () => {
    let last = 0
    for (let tries = 0; tries < 25; tries++)
      last = (await send(`thr_${world.trust}_${'x'.repeat(43)}`, 'x')).status
    expect(last).toBe(429)
    const secret = await keyOf(true)
    const busy = await Promise.all(Array.from({ length: 70 }, () => send(secret, undefined)))
    const stopped = busy.find(({ status }) => status === 429)
    expect(stopped?.headers.get('retry-after')).toMatch(/^\d+$/)
  })
})

describe('the pages of keys', () => {
  it('show a key once, say how it is used, and revoke it', async () => {
    const neil = visiting(house, world.people.neil!())
    const made = await neil.post('/files/keys', {
      name: 'Bromcom at night',
      school: String(world.schools.gullRock),
      publishes: 'yes',
    })
    const secret = /thr_\d+_[\w-]{43}/.exec(made.html)?.[0]
    expect(secret).toBeDefined()
    const later = await neil.get('/files/keys')
    expect(later.html).not.toContain(secret!)
    expect(later.text).toContain('Bromcom at night')
    const id = /\/files\/keys\/(\d+)\/revoke/.exec(later.html)![1]
    expect((await neil.post(`/files/keys/${id}/revoke`)).to).toBe('/files/keys?done=key-revoked')
    expect((await send(secret!, marks(101))).status).toBe(401)
    expect((await neil.post('/files/keys', { name: '', school: 'trust' })).status).toBe(422)
    expect((await visiting(house, world.people.helen!()).get('/files/keys')).status).toBe(404)
  })

  it('print the OpenAPI document, which programs read as JSON', async () => {
    const page = await visiting(house, world.people.neil!()).get('/files/by-key')
    expect(page.text).toContain('POST /api/v1/files')
    expect(page.text).toContain('idempotency-key')
    const document = (await (await web.request('/api/v1/openapi.json')).json()) as {
      openapi: string
      paths: object
    }
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths)).toEqual(['/files', '/files/{id}'])
  })
})
