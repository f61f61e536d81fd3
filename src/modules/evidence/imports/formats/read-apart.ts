import { Worker } from 'node:worker_threads'
import { Refusal } from '../../../../kernel/refusal.ts'
import type { FileRead, Importer } from './contract.ts'
import { putBack } from './long-lists.ts'
import type { Seen } from './look.ts'

/** What the thread tells: a piece of a long list, or its end. */
export type Told =
  | { readonly list: number; readonly piece: readonly unknown[] }
  | { readonly file: unknown }
  | { readonly refused: string }
  | { readonly trouble: string }

/** Files this small are read in milliseconds; a ZIP may hold two hundred times its size. */
const small = ({ bytes, names }: Seen) => bytes < (names.length > 0 ? 64 * 1024 : 512 * 1024)

/** Megabytes that one file may take while it is read. */
const mostMemory = 2_048

const tooMuch =
  'This file holds more than can be read at once. Export it in parts: one school, or one year, at a time.'

/**
 * Reads a file of a known format, a large one in a thread of its own: pages go on being answered meanwhile, and a file that
 * would take all memory ends its thread and nothing else. @throws Refusal as its importer does, and for such a file.
 */
export async function readApart(importer: Importer, seen: Seen): Promise<FileRead> {
  if (small(seen)) return importer.read(seen)
  const file = import.meta.url.endsWith('.ts') ? './read-apart.worker.ts' : './read-apart.worker.js'
  const thread = new Worker(new URL(file, import.meta.url), {
    workerData: { code: importer.code, seen },
    resourceLimits: { maxOldGenerationSizeMb: mostMemory },
  })
  try {
    return await fileFrom(thread)
  } finally {
    await thread.terminate()
  }
}

const fileFrom = (thread: Worker) =>
  new Promise<FileRead>((resolve, reject) => {
    const lists = new Map<number, unknown[]>()
    thread.on('message', (told: Told) => {
      if ('piece' in told) {
        const list = lists.get(told.list) ?? []
        lists.set(told.list, list)
        for (const item of told.piece) list.push(item)
        // Whoever asked for a page meanwhile is answered before the next piece.
        setImmediate(() => thread.postMessage('next'))
      } else if ('file' in told) resolve(putBack(told.file, lists) as FileRead)
      else reject('refused' in told ? new Refusal(told.refused) : new Error(told.trouble))
    })
    thread.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new Refusal(tooMuch) : error),
    )
    thread.once('exit', () => reject(new Error('The thread that read the file stopped.')))
  })
