import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { openWeb } from '../../platform/http/web.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { addPupils, pupilNames } from '../organisation/index.ts'
import { routes } from './routes.tsx'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let ayesha: number
let twice: number
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  ayesha = world.pupils['Ayesha Rahman']!
  ;[twice] = (await addPupils(world.founder, [
    {
      school: world.schools.saltmarsh,
      surname: 'Rahman',
      forename: 'Ayesha',
      born: '2017-02-11',
      from: '2025-10-01',
    },
  ])) as [number]
})
afterAll(() => house?.close())

function visiting(viewer: Viewer) {
  const web = openWeb(house, {
    renderError: (problem) => `<h1>${problem.title}</h1><p>${problem.sentence}</p>`,
    limits: {},
  })
  web.use((c, next) => {
    c.set('viewer', viewer)
    return next()
  })
  web.route('/', routes(house))
  const asked = async (path: string, init?: RequestInit) => {
    const answer = await web.request(`${house.config.origin}${path}`, init)
    return { status: answer.status, to: answer.headers.get('location') ?? '', html: await answer.text() }
  }
  return {
    get: (path: string) => asked(path),
    post: (path: string, fields: Record<string, string> = {}) =>
      asked(path, {
        method: 'POST',
        headers: { origin: house.config.origin },
        body: new URLSearchParams(fields),
      }),
  }
}
const priya = () => visiting(world.people.priya!())

describe('pages of what is kept', () => {
  it.each([
    '/keeping',
    '/keeping/erased',
    '/keeping/join',
    '/keeping/rules/marks',
    '/pupils/AYESHA/erase',
    '/pupils/AYESHA/join?other=TWICE',
  ])('%s is the data lead’s, and is not there for anybody else', async (path) => {
    const address = path.replace('AYESHA', String(ayesha)).replace('TWICE', String(twice))
    expect((await priya().get(address)).status).toBe(200)
    for (const who of ['amara', 'ruth', 'dan', 'grace', 'helen'])
      expect((await visiting(world.people[who]!()).get(address)).status, who).toBe(404)
    const strangers = (await visiting(world.stranger).get(address)).html
    expect(strangers).not.toMatch(/Rahman|Priya/)
  })

  it.each([
    '/pupils/0/erase',
    '/pupils/nobody/erase',
    '/pupils/99999999999/erase',
    '/pupils/1.5/join?other=2',
    '/pupils/1/join',
    '/keeping/rules/shoes',
    '/keeping/rules/toString',
  ])('%s is not there', async (path) => expect((await priya().get(path)).status).toBe(404))

  it('a refused form comes back with what was typed and why', async () => {
    const erase = await priya().post(`/pupils/${ayesha}/erase`, {
      reason: 'Came by mistake, never here.',
      typed: 'Aye',
    })
    expect(erase.status).toBe(422)
    expect(erase.html).toContain('Type the pupil’s whole name')
    expect(erase.html).toContain('Came by mistake, never here.')
    const rule = await priya().post('/keeping/rules/marks', { years: '2½', reason: 'The trustees said so.' })
    expect(rule.status).toBe(422)
    expect(rule.html).toContain('2½')
    expect(rule.html).toContain('whole number from 0 to 100')
    expect((await priya().post('/keeping/let-go', { typed: 'yes' })).html).toContain('Type “let go”')
    expect((await priya().post('/keeping/let-go', { typed: 'let go', seen: '{}' })).html).toContain(
      'Nothing has been kept long enough',
    )
    expect((await priya().post('/keeping/nightly', { nightly: 'yes' })).html).toContain(
      'Say in a sentence why',
    )
    expect((await priya().post('/keeping/join', { stays: 'X', comes: '' })).html).toContain(
      'No pupil of the trust has the UPN X.',
    )
    const joining = await priya().post(`/pupils/${ayesha}/join`, {
      other: String(twice),
      seen: '0',
      reason: 'Twice.',
    })
    expect(joining.status).toBe(422)
    expect((await pupilNames(world.founder, [ayesha, twice])).size).toBe(2)
  })

  it('what is said goes through, and the list says it without a name', async () => {
    expect(
      await priya().post('/keeping/rules/marks', { years: '', reason: 'Kept until the trustees meet.' }),
    ).toMatchObject({
      status: 303,
      to: '/keeping?done=rule',
    })
    expect((await priya().get('/keeping')).html).toContain('kept until somebody decides otherwise')
    const joined = await priya().post(`/pupils/${ayesha}/join`, {
      other: String(twice),
      seen: '0',
      reason: 'Entered twice in October by mistake.',
      typed: 'Join',
    })
    expect(joined.to).toBe('/keeping/join?done=joined')
    const erased = await priya().post(`/pupils/${ayesha}/erase`, {
      reason: 'Came by mistake, never here.',
      typed: 'Ayesha Rahman',
    })
    expect(erased.to).toBe('/keeping/erased?done=erased')
    const list = (await priya().get('/keeping/erased')).html
    expect(list).toContain('Came by mistake, never here.')
    expect(list).not.toContain('Rahman')
  })
})
