import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { figurePath } from '../../../kernel/figure.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { read } from '../../../platform/database/door.ts'
import type { House } from '../../../platform/house.ts'
import type { Env } from '../../../platform/http/env.ts'
import { errorPages } from '../../../platform/http/errors.ts'
import { silentLog } from '../../../platform/log.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { type Drop, dropByCode } from '../../evidence/index.ts'
import { pupilStates } from '../../organisation/index.ts'
import { publishFacts } from '../example.ts'
import { homeFor, routes, schoolOnAPage } from '../routes.tsx'
import { pupilPage } from './pupil/query.ts'
import { searchPage } from './search/query.ts'
import { trustPage } from './trust/query.ts'

let house: House & { close: () => Promise<void> }
let world: World
let drop: Drop
let first: number

type State = Awaited<ReturnType<typeof pupilStates>>[number]

/** Two in three reach 100, or everyone; the first of the list was away. */
const marks = (states: readonly State[], better = false) =>
  ['reading', 'maths'].flatMap((code) =>
    states.map((state, index) => {
      const score = index === 0 ? null : !better && index % 3 === 0 ? 94 : 104
      return {
        pupil: state.pupil,
        year_group: state.year_group,
        assessment: `${code}-scaled`,
        subject: code === 'maths' ? 'mathematics' : code,
        class_id: state.class_id,
        raw: score === null ? 'A' : String(score),
        value: score,
        status: score === null ? 'absent' : 'result',
        expected: score === null ? null : score >= 100,
        higher: false,
      }
    }),
  )

async function publish(school: number, better = false): Promise<number> {
  const states = await pupilStates(world.founder, school, drop.asAt, drop.academicYear)
  return publishFacts(world.people.priya!(), drop, school, {
    result: marks(states, better),
    pupil_state: states.map(({ school: _, ...state }) => state),
    attendance: states.map(({ pupil, year_group }, at) => ({
      pupil,
      year_group,
      possible: 200,
      authorised: at % 5 === 0 ? 24 : 6,
      unauthorised: 0,
    })),
  })
}

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  drop = await dropByCode(world.founder, world.drop)
  await publish(world.schools.saltmarsh)
  first = await publish(world.schools.gullRock)
})
afterAll(() => house.close())

/** The pages as this person gets them. */
function siteOf(viewer: Viewer) {
  const site = new Hono<Env>()
  const { onError, notFound } = errorPages({ render: (problem) => problem.sentence, log: silentLog })
  site.onError(onError)
  site.notFound(notFound)
  site.use(async (c, next) => {
    c.set('viewer', viewer)
    await next()
  })
  site.route(
    '/',
    routes(house, async () => () => ({ made: [], offers: [] })),
  )
  return async (path: string) => {
    const answer = await site.request(path)
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      body: await answer.text(),
    }
  }
}
const as = (name: string) => siteOf(world.people[name]!())

const figureOf = (more: Partial<Parameters<typeof figurePath>[0]> = {}) =>
  figurePath({
    measure: 'reading-expected',
    place: 'saltmarsh',
    year: '6',
    group: 'all',
    period: world.drop,
    snapshot: first,
    ...more,
  })

const everyPage = () => [
  '/trust',
  '/trust/table',
  '/trust/findings',
  '/trust/value-added',
  '/trust/value-added?by=class&interval=pairs',
  '/trust/funnel',
  '/trust/funnel?spread=additive&phase=primary&year=all',
  '/trust/gaps',
  '/schools/saltmarsh',
  '/schools/saltmarsh/table',
  '/schools/saltmarsh/groups',
  `/schools/saltmarsh/classes/${world.classes['6C']}`,
  '/schools/saltmarsh/subjects/reading',
  figureOf(),
  figureOf({ place: 'tidewell', year: 'all' }),
  '/measures',
  '/measures/reading-expected',
  '/search?q=saltmarsh',
]

