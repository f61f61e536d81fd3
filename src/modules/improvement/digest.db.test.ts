import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { NotHere } from '../../kernel/refusal.ts'
import { clockOn } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { openMail } from '../../platform/mail.ts'
import type { Viewer } from '../../platform/viewer.ts'
import * as improvement from './index.ts'
import { myActionsPage } from './pages/my-actions-page.tsx'
import { digestOfViewer } from './queries/digest.ts'
import { publicRoutes } from './routes.tsx'

/** A real mail server that keeps what it is given, and can be made to refuse. */
const letters: { to: string; body: string }[] = []
let refuses = false
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: (_address, _session, done) => done(refuses ? new Error('Try later') : null),
  onData: (stream, session, done) => {
    const parts: Buffer[] = []
    stream.on('data', (part) => parts.push(part))
    stream.on('end', () => {
      letters.push({ to: session.envelope.rcptTo[0]!.address, body: Buffer.concat(parts).toString() })
      done()
    })
  },
})

let opened: Awaited<ReturnType<typeof openTestHouse>>
let house: House
let day = '2026-03-16'
let world: World
let ruth: Viewer
let late: number

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = (server.server.address() as AddressInfo).port
  opened = await openTestHouse()
  const mail = openMail({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    from: 'Throughline <throughline@tidewell.example>',
    outbox: '',
    clock: opened.clock,
  })
  house = {
    ...opened,
    mail,
    clock: { now: () => clockOn(day).now(), today: () => day },
  }
  world = await makeWorld(opened)
  ruth = { ...world.people.ruth!(), house, today: day }
  const plan = await improvement.startPlan(ruth, { school: world.schools.saltmarsh, academicYear: 2025 })
  const objective = await improvement.addObjective(ruth, plan, {
    title: 'Year 4 read <b>aloud</b>',
    by: '2026-07-17',
    owner: ruth.person,
  })
  const add = (title: string, due: string, owner: number) =>
    improvement.addAction(ruth, objective, { title, owner, starts: '2025-09-01', due })
  late = await add('Choose texts & “books”', '2026-02-27', ruth.person)
  await add('Listen to every child', '2026-03-27', ruth.person)
  await add('Compare in June', '2026-06-26', ruth.person)
  await add('Far away', '2026-06-26', world.people.grace!().person)
  await improvement.handleDigests(house)
})
afterAll(async () => {
  house.mail.close()
  await opened.close()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

const morning = async (on: string) => {
  day = on
  letters.length = 0
  for (const [at, id] of (await improvement.startDigests(house)).entries())
    await house.jobs.settled({ trust: [world.trust, world.stranger.trust][at]! }, id, 20_000)
  return letters
}
const plain = (body: string) =>
  body
    .replace(/\r\n[ \t]+(?=<)/, ' ')
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))

describe('the letter with one’s actions', () => {
  it('tells who has something late or due, in words and as a page, with links; who has neither gets none', async () => {
    const sent = await morning('2026-03-16')
    expect(sent.map((one) => one.to)).toEqual([expect.stringContaining('ruth')])
    const body = plain(sent[0]!.body)
    expect(body).toContain('Subject: Your actions: 1 action late, 1 due soon')
    expect(body).toContain('Content-Type: text/plain')
    expect(body).toContain('Content-Type: text/html')
    expect(body).toContain('Listen to every child')
    expect(body).toContain(`${house.config.origin}/improvement/objectives/`)
    expect(body).toContain(`List-Unsubscribe: <${house.config.origin}/my-actions/letters/`)
    expect(body).not.toContain('Compare in June')
    // The words of a plan are words in the page too.
    expect(body).toContain('read &lt;b&gt;aloud&lt;/b&gt;')
    for (const pupil of Object.keys(world.pupils)) expect(body).not.toContain(pupil)
  })

  it('comes once a week, or each working day, or never, as each person chooses', async () => {
    expect(await morning('2026-03-16')).toEqual([])
    expect(await morning('2026-03-17')).toEqual([])
    await improvement.chooseDigest(ruth, 'daily')
    expect(await morning('2026-03-17')).toHaveLength(1)
    expect(await morning('2026-03-17')).toEqual([])
    expect(await morning('2026-03-21')).toEqual([])
    await improvement.chooseDigest(ruth, 'never')
    expect(await morning('2026-03-23')).toEqual([])
    await improvement.chooseDigest(ruth, 'weekly')
    expect(await morning('2026-03-24')).toHaveLength(1)
    await expect(improvement.chooseDigest(ruth, 'hourly')).rejects.toThrow('Choose weekly')
    expect(String(await myActionsPage(ruth))).toContain('Once a week')
  })

  it('is tried again when the mail server did not take it', async () => {
    refuses = true
    setTimeout(() => {
      refuses = false
    }, 700)
    const sent = await morning('2026-03-30')
    expect(sent).toHaveLength(1)
    expect(await digestOfViewer(ruth)).toEqual({ way: 'weekly', sentOn: '2026-03-30' })
  })

  it('stops by a link in it, without signing in: opening the link alone changes nothing', async () => {
    await improvement.chooseDigest(ruth, 'daily')
    const [sent] = await morning('2026-03-31')
    const path = new URL(/List-Unsubscribe:\s+<([^>]+)>/.exec(plain(sent!.body))![1]!).pathname
    const web = publicRoutes(house)
    const shown = await (await web.request(path)).text()
    expect(shown).toContain('Stop the letters')
    expect(shown).not.toContain('Ruth')
    expect((await digestOfViewer(ruth)).way).toBe('daily')
    expect(await (await web.request(path, { method: 'POST' })).text()).toContain('stopped')
    expect((await digestOfViewer(ruth)).way).toBe('never')
    expect(await morning('2026-04-01')).toEqual([])
  })

  it('can’t be stopped by a guess, and a link of one house opens nothing in another', async () => {
    const web = publicRoutes(house)
    const guess = `/my-actions/letters/${'A'.repeat(60)}`
    expect(await (await web.request(guess)).text()).toContain('not one of ours')
    const { stopDigest } = await import('./commands/digest.ts')
    await expect(stopDigest(house, 'A'.repeat(60))).rejects.toThrow(NotHere)
  })

  it('does not come when all is done', async () => {
    await improvement.chooseDigest(ruth, 'daily')
    for (const one of await improvement.myActions(ruth)) await improvement.markAction(ruth, one.id, true)
    expect(await morning('2026-04-02')).toEqual([])
    expect(late).toBeGreaterThan(0)
  })
})
