import { unzipSync } from 'fflate'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { NotHere, Refusal } from '../../kernel/refusal.ts'
import { viewerOf } from '../../modules/access/index.ts'
import { publishRows } from '../../modules/evidence/example.ts'
import {
  dropByCode,
  latestSnapshot,
  leaveTrust,
  leaving,
  openDrop,
  readiness,
} from '../../modules/evidence/index.ts'
import { figureAt } from '../../modules/measures/index.ts'
import { pupilById, pupilsHeld, schoolById } from '../../modules/organisation/index.ts'
import type { Env } from '../../platform/http/env.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { ownData } from './own-data.ts'
import { membershipRoutes } from './routes.tsx'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let snapshot: number
const code = '2026-spring'
const who = (name: string): Viewer => world.people[name]!()

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  for (const [school, names] of [
    [world.schools.saltmarsh, ['Ayesha Rahman', 'Callum Tierney', 'Ben Ashworth']],
    [
      world.schools.gullRock,
      Object.keys(world.pupils)
        .filter((name) => world.upns[name]!.slice(1, 8) === '9992002')
        .slice(0, 3),
    ],
  ] as const) {
    const roll = names.map((name) => ({ pupil: world.pupils[name]!, year: '6' }))
    snapshot = await publishRows(
      world.founder,
      code,
      school,
      roll,
      roll.map(({ pupil }, at) => ({ pupil, assessment: 'reading-scaled', value: [104, 97, 111][at]! })),
    )
  }
})
afterAll(() => house?.close())

const visit = (viewer: Viewer) => {
  const web = new Hono<Env>()
  web.onError((error, c) => c.text(error.message, error instanceof NotHere ? 404 : 500))
  web.use((c, next) => {
    c.set('viewer', viewer)
    return next()
  })
  web.route('/', membershipRoutes())
  return (path: string, fields?: Record<string, string>) =>
    web.request(path, fields ? { method: 'POST', body: new URLSearchParams(fields) } : undefined)
}
const words = async (answer: Response | Promise<Response>) =>
  (await (await answer).text())
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', '’')
    .replace(/\s+/g, ' ')
const trustFigure = async (at: number) =>
  (
    await figureAt(who('priya'), {
      measure: 'average-reading-scaled',
      place: 'tidewell',
      year: '6',
      group: 'all',
      period: code,
      snapshot: at,
    })
  ).figure

describe('a school’s own data', () => {
  it('come as one zip: roll, results as written and as read, a CTF, and a page that says what is what', async () => {
    const { zip, files, pupils } = await ownData(who('ruth'), world.schools.saltmarsh)
    const held = unzipSync(zip)
    const text = (name: string) => new TextDecoder().decode(held[name])
    expect(pupils).toBe(32)
    expect(Object.keys(held).sort()).toEqual([
      'README.txt',
      'SHA256SUMS',
      'characteristics.csv',
      'classes.csv',
      'pupils.ctf.xml',
      'results/2026-spring.csv',
      'roll.csv',
    ])
    expect(files.at(-1)![0]).toBe('README.txt')
    expect(text('results/2026-spring.csv')).toContain(
      `${world.upns['Callum Tierney']},1002,Tierney,Callum,6,reading-scaled,any,97,97,`,
    )
    expect(text('roll.csv')).toContain('2025: 4')
    expect(text('pupils.ctf.xml')).toContain(`<UPN>${world.upns['Ayesha Rahman']}</UPN>`)
    expect(text('README.txt')).toContain('It holds 32 pupils.')
    expect(text('SHA256SUMS')).toMatch(/^[0-9a-f]{64} {2}roll\.csv/m)
    expect(text('roll.csv')).not.toContain('Northquay')
  })

  it.each(['neil', 'grace', 'helen', 'owen'])('are not for %s, nor for a stranger', async (name) => {
    await expect(ownData(who(name), world.schools.saltmarsh)).rejects.toThrow(NotHere)
    await expect(ownData(world.stranger, world.schools.saltmarsh)).rejects.toThrow(NotHere)
  })
})

