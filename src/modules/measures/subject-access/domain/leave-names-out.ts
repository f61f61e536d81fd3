import { ordinaryWords } from './ordinary-words.ts'

export interface KnownName {
  readonly forename: string
  readonly surname: string
}

/** What a text says once other people’s names are left out. */
export interface Cleared {
  readonly text: string
  /** Names that were left out, as they stood. */
  readonly out: readonly string[]
  /** Words left as they were that could be a name: somebody has to look. */
  readonly look: readonly string[]
}

export const leftOut = '[name left out]'

const bare = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[’'`]/g, '').toLowerCase()

const wordsOf = (text: string): string[] =>
  bare(text)
    .split(/[^\p{L}]+/u)
    .filter(Boolean)

/** A name or word where it stands: letters, with apostrophes inside. */
const words = /\p{L}[\p{L}\p{M}]*(?:[’'`]\p{L}[\p{L}\p{M}]*)*/gu
const titles = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'sir', 'prof', 'rev'])
/** A genitive is no part of the name: `Tierney’s`. */
const genitive = /[’'`]s$/i

interface Word {
  readonly start: number
  end: number
  readonly plain: string
  readonly capital: boolean
}

const tokens = (text: string): Word[] =>
  [...text.matchAll(words)].map(({ 0: word, index }) => {
    const stem = word.replace(genitive, '')
    return { start: index, end: index + stem.length, plain: bare(stem), capital: /^\p{Lu}/u.test(stem) }
  })

/** May a name go on from one word to the next: a space, a hyphen, or a comma between surname and forename? */
const joins = (text: string, one: Word, next: Word) =>
  /^(?:\s+|-|,\s*)$/.test(text.slice(one.end, next.start))

/**
 * Leaves other people’s names out of texts about one pupil: whole names in either order, a title with a surname, and parts of
 * names that are nobody’s but others’. The pupil’s own name stays, though somebody else shares a part of it. A word that is an
 * ordinary word as well goes only as part of a whole name, or when somebody has said so (`also`).
 */
export function namesLeftOut(
  own: KnownName,
  others: readonly KnownName[],
  also: readonly string[] = [],
): (text: string) => Cleared {
  const mine = new Set([...wordsOf(own.forename), ...wordsOf(own.surname)])
  const ownWhole = new Set([
    [...wordsOf(own.forename), ...wordsOf(own.surname)].join(' '),
    [...wordsOf(own.surname), ...wordsOf(own.forename)].join(' '),
  ])
  const wholes = new Set<string>()
  const surnames = new Set<string>()
  const parts = new Set<string>()
  let longest = 2
  for (const { forename, surname } of others) {
    const [first, last] = [wordsOf(forename), wordsOf(surname)]
    if (first.length > 0 && last.length > 0) {
      for (const name of [
        [...first, ...last],
        [...last, ...first],
        [first[0]!, ...last],
        [...last, first[0]!],
      ]) {
        const whole = name.join(' ')
        if (!ownWhole.has(whole)) wholes.add(whole)
        longest = Math.max(longest, name.length)
      }
      if (last.length > 1) {
        surnames.add(last.join(' '))
        parts.add(last.join(' '))
      }
    }
    for (const part of last) surnames.add(part)
    for (const part of [...first, ...last]) if (part.length > 1) parts.add(part)
  }
  const asked = new Set(also.map(bare))

  return (text) => {
    const list = tokens(text)
    const out: string[] = []
    const look: string[] = []
    let left = ''
    let done = 0
    const drop = (from: number, to: number) => {
      out.push(text.slice(from, to))
      left += text.slice(done, from) + leftOut
      done = to
    }
    for (let at = 0; at < list.length; at++) {
      const one = list[at]!
      const run = runFrom(text, list, at, longest)
      const known = run.findLast(({ name }) => wholes.has(name) || ownWhole.has(name))
      if (known) {
        if (!ownWhole.has(known.name) && list[at]!.capital) drop(one.start, known.end)
        at = known.at
        continue
      }
      if (!one.capital) continue
      if (titles.has(one.plain)) {
        const surname = nextWord(text, list, at)
        if (surname?.capital && surnames.has(surname.plain)) {
          const said = text.slice(one.start, surname.end)
          if (mine.has(surname.plain) && !asked.has(bare(said))) look.push(said)
          else drop(one.start, surname.end)
          at++
        }
        continue
      }
      if (mine.has(one.plain)) continue
      if (asked.has(one.plain)) drop(one.start, one.end)
      else if (parts.has(one.plain)) {
        if (ordinaryWords.has(one.plain)) look.push(text.slice(one.start, one.end))
        else drop(one.start, one.end)
      }
    }
    return { text: left + text.slice(done), out, look }
  }
}

/** Runs of words from a place on, as names: `[{ name: 'ayesha khan', end, at }]`. */
function runFrom(text: string, list: readonly Word[], at: number, longest: number) {
  const runs: { name: string; end: number; at: number }[] = []
  let name = list[at]!.plain
  for (let next = at + 1; next < list.length && next - at < longest; next++) {
    if (!joins(text, list[next - 1]!, list[next]!)) break
    name += ` ${list[next]!.plain}`
    runs.push({ name, end: list[next]!.end, at: next })
  }
  return runs
}

function nextWord(text: string, list: readonly Word[], at: number): Word | undefined {
  const next = list[at + 1]
  return next && /^\.?\s+$/.test(text.slice(list[at]!.end, next.start)) ? next : undefined
}
