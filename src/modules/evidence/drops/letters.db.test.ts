import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { chase } from './commands/chase.ts'
import { openDrop } from './commands/open-drop.ts'
import { handleLetters } from './send-letters.ts'

interface Post {
  readonly to: string[]
  readonly text: string
}

const arrived: Post[] = []
const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData(stream, session, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk) => chunks.push(chunk))
    stream.on('end', () => {
      arrived.push({
        to: session.envelope.rcptTo.map((one) => one.address),
        text: readable(Buffer.concat(chunks).toString('utf8')),
      })
      done()
    })
  },
})

/** Quoted-printable text as it reads. */
const readable = (mail: string) =>
  Buffer.from(
    mail
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')

async function untilArrived(many: number): Promise<Post[]> {
  for (let tries = 0; arrived.length < many && tries < 300; tries++)
    await new Promise((resolve) => setTimeout(resolve, 100))
  return arrived
}

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as { port: number }
  house = await openTestHouse({ smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom: 'drops@tidewell.example' })
  world = await makeWorld(house)
  await handleLetters(house)
})
afterAll(async () => {
  await house?.close()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

it('each school’s data manager is written to when a drop opens, and again when they are reminded', async () => {
  const priya = world.people.priya!()
  const { saltmarsh, gullRock, northquay } = world.schools
  const { told, nobody } = await openDrop(priya, {
    name: 'Summer',
    term: 3,
    purpose: 'See how the year ended for every pupil.',
    decides: 'Where the reading team works in autumn.',
    minutes: 30,
    opens: '2026-03-20',
    due: '2026-04-02',
    asAt: '2026-03-20',
    asked: [{ assessment: 'reading-scaled', yearGroups: ['6'] }],
    schools: [{ school: saltmarsh }, { school: gullRock }, { school: northquay, person: null }],
  })
  expect(told).toHaveLength(2)
  expect(nobody).toEqual(['Northquay'])
  const letters = (await untilArrived(2)).toSorted((a, b) => a.to[0]!.localeCompare(b.to[0]!))
  expect(letters.map((one) => one.to)).toEqual([['dan.fry@tidewell.example'], ['neil.hart@tidewell.example']])
  const { text } = letters[0]!
  expect(text).toContain('From: drops@tidewell.example')
  for (const words of [
    'Dear Dan Fry',
    'See how the year ended for every pupil.',
    'Where the reading team works in autumn.',
    '30 minutes of each teacher’s time',
    'by 2 April 2026',
    'Priya Raman',
  ])
    expect(text).toContain(words)
  expect(text.match(/https?:\/\/\S+/g)).toEqual([
    `${house.config.origin}/drops/2026-summer/schools/saltmarsh`,
  ])

  arrived.length = 0
  await chase(priya, '2026-summer', [gullRock])
  const [reminder] = await untilArrived(1)
  expect(reminder!.to).toEqual(['neil.hart@tidewell.example'])
  expect(reminder!.text).toContain('Nothing has come from Gull Rock yet. It is due on 2 April 2026.')
  expect(reminder!.text).toContain(`${house.config.origin}/drops/2026-summer/schools/gull-rock`)
})
