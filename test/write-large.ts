import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { upnCheckLetter } from '../src/kernel/upn.ts'

/** UPNs of 30,000 pupils. */
export const largePupils = (): string[] =>
  Array.from({ length: 30_000 }, (_, at) => {
    const twelve = String(999_200_020_000 + at)
    return upnCheckLetter(twelve) + twelve
  })

const remark =
  'Reads with growing confidence and talks about what the writer leaves unsaid; next, quote to support a point.'

/** Writes a long mark sheet of at least so many bytes, a row a result, never whole in memory; the answer is its number of rows. */
export async function writeLarge(path: string, bytes: number): Promise<number> {
  const out = createWriteStream(path)
  const pupils = largePupils()
  out.write('UPN,Assessment,Result,Comment\n')
  let [rows, written] = [0, 0]
  for (let test = 0; written < bytes; test++)
    for (const upn of pupils) {
      const row = `${upn},test-${test},${(rows * 7919) % 101},${remark}\n`
      written += row.length
      rows++
      if (!out.write(row)) await new Promise((resolve) => out.once('drain', () => resolve(undefined)))
    }
  await finished(out.end())
  return rows
}
