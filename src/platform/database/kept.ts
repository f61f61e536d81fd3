import { reachOf } from '../../kernel/viewer.ts'
import type { Viewer } from '../viewer.ts'
import { isWithin } from './door.ts'
import type { Database } from './open.ts'
import type { Writes } from './writes.ts'

/** Written to when somebody only looks, signs in or waits: no answer about the record depends on them. */
const onlyLooking = /^(access\.(audit|sign_in_)|platform\.job|pgboss\.)/

const signIn = /^access\.sign_in_(?!attempt)/

const sumOf = (writes: Writes, counts: (table: string) => boolean): number => {
  let sum = 0
  for (const [table, times] of writes) if (counts(table)) sum += times
  return sum
}

/**
 * A mark that changes with every write to the record; none where other processes write to it as well. What was worked out
 * from the record under one mark holds until the next.
 */
export const recordMark = ({ writes }: Pick<Database, 'writes'>): number | undefined =>
  writes && sumOf(writes, (table) => !onlyLooking.test(table))

const markOf = ({ writes }: Pick<Database, 'writes'>, about: RegExp): number | undefined =>
  writes && sumOf(writes, (table) => table === '?' || about.test(table))

/** The same for accounts and sessions. */
export const signInMark = (database: Pick<Database, 'writes'>): number | undefined => markOf(database, signIn)

const most = 5000
/** Whole rolls are large: of what is kept for longer, fewer. */
const mostAbout = 40

interface Answers {
  mark: number
  readonly byName: Map<string, Promise<unknown>>
}

const answers = new WeakMap<Database, Map<string, Answers>>()

/** The tables of the people and places of a trust: what is asked of these alone outlasts the writes of a conversation. */
export const ofPeople = /^organisation\./

/**
 * Asks once and keeps the answer until the record is next written to; asks each time where others write to it too, and
 * inside a transaction. `name` holds all that the answer depends on besides the viewer's reach. Failures are not kept.
 * `about` names the tables that matter, where it is not all of them.
 */
export function keptUntilWritten<T>(
  viewer: Viewer,
  name: string,
  ask: () => Promise<T>,
  about?: RegExp,
): Promise<T> {
  const { database } = viewer.house
  const mark = about ? markOf(database, about) : recordMark(database)
  if (mark === undefined || isWithin(viewer)) return ask()
  const kinds = answers.get(database) ?? new Map<string, Answers>()
  answers.set(database, kinds)
  const kind = about?.source ?? ''
  const known = kinds.get(kind) ?? { mark, byName: new Map<string, Promise<unknown>>() }
  kinds.set(kind, known)
  if (known.mark !== mark || known.byName.size >= (about ? mostAbout : most)) {
    known.mark = mark
    known.byName.clear()
  }
  const whole = `${reachOf(viewer)}|${name}`
  const before = known.byName.get(whole)
  if (before) return before as Promise<T>
  const asked = ask()
  known.byName.set(whole, asked)
  asked.catch(() => known.byName.get(whole) === asked && known.byName.delete(whole))
  return asked
}
