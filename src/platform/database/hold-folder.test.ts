import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { FolderHeld, holdFolder } from './hold-folder.ts'

describe('the data folder', () => {
  const folders: string[] = []
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'throughline-hold-'))
    folders.push(folder)
  })
  afterAll(() => {
    for (const made of folders) rmSync(made, { recursive: true, force: true })
  })
  const mark = () => join(folder, 'held-by')
  const markedBy = (holder: object) => writeFileSync(mark(), JSON.stringify(holder))
  const program = (words: string) => [
    '--input-type=module-typescript',
    '-e',
    `import { holdFolder } from ${JSON.stringify(join(import.meta.dirname, 'hold-folder.ts'))}
     try { holdFolder(${JSON.stringify(folder)}) } catch (error) { console.log(error.message); process.exit(1) }
     console.log('holding'); ${words}`,
  ]

  it('is held by one at a time, and free again when given back', () => {
    const release = holdFolder(folder)
    expect(() => holdFolder(folder)).toThrow(FolderHeld)
    release()
    expect(existsSync(mark())).toBe(false)
    holdFolder(folder)()
  })

  it('is not given to a second process, which hears which process has it and what to do', () => {
    const release = holdFolder(folder)
    const second = spawnSync(process.execPath, program(''), { encoding: 'utf8' })
    expect(second.status).toBe(1)
    expect(second.stdout).toContain(
      `in use by a running Throughline (process ${process.pid}). Stop that server first`,
    )
    release()
  })

  it('is free after its holder was killed', async () => {
    const holder = spawn(process.execPath, program('setInterval(() => {}, 1000)'))
    await once(holder.stdout, 'data')
    expect(() => holdFolder(folder)).toThrow(`process ${holder.pid}`)
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    expect(existsSync(mark())).toBe(true)
    holdFolder(folder)()
  })

  it('is free when the number of its dead holder belongs to another process now', () => {
    markedBy({ pid: process.ppid, host: hostname(), began: '1', token: 'old' })
    if (existsSync('/proc/self/stat')) holdFolder(folder)()
    markedBy({ pid: process.pid, host: hostname(), began: '', token: 'our own number, before a restart' })
    holdFolder(folder)()
  })

  it('shared with another machine is held as long as that gives a sign of life', () => {
    markedBy({ pid: 7, host: 'another', began: '', token: 'theirs' })
    expect(() => holdFolder(folder)).toThrow('process 7 on another')
    const longAgo = new Date(Date.now() - 60_000)
    utimesSync(mark(), longAgo, longAgo)
    holdFolder(folder)()
  })

  it('left by a dead holder goes to one of many who want it at once', async () => {
    markedBy({ pid: 2 ** 22 + 1, host: hostname(), began: '', token: 'dead' })
    const wanting = Array.from({ length: 6 }, () =>
      spawn(process.execPath, program('setInterval(() => {}, 1000)')),
    )
    let turnedAway = 0
    await new Promise<void>((resolve) => {
      for (const one of wanting)
        one.once('exit', (code) => {
          expect(code).toBe(1)
          if (++turnedAway === wanting.length - 1) resolve()
        })
    })
    const [winner, ...more] = wanting.filter(({ exitCode }) => exitCode === null)
    expect(more).toEqual([])
    expect(JSON.parse(readFileSync(mark(), 'utf8'))).toMatchObject({ pid: winner!.pid })
    winner!.removeAllListeners('exit')
    winner!.kill('SIGKILL')
  }, 30_000)
})
