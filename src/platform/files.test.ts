import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import { DiskFull } from './disk.ts'
import { openFiles } from './files.ts'

const megabyte = 1024 * 1024
const fullDisk = 'The disk is full: nothing was changed. Free some space and try again.'

describe('raw files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-files-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const contents = (of: string) =>
    readdirSync(of, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)

  it('are kept as they came, under the hash of what is in them', async () => {
    const files = await openFiles({ folder: join(folder, 'a'), limit: megabyte })
    const marks = Buffer.from('UPN;Mark\r\nA123;97\r\n', 'latin1')
    const kept = await files.keep(Readable.from([marks.subarray(0, 5), marks.subarray(5)]))
    expect(kept).toEqual({ sha256: createHash('sha256').update(marks).digest('hex'), bytes: marks.length })
    expect(readFileSync(files.path(kept.sha256))).toEqual(marks)
    expect(files.has(kept.sha256)).toBe(true)
  })

  it('that come twice are kept once', async () => {
    const files = await openFiles({ folder: join(folder, 'b'), limit: megabyte })
    const first = await files.keep(Buffer.from('the same'))
    expect(await files.keep(Buffer.from('the same'))).toEqual(first)
    expect(contents(files.folder)).toEqual([first.sha256])
  })

  it('that are too large are refused with the limit in the sentence, and leave nothing behind', async () => {
    const files = await openFiles({ folder: join(folder, 'c'), limit: 2 * megabyte })
    let sent = 0
    const endless = new Readable({
      read() {
        sent += megabyte
        this.push(Buffer.alloc(megabyte))
      },
    })
    await expect(files.keep(endless)).rejects.toThrow(
      'That file is larger than 2 MB, the most that can be sent at once.',
    )
    expect(sent).toBeLessThan(8 * megabyte)
    expect(contents(files.folder)).toEqual([])
  })

  it('whose sending breaks off leave nothing behind', async () => {
    const files = await openFiles({ folder: join(folder, 'd'), limit: megabyte })
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('half')
        throw new Error('the line dropped')
      })(),
    )
    await expect(files.keep(broken)).rejects.toThrow('the line dropped')
    expect(contents(files.folder)).toEqual([])
  })

  it('left half written by a killed process are cleared away at the next start', async () => {
    mkdirSync(join(folder, 'e', 'aside'), { recursive: true })
    writeFileSync(join(folder, 'e', 'aside', 'half'), 'half')
    await openFiles({ folder: join(folder, 'e'), limit: megabyte })
    expect(contents(join(folder, 'e'))).toEqual([])
  })

  it('are not taken when the disk has less room than must stay free', async () => {
    const files = await openFiles({
      folder: join(folder, 'f'),
      limit: megabyte,
      keepFree: Number.MAX_SAFE_INTEGER,
    })
    await expect(files.keep(Buffer.from('x'))).rejects.toThrow(new DiskFull())
  })

  it('that fill a real disk are refused with a clear sentence, and the disk is as it was', async (test) => {
    const disk = join(folder, 'tiny')
    mkdirSync(disk)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk], { stdio: 'ignore' })
    } catch {
      test.skip('A small disk can only be mounted by root.')
    }
    try {
      const files = await openFiles({ folder: disk, limit: 100 * megabyte })
      const before = await files.keep(Buffer.from('was there before'))
      await expect(files.keep(Buffer.alloc(megabyte, 1))).rejects.toThrow(fullDisk)
      expect(contents(disk)).toEqual([before.sha256])
      await files.keep(Buffer.alloc(1024, 2))
    } finally {
      execFileSync('umount', [disk])
    }
  })

  it('can’t be asked for by anything but a hash', async () => {
    const files = await openFiles({ folder: join(folder, 'g'), limit: megabyte })
    expect(() => files.path('../../secret')).toThrow()
  })
})