describe('a school leaves', () => {
  const asked = () => ({
    school: world.schools.gullRock,
    last: '2026-03-10',
    why: 'Moves to the Otter Trust.',
  })

  it('is for the data lead alone', async () => {
    for (const name of ['ruth', 'neil', 'amara', 'helen'])
      await expect(leaving(who(name), asked())).rejects.toThrow(Refusal)
    await expect(leaving(world.stranger, asked())).rejects.toThrow(NotHere)
    expect((await visit(who('ruth'))('/membership')).status).toBe(404)
    expect((await visit(world.stranger)('/membership/gull-rock/leave')).status).toBe(404)
  })

  it('shows what goes before anything changes', async () => {
    const page = await words(
      visit(who('priya'))('/membership/gull-rock/leave?last-day=10&last-month=3&last-year=2026'),
    )
    expect(page).toContain('leave the roll and their classes')
    expect(page).toContain('Neil Hart')
    expect(page).toContain('Spring 2025/26 (pupils of 13 March 2026)')
    expect((await schoolById(who('priya'), world.schools.gullRock)).left).toBeNull()
  })

  it.each([
    ['a day that is none', { last: '2026-02-30' }, 'is not a day on the calendar'],
    ['no day', { last: '' }, 'Say what its last day'],
    ['a day before it joined', { last: '1999-01-01' }, 'before the day it joined'],
    ['no reason', { why: ' ' }, 'Say in a few words why'],
  ])('is refused with %s, and nothing changes', async (_, change, sentence) => {
    await expect(leaveTrust(who('priya'), { ...asked(), ...change })).rejects.toThrow(sentence)
    expect((await schoolById(who('priya'), world.schools.gullRock)).left).toBeNull()
  })

  it('ends rolls and access with the day, leaves later drops’ figures, and changes no snapshot', async () => {
    const before = await trustFigure(snapshot)
    expect(before).toMatchObject({ value: 104, of: 6 })
    const answer = await visit(who('priya'))('/membership/gull-rock/leave', {
      'last-day': '10',
      'last-month': '3',
      'last-year': '2026',
      why: asked().why,
    })
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      '/membership/gull-rock/leave?done=left',
    ])
    expect((await viewerOf(house, world.trust, world.persons.neil!)).grants).toEqual([])
    expect((await viewerOf(house, world.trust, world.persons.ruth!)).grants).toHaveLength(1)
    expect(await trustFigure(snapshot)).toEqual(before)
    const now = await latestSnapshot(who('priya'))
    expect(now).toBe(snapshot + 1)
    expect(await trustFigure(now)).toMatchObject({ value: 104, of: 3 })
    const held = await pupilsHeld(who('priya'), world.schools.gullRock)
    expect(held.length).toBeGreaterThan(10)
    expect((await pupilById(who('priya'), held[0]!.pupil)).enrolments[0]!.to).toBe('2026-03-10')
    const page = await words(visit(who('priya'))('/membership/gull-rock/leave'))
    expect(page).toContain(`Records that the trust still holds: ${held.length} pupils`)
    expect(page).toContain('has left already')
  })

  it('is asked for nothing any more', async () => {
    const asked = await readiness(who('priya'), await dropByCode(who('priya'), code))
    expect(asked.find(({ school }) => school.slug === 'gull-rock')?.person).toBeUndefined()
    await expect(
      openDrop(
        who('priya'),
        {
          name: 'Summer',
          term: 3,
          purpose: 'See who is ready for the next year, and who needs help before it.',
          decides: 'Which pupils are helped in September.',
          minutes: 30,
          opens: '2026-03-20',
          due: '2026-06-20',
          asAt: '2026-06-12',
          asked: [{ assessment: 'reading-scaled', yearGroups: ['6'] }],
          schools: [{ school: world.schools.gullRock }],
        },
        { tell: false },
      ),
    ).rejects.toThrow('Gull Rock left the trust on 10 March 2026')
  })
})

describe('a school joins', () => {
  it('with a day, by a form that says what is missing', async () => {
    const form = { name: 'Wrenfield Primary School', short: 'Wrenfield', urn: '199050', phase: 'primary' }
    const wrong = await visit(who('priya'))('/membership', form)
    expect([wrong.status, await words(wrong)]).toEqual([
      422,
      expect.stringContaining('Say on which day it joined.'),
    ])
    const day = { 'joined-day': '1', 'joined-month': '3', 'joined-year': '2026' }
    expect((await visit(who('priya'))('/membership', { ...form, ...day })).status).toBe(303)
    expect(await words(visit(who('priya'))('/membership'))).toContain(
      'Wrenfield Primary School 199050 1 March 2026',
    )
  })
})
