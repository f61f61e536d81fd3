import { basename } from 'node:path'
import { Refusal } from '../../../kernel/refusal.ts'
import { identifier, type Workbench } from '../../../platform/lake/duck.ts'
import type { Coded, ScanRows } from '../domain/scan/rows.ts'
import { enforceColumn, enforceNumbers, isMissing, number, openSource } from './source.ts'

export interface ScanAsk {
  readonly outcome: string
  readonly predictors: readonly string[]
  readonly places: readonly string[]
  readonly groups: readonly string[]
  /** Whose result a row is; each row is a pupil of its own when not said. */
  readonly pupil?: string
}

/** More values than this are names of pupils, not groups of them. */
const mostGroups = 200

function enforceDistinct({ outcome, predictors, places, groups, pupil }: ScanAsk): void {
  if (places.length + groups.length === 0)
    throw new Refusal('Say where or who to look at: columns of places (--place) or of groups (--groups).')
  const numbers = [outcome, ...predictors]
  const words = [...places, ...groups, ...(pupil ? [pupil] : [])]
  const twice =
    numbers.find((name, at) => numbers.indexOf(name) !== at) ??
    words.find((name, at) => words.indexOf(name) !== at)
  if (twice) throw new Refusal(`“${twice}” is named twice.`)
  if (words.includes(outcome)) throw new Refusal(`“${outcome}” can’t be both outcome and a place or group.`)
}

/**
 * Reads the results of a file for the scan, in the order of pupils. Rows without an outcome, a predictor, a place or a pupil
 * are left out; an empty cell in a column of groups is no group. @throws Refusal for what nothing can be told from.
 */
export async function resultsOfFile(
  bench: Workbench,
  file: string,
  ask: ScanAsk,
): Promise<{ rows: ScanRows; dropped: number }> {
  const { outcome, predictors, places, groups, pupil } = ask
  enforceDistinct(ask)
  const columns = await openSource(bench, file)
  for (const name of [outcome, ...predictors, ...places, ...groups, ...(pupil ? [pupil] : [])])
    enforceColumn(columns, name, file)
  await enforceNumbers(bench, [
    { name: outcome, hint: ' An outcome has to be a number in every row.' },
    ...predictors.map((name) => ({ name, hint: ' A predictor has to be a number in every row.' })),
  ])
  const finite = (name: string) => `case when isnan(${number(name)}) then null else ${number(name)} end`
  const word = (name: string) => `case when not ${isMissing(name)} then trim(${identifier(name)}) end`
  const needed = [
    'y is not null',
    ...predictors.map((_, at) => `x${at} is not null`),
    ...places.map((_, at) => `p${at} is not null`),
    ...(pupil ? ['who is not null'] : []),
  ]
  await bench.run(`create or replace temp table chosen as select * from (
    select ${[
      `${finite(outcome)} as y`,
      ...predictors.map((name, at) => `${finite(name)} as x${at}`),
      ...places.map((name, at) => `${word(name)} as p${at}`),
      ...groups.map((name, at) => `coalesce(${word(name)}, '') as g${at}`),
      `${pupil ? word(pupil) : 'rowid'} as who`,
    ].join(', ')} from source) where ${needed.join(' and ')}`)
  const words = [
    ...places.map((name, at) => ({ name, column: `p${at}` })),
    ...groups.map((name, at) => ({ name, column: `g${at}` })),
  ]
  await enforceUse(bench, file, ask, words)
  for (const { column } of words) {
    await bench.run(`drop type if exists ${column}_word`)
    await bench.run(`create type ${column}_word as enum (select distinct ${column} from chosen order by 1)`)
  }
  const levels = await Promise.all(
    words.map(async ({ column }) =>
      (await bench.rows<{ word: string }>(`select unnest(enum_range(null::${column}_word)) as word`)).map(
        (row) => row.word,
      ),
    ),
  )
  const [lines] = await bench.rows<{ chosen: number; source: number }>(
    'select (select count(*) from chosen) as chosen, (select count(*) from source) as source',
  )
  const many = lines!.chosen
  const numbers = Array.from({ length: 1 + predictors.length }, () => new Float64Array(many))
  const codes = Array.from({ length: words.length + 1 }, () => new Int32Array(many))
  const result = await bench.connection.run(
    `select y::double, ${predictors.map((_, at) => `x${at}::double, `).join('')}${words
      .map(({ column }) => `enum_code(${column}::${column}_word)::integer, `)
      .join('')}(dense_rank() over (order by who) - 1)::integer as pupil from chosen order by pupil`,
  )
  let from = 0
  for (const chunk of await result.fetchAllChunks()) {
    ;[...numbers, ...codes].forEach((into, at) => {
      const { items } = chunk.getColumnVector(at) as unknown as { readonly items: Float64Array | Int32Array }
      into.set(items.subarray(0, chunk.rowCount), from)
    })
    from += chunk.rowCount
  }
  const coded = words.map(({ name }, at): Coded => ({ name, levels: levels[at]!, codes: codes[at]! }))
  return {
    rows: {
      outcome: numbers[0]!,
      predictors: predictors.map((name, at) => ({ name, values: numbers[at + 1]! })),
      places: coded.slice(0, places.length),
      groups: coded.slice(places.length),
      pupils: codes.at(-1)!,
    },
    dropped: lines!.source - many,
  }
}

async function enforceUse(
  bench: Workbench,
  file: string,
  { outcome, predictors, places, groups }: ScanAsk,
  words: readonly { readonly name: string; readonly column: string }[],
): Promise<void> {
  const numbers = [outcome, ...predictors].map((name, at) => ({
    name,
    column: at === 0 ? 'y' : `x${at - 1}`,
  }))
  const [counts] = await bench.rows<Record<string, number>>(
    `select count(*) as many, ${[
      ...numbers.map(({ column }) => `min(${column}) as low_${column}, max(${column}) as high_${column}`),
      ...words.map(({ column }) => `count(distinct ${column}) as ${column}`),
    ].join(', ')} from chosen`,
  )
  const many = counts!.many!
  if (many === 0)
    throw new Refusal(`No row of ${basename(file)} has a value in every column that is asked for.`)
  for (const { name, column } of numbers)
    if (counts![`low_${column}`] === counts![`high_${column}`])
      throw new Refusal(
        name === outcome
          ? `“${name}” is ${counts![`low_${column}`]} in every row: there is nothing to explain.`
          : `“${name}” is ${counts![`low_${column}`]} in every row, so it can explain nothing. Leave it out.`,
      )
  for (const { name, column } of words) {
    if (many > 1 && counts![column] === many)
      throw new Refusal(
        `Every row has a value of its own in “${name}”: is it the column of pupils? A place or group must hold several.`,
      )
    if (groups.includes(name) && counts![column]! > mostGroups)
      throw new Refusal(`“${name}” has ${counts![column]} different values: too many for a group of pupils.`)
  }
  if (words.every(({ column }) => counts![column] === 1))
    throw new Refusal(
      `All rows belong to one ${places[0] ?? groups[0]}: there is nothing to compare ${places.length ? 'it' : 'them'} with.`,
    )
}