describe('every page', () => {
  it('opens for the director, without a style or script of its own in it', async () => {
    const get = as('amara')
    for (const path of everyPage()) {
      const { status, body } = await get(path)
      expect(status, `${path}: ${body.slice(0, 300)}`).toBe(200)
      expect(body, path).not.toMatch(/<[^>]+\sstyle=|<style|\son[a-z]+="|<script(?![^>]*\ssrc=)/i)
      expect(body, path).toContain('<h1>')
      expect(body, path).not.toMatch(/undefined|NaN|\[object/)
    }
  })

  it('tells a stranger from another trust nothing', async () => {
    const get = siteOf(world.stranger)
    const own = [
      '/trust',
      '/trust/table',
      '/trust/findings',
      ...everyPage().filter((path) => /^\/trust\/(value-added|funnel|gaps)/.test(path)),
      '/measures',
      '/measures/reading-expected',
      '/search?q=saltmarsh',
    ]
    for (const path of [
      ...everyPage(),
      `${figureOf()}/pupils`,
      `/pupils/${world.pupils['Callum Tierney']}`,
      '/schools/saltmarsh/page.pdf',
      '/trust/briefing.pdf',
    ]) {
      const { status, body: whole } = await get(path)
      const body = whole.replaceAll('saltmarsh', '')
      expect(status, path).toBe(own.includes(path) ? 200 : 404)
      expect(body, path).not.toMatch(/Saltmarsh|Tidewell|Gull Rock|Callum|Tierney/)
    }
  })

  it('gives no name of a pupil to a trustee, a governor or a clerk, and no link to one', async () => {
    for (const name of ['helen', 'owen', 'lena']) {
      const get = as(name)
      for (const path of everyPage()) {
        const { body } = await get(path)
        expect(body, `${name} ${path}`).not.toMatch(/Callum|Tierney|Rahman|\/pupils/)
      }
      expect((await get(`${figureOf()}/pupils`)).status).toBe(404)
      expect((await get(`/pupils/${world.pupils['Callum Tierney']}`)).status).toBe(404)
      expect((await get('/search?q=Callum')).body).not.toContain('Tierney')
    }
  })

  it('says in words what is wrong with an address', async () => {
    const get = as('amara')
    expect((await get('/trust?snapshot=soon')).status).toBe(422)
    expect((await get('/trust?drop=2031-autumn')).status).toBe(404)
    expect((await get('/trust?snapshot=99')).status).toBe(404)
    expect((await get('/trust/table?as=pdf')).status).toBe(422)
    expect((await get('/schools/nowhere')).status).toBe(404)
    expect((await get('/schools/saltmarsh/classes/abc')).status).toBe(404)
    expect((await get('/methods/..%2f..%2fREADME')).status).toBe(404)
    expect((await get('/search?q=%3Cscript%3Ealert(1)%3C/script%3E')).body).not.toContain('<script>alert')
  })
})

describe('the trust’s page', () => {
  it('has each school on the same measures, with how many of how many', async () => {
    const { body } = await as('amara')('/trust')
    expect(body).toContain('How the trust is doing')
    for (const words of ['Saltmarsh', 'Gull Rock', 'Northquay', 'Primary, Year 6', 'snapshot 2'])
      expect(body).toContain(words)
    expect(body).toMatch(/national 75/)
  })
  it('shows a headteacher their own school only', async () => {
    const page = await trustPage(world.people.ruth!())
    expect(page.setting.schools.map((school) => school.slug)).toEqual(['saltmarsh'])
  })
  it('can be taken away with its filters and sources in the file', async () => {
    const get = as('amara')
    const csv = await get('/trust/table?as=csv')
    expect(csv.type).toContain('text/csv')
    expect(csv.body).toMatch(/^\uFEFF?How the trust is doing\r\n/)
    expect(csv.body).toContain('Snapshot,"2, before the lock"')
    expect(csv.body).toMatch(
      /Saltmarsh Primary School,primary,At or above the expected standard in reading,Year 6,All pupils,/,
    )
    expect((await get('/trust/table?as=xlsx')).body.slice(0, 2)).toBe('PK')
    const picture = await get('/trust/chart.png')
    expect(picture.type).toBe('image/png')
  })
})

describe('a figure’s address', () => {
  it('gives the same number after the school has sent better marks', async () => {
    const get = as('amara')
    const before = (await get(figureOf())).body
    const number = /This address always gives ([^.]+)\./.exec(before)![1]
    const second = await publish(world.schools.saltmarsh, true)
    const after = (await get(figureOf())).body
    expect(/This address always gives ([^.]+)\./.exec(after)![1]).toBe(number)
    const later = (await get(figureOf({ snapshot: second }))).body
    expect(/This address always gives ([^.]+)\./.exec(later)![1]).not.toBe(number)
    expect(later).toContain(figureOf({ snapshot: first }).replace(/\d+$/, '1'))
    expect(later).toContain('A file was published here.')
  })
  it('names who is missing only to those who may see them', async () => {
    const whole = figureOf({ year: '4' })
    expect((await as('ruth')(whole)).body).toMatch(/1 of 22: 1 absent/)
    const governor = (await as('owen')(whole)).body
    expect(governor).not.toContain('1 absent')
  })
  it('lists the pupils behind it for the headteacher, and writes that down', async () => {
    const { status, body } = await as('ruth')(`${figureOf({ year: '4' })}/pupils`)
    expect(status).toBe(200)
    expect(body).toContain('Tierney, Callum')
    const lines = await read(world.people.priya!(), (db) =>
      db
        .selectFrom('access.audit')
        .select(['deed', 'person_name', 'detail'])
        .where('deed', '=', 'saw pupils')
        .execute(),
    )
    expect(lines.at(-1)).toMatchObject({ deed: 'saw pupils', person_name: 'Ruth Kemp' })
  })
  it('is drawn as a picture and written as a table', async () => {
    const get = as('amara')
    expect((await get(`${figureOf()}.png`)).type).toBe('image/png')
    expect((await get(`${figureOf()}?as=csv`)).body).toContain('At or above the expected standard in reading')
    expect((await get(figureOf({ group: 'martians' }))).status).toBe(404)
    expect((await get(figureOf({ snapshot: 99 }))).status).toBe(404)
  })
})

describe('a class', () => {
  it('shows its own teacher its pupils, and nobody else’s teacher', async () => {
    const get = as('grace')
    const own = await get(`/schools/saltmarsh/classes/${world.classes['4C']}`)
    expect(own.status).toBe(200)
    expect(own.body).toContain('Tierney, Callum')
    const other = await get(`/schools/saltmarsh/classes/${world.classes['6C']}`)
    expect(other.body).not.toContain('Haddad')
  })
})

describe('a school', () => {
  it('opens for everyone who holds a role in it, down to one class, with the classes that they see', async () => {
    for (const name of ['ruth', 'dan', 'owen', 'grace']) {
      const { status, body } = await as(name)('/schools/saltmarsh')
      expect(status, name).toBe(200)
      expect(body.includes('>6C</a>'), name).toBe(name !== 'grace')
      expect(body, name).toContain('>4C</a>')
      expect((await as(name)('/schools/saltmarsh/subjects/reading')).status, name).toBe(200)
    }
    expect((await as('tomasz')('/schools/northquay')).status).toBe(200)
    expect((await as('tomasz')('/schools/northquay/subjects/mathematics')).status).toBe(200)
    expect((await as('tomasz')('/schools/saltmarsh')).status).toBe(404)
  })
})

describe('a pupil', () => {
  it('is shown to their teacher, with what is recorded and with its dates, and the look is written down', async () => {
    const { status, body } = await as('grace')(`/pupils/${world.pupils['Callum Tierney']}`)
    expect(status).toBe(200)
    for (const words of ['Callum Tierney', 'SEN support', '6 November 2023', 'spring 2026'])
      expect(body).toContain(words)
    const head = (await as('ruth')(`/pupils/${world.pupils['Callum Tierney']}`)).body
    expect(head).toContain('Who looked at this pupil')
    expect(head).toMatch(/Grace|saw pupil/)
  })
  it('is not shown to the teacher of another class', async () => {
    await expect(pupilPage(world.people.grace!(), world.pupils['Amir Haddad']!)).rejects.toThrow(NotHere)
    expect((await as('grace')(`/pupils/${world.pupils['Amir Haddad']}`)).status).toBe(404)
  })
})

describe('search', () => {
  it('finds a school, a measure, and the figure of one in the other', async () => {
    const page = await searchPage(world.people.amara!(), 'reading saltmarsh')
    expect(page.figures.map(({ name }) => name)).toContain(
      'At or above the expected standard in reading, Saltmarsh',
    )
    expect((await searchPage(world.people.amara!(), 'gull')).schools.map(({ slug }) => slug)).toEqual([
      'gull-rock',
    ])
  })
  it('finds pupils for those who may see them only', async () => {
    expect((await searchPage(world.people.ruth!(), 'tierney')).pupils).toHaveLength(1)
    expect((await searchPage(world.people.helen!(), 'tierney')).pupils).toEqual([])
    expect((await searchPage(world.stranger, 'tierney')).pupils).toEqual([])
  })
})

describe('where the day starts', () => {
  it('is the trust for those who look after all of it, and one’s own place for everyone else', async () => {
    const home = async (name: string) => homeFor(world.people[name]!())
    expect(await home('amara')).toBe('/trust')
    expect(await home('helen')).toBe('/trust')
    expect(await home('priya')).toBe('/drops/2026-spring')
    expect(await home('ruth')).toBe('/schools/saltmarsh')
    expect(await home('dan')).toBe('/drops/2026-spring/schools/saltmarsh')
    expect(await home('grace')).toBe(`/schools/saltmarsh/classes/${world.classes['4C']}`)
    expect(await home('tomasz')).toBe('/schools/northquay/subjects/mathematics')
    expect(await homeFor({ ...world.people.amara!(), grants: [] })).toBe('/account')
  })
})

describe('School on a page', () => {
  it('is a tagged PDF with no pupil’s name and no small group', async () => {
    const urn = '199001'
    const pdf = Buffer.from(await schoolOnAPage(world.people.ruth!(), urn)).toString('latin1')
    expect(pdf.startsWith('%PDF-1.7')).toBe(true)
    for (const mark of [
      '/StructTreeRoot',
      '<pdfuaid:part>1</pdfuaid:part>',
      '/S /Figure',
      '/S /Table',
      '/S /H1',
      '/Lang (en-GB)',
    ])
      expect(pdf).toContain(mark)
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1)
  })
  it('says that there is nothing yet of a school that has sent nothing', async () => {
    const { status, body } = await as('amara')('/schools/northquay/page.pdf')
    expect(status).toBe(404)
    expect(body).toContain('published nothing yet')
  })
})
