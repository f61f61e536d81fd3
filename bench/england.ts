/**
 * The scan of a country: 9 million made-up pupils of 24,000 schools with a result each in 12 measures, from Parquet to findings on two cores; then at
 * five sizes, to see that time grows with the rows. `npm run bench -- england 0.05` does it with a twentieth, `-- england 1 whole` leaves out the smaller sizes.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { highestChance } from '../src/modules/measures/domain/distributions/multiple-testing.ts'
import type { Kept } from '../src/modules/measures/domain/scan/fold.ts'
import { ranked } from '../src/modules/measures/domain/scan/scan.ts'
import { literal, openDuck, type Workbench } from '../src/platform/lake/duck.ts'
import { englandGroups, englandMeasures, type Shared } from './england-rows.ts'
import { root } from './scale.ts'

const share = Number(process.argv[2] ?? 1)
const schools = Math.round(24_000 * share)
const sizes = process.argv[3] === 'whole' ? [1] : [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1]
const fdr = 0.1
const folder = join(root, 'out', 'england')
const file = join(folder, 'pupils.parquet')
const normal = 'sqrt(-2 * ln(1 - random())) * cos(6.283185307179586 * random())'

/** One school in six is a secondary of 1,050 pupils, the others are primaries of 240; in one of a hundred disadvantaged pupils are set back. */
const pupilsSql = `
  with school as (select range::integer as school, case when range % 6 = 0 then 1050 else 240 end as size, range % 100 = 7 as planted,
      ${normal} as level from range(${schools})),
    pupil as (select school, planted, level, size, unnest(range(size)) as place from school),
    described as (select school, planted, level, (place % 7 + case when size > 500 then 7 else 0 end)::utinyint as year,
      (school * 40 + (place % 7) * 5 + (place // 7) // 30)::integer as class, ${normal} as prior,
      ${englandGroups.map(({ name, shares }) => `${levelSql(shares)} as ${name}`).join(', ')} from pupil)
  select school, year, class, prior::double as prior, ${englandGroups.map(({ name }) => name).join(', ')},
    ${englandMeasures.map((name) => `(0.7 * prior + 0.05 * level - 0.3 * (disadvantage = 0)::integer - case when planted and disadvantage = 0 then 0.5 else 0 end + 0.7 * ${normal})::float as ${name}`).join(',\n    ')}
  from described`

function levelSql(shares: readonly number[]): string {
  let sum = 0
  const cases = shares.slice(0, -1).map((one, level) => {
    sum += one
    return `when u < ${sum} then ${level}`
  })
  return `(select (case ${cases.join(' ')} else ${shares.length - 1} end)::utinyint from (select random() + 0 * place as u))`
}

async function write(bench: Workbench): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await bench.run(`copy (${pupilsSql}) to ${literal(file)} (format parquet, compression snappy)`)
}

/** The columns as they lie in the file, in memory that both workers see. */
async function read(bench: Workbench, most: number): Promise<Shared> {
  const [{ many }] = (await bench.rows<{ many: number }>(
    `select count(*) as many from read_parquet(${literal(file)}) where school < ${most}`,
  )) as [{ many: number }]
  const room = (bytes: number) => new SharedArrayBuffer(bytes * many)
  const shared: Shared = {
    many,
    schools: most,
    school: room(4),
    year: room(1),
    class: room(4),
    prior: room(8),
    groups: englandGroups.map(() => room(1)),
    measures: englandMeasures.map(() => room(4)),
  }
  const into = [
    new Int32Array(shared.school),
    new Uint8Array(shared.year),
    new Int32Array(shared.class),
    new Float64Array(shared.prior),
    ...shared.groups.map((one) => new Uint8Array(one)),
    ...shared.measures.map((one) => new Float32Array(one)),
  ]
  const names = [
    'school',
    'year',
    'class',
    'prior',
    ...englandGroups.map(({ name }) => name),
    ...englandMeasures,
  ]
  const result = await bench.connection.stream(
    `select ${names.join(', ')} from read_parquet(${literal(file)}) where school < ${most}`,
  )
  let from = 0
  for (
    let chunk = await result.fetchChunk();
    chunk && chunk.rowCount > 0;
    chunk = await result.fetchChunk()
  ) {
    for (let at = 0; at < into.length; at++) {
      const { items } = chunk.getColumnVector(at) as unknown as { readonly items: Int32Array }
      into[at]!.set(items.subarray(0, chunk.rowCount), from)
    }
    from += chunk.rowCount
  }
  return shared
}

interface Looked {
  readonly family: number
  readonly tested: number
  readonly low: Float64Array
}

/** Both workers take the next measure as soon as they are done with one; then each folds its own. */
async function scanned(shared: Shared) {
  const workers = [0, 1].map(
    () => new Worker(new URL('./england-worker.ts', import.meta.url), { workerData: { shared, fdr } }),
  )
  const ask = <T>(worker: Worker, message: object): Promise<T> =>
    new Promise((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.postMessage(message)
    })
  try {
    const looked: Looked[] = []
    const queue = [...englandMeasures.keys()]
    await Promise.all(
      workers.map(async (worker) => {
        for (let measure = queue.shift(); measure !== undefined; measure = queue.shift())
          looked.push(await ask<Looked>(worker, { look: measure }))
      }),
    )
    const tested = looked.reduce((sum, one) => sum + one.tested, 0)
    const highest = highestChance(
      looked.map(({ low }) => low),
      fdr,
      tested,
    )
    const kept = (await Promise.all(workers.map((worker) => ask<Kept[]>(worker, { fold: highest })))).flat()
    return {
      family: looked.reduce((sum, one) => sum + one.family, 0),
      tested,
      found: ranked(kept, tested, fdr),
    }
  } finally {
    for (const worker of workers) await worker.terminate()
  }
}

const duck = await openDuck({ spill: join(root, 'out'), memory: '4GB' })
const bench = await duck.workbench()
const whole = (number: number) => Math.round(number).toLocaleString('en-GB')
try {
  await write(bench)
  for (const part of sizes) {
    const start = performance.now()
    const used = process.cpuUsage()
    const shared = await read(bench, Math.round(schools * part))
    const readTime = performance.now() - start
    const { tested, found } = await scanned(shared)
    const time = performance.now() - start
    const { user, system } = process.cpuUsage(used)
    const rows = shared.many * englandMeasures.length
    console.log(
      `${whole(shared.many).padStart(10)} pupils in ${whole(schools * part).padStart(6)} schools, ${whole(rows).padStart(11)} results: ${(time / 1000).toFixed(1).padStart(6)} s (reading ${(readTime / 1000).toFixed(1)} s; ${((user + system) / 1e6).toFixed(1)} s of processor), ${((1000 * time) / rows).toFixed(3)} µs a result; ${whole(tested)} places and groups tested, ${found.length} found; memory ${(process.resourceUsage().maxRSS / 1e6).toFixed(1)} GB at most`,
    )
  }
} finally {
  bench.close()
  duck.close()
  rmSync(folder, { recursive: true, force: true })
}
