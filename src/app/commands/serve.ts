import { existsSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { Refusal } from '../../kernel/refusal.ts'
import { finishLettingGo, watchNights } from '../../modules/keeping/index.ts'
import { type Clock, systemClock } from '../../platform/clock.ts'
import type { Config } from '../../platform/config.ts'
import { freePort, listen } from '../../platform/http/listen.ts'
import { jsonLog, silentLog } from '../../platform/log.ts'
import { openHouse } from '../../platform/open-house.ts'
import { buildDemo } from '../demo/build-demo.ts'
import { demoClock } from '../demo/clock.ts'
import { demoPeople } from '../demo/people.ts'
import { eachMorning } from '../each-morning.ts'
import { keepWarm, warmed, warmSoon } from '../keep-warm.ts'
import { createApp } from '../server.tsx'
import { configFor, demoMark, fromHere, type Options, type Voice, voiceFor, withOptions } from './at-work.ts'
import { watchBeside, watchedFolder } from './watch.ts'

interface ServeOptions extends Options {
  readonly port: string
  readonly host?: string
  readonly watch?: string
}

/** What `--port` says; for 0 a port that is free now, so that the addresses in letters name it. */
const portOf = async ({ port, host }: ServeOptions): Promise<number> => {
  if (!/^\d{1,5}$/.test(port)) return Number.NaN
  return Number(port) || freePort(host ?? '127.0.0.1')
}

/** The address people type is where we listen, unless one is set: behind a proxy it is the proxy’s. */
async function serve(
  config: Config,
  clock: Clock,
  voice: Voice,
  greet: (address: string) => string,
  watched?: { readonly folder: string; readonly trust?: string },
): Promise<void> {
  const house = await openHouse(config, { clock, log: config.demo ? silentLog : jsonLog })
  try {
    await finishLettingGo(house)
    const listening = await listen(await createApp(house), { host: config.host, port: config.port })
    voice.progress('')
    process.stdout.write(`Listening on ${listening.url}\n${greet(listening.url)}`)
    warmSoon(house)
    const stopNights = watchNights(house)
    const noMoreMornings = eachMorning(house)
    const stopWatching = watched && (await watchBeside(house, watched.folder, watched.trust))
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
    })
    process.stdout.write('Stopping …\n')
    stopNights()
    noMoreMornings()
    await stopWatching?.()
    await listening.close()
    await warmed()
  } finally {
    await house.close()
  }
}

async function build(options: Options & { scale?: boolean }, voice: Voice): Promise<void> {
  const data = fromHere(options.data)
  if (existsSync(demoMark(data))) return
  const config = configFor(options, { demo: true })
  const house = await openHouse(config, { clock: demoClock(config) ?? systemClock, log: silentLog })
  try {
    const { rows } = await house.database.executeSql('select 1 from organisation.trust')
    if (rows.length > 0)
      throw new Refusal(
        `The data folder ${data} already holds a trust. Choose another for the demo with --data.`,
      )
    await buildDemo(house, { progress: voice.progress, scale: options.scale ?? false })
    voice.progress('Working out the figures …')
    await keepWarm(house, 'now')
  } finally {
    await house.close()
  }
  writeFileSync(demoMark(data), 'Made by throughline demo. Everything in this folder is made up.\n')
}

const peopleOf = () =>
  `\nSign in with one click on that page as any of these people:\n${demoPeople.map((one) => `  ${one.name.padEnd(18)} ${one.title}`).join('\n')}\n\nStop with Ctrl+C; the next start takes seconds.\n`

export function addServeCommands(program: Command): void {
  withOptions(program.command('serve').description('open Throughline to browsers'), 'serve --port 3000')
    .option('--port <number>', 'the port; 0 for any that is free', process.env.PORT ?? '3000')
    .option('--host <host>', '127.0.0.1 for this machine only, 0.0.0.0 for all')
    .option('--watch <folder>', 'take the files that come into this folder; they wait for a person')
    .action(async (options: ServeOptions) => {
      const config = configFor(options, {
        port: await portOf(options),
        ...(options.host ? { host: options.host } : {}),
      })
      const watched = options.watch
        ? { folder: watchedFolder(options.watch), trust: options.trust }
        : undefined
      await serve(config, demoClock(config) ?? systemClock, voiceFor(options), () => '', watched)
    })

  withOptions(
    program.command('demo').description('Tidewell Learning Trust, made up, to try everything on'),
    'demo',
  )
    .option('--port <number>', 'the port; 0 for any that is free', process.env.PORT ?? '3000')
    .option('--build-only', 'make the trust and stop')
    .option('--scale', '50 schools and 40,000 pupils, for measuring speed')
    .action(async (options: ServeOptions & { buildOnly?: boolean; scale?: boolean }) => {
      const voice = voiceFor(options)
      await build(options, voice)
      if (options.buildOnly)
        return voice.answer(
          { data: fromHere(options.data) },
          `The demo is ready in ${fromHere(options.data)}.`,
        )
      const config = configFor(options, { demo: true, port: await portOf(options) })
      await serve(config, demoClock(config) ?? systemClock, voice, peopleOf)
    })
}
