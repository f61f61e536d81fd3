import type { Mapping, PlainTarget, Reading, Target } from '../domain/words.ts'

/** Where things stand in the file: column names on the bench by what they are. */
export interface Columns {
  readonly of: (target: PlainTarget) => string | undefined
  readonly heading: (target: PlainTarget) => string
  readonly headingAt: (index: number) => string
  /** Columns by which a row says who it is about. */
  readonly identity: readonly { readonly target: PlainTarget; readonly column: string }[]
  /** Columns of results in a wide file. */
  readonly wide: readonly { readonly index: number; readonly column: string; readonly code: string }[]
  readonly long: boolean
  /** Pupils go by the school’s own number and nothing else. */
  readonly numbersOnly: boolean
  readonly mapped: readonly string[]
}

const identityTargets: readonly PlainTarget[] = [
  'school',
  'upn',
  'local id',
  'surname',
  'forename',
  'name',
  'date of birth',
]

export function columnsOf(reading: Reading, mapping: Mapping, wholeTrust: boolean): Columns {
  const used = Object.entries(mapping.columns)
    .map(([index, target]) => ({ index: Number(index), target: target as Target }))
    .filter(({ index, target }) => target !== 'leave out' && index < reading.columns.length)
    .sort((a, b) => a.index - b.index)
  const indexOf = (target: Target) => used.find((one) => one.target === target)?.index
  const of = (target: PlainTarget) => {
    const index = indexOf(target)
    return index === undefined || (target === 'school' && !wholeTrust) ? undefined : `c${index}`
  }
  const headingAt = (index: number) => reading.columns[index]?.heading ?? ''
  const identity = identityTargets.flatMap((target) => {
    const column = of(target)
    return column ? [{ target, column }] : []
  })
  const long = indexOf('result') !== undefined
  return {
    of,
    headingAt,
    heading: (target) => {
      const index = indexOf(target)
      return index === undefined ? '' : headingAt(index)
    },
    identity,
    wide: long
      ? []
      : used.flatMap(({ index, target }) =>
          target.startsWith('result:') ? [{ index, column: `c${index}`, code: target.slice(7) }] : [],
        ),
    long,
    numbersOnly: !long && identity.every(({ target }) => target === 'local id' || target === 'school'),
    mapped: used.map(({ index }) => `c${index}`),
  }
}
