import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { count } from '../../../../../kernel/numbers.ts'
import { Refusal } from '../../../../../kernel/refusal.ts'
import type { FileRead, Importer } from '../contract.ts'
import type { Seen } from '../look.ts'
import { readTable } from '../table-text.ts'
import { planPaper } from './plan-paper.ts'
import { isPaper, type Paper, readPaper } from './sheet.ts'

/** The first line as headings; none when it is no line of a CSV. */
function headingsIn(start: string): string[] {
  const line = start.slice(0, 20_000).split(/\r?\n|\r/, 1)[0] ?? ''
  try {
    return (parse(line, { relax_quotes: true, relax_column_count: true }) as string[][])[0] ?? []
  } catch {
    return []
  }
}

const mostBytes = 20 * 1024 * 1024

async function read({ path, start, bytes }: Seen): Promise<FileRead> {
  if (bytes > mostBytes)
    throw new Refusal('This sheet of marks is larger than 20 MB. Send one test, or one school, at a time.')
  const headings = headingsIn(start)
  if (!isPaper(headings))
    throw new Refusal(
      'This is no sheet of marks by question: its heading names no pupil, or fewer than three questions.',
    )
  const paper = readPaper(readTable(await readFile(path), 'The sheet of marks', headings))
  return {
    says: `Marks of ${count(paper.pupils.length, 'pupil')} in ${count(paper.questions.length, 'question')}`,
    notes: paper.notes,
    leftOut: paper.leftOut,
    record: paper,
  }
}

/** A shared test, question by question, as CSV: a row a pupil, a column a question. */
export const questions: Importer<Paper> = {
  code: 'questions',
  name: 'Marks of a shared test by question (CSV)',
  right: 'send results',
  recognises: ({ start }) => isPaper(headingsIn(start)),
  read,
  plan: planPaper,
}
