import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** Another process has the data folder open; two at once would damage it. */
export class FolderHeld extends Error {
  constructor(folder: string, { pid, host }: Pick<Holder, 'pid' | 'host'>) {
    const where = host === hostname() ? `process ${pid}` : `process ${pid} on ${host}`
    super(
      `The data folder ${folder} is in use by a running Throughline (${where}). Stop that server first, or work through its pages.`,
    )
  }
}

interface Holder {
  readonly pid: number
  readonly host: string
  /** When the process began, as the system counts; empty where it can't be known. Process numbers are used again, these are not. */
  readonly began: string
  readonly token: string
}

const beat = 3000
const silent = 20_000
const mine = new Set<string>()

const beganOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** On this machine the system knows; of another that shares the folder we only see whether it still gives a sign of life. */
function lives(holder: Holder, path: string): boolean {
  if (holder.host !== hostname())
    return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < silent
  if (holder.pid === process.pid) return mine.has(holder.token)
  return runs(holder.pid) && (holder.began === '' || holder.began === beganOf(holder.pid))
}

function holderOf(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

/** Takes the data folder for this process; the answer gives it back. A holder that has died is passed over. */
export function holdFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'held-by')
  const me: Holder = { pid: process.pid, host: hostname(), began: beganOf(process.pid), token: randomUUID() }
  for (let attempt = 0; !take(path, me); attempt++) {
    const holder = holderOf(path)
    if (holder ? lives(holder, path) : attempt > 50)
      throw new FolderHeld(folder, holder ?? { pid: 0, host: me.host })
    if (holder) passOver(path, holder)
    else pause(20)
  }
  mine.add(me.token)
  const sign = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date())
    } catch {
      // The folder is gone; there is nothing left to hold.
    }
  }, beat).unref()
  const release = () => {
    clearInterval(sign)
    mine.delete(me.token)
    if (holderOf(path)?.token === me.token) rmSync(path, { force: true })
  }
  process.once('exit', release)
  return () => {
    process.off('exit', release)
    release()
  }
}

function take(path: string, me: Holder): boolean {
  try {
    writeFileSync(path, JSON.stringify(me), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Removes a dead holder's mark, one remover at a time, so that nobody removes the mark of the next. */
function passOver(path: string, dead: Holder): void {
  const turn = `${path}.turn`
  const stale = statSync(turn, { throwIfNoEntry: false })
  if (stale && Date.now() - stale.mtimeMs > silent) rmSync(turn, { force: true })
  try {
    writeFileSync(turn, '', { flag: 'wx' })
  } catch {
    pause(20)
    return
  }
  try {
    if (holderOf(path)?.token === dead.token) rmSync(path, { force: true })
  } finally {
    rmSync(turn, { force: true })
  }
}

const pause = (milliseconds: number) =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
