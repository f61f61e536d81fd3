import { mkdtempSync, openSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { Refusal } from '../../../../kernel/refusal.ts'
import { importers } from './catalogue.ts'
import type { FileRead } from './contract.ts'
import { lookAt } from './look.ts'
import { samples } from './samples.ts'

const folder = mkdtempSync(join(tmpdir(), 'throughline-formats-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let made = 0
const laid = (bytes: Uint8Array): string => {
  const path = join(folder, `file-${made++ % 50}`)
  writeFileSync(path, bytes)
  return path
}

const isSentence = (text: string) => /^[^a-z]/.test(text) && /[.?!]$/.test(text) && text.length < 600

/** What reading answers: the file, or the sentence that refuses it. Anything else is a fault of ours. */
async function outcome(code: string, bytes: Uint8Array | string): Promise<FileRead | string> {
  const importer = importers.find((one) => one.code === code)!
  const seen = await lookAt(typeof bytes === 'string' ? bytes : laid(bytes))
  importer.recognises(seen)
  try {
    const file = await importer.read(seen)
    expect(file.says).toMatch(/\S/)
    for (const { why } of file.leftOut) expect(why).toSatisfy(isSentence)
    return file
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(error.message).toSatisfy(isSentence)
    return error.message
  }
}

it('has a good file of every importer', () => {
  expect([...new Set(samples.map((one) => one.importer))].sort()).toEqual(
    importers.map(({ code }) => code).sort(),
  )
})

describe.each(samples)('$importer: $name', ({ importer: code, bytes }) => {
  it('is recognised by its own importer and no other, and read whole', async () => {
    const seen = await lookAt(laid(bytes))
    expect(importers.filter((one) => one.recognises(seen)).map((one) => one.code)).toEqual([code])
    const file = await outcome(code, bytes)
    expect(structuredClone(file)).toEqual(file)
    expect(file).toMatchObject({ leftOut: [] })
    expect((file as FileRead).record ?? (file as FileRead).results).toBeDefined()
  })

  it('is nobody’s when it is empty, and refused with a sentence', async () => {
    const seen = await lookAt(laid(Buffer.alloc(0)))
    expect(importers.filter((one) => one.recognises(seen))).toEqual([])
    expect(await outcome(code, Buffer.alloc(0))).toBeTypeOf('string')
  })

  it('is read as far as it goes, or refused, wherever it is cut', async () => {
    for (let part = 1; part < 40; part++)
      await outcome(code, bytes.subarray(0, Math.floor((bytes.length * part) / 40)))
  })

  it('is refused before it is read when it is enormous', async () => {
    const path = laid(bytes)
    truncateSync(path, 3 * 1024 ** 3)
    if (bytes[0] === 0x50) {
      const file = openSync(path, 'r+')
      writeSync(file, bytes, 0, bytes.length, 3 * 1024 ** 3 - bytes.length)
    }
    expect(await outcome(code, path)).toBeTypeOf('string')
  })

  it('is not mistaken for another’s', async () => {
    for (const other of samples) if (other.importer !== code) await outcome(code, other.bytes)
  })
})

const hostile = [
  '=cmd|calc!A1',
  '<script>alert(1)</script>',
  '"',
  '\0',
  '\u202e',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '&amp;&x;',
  '<!DOCTYPE x [<!ENTITY x "y">]>',
  '9'.repeat(400),
  '-1',
  '1e999',
  '31/02/2024',
  '\r',
  '\n\n',
  ',,,,,,,,',
  '</',
  ']]>',
  'é',
  '\ud800',
].map((text) => Buffer.from(text))

const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  gone: fc.nat({ max: 60 }),
  put: fc.oneof(fc.constantFrom(...hostile), fc.uint8Array({ maxLength: 40 })),
})

describe('whatever the bytes', () => {
  const runs = Number(process.env.THROUGHLINE_FUZZ ?? 1_000)

  it(
    `reads or refuses with a sentence, ${runs} times`,
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...samples),
          fc.array(damage, { minLength: 1, maxLength: 6 }),
          async ({ importer, bytes }, harm) => {
            let broken = bytes
            for (const { at, gone, put } of harm) {
              const place = Math.floor(at * broken.length)
              broken = Buffer.concat([broken.subarray(0, place), put, broken.subarray(place + gone)])
            }
            await outcome(importer, broken)
          },
        ),
        { numRuns: runs },
      )
    },
    Math.max(60_000, runs * 40),
  )
})
