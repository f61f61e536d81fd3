import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Refusal } from '../../../../kernel/refusal.ts'
import { upnCheckLetter } from '../../../../kernel/upn.ts'
import { importerOf } from './catalogue.ts'
import { putBack, takeOut } from './long-lists.ts'
import { lookAt } from './look.ts'
import { readApart } from './read-apart.ts'
import { readTable } from './table-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'throughline-apart-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const upns = Array.from({ length: 500 }, (_, at) => {
  const twelve = `9992001${20_000 + at}`
  return upnCheckLetter(twelve) + twelve
})
async function laid(name: string, text: string) {
  const path = join(folder, name)
  writeFileSync(path, text)
  const seen = await lookAt(path)
  return { seen, importer: importerOf(seen)! }
}
const register = (rows: number) =>
  `UPN,Date,AM,PM\r\n${Array.from({ length: rows }, (_, at) => `${upns[at % 500]},2025-11-${String(1 + (Math.floor(at / 500) % 28)).padStart(2, '0')},/,\\`).join('\r\n')}`

describe('a large file read in a thread of its own', () => {
  it('comes out the same as when it is read here', async () => {
    const { seen, importer } = await laid('register.csv', register(20_000))
    expect(seen.bytes).toBeGreaterThan(512 * 1024)
    expect(await readApart(importer, seen)).toEqual(await importer.read(seen))
  })

  it('is refused with its importer’s sentence', async () => {
    const { seen, importer } = await laid(
      'old.csv',
      `UPN,Date,AM,PM\r\n${'Z999999999999,2025-11-03,/,/\r\n'.repeat(30_000)}`,
    )
    const refusal = await readApart(importer, seen).catch((error) => error)
    expect(refusal).toBeInstanceOf(Refusal)
    expect(refusal.message).toContain('Not one row of this file can be read')
  })
})

it('a table of more rows than any trust has is refused before it takes all memory', () => {
  expect(() => readTable(Buffer.from(`UPN\n${'x\n'.repeat(1_000_001)}`), 'The file', ['UPN'])).toThrow(
    'more than 1,000,000 rows',
  )
})

it('long lists are taken out of a value and put back', () => {
  const long = Array.from({ length: 10_001 }, (_, at) => at)
  const value = {
    says: 'x',
    record: { facts: long, kind: 'a' },
    leftOut: [],
    deep: { a: { b: { c: long } } },
  }
  const { light, lists } = takeOut(value)
  expect(lists).toEqual([long])
  expect(JSON.stringify(light).length).toBeLessThan(60_000)
  expect(putBack(light, new Map(lists.entries()))).toEqual(value)
})
