/** Someone as texts may name them. `numbers` are UPNs and the like: each names them by itself. */
export interface Named {
  readonly forename: string
  readonly surname: string
  readonly numbers?: readonly string[]
}

/** What stands where a name or number stood. */
export const takenOut = '[taken out]'

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The text as a pattern that overlooks accents and the kind of apostrophe, and takes any run of spaces for one. */
const loosely = (text: string): string =>
  [...text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()]
    .map((sign) => {
      if (/\s/.test(sign)) return '\\s+'
      if (/['’]/.test(sign)) return "['’]?"
      return sign === '-' ? '[-\\s]' : `${escaped(sign)}\\p{M}*`
    })
    .join('')
    .replace(/(\\s\+)+/g, '\\s+')

const alone = (pattern: string) => `(?<![\\p{L}\\p{N}\\p{M}])(?:${pattern})(?![\\p{L}\\p{N}\\p{M}])`

/** Whole names in either order, and numbers, as one pattern; nothing when there is nothing to look for. */
function patternOf(people: readonly Named[]): RegExp | undefined {
  const pieces = people.flatMap(({ forename, surname, numbers = [] }) => [
    ...(forename.trim() && surname.trim()
      ? [
          `${loosely(forename)}\\s+${loosely(surname)}`,
          `${loosely(surname)}\\s*,?\\s+${loosely(forename)}`,
          `${loosely(surname)},${loosely(forename)}`,
        ]
      : []),
    ...numbers.filter((number) => number.length > 5).map(loosely),
  ])
  return pieces.length > 0 ? new RegExp(alone(pieces.join('|')), 'giu') : undefined
}

export interface NameRemover {
  /** Is somebody named in the text? */
  readonly names: (text: string) => boolean
  /** The text without their names and numbers. */
  readonly without: (text: string) => string
  /** Any JSON value without them: texts, and the names of fields. */
  readonly withoutIn: <T>(value: T) => T
}

/**
 * Takes whole names (in either order) and numbers of some people out of texts. A forename or surname by itself stays: it
 * may be anybody's.
 */
export function nameRemover(people: readonly Named[]): NameRemover {
  const pattern = patternOf(people)
  const without = (text: string): string => {
    if (!pattern) return text
    const bare = text.normalize('NFD')
    const left = bare.replace(pattern, takenOut)
    return left === bare ? text : left.normalize('NFC')
  }
  const withoutIn = (value: unknown): unknown => {
    if (typeof value === 'string') return without(value)
    if (Array.isArray(value)) return value.map(withoutIn)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [without(name), withoutIn(one)]))
  }
  return {
    names: (text) => without(text) !== text,
    without,
    withoutIn: withoutIn as NameRemover['withoutIn'],
  }
}
