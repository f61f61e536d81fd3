/**
 * Fifty readers, each asking for a page a second, at ninety schools with five years of plans: the trust overview and the
 * whole thread, while five heads write (each saved by itself once a second) and every five seconds somebody says how an
 * objective goes. Prints percentiles, and the ratio to the bare query of the same rows. With DATABASE_URL on that server.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { loadConfig } from '../src/platform/config.ts'
import { silentLog } from '../src/platform/log.ts'
import { openHouse } from '../src/platform/open-house.ts'
import { makeManyPlans, schoolsOf, today } from './many-plans.ts'
import { quantile, root } from './scale.ts'
import { onceASecond, startServer } from './server.ts'

const seconds = Number(process.argv[2] ?? 30)
const readers = Number(process.argv[3] ?? 50)
const server = process.env.DATABASE_URL !== undefined
const data = process.env.THROUGHLINE_PLANS ?? join(root, 'out', server ? 'plans-on-server' : 'plans')
if (!existsSync(join(data, 'this-is-the-demo'))) {
  console.error(`Making ninety schools’ plans in ${data} …`)
  await makeManyPlans(data)
}

const { get, signIn, stop } = await startServer(data, readers + 10)
const director = await signIn('Amara Okafor')
const heads = await Promise.all([1, 2, 3, 4, 5].map((at) => signIn(`Head 00${at}`)))

const taken: Record<string, number[]> = { overview: [], thread: [], autosave: [] }
const sizes: Record<string, number> = {}
let failed = 0
const note = (kind: string, { status, ms, bytes }: { status: number; ms: number; bytes: number }) => {
  if (status >= 400) failed++
  taken[kind]!.push(ms)
  sizes[kind] = bytes
}
const addresses = { overview: '/improvement', thread: '/thread' }
for (const path of Object.values(addresses)) await get(path, { cookie: director })

const revisions = [1, 1, 1, 1, 1]
const write = async (place: number, turn: number) => {
  const answer = await get(`/improvement/evaluations/${100 + place + 1}/areas/leadership`, {
    cookie: heads[place]!,
    accept: 'application/json',
    form: { words: `The working copy at its ${turn}th saving.`, revision: String(revisions[place]) },
  })
  const said = JSON.parse(answer.text) as { revision: number; clash?: number }
  // The first save of a second run meets what the run before left.
  if (said.clash !== undefined && turn > 0) failed++
  revisions[place] = said.revision
  note('autosave', answer)
}
const saidHow = (turn: number) =>
  get(`/improvement/objectives/${401 * 10 + 1}/progress`, {
    cookie: heads[0]!,
    form: { term: '2', state: 'in progress', words: `Said for the ${turn}th time.` },
  })

await Promise.all([
  onceASecond(readers, seconds, async (place, turn) => {
    const kind = (place + turn) % 2 ? 'overview' : 'thread'
    note(kind, await get(addresses[kind], { cookie: director }))
  }),
  onceASecond(5, seconds, write),
  onceASecond(1, seconds, async (_, turn) => {
    if (turn % 5 === 0 && (await saidHow(turn)).status >= 400) failed++
  }),
])
await stop()

/** The rows that a page stands on, asked for by the same driver with nothing round it. */
const house = await openHouse(loadConfig(process.env, { data, demo: true }), { log: silentLog })
const bareRows: Record<string, string[]> = {
  overview: [
    'select * from improvement.plan where trust_id = 1 and academic_year = 2025',
    'select o.* from improvement.objective o join improvement.plan l using (trust_id, plan_id) where o.trust_id = 1 and academic_year = 2025',
    ...['action', 'progress'].map(
      (part) =>
        `select a.* from improvement.${part} a join improvement.objective o using (trust_id, objective_id) join improvement.plan l using (trust_id, plan_id) where a.trust_id = 1 and academic_year = 2025`,
    ),
  ],
}
bareRows.thread = [
  ...bareRows.overview!,
  ...['evidence', 'criterion', 'decision'].map((part) =>
    bareRows.overview![3]!.replace('improvement.progress', `improvement.${part}`),
  ),
  'select distinct on (evaluation_id, area) * from improvement.confirmed where trust_id = 1 order by evaluation_id, area, confirmed_id desc',
]
bareRows.autosave = [
  "select * from improvement.judgement where trust_id = 1 and evaluation_id = 101 and area = 'leadership'",
]
const bare: Record<string, number> = {}
await house.database.kysely.transaction().execute(async (tx) => {
  await sql`select set_config('throughline.trust', '1', true), set_config('throughline.schools', 'all', true), set_config('throughline.drafts', 'all', true)`.execute(
    tx,
  )
  for (const [kind, statements] of Object.entries(bareRows)) {
    const times: number[] = []
    for (let turn = 0; turn < 15; turn++) {
      const from = performance.now()
      for (const statement of statements) await sql.raw(statement).execute(tx)
      times.push(performance.now() - from)
    }
    bare[kind] = quantile(
      times.toSorted((a, b) => a - b),
      0.5,
    )
  }
})
await house.close()

console.log(
  `${readers} readers, a page a second each, ${seconds} s, ${schoolsOf} schools with five years of plans, ${server ? 'PostgreSQL' : 'embedded'}, as on ${today}`,
)
for (const [kind, list] of Object.entries(taken)) {
  const sorted = list.toSorted((a, b) => a - b)
  const at = (share: number) => quantile(sorted, share)
  console.log(
    `${kind.padEnd(9)}${String(sorted.length).padStart(6)}   P50 ${at(0.5).toFixed(1)}   P90 ${at(0.9).toFixed(1)}   P99 ${at(0.99).toFixed(1)} ms   ${Math.round(sizes[kind]! / 1024)} KB   bare query ${bare[kind]!.toFixed(1)} ms: P50 is ${(at(0.5) / bare[kind]!).toFixed(2)} times, P99 ${(at(0.99) / bare[kind]!).toFixed(2)} times`,
  )
}
console.log(`failed   ${failed}`)
