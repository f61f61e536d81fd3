/**
 * The whole scan of 50 schools and 40,000 pupils, a result each in three subjects, against DuckDB's bare aggregation of the
 * same places and groups; then at five sizes, to see that time grows with the rows.
 */
import { join } from 'node:path'
import { groupsOf, placesOf } from '../src/modules/measures/domain/scan/combinations.ts'
import { madeUp } from '../src/modules/measures/domain/scan/made-up.ts'
import type { ScanRows } from '../src/modules/measures/domain/scan/rows.ts'
import { scan } from '../src/modules/measures/domain/scan/scan.ts'
import { identifier, openDuck } from '../src/platform/lake/duck.ts'
import { root } from './scale.ts'

const made = (schools: number, perClass: number) =>
  madeUp({
    seed: 1,
    schools,
    perClass,
    effect: ({ school, subject, pp }) => (school === 'S3' && subject === 'maths' && pp === '1' ? -0.8 : 0),
  })

const middle = (times: number[]) => times.sort((one, other) => one - other)[Math.floor(times.length / 2)]!

function timeOfScan(rows: ScanRows): { ms: number; found: ReturnType<typeof scan> } {
  const found = scan(rows)
  const ms = middle(
    Array.from({ length: 3 }, () => {
      const start = performance.now()
      scan(rows)
      return performance.now() - start
    }),
  )
  return { ms, found }
}

async function timeOfDuck(rows: ScanRows): Promise<number> {
  const duck = await openDuck({ spill: join(root, 'out'), memory: '2GB' })
  const bench = await duck.workbench()
  try {
    const columns = [...rows.places, ...rows.groups]
    await bench.run(
      `create table result (r double, pupil integer, ${columns.map(({ name }) => `${identifier(name)} integer`).join(', ')})`,
    )
    const appender = await bench.connection.createAppender('result')
    for (let row = 0; row < rows.outcome.length; row++) {
      appender.appendDouble(rows.outcome[row]!)
      appender.appendInteger(rows.pupils[row]!)
      for (const { codes } of columns) appender.appendInteger(codes[row]!)
      appender.endRow()
    }
    appender.closeSync()
    const sets = placesOf(rows).flatMap((place) =>
      groupsOf(rows).map(
        (group) => `(${[...place, ...group].map(({ name }) => identifier(name)).join(', ')})`,
      ),
    )
    const text = `select count(*) as many from (select count(*), count(distinct pupil), sum(r), sum(r * r) from result group by grouping sets (${sets.join(', ')}))`
    const times: number[] = []
    for (let turn = 0; turn < 3; turn++) {
      const start = performance.now()
      await bench.rows(text)
      times.push(performance.now() - start)
    }
    return middle(times)
  } finally {
    bench.close()
    duck.close()
  }
}

const trust = made(50, 200)
const { ms, found } = timeOfScan(trust)
const bare = await timeOfDuck(trust)
console.log(
  `40,000 pupils in 50 schools, ${trust.outcome.length.toLocaleString('en-GB')} results, ${found.tested.toLocaleString('en-GB')} places and groups tested, ${found.findings.length} found`,
)
console.log(`the whole scan            ${ms.toFixed(0)} ms`)
console.log(
  `DuckDB, the sums alone    ${bare.toFixed(0)} ms: the scan takes ${(ms / bare).toFixed(2)} times as long`,
)
for (const schools of [5, 10, 20, 40, 80]) {
  const rows = made(schools, 200)
  const { ms: each } = timeOfScan(rows)
  console.log(
    `${rows.outcome.length.toLocaleString('en-GB').padStart(9)} results  ${each.toFixed(0).padStart(6)} ms  ${((1000 * each) / rows.outcome.length).toFixed(2)} µs a result`,
  )
}
