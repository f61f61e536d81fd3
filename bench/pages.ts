/**
 * Fifty readers, each asking for a page a second: trust, school, group and class pages of the large trust, on the
 * machine's own cores, readers included. Prints percentiles, memory, start, where the time went, and the ratio to the
 * physical limit: the same bytes from the same server program without any work behind them.
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { quantile, scaleFolder } from './scale.ts'
import { onceASecond, startServer } from './server.ts'

const seconds = Number(process.argv[2] ?? 30)
const readers = Number(process.argv[3] ?? 50)

const { startMs, pid, get, signIn, stop } = await startServer(scaleFolder(), readers)
const cookie = await signIn('Amara Okafor')

const links = (html: string, shape: RegExp) => [
  ...new Set([...html.matchAll(shape)].map(([, href]) => href!.replaceAll('&amp;', '&'))),
]
const trust = await get('/trust', { cookie })
const schools = links(trust.text, /href="(\/schools\/[a-z0-9-]+)"/g)
const pages: Record<string, string[]> = {
  trust: ['/trust'],
  school: schools,
  group: schools.map((school) => `${school}/groups`),
  class: [],
}
for (const school of schools)
  pages.class!.push(
    ...links((await get(school, { cookie })).text, /href="(\/schools\/[a-z0-9-]+\/classes\/\d+)"/g),
  )

const kinds = Object.keys(pages).filter((kind) => pages[kind]!.length > 0)
const taken: Record<string, number[]> = Object.fromEntries(kinds.map((kind) => [kind, []]))
let failed = 0
let bytes = 0
const metricsBefore = (await get('/metrics', { cookie })).text
let turn = 0
await onceASecond(readers, seconds, async () => {
  const kind = kinds[turn++ % kinds.length]!
  const choice = pages[kind]!
  const answer = await get(choice[(turn * 7919) % choice.length]!, { cookie })
  if (answer.status !== 200) failed++
  taken[kind]!.push(answer.ms)
  bytes += answer.bytes
})
const metricsAfter = (await get('/metrics', { cookie })).text

const rss = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
const heap = Number(/^nodejs_heap_size_used_bytes (\d+)/m.exec(metricsAfter)?.[1] ?? 0) / 1024 / 1024
const all = Object.values(taken)
  .flat()
  .sort((a, b) => a - b)

// The physical limit: the same number of bytes from a bare Node server, to the same readers.
const size = Math.round(bytes / Math.max(1, all.length))
const filler = Buffer.alloc(size, 'x')
const bare = createServer((_, answer) => answer.end(filler)).listen(0, '127.0.0.1')
await new Promise((resolve) => bare.once('listening', resolve))
const barePort = (bare.address() as { port: number }).port
const bareTaken: number[] = []
for (let index = 0; index < 500; index++) bareTaken.push((await get(`http://127.0.0.1:${barePort}/`)).ms)
bareTaken.sort((a, b) => a - b)
bare.close()

const one: number[] = []
for (let index = 0; index < 200; index++) {
  const kind = kinds[index % kinds.length]!
  one.push((await get(pages[kind]![(index * 31) % pages[kind]!.length]!, { cookie })).ms)
}
const perSecond = 1000 / (one.reduce((sum, ms) => sum + ms, 0) / one.length)

const show = (label: string, list: number[]) => {
  const sorted = [...list].sort((a, b) => a - b)
  console.log(
    `${label.padEnd(8)} ${String(sorted.length).padStart(6)} pages   P50 ${quantile(sorted, 0.5).toFixed(1)}   P90 ${quantile(sorted, 0.9).toFixed(1)}   P99 ${quantile(sorted, 0.99).toFixed(1)} ms`,
  )
}
console.log(`${readers} readers, a page a second each, ${seconds} s, ${schools.length} schools`)
for (const kind of kinds) show(kind, taken[kind]!)
show('all', all)
console.log(`failed   ${failed}`)
console.log(
  `start ${(startMs / 1000).toFixed(1)} s, memory ${rss.toFixed(0)} MB (the program’s own objects ${heap.toFixed(0)}), one reader without pause ${perSecond.toFixed(0)} pages a second`,
)
console.log(
  `median against the same bytes from a bare server: ${(quantile(all, 0.5) / quantile(bareTaken, 0.5)).toFixed(1)} times`,
)
const share = (name: string) => {
  const value = (text: string) =>
    [...text.matchAll(new RegExp(`^(\\S*${name}\\S*) ([0-9.e+-]+)$`, 'gm'))]
      .filter(([line]) => /seconds/.test(line))
      .reduce((sum, [, , number]) => sum + Number(number), 0)
  return value(metricsAfter) - value(metricsBefore)
}
const parts = ['database', 'lake', 'render'].map((name) => [name, share(name)] as const)
const total = parts.reduce((sum, [, value]) => sum + value, 0)
if (total > 0)
  console.log(
    `of the time measured inside: ${parts.map(([name, value]) => `${name} ${Math.round((100 * value) / total)}%`).join(', ')}`,
  )
await stop()
