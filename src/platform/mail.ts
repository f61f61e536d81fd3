import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { Refusal } from '../kernel/refusal.ts'
import type { Clock } from './clock.ts'
import { flush, orDiskFull } from './disk.ts'

export interface Letter {
  readonly to: string
  readonly subject: string
  readonly text: string
  /** The same as a page, for programs that show one. */
  readonly html?: string
  /** Where the reader stops such letters; mail programs show it as a button. */
  readonly stop?: string
}

export interface Mail {
  /** Hands the letter to the mail server, or puts it in the outbox folder. @throws Refusal when it can't be sent. */
  readonly send: (letter: Letter) => Promise<void>
  /** What keeps letters from going out, in the mail server’s words; nothing when it answers. */
  readonly check: () => Promise<string | undefined>
  readonly close: () => void
}

interface MailSource {
  readonly smtpUrl?: string | undefined
  readonly from: string
  /** Without a mail server, letters lie here as `.eml` files that any mail program opens. */
  readonly outbox: string
  readonly clock: Clock
}

const wait = 15_000

/** One address and nothing else: a comma or a new line would send the letter to others too. */
const isAddress = (text: string) => /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/.test(text) && text.length <= 254

export function openMail(source: MailSource): Mail {
  return source.smtpUrl ? openSmtp(source, source.smtpUrl) : openOutbox(source)
}

function compose({ to, subject, text, html, stop }: Letter, { from, clock }: MailSource) {
  if (!isAddress(to)) throw new Refusal(`“${to}” is not an e-mail address.`)
  return {
    from,
    to,
    subject: subject.replace(/\s+/g, ' ').trim(),
    text,
    date: clock.now(),
    ...(html === undefined ? {} : { html }),
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(stop === undefined ? {} : { 'List-Unsubscribe': `<${stop}>` }),
    },
  }
}

function openSmtp(source: MailSource, url: string): Mail {
  const transport = createTransport({
    ...smtpOf(url),
    pool: true,
    maxConnections: 2,
    connectionTimeout: wait,
    greetingTimeout: wait,
    socketTimeout: wait * 2,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async (letter) => {
      const message = compose(letter, source)
      await transport.sendMail(message).catch((error: Error) => {
        throw new Refusal(`The mail server did not take the e-mail to ${letter.to}: ${error.message}`, {
          cause: error,
        })
      })
    },
    check: () =>
      transport.verify().then(
        () => undefined,
        (error: Error) => `${error.message.replace(/\.$/, '')}.`,
      ),
    close: () => transport.close(),
  }
}

const smtpOf = (text: string) => {
  const url = new URL(text)
  const secure = url.protocol === 'smtps:'
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    ...(url.username
      ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
      : {}),
  }
}

function openOutbox(source: MailSource): Mail {
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'unix',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async (letter) => {
      const { message } = await transport.sendMail(compose(letter, source))
      const name = `${source.clock.now().toISOString().replace(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}.eml`
      try {
        await mkdir(source.outbox, { recursive: true, mode: 0o700 })
        const aside = join(source.outbox, `${name}.part`)
        await writeFile(aside, message as Buffer, { mode: 0o600, flush: true })
        await rename(aside, join(source.outbox, name))
        await flush(source.outbox)
      } catch (error) {
        throw orDiskFull(error)
      }
    },
    check: async () => undefined,
    close: () => transport.close(),
  }
}
