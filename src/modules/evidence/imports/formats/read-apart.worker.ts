import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../../../../kernel/refusal.ts'
import { importers } from './catalogue.ts'
import { pieceLength, takeOut } from './long-lists.ts'
import type { Seen } from './look.ts'
import type { Told } from './read-apart.ts'

const { code, seen } = workerData as { readonly code: string; readonly seen: Seen }
const door = parentPort!
const tell = (told: Told) => door.postMessage(told)

try {
  const { light, lists } = takeOut(await importers.find((one) => one.code === code)!.read(seen))
  for (const [list, items] of lists.entries())
    for (let at = 0; at < items.length; at += pieceLength) {
      tell({ list, piece: items.slice(at, at + pieceLength) })
      await once(door, 'message')
    }
  tell({ file: light })
} catch (error) {
  tell(
    error instanceof Refusal
      ? { refused: error.message }
      : { trouble: error instanceof Error ? (error.stack ?? error.message) : String(error) },
  )
}
door.close()
