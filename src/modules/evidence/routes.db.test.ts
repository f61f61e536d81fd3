import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { read } from '../../platform/database/door.ts'
import { dropByCode } from './drops/queries/drops.ts'
import { importsOf } from './imports/index.ts'
import { visiting } from './test/visit.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house?.close())

const as = (who: string) => visiting(house, world.people[who]!())

const form = {
  term: '3',
  name: '',
  purpose: 'See how the year ended for every pupil.',
  decides: 'Where the reading team works in autumn.',
  minutes: '35',
  'opens-day': '20',
  'opens-month': '3',
  'opens-year': '2026',
  'due-day': '2',
  'due-month': '4',
  'due-year': '2026',
  'asAt-day': '20',
  'asAt-month': '3',
  'asAt-year': '2026',
  'years-reading-scaled': '4, 6',
}
const allSchools = () => ({ school: Object.values(world.schools).map(String) })

describe('opening a drop on its page', () => {
  it('keeps what was typed and says what is wrong, in the user’s words', async () => {
    const { status, text, html } = await as('priya').post('/drops/new', {
      ...form,
      ...allSchools(),
      purpose: '',
      minutes: 'forty',
      'due-day': '31',
      'due-month': '2',
      'years-reading-scaled': '4',
    })
    expect(status).toBe(422)
    expect(text).toContain('There is a problem')
    for (const sentence of [
      'Say in one sentence what the drop is for.',
      'Give the minutes as a whole number.',
      '31/2/2026 is not a day on the calendar.',
    ])
      expect(text).toContain(sentence)
    expect(html).toContain('Where the reading team works in autumn.')
    expect(html).toContain('value="forty"')
    expect(html).toMatch(/id="due-day"[^>]*value="31"|value="31"[^>]*id="due-day"/)
  })

  it('refuses year groups that are none', async () => {
    const { status, text } = await as('priya').post('/drops/new', {
      ...form,
      ...allSchools(),
      'years-reading-scaled': '4, many',
    })
    expect([status, text.includes('“many” is not a year group. Write 4, or 3 to 6, or R.')]).toEqual([
      422,
      true,
    ])
  })

  it('opens it, and shows the board with every school late or not', async () => {
    const opened = await as('priya').post('/drops/new', { ...form, ...allSchools() })
    expect([opened.status, opened.to]).toEqual([303, '/drops/2026-summer?done=opened-some'])
    const { status, text } = await as('priya').get('/drops/2026-summer')
    expect(status).toBe(200)
    for (const words of [
      'Summer 2025/26 drop',
      'See how the year ended',
      'Saltmarsh',
      'Dan Fry',
      '35 minutes',
    ])
      expect(text).toContain(words)
    expect(text).toContain('Nothing is published in this drop, so there is nothing to lock.')
  })

  it('is not for a data manager', async () => {
    const { status, text } = await as('dan').get('/drops/new')
    expect([status, text.includes('The trust data lead opens a drop. Your role does not.')]).toEqual([
      422,
      true,
    ])
  })
})

