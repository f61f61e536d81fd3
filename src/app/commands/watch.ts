import { existsSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { Command } from 'commander'
import { Refusal } from '../../kernel/refusal.ts'
import { viewerForCommandLine } from '../../modules/access/index.ts'
import { type Stood, type Taken, takeFromFolder, wordsOf } from '../../modules/evidence/index.ts'
import type { House } from '../../platform/house.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { atWork, fromHere, type Options, withOptions } from './at-work.ts'

const every = 10_000
const settling = 1_000

export const watchedFolder = (name: string): string => {
  const folder = fromHere(name)
  if (!existsSync(folder)) throw new Refusal(`There is no folder ${name} to watch.`)
  return folder
}

/** Looks into the folder every ten seconds until told to stop. One file that goes wrong by our fault is told and tried again at the next look. */
async function watch(
  viewer: () => Promise<Viewer>,
  folder: string,
  publishes: boolean,
  told: (taken: Taken) => void,
  failed: (error: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  const stood: Stood = new Map()
  while (!signal.aborted) {
    try {
      for (const taken of await takeFromFolder(await viewer(), folder, { stood, publishes })) told(taken)
    } catch (error) {
      failed(error)
    }
    await wait(every, undefined, { signal }).catch(() => undefined)
  }
}

/** Watches a folder while a server runs; the answer stops it. */
export async function watchBeside(
  house: House,
  folder: string,
  trust: string | undefined,
): Promise<() => Promise<void>> {
  const stop = new AbortController()
  const viewer = () => viewerForCommandLine(house, trust)
  await viewer()
  const ended = watch(
    viewer,
    folder,
    false,
    ({ refused }) => house.log.info('file from watched folder', { refused: refused !== undefined }),
    (error) => house.log.error('watched folder', error),
    stop.signal,
  )
  return async () => {
    stop.abort()
    await ended
  }
}

export function addWatchCommand(program: Command): void {
  withOptions(
    program
      .command('watch')
      .argument('<folder>', 'a folder with a subfolder for each school, named by its URN')
      .description('take the files that come into a folder, as they come'),
    'watch /srv/exports --publish',
  )
    .option('--publish', 'put in by itself what needs nobody; otherwise everything waits for a person')
    .option('--once', 'take what is there now, and stop')
    .action((name: string, options: Options & { publish?: boolean; once?: boolean }) =>
      atWork(options, async (viewer, voice, house) => {
        const folder = watchedFolder(name)
        const publishes = options.publish ?? false
        if (options.once) {
          const stood: Stood = new Map()
          await takeFromFolder(viewer, folder, { stood, publishes })
          await wait(settling)
          const taken = await takeFromFolder(viewer, folder, { stood, publishes })
          voice.answer({ taken }, () =>
            taken.length
              ? taken.map((one) => `${one.file}\n  ${wordsOf(one).replaceAll('\n', '\n  ')}`).join('\n')
              : 'There is nothing in the folder to take.',
          )
          if (taken.some(({ refused }) => refused)) process.exitCode = 1
          return
        }
        const stop = new AbortController()
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
        voice.progress(`Watching ${folder}. Stop with Ctrl+C.`)
        await watch(
          () => viewerForCommandLine(house, options.trust),
          folder,
          publishes,
          (one) => process.stdout.write(`${one.file}\n  ${wordsOf(one).replaceAll('\n', '\n  ')}\n`),
          (error) => process.stderr.write(`${error instanceof Error ? error.message : error}\n`),
          stop.signal,
        )
      }),
    )
}
