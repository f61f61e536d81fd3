import { randomBytes } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'

/** What a Throughline is told at its start. Everything has a sensible answer except where mail should go. */
export interface Config {
  /** The folder in which everything lives: record, lake, files, outbox, secret. Absolute. */
  readonly data: string
  /** `postgres://…` of a server; without it the record is the embedded database in the data folder. */
  readonly databaseUrl?: string
  readonly host: string
  readonly port: number
  /** The address people type, without a slash at the end: unsafe requests must come from it. */
  readonly origin: string
  readonly smtpUrl?: string
  readonly mailFrom: string
  /** Signs sessions and tokens; made once and kept in the data folder. */
  readonly secret: string
  readonly demo: boolean
  /** Largest upload, in bytes. */
  readonly uploadLimit: number
  /** Is there a proxy of ours in front, whose `X-Forwarded-For` says who asks? */
  readonly behindProxy: boolean
  /** Space, in bytes, that must stay free on the disk; below it nothing more is written. */
  readonly keepFree: number
}

/** The settings are at fault; each fault is one sentence that names the setting. */
export class ConfigTrouble extends Error {
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.faults = faults
  }
}

const megabyte = 1024 * 1024
const truths = ['1', 'true', 'yes', 'on']
const untruths = ['0', 'false', 'no', 'off']

const address = (name: string, schemes: readonly string[], example: string) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1)), {
    error: ({ input }) =>
      `${name} is “${hidePassword(String(input))}”, which is not such an address: ${example}`,
  })

const wholeNumber = (name: string, least: number, most: number) =>
  z
    .union([z.string(), z.number()])
    .transform((input) =>
      typeof input === 'number' ? input : /^\d+$/.test(input.trim()) ? Number(input) : Number.NaN,
    )
    .refine((number) => Number.isInteger(number) && number >= least && number <= most, {
      error: `${name} must be a whole number from ${least} to ${most}.`,
    })

const yesOrNo = (name: string) =>
  z.union([z.boolean(), z.string()]).transform((input, context) => {
    if (typeof input === 'boolean') return input
    const word = input.trim().toLowerCase()
    if (truths.includes(word)) return true
    if (untruths.includes(word)) return false
    context.addIssue({ code: 'custom', message: `${name} is “${input}”; write yes or no.` })
    return z.NEVER
  })

const settings = z.object({
  data: z.string().min(1, 'THROUGHLINE_DATA is empty; name a folder, such as ./data.').default('./data'),
  databaseUrl: address(
    'DATABASE_URL',
    ['postgres', 'postgresql'],
    'postgres://user:password@host:5432/throughline',
  ).optional(),
  host: z
    .string()
    .min(1, 'HOST is empty; 127.0.0.1 listens to this machine only, 0.0.0.0 to all.')
    .default('127.0.0.1'),
  port: wholeNumber('PORT', 0, 65_535).default(3000),
  origin: address('THROUGHLINE_ORIGIN', ['http', 'https'], 'https://throughline.example.org').optional(),
  smtpUrl: address('SMTP_URL', ['smtp', 'smtps'], 'smtp://user:password@mail.example.org:587').optional(),
  mailFrom: z
    .string()
    .regex(
      /^[^\r\n]*[^\s@<>]+@[^\s@<>]+[^\r\n]*$/,
      'MAIL_FROM must hold an e-mail address: Throughline <throughline@example.org>',
    )
    .default('Throughline <throughline@localhost.localdomain>'),
  secret: z
    .string()
    .min(32, 'THROUGHLINE_SECRET must have at least 32 characters; leave it out and one is made.')
    .optional(),
  demo: yesOrNo('THROUGHLINE_DEMO').default(false),
  behindProxy: yesOrNo('THROUGHLINE_BEHIND_PROXY').default(false),
  uploadLimitMb: wholeNumber('THROUGHLINE_UPLOAD_LIMIT_MB', 1, 10_240).default(250),
  keepFreeMb: wholeNumber('THROUGHLINE_KEEP_FREE_MB', 0, 1_048_576).default(64),
})

const named: Record<keyof z.input<typeof settings>, string> = {
  data: 'THROUGHLINE_DATA',
  databaseUrl: 'DATABASE_URL',
  host: 'HOST',
  port: 'PORT',
  origin: 'THROUGHLINE_ORIGIN',
  smtpUrl: 'SMTP_URL',
  mailFrom: 'MAIL_FROM',
  secret: 'THROUGHLINE_SECRET',
  demo: 'THROUGHLINE_DEMO',
  behindProxy: 'THROUGHLINE_BEHIND_PROXY',
  uploadLimitMb: 'THROUGHLINE_UPLOAD_LIMIT_MB',
  keepFreeMb: 'THROUGHLINE_KEEP_FREE_MB',
}

export type ConfigOverrides = {
  readonly [K in keyof z.input<typeof settings>]?: z.input<typeof settings>[K] | undefined
}

const hidePassword = (text: string) => text.replace(/\/\/([^:@/]*):[^@/]*@/, '//$1:…@')

/**
 * Reads the settings from the environment, with the command line's over them.
 * @throws ConfigTrouble with one sentence a fault.
 */
export function loadConfig(
  environment: NodeJS.ProcessEnv = process.env,
  overrides: ConfigOverrides = {},
): Config {
  const given: Record<string, unknown> = {}
  for (const [key, name] of Object.entries(named)) {
    const value = overrides[key as keyof ConfigOverrides] ?? environment[name]
    if (value !== undefined && value !== '') given[key] = value
  }
  const read = settings.safeParse(given)
  if (!read.success) throw new ConfigTrouble(read.error.issues.map((issue) => issue.message))
  const { uploadLimitMb, keepFreeMb, secret, origin, ...rest } = read.data
  const data = resolve(rest.data)
  makeFolder(data)
  return {
    ...rest,
    data,
    origin: new URL(origin ?? `http://${rest.host.includes(':') ? `[${rest.host}]` : rest.host}:${rest.port}`)
      .origin,
    secret: secret ?? keptSecret(data),
    uploadLimit: uploadLimitMb * megabyte,
    keepFree: keepFreeMb * megabyte,
  }
}

function makeFolder(data: string) {
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 })
    if (!statSync(data).isDirectory()) throw new Error('not a folder')
  } catch (error) {
    throw new ConfigTrouble([`The data folder ${data} can’t be made or opened: ${(error as Error).message}.`])
  }
}

/** Made once; whoever holds it can sign sessions, so only the owner of the folder may read it. */
function keptSecret(data: string): string {
  const path = join(data, 'secret')
  const aside = `${path}.${process.pid}`
  try {
    writeFileSync(aside, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true })
    linkSync(aside, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new ConfigTrouble([`The secret can’t be kept in ${path}: ${(error as Error).message}.`])
  } finally {
    rmSync(aside, { force: true })
  }
  chmodSync(path, 0o600)
  const secret = readFileSync(path, 'utf8').trim()
  if (secret.length < 32)
    throw new ConfigTrouble([
      `${path} is damaged: it should hold at least 32 characters. Restore it from a backup, or remove it; people will then have to sign in again.`,
    ])
  return secret
}