describe('a school’s file, from upload to lock, without JavaScript', () => {
  const task = () => `/drops/${world.drop}/schools/saltmarsh`
  const six = [
    'Amir Haddad',
    'Bella Sharpe',
    'Connor Walsh',
    'Eva Petrov',
    'Finn Gallagher',
    'Gita Sharma',
    'Harry Dunn',
  ]
  const scores = [104, 97, 88, 110, 101, 99, '1O4']
  const csv = () =>
    [
      'UPN,Surname,Forename,Rdg SS',
      ...six.map(
        (name, at) => `${world.upns[name]},${name.split(' ')[1]},${name.split(' ')[0]},${scores[at]}`,
      ),
    ].join('\r\n')

  it('goes through its conversation', async () => {
    const dan = as('dan')
    expect((await dan.send(`${task()}/files`)).text).toContain('Choose a file first.')
    const sent = await dan.send(`${task()}/files`, { name: 'saltmarsh-y6.csv', text: csv() })
    expect(sent.status).toBe(303)
    const path = sent.to
    expect(path).toMatch(/^\/drops\/2026-spring\/schools\/saltmarsh\/imports\/\d+$/)

    const twice = await dan.send(`${task()}/files`, { name: 'saltmarsh-y6.csv', text: csv() })
    expect(twice.status).toBe(422)
    expect(twice.text).toContain('sent the very same file')
    expect(twice.text).toContain('Send the same file again all the same')

    const asRead = await dan.get(path)
    expect(asRead.status).toBe(200)
    for (const words of ['saltmarsh-y6.csv', 'Four columns, as we read them', 'Rdg SS', '1O4'])
      expect(asRead.text).toContain(words)
    expect(asRead.text).toContain('You can’t publish yet.')
    expect((await dan.post(`${path}/publish`)).status).toBe(422)

    const [field] = /name="(answer:[^"]+)"/.exec(asRead.html)!.slice(1)
    const value = new RegExp(
      `name="${field!.replace(/[.*+?^$()|[\]]/g, '\\$&')}"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="${field!.replace(/[.*+?^$()|[\]]/g, '\\$&')}"`,
    ).exec(asRead.html)!
    const kept = await dan.post(`${path}/rows`, { [field!]: value[1] ?? value[2]! })
    expect([kept.status, kept.to]).toEqual([303, `${path}?done=checked`])
    expect((await dan.get(path)).text).not.toContain('You can’t publish yet.')

    const published = await dan.post(`${path}/publish`)
    expect([published.status, published.to]).toEqual([303, `${path}?done=published`])
    expect((await dan.get(path)).text).toContain('Published as snapshot')
    expect((await dan.get(task())).text).toContain('Published as snapshot')
  })

  it('can be taken away as it came, and that is recorded', async () => {
    const drop = await dropByCode(world.founder, world.drop)
    const [file] = await importsOf(world.founder, drop.id, world.schools.saltmarsh)
    const taken = await as('ruth').get(`${task()}/imports/${file!.id}/file`)
    expect(taken.html).toBe(csv())
    expect(taken.headers.get('content-disposition')).toContain('saltmarsh-y6.csv')
    const trail = await read(world.founder, (db) =>
      db
        .selectFrom('access.audit')
        .where('deed', 'in', ['took file', 'saw import'])
        .select(['deed', 'person_name', 'school_id'])
        .execute(),
    )
    expect(trail).toContainEqual({
      deed: 'took file',
      person_name: 'Ruth Kemp',
      school_id: world.schools.saltmarsh,
    })
    expect(trail).toContainEqual({
      deed: 'saw import',
      person_name: 'Dan Fry',
      school_id: world.schools.saltmarsh,
    })
  })

  it('is undone, sent again and signed off; the lock then ends everything', async () => {
    const [dan, ruth, priya] = [as('dan'), as('ruth'), as('priya')]
    const drop = await dropByCode(world.founder, world.drop)
    const [file] = await importsOf(world.founder, drop.id, world.schools.saltmarsh)
    const undone = await dan.post(`${task()}/imports/${file!.id}/undo`)
    expect(undone.to).toContain('?done=undone')
    expect((await ruth.post(`${task()}/sign-off`)).text).toContain(
      'Nothing of Saltmarsh is published in this drop yet.',
    )

    const again = await dan.send(`${task()}/files`, { name: 'better.csv', text: csv().replace('1O4', '104') })
    expect((await dan.post(`${again.to}/publish`)).status).toBe(303)
    const refused = await dan.post(`${task()}/sign-off`)
    expect([
      refused.status,
      refused.text.includes('Saltmarsh’s headteacher signs off. Your role does not.'),
    ]).toEqual([422, true])
    expect((await ruth.post(`${task()}/sign-off`)).to).toBe(`${task()}?done=signed-off`)

    const early = await priya.post(`/drops/${world.drop}/lock`)
    expect([early.status, early.text.includes('Two schools have not signed off')]).toEqual([422, true])
    const short = await priya.post(`/drops/${world.drop}/lock`, { without: 'no' })
    expect(short.text).toContain('Say in a sentence why the drop is locked without')
    const locked = await priya.post(`/drops/${world.drop}/lock`, { without: 'Both were flooded all week.' })
    expect(locked.to).toBe(`/drops/${world.drop}?done=locked`)
    expect((await priya.get(`/drops/${world.drop}`)).text).toContain('Both were flooded all week.')

    const late = await dan.send(`${task()}/files`, { name: 'late.csv', text: `${csv()}\r\n` })
    expect(late.status).toBe(422)
    expect(late.text).toContain('locked by Priya Raman')
    expect((await dan.post(`${again.to}/undo`)).status).toBe(422)
    expect((await ruth.post(`${task()}/sign-off/end`, { why: 'I changed my mind.' })).status).toBe(422)
  })
})

describe('who reads which page', () => {
  const pages = () => [
    `/drops/${world.drop}`,
    `/drops/${world.drop}/checks`,
    `/drops/${world.drop}/reminders`,
    `/drops/${world.drop}/files`,
    `/drops/${world.drop}/schools/saltmarsh`,
    `/drops/${world.drop}/schools/saltmarsh/imports/1`,
    `/drops/${world.drop}/schools/saltmarsh/imports/1/columns`,
    `/drops/${world.drop}/schools/saltmarsh/imports/1/file`,
  ]

  it('a stranger from another trust finds nothing anywhere', async () => {
    const stranger = visiting(house, world.stranger)
    for (const page of pages()) expect([page, (await stranger.get(page)).status]).toEqual([page, 404])
    for (const list of ['/drops', '/calendar']) {
      const { status, text } = await stranger.get(list)
      expect([status, /Spring|Saltmarsh/.test(text)]).toEqual([200, false])
    }
  })

  it('Gull Rock’s data manager finds nothing of Saltmarsh', async () => {
    const neil = as('neil')
    for (const page of pages().slice(4)) expect([page, (await neil.get(page)).status]).toEqual([page, 404])
    expect((await neil.get(`/drops/${world.drop}`)).text).not.toContain('Dan Fry')
  })

  it('a trustee sees who is ready, but no file, no question and no button', async () => {
    const helen = as('helen')
    const board = await helen.get(`/drops/${world.drop}`)
    expect([board.status, board.text.includes('Saltmarsh')]).toEqual([200, true])
    expect(board.html).not.toContain('<button')
    const task = await helen.get(`/drops/${world.drop}/schools/saltmarsh`)
    expect(task.text).not.toContain('better.csv')
    expect((await helen.get(`/drops/${world.drop}/files`)).status).toBe(404)
    expect((await helen.get(`/drops/${world.drop}/schools/saltmarsh/imports/1`)).status).toBe(404)
  })

  it('every page of the data lead opens, and none holds inline code', async () => {
    const priya = as('priya')
    for (const page of ['/drops', '/drops/new', '/calendar', ...pages()]) {
      const { status, html } = await priya.get(page)
      expect([page, status]).toEqual([page, 200])
      expect([page, /<script(?![^>]*src=)|\sstyle=|\son[a-z]+=/.test(html)]).toEqual([page, false])
    }
  })
})
