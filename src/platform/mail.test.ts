import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '../kernel/refusal.ts'
import { clockOn } from './clock.ts'
import { openMail } from './mail.ts'

const from = 'Throughline <throughline@tidewell.example>'
const letter = {
  to: 'dan.fry@tidewell.example',
  subject: 'Spring drop: Saltmarsh’s file',
  text: 'Send it by 27 March.\nThank you — Priya Raman',
}

describe('a letter', () => {
  const received: { from: string; to: string[]; body: string; user?: string }[] = []
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      password === 'tide well' ? done(null, { user: username }) : done(new Error('Invalid login')),
    onRcptTo: ({ address }, _session, done) =>
      done(address.startsWith('gone') ? new Error('No such mailbox') : null),
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part) => parts.push(part))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          body: Buffer.concat(parts).toString(),
          ...(session.user ? { user: session.user as unknown as string } : {}),
        })
        done()
      })
    },
  })
  const outbox = mkdtempSync(join(tmpdir(), 'throughline-outbox-'))
  let port = 0
  beforeAll(
    () =>
      new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', () => {
          port = (server.server.address() as AddressInfo).port
          resolve()
        })
      }),
  )
  afterAll(() => {
    rmSync(outbox, { recursive: true, force: true })
    return new Promise<void>((resolve) => {
      server.close(() => resolve())
    })
  })
  const open = (login = '') =>
    openMail({ smtpUrl: `smtp://${login}127.0.0.1:${port}`, from, outbox, clock: clockOn('2026-03-20') })

  it('goes to the mail server, whole and in the right letters', async () => {
    const mail = open()
    await mail.send(letter)
    mail.close()
    const got = received.at(-1)!
    expect(got).toMatchObject({ from: 'throughline@tidewell.example', to: ['dan.fry@tidewell.example'] })
    expect(got.body).toContain('From: Throughline <throughline@tidewell.example>')
    expect(got.body).toMatch(/Date: Fri, 20 Mar 2026/)
    expect(got.body).toContain('Send it by 27 March.')
  })

  it('goes with a user name and a password when the server wants them', async () => {
    const mail = open('priya%40tidewell:tide%20well@')
    await mail.send(letter)
    mail.close()
    expect(received.at(-1)?.user).toBe('priya@tidewell')
  })

  it('that the server will not take says so', async () => {
    const mail = open()
    await expect(mail.send({ ...letter, to: 'gone@tidewell.example' })).rejects.toThrow(
      /did not take the e-mail to gone@tidewell.example: .*No such mailbox/,
    )
    mail.close()
  })

  it('is not sent over a line that pretends to be safe: an expired certificate is refused', async () => {
    const pretender = new SMTPServer({ authOptional: true })
    await new Promise<void>((resolve) => {
      pretender.listen(0, '127.0.0.1', resolve)
    })
    const { port: pretended } = pretender.server.address() as AddressInfo
    const mail = openMail({
      smtpUrl: `smtp://127.0.0.1:${pretended}`,
      from,
      outbox,
      clock: clockOn('2026-03-20'),
    })
    await expect(mail.send(letter)).rejects.toThrow('certificate')
    mail.close()
    await new Promise<void>((resolve) => {
      pretender.close(resolve)
    })
  })

  it('to more than one address at once, or with lines in its subject, can’t be smuggled in', async () => {
    const mail = open()
    const before = received.length
    await expect(mail.send({ ...letter, to: 'a@b.example, spy@evil.example' })).rejects.toThrow(Refusal)
    await expect(mail.send({ ...letter, to: 'a@b.example\r\nBcc: spy@evil.example' })).rejects.toThrow(
      Refusal,
    )
    expect(received).toHaveLength(before)
    await mail.send({ ...letter, subject: 'Hello\r\nBcc: spy@evil.example' })
    mail.close()
    expect(received.at(-1)!.to).toEqual(['dan.fry@tidewell.example'])
    expect(received.at(-1)!.body).not.toMatch(/^Bcc:/m)
  })

  it('lies in the outbox, readable by us only, when there is no mail server', async () => {
    const mail = openMail({ from, outbox, clock: clockOn('2026-03-20') })
    await mail.send(letter)
    mail.close()
    const [name, ...more] = readdirSync(outbox)
    expect(more).toEqual([])
    expect(name).toMatch(/^2026-03-20T.*\.eml$/)
    expect(statSync(join(outbox, name!)).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(outbox, name!), 'utf8')).toContain('To: dan.fry@tidewell.example')
  })
})
