import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { NotHere, Refusal } from '../../kernel/refusal.ts'
import { viewerForCommandLine } from '../../modules/access/index.ts'
import { type Clock, systemClock } from '../../platform/clock.ts'
import { type Config, type ConfigOverrides, ConfigTrouble, loadConfig } from '../../platform/config.ts'
import { FolderHeld } from '../../platform/database/hold-folder.ts'
import { silentLog } from '../../platform/log.ts'
import { type OpenHouse, openHouse } from '../../platform/open-house.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { demoClock } from '../demo/clock.ts'

export interface Options {
  readonly data: string
  readonly json?: boolean
  readonly trust?: string
}

/** Where the person stood who called us: `npm run` moves to the package’s folder first. */
export const fromHere = (path: string): string =>
  resolve(process.env.THROUGHLINE_CALLED_FROM ?? process.cwd(), path)

/** A folder that the demo made says so itself, so that every later command stands on the demo’s day. */
export const demoMark = (data: string): string => join(data, 'this-is-the-demo')

export function configFor(options: Options, overrides: ConfigOverrides = {}): Config {
  const data = fromHere(options.data)
  return loadConfig(process.env, { data, demo: existsSync(demoMark(data)) || undefined, ...overrides })
}

/** What a command says: progress for a person on standard error, one JSON document for a program on standard output. */
export interface Voice {
  readonly progress: (words: string) => void
  /** The answer: `words` for a person, `document` with `--json`. */
  readonly answer: (document: unknown, words: string | (() => string)) => void
}

export function voiceFor(options: Options): Voice {
  const terminal = process.stderr.isTTY
  return {
    progress: (words) => {
      if (terminal) process.stderr.write(`\r\u001b[K${words}`)
      else process.stderr.write(`${words}\n`)
    },
    answer: (document, words) => {
      if (terminal) process.stderr.write('\r\u001b[K')
      const text = options.json ? JSON.stringify(document) : typeof words === 'function' ? words() : words
      process.stdout.write(`${text}\n`)
    },
  }
}

/** Opens the house for one command, works in it as the machine’s operator, and closes it whatever happens. */
export async function atWork(
  options: Options,
  work: (viewer: Viewer, voice: Voice, house: OpenHouse) => Promise<void>,
  clock: Clock = systemClock,
): Promise<void> {
  const config = configFor(options)
  const house = await openHouse(config, { clock: demoClock(config) ?? clock, log: silentLog })
  try {
    await work(await viewerForCommandLine(house, options.trust), voiceFor(options), house)
  } finally {
    await house.close()
  }
}

const faults = [Refusal, NotHere, FolderHeld, ConfigTrouble]

/** Turns what went wrong into a sentence and an exit code: 1 when the input or the moment is at fault. */
export function answerFault(error: unknown, json: boolean): number {
  const known = faults.some((kind) => error instanceof kind)
  const words = error instanceof Error ? error.message : String(error)
  if (json) process.stdout.write(`${JSON.stringify({ error: words })}\n`)
  process.stderr.write(
    `${known ? words : `Something went wrong that should not have: ${error instanceof Error ? (error.stack ?? words) : words}`}\n`,
  )
  return 1
}

/** Every command takes these. */
export const withOptions = (command: Command, example: string): Command =>
  command
    .option('--data <dir>', 'the folder where everything lives', process.env.THROUGHLINE_DATA ?? 'data')
    .option('--trust <slug>', 'which trust, when the folder holds several')
    .option('--json', 'one JSON document on standard output, and nothing else there')
    .addHelpText('after', `\nExample:\n  npm run -s throughline -- ${example}`)
