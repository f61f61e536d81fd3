import { Refusal } from '../../../kernel/refusal.ts'
import { identifier, literal, type Workbench } from '../../../platform/lake/duck.ts'
import { type GroupSums, type Scaled, triangle } from '../domain/value-added/sums.ts'
import type { Nesting } from '../domain/value-added/three-level.ts'
import { enforceColumn, enforceNumbers, isMissing, number, openSource } from './source.ts'

export interface ModelAsk {
  readonly outcome: string
  readonly predictors: readonly string[]
  readonly group: string
  /** A column of groups within the groups, as classes of schools: their own names are enough. */
  readonly nested?: string
  readonly slope?: string
  readonly categorical: readonly string[]
  /** Baseline level by column; the first level in sorted order where none is given. */
  readonly baseline: Readonly<Record<string, string>>
}

/**
 * Reads a file for the two-level model and sums the products of its columns by group, in two passes of SQL: one for the
 * columns' means and deviations, one for the products about them. Rows with a missing value are left out.
 * @throws Refusal for what no model can be fitted to.
 */
export async function sumsOfFile(
  bench: Workbench,
  file: string,
  ask: ModelAsk,
): Promise<{ sums: GroupSums; nesting?: Nesting; dropped: number }> {
  const columns = await openSource(bench, file)
  const predictors = [...new Set([...ask.predictors, ...ask.categorical])]
  for (const name of [
    ask.outcome,
    ask.group,
    ...(ask.nested ? [ask.nested] : []),
    ...predictors,
    ...(ask.slope ? [ask.slope] : []),
  ])
    enforceColumn(columns, name, file)
  if (predictors.includes(ask.outcome))
    throw new Refusal(`“${ask.outcome}” can’t be both outcome and predictor.`)
  if (ask.slope && ask.categorical.includes(ask.slope))
    throw new Refusal(`A slope needs a number: “${ask.slope}” is named as a category.`)
  const numeric = predictors.filter((name) => !ask.categorical.includes(name))
  await enforceNumbers(bench, [
    { name: ask.outcome, hint: ' An outcome has to be a number in every row.' },
    ...[...new Set([...numeric, ...(ask.slope ? [ask.slope] : [])])].map((name) => ({
      name,
      hint: ` If “${name}” is a category, name it with --categorical.`,
    })),
  ])

  const finite = (name: string) => `case when isnan(${number(name)}) then null else ${number(name)} end`
  const word = (name: string) => `case when not ${isMissing(name)} then trim(${identifier(name)}) end`
  const used = [...new Set([...predictors, ...(ask.slope ? [ask.slope] : [])])]
  await bench.run(`create or replace temp table model as select * from (
    select ${word(ask.group)} as o, ${ask.nested ? `${word(ask.group)} || chr(31) || ${word(ask.nested)}` : word(ask.group)} as g, ${finite(ask.outcome)} as y${used
      .map((name, at) => `, ${ask.categorical.includes(name) ? word(name) : finite(name)} as x${at}`)
      .join('')} from source)
    where g is not null and y is not null${used.map((_, at) => ` and x${at} is not null`).join('')}`)
  const [counts] = await bench.rows<{ many: number; groups: number; owners: number; rows: number }>(
    'select count(*) as many, count(distinct g) as groups, count(distinct o) as owners, (select count(*) from source) as "rows" from model',
  )
  const { many, groups, owners, rows } = counts!
  if (many === 0) throw new Refusal('No row has a value in every column that is asked for.')
  if (owners < 2)
    throw new Refusal(`All rows belong to one group of “${ask.group}”: there is nothing to compare it with.`)
  if (groups === many)
    throw new Refusal(
      `Every row is a group of its own in “${ask.nested ?? ask.group}”. Groups must hold several rows each: is it the column of pupils?`,
    )

  if (ask.nested && groups === owners)
    throw new Refusal(
      `Each “${ask.group}” holds one “${ask.nested}”: the two can’t be told apart. Leave out --nested.`,
    )

  const terms: { name: string; sql: string }[] = []
  for (const name of predictors) {
    const at = used.indexOf(name)
    if (!ask.categorical.includes(name)) {
      terms.push({ name, sql: `x${at}` })
      continue
    }
    const levels = (
      await bench.rows<{ level: string }>(`select distinct x${at} as level from model order by level`)
    ).map(({ level }) => level)
    if (levels.length < 2)
      throw new Refusal(`“${name}” is ${levels[0]} in every row, so it can explain nothing.`)
    if (levels.length > 200)
      throw new Refusal(`“${name}” has ${levels.length} different values: too many for a category.`)
    const baseline = ask.baseline[name] ?? levels[0]!
    if (!levels.includes(baseline))
      throw new Refusal(
        `“${baseline}” is not a value of “${name}”. It has: ${levels.slice(0, 20).join(', ')}.`,
      )
    for (const level of levels)
      if (level !== baseline)
        terms.push({
          name: `${name}=${level}`,
          sql: `(case when x${at} = ${literal(level)} then 1.0 else 0.0 end)`,
        })
  }
  const slopeAt = ask.slope ? terms.findIndex(({ name }) => name === ask.slope) : -1
  const extra = ask.slope && slopeAt < 0 ? [{ name: ask.slope, sql: `x${used.indexOf(ask.slope)}` }] : []
  const all = [...terms, ...extra, { name: ask.outcome, sql: 'y' }]
  const [spread] = await bench.rows<Record<string, number>>(
    `select ${all.map(({ sql }, at) => `avg(${sql}) as m${at}, stddev_pop(${sql}) as s${at}`).join(', ')} from model`,
  )
  const scaled = all.map(
    ({ name }, at): Scaled => ({ name, mean: spread![`m${at}`]!, deviation: spread![`s${at}`]! }),
  )
  for (const { name, mean, deviation } of scaled)
    if (!(deviation > Math.abs(mean) * 1e-13))
      throw new Refusal(
        name === ask.outcome
          ? `“${name}” is ${mean} in every row: there is nothing to explain.`
          : `“${name}” is ${mean} in every row, so it can explain nothing. Leave it out.`,
      )
  const sums = await productsOf(bench, ask, all, scaled, terms.length, slopeAt)
  enforceSpreadWithin(sums, ask)
  return { sums, ...(ask.nested ? { nesting: nestingOf(sums.groups) } : {}), dropped: rows - many }
}

