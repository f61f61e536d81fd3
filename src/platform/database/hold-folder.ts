import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Another process has the data folder open; two at once would damage it. */
export class FolderHeld extends Error {
  constructor(folder: string, pid: number) {
    super(
      `The data folder ${folder} is in use by a running Throughline (process ${pid}). Stop that server first, or work through its pages.`,
    )
  }
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Takes the data folder for this process; the answer gives it back. A holder that has died is passed over. */
export function holdFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'held-by')
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const pid = Number(readFileSync(path, 'utf8'))
      if (pid && alive(pid)) throw new FolderHeld(folder, pid)
      rmSync(path, { force: true })
    }
  }
  const release = () => rmSync(path, { force: true })
  process.once('exit', release)
  return () => {
    process.off('exit', release)
    release()
  }
}
