import { readFile, stat } from 'node:fs/promises'
import { Refusal } from '../../../kernel/refusal.ts'
import { readTable } from '../imports/formats/table-text.ts'
import type { AskedResult } from './plan-corrections.ts'

const headings = ['UPN', 'Assessment', 'Result'] as const
const mostBytes = 20 * 1024 * 1024

/** The results of a CSV with the headings UPN, Assessment and Result. @throws Refusal with what is wrong with it. */
export async function resultsInFile(path: string): Promise<AskedResult[]> {
  if ((await stat(path)).size > mostBytes)
    throw new Refusal(
      'This file is larger than 20 MB. Corrections are a list of results: send only those that change.',
    )
  const bytes = await readFile(path)
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004')
    throw new Refusal(
      'This is a workbook or a ZIP. Save the list as CSV, with the headings UPN, Assessment and Result.',
    )
  const table = readTable(bytes, 'The file', headings)
  const there = new Set(table.headings.map((one) => one.toLowerCase()))
  const missing = headings.filter((one) => !there.has(one.toLowerCase()))
  if (missing.length)
    throw new Refusal(
      `The file has no column ${missing.join(', ')}. Its first line says UPN, Assessment, Result.`,
    )
  if (table.rows.length === 0) throw new Refusal('The file has headings and no row under them.')
  return table.rows.map((row) => ({
    row: row.row,
    upn: row.of('UPN'),
    assessment: row.of('Assessment'),
    result: row.of('Result'),
  }))
}
