import { readFile } from 'node:fs/promises'
import { count } from '../../../../../kernel/numbers.ts'
import { Refusal } from '../../../../../kernel/refusal.ts'
import { sessionCodes } from '../../../registers/session-codes.ts'
import type { Importer } from '../contract.ts'
import type { Seen } from '../look.ts'
import { readTable, type TextTable } from '../table-text.ts'
import { type FactKind, type FactsOfKind, planFacts } from './plan-facts.ts'
import {
  conductColumns,
  exclusionColumns,
  type FactsRead,
  type RegisterShape,
  readConduct,
  readExclusions,
  readRegister,
  registerColumns,
} from './read-facts.ts'

const headingsOf = ({ start }: Seen): ReadonlySet<string> =>
  new Set(
    (start.slice(0, 8_000).split(/\r?\n|\r/, 1)[0] ?? '')
      .split(/[,;\t]/)
      .map((cell) => cell.replaceAll('"', '').trim().toLowerCase()),
  )

const codes = [...new Set(sessionCodes.map(({ code }) => code))]

/** The layout of a register, by its headings. */
function shapeOf(headings: ReadonlySet<string>): RegisterShape | undefined {
  const has = (...names: string[]) => names.every((name) => headings.has(name))
  if (!has('upn')) return undefined
  if (has('date', 'am', 'pm')) return 'days'
  if (has('date', 'attendance code') || has('date', 'session', 'code')) return 'sessions'
  return !has('date') && has('i', '/', '\\') ? 'summary' : undefined
}

const mostBytes = 200 * 1024 * 1024

interface FactFile {
  readonly code: string
  readonly name: string
  readonly kind: FactKind
  /** As `count()` takes what the file holds. */
  readonly holds: string
  readonly columns: readonly string[]
  readonly is: (headings: ReadonlySet<string>) => boolean
  readonly read: (table: TextTable, headings: ReadonlySet<string>) => FactsRead
}

const importerOf = ({ code, name, kind, holds, columns, is, read }: FactFile): Importer<FactsOfKind> => ({
  code,
  name,
  right: 'send results',
  recognises: (seen) => seen.names.length === 0 && is(headingsOf(seen)),
  read: async (seen) => {
    if (seen.bytes > mostBytes)
      throw new Refusal('This file is larger than 200 MB. Export one school and one academic year at a time.')
    const headings = headingsOf(seen)
    const { facts, leftOut } = read(readTable(await readFile(seen.path), 'The file', columns), headings)
    if (facts.length === 0)
      throw new Refusal(
        `Not one row of this file can be read${leftOut[0] ? `: ${leftOut[0].why.replace(/\.$/, '')}` : ''}. Export it again, with a row for each pupil.`,
      )
    const many = facts.reduce((sum, one) => sum + one.many, 0)
    return {
      says: `${name.replace(/ \(.*/, '')}: ${count(many, holds)} of ${count(new Set(facts.map(({ upn }) => upn)).size, 'pupil')}`,
      notes: [],
      leftOut,
      record: { kind, facts } satisfies FactsOfKind,
    }
  },
  plan: planFacts,
})

/** Attendance by session code. */
export const registers = importerOf({
  code: 'register',
  name: 'Attendance by session code (CSV)',
  kind: 'session_code',
  holds: 'session',
  columns: [...registerColumns, ...codes],
  is: (headings) => shapeOf(headings) !== undefined,
  read: (table, headings) => readRegister(table, shapeOf(headings) ?? 'days'),
})

/** Behaviour and praise, an event a row. */
export const conduct = importerOf({
  code: 'behaviour',
  name: 'Behaviour and praise (CSV)',
  kind: 'behaviour',
  holds: 'event',
  columns: conductColumns,
  is: (headings) =>
    headings.has('upn') &&
    headings.has('date') &&
    ['event', 'event type', 'behaviour type'].some((one) => headings.has(one)),
  read: readConduct,
})

/** Suspensions and permanent exclusions, an event a row. */
export const exclusions = importerOf({
  code: 'exclusions',
  name: 'Suspensions and permanent exclusions (CSV)',
  kind: 'exclusion',
  holds: 'event',
  columns: exclusionColumns,
  is: (headings) =>
    headings.has('upn') &&
    headings.has('start date') &&
    (headings.has('category') || headings.has('exclusion type')),
  read: readExclusions,
})