const unit = String.fromCharCode(31)

function nestingOf(groups: readonly string[]): Nesting {
  const parts = groups.map((name) => name.split(unit) as [string, string])
  const owners = [...new Set(parts.map(([owner]) => owner))]
  return {
    owners,
    ownerOf: parts.map(([owner]) => owners.indexOf(owner)),
    names: parts.map(([, name]) => name),
  }
}

/** Groups whose members are all alike leave nothing to tell chance from difference by. */
function enforceSpreadWithin({ groups, n, columns, products }: GroupSums, ask: ModelAsk): void {
  const size = triangle(columns)
  let within = 0
  let whole = 0
  for (let group = 0; group < groups.length; group++) {
    const sum = products[group * size + columns - 1]!
    const squares = products[group * size + size - 1]!
    whole += squares
    within += squares - (sum * sum) / n[group]!
  }
  if (within <= 1e-12 * whole)
    throw new Refusal(
      `“${ask.outcome}” is the same for everyone within a group of “${ask.group}”: there is no difference between pupils to hold groups against.`,
    )
}

async function productsOf(
  bench: Workbench,
  ask: ModelAsk,
  all: readonly { readonly name: string; readonly sql: string }[],
  scaled: readonly Scaled[],
  terms: number,
  slopeAt: number,
): Promise<GroupSums> {
  const columns = all.length + 1
  const centred = all.map(
    ({ sql }, at) =>
      `(${sql} - (${scaled[at]!.mean}::double)) / ${scaled[at]!.deviation}::double as c${at + 1}`,
  )
  const pieces: string[] = []
  for (let one = 0; one < columns; one++)
    for (let other = one; other < columns; other++)
      pieces.push(
        one === 0 ? (other === 0 ? 'count(*)::double' : `sum(c${other})`) : `sum(c${one} * c${other})`,
      )
  const result = await bench.connection.run(
    `select g, ${pieces.map((piece, at) => `${piece} as p${at}`).join(', ')} from (select g, ${centred.join(', ')} from model) group by g order by g`,
  )
  const chunks = await result.fetchAllChunks()
  const groups: string[] = []
  const size = triangle(columns)
  const many = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0)
  const products = new Float64Array(many * size)
  const n = new Float64Array(many)
  for (const chunk of chunks) {
    const from = groups.length
    for (const name of chunk.getColumnValues(0)) groups.push(String(name))
    for (let at = 0; at < size; at++) {
      const { items } = chunk.getColumnVector(at + 1) as unknown as { readonly items: Float64Array }
      for (let row = 0; row < chunk.rowCount; row++) products[(from + row) * size + at] = items[row]!
    }
  }
  for (let group = 0; group < many; group++) n[group] = products[group * size]!
  const intercept: Scaled = { name: 'intercept', mean: 0, deviation: 1 }
  const at = slopeAt >= 0 ? slopeAt + 1 : terms + 1
  return {
    groups,
    n,
    fixed: [intercept, ...scaled.slice(0, terms)],
    outcome: scaled.at(-1)!,
    ...(ask.slope ? { slope: { column: scaled[at - 1]!, at } } : {}),
    columns,
    products,
  }
}
