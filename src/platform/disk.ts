import { open, statfs } from 'node:fs/promises'
import { Refusal } from '../kernel/refusal.ts'

/** There is no room left to write in. */
export class DiskFull extends Refusal {
  constructor(options?: ErrorOptions) {
    super('The disk is full: nothing was changed. Free some space and try again.', options)
  }
}

const fullWords = /no space left on device|could not extend file|disk full|ENOSPC|EDQUOT/i
const fullCodes = ['ENOSPC', 'EDQUOT', '53100']

/** The same error, or `DiskFull` when a disk without room is behind it (file system, Postgres or DuckDB). */
export function orDiskFull(error: unknown): unknown {
  if (error instanceof Refusal || !(error instanceof Error)) return error
  const { code, message } = error as NodeJS.ErrnoException
  if (fullCodes.includes(code ?? '') || fullWords.test(message)) return new DiskFull({ cause: error })
  return error
}

/** Free bytes for us on the disk that holds the folder. */
export async function freeBytes(folder: string): Promise<number> {
  const disk = await statfs(folder)
  return disk.bavail * disk.bsize
}

/**
 * Refuses to begin what could not be finished: a database whose disk runs full stops working, so it never gets that far.
 * @throws DiskFull when less than `keepFree` bytes would stay free.
 */
export async function enoughRoom(folder: string, keepFree: number): Promise<void> {
  if (keepFree > 0 && (await freeBytes(folder)) < keepFree) throw new DiskFull()
}

/** Makes what was written or renamed in a file or folder survive a loss of power. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
