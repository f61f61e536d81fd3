/**
 * Fifty readers, each asking for a page a second: trust, school, group and class pages of the large trust, on the
 * machine's own cores, readers included. Prints percentiles, memory, start, where the time went, and the ratio to the
 * physical limit: the same bytes from the same server program without any work behind them.
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Agent, request as ask, createServer } from 'node:http'
import { join } from 'node:path'
import { quantile, root, scaleFolder } from './scale.ts'

const seconds = Number(process.argv[2] ?? 30)
const readers = Number(process.argv[3] ?? 50)
const data = scaleFolder()

const started = performance.now()
const server = spawn(
  process.execPath,
  [
    '--disable-warning=ExperimentalWarning',
    join(root, 'dist/app/cli.js'),
    'serve',
    '--data',
    data,
    '--port',
    '0',
  ],
  {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { MALLOC_ARENA_MAX: '2', ...process.env, THROUGHLINE_RATE_LIMIT: 'off' },
  },
)
const address = await new Promise<string>((resolve) => {
  server.stdout.on('data', (part) => {
    const found = /Listening on (http:\S+)/.exec(String(part))
    if (found) resolve(found[1]!)
  })
})
const startMs = performance.now() - started

const agent = new Agent({ keepAlive: true, maxSockets: readers })
const get = (url: string, cookie = '', method = 'GET', body = '') =>
  new Promise<{ status: number; ms: number; bytes: number; text: string; cookie: string }>(
    (resolve, reject) => {
      const from = performance.now()
      const sent = ask(
        url,
        {
          agent,
          method,
          headers: {
            cookie,
            ...(method === 'POST'
              ? { origin: address, 'content-type': 'application/x-www-form-urlencoded' }
              : {}),
          },
        },
        (answer) => {
          const parts: Buffer[] = []
          answer.on('data', (part) => parts.push(part))
          answer.on('end', () => {
            const whole = Buffer.concat(parts)
            const set = (answer.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ')
            resolve({
              status: answer.statusCode!,
              ms: performance.now() - from,
              bytes: whole.length,
              text: whole.toString('utf8'),
              cookie: set,
            })
          })
        },
      )
      sent.on('error', reject)
      sent.end(body)
    },
  )

const signIn = await get(`${address}/sign-in`)
const form = [...signIn.text.matchAll(/<form[^>]*action="([^"]*demo[^"]*)"[^>]*>([\s\S]*?)<\/form>/g)].find(
  ([, , inside]) => /Amara Okafor/.test(inside!),
)
if (!form) throw new Error('The sign-in page does not offer the director, Amara Okafor.')
const fields = [...form[2]!.matchAll(/name="([^"]+)"[^>]*value="([^"]*)"/g)]
  .map(([, name, value]) => `${encodeURIComponent(name!)}=${encodeURIComponent(value!)}`)
  .join('&')
const { cookie } = await get(address + form[1]!.replaceAll('&amp;', '&'), '', 'POST', fields)
if (!cookie) throw new Error('Signing in gave no session.')

const links = (html: string, shape: RegExp) => [
  ...new Set([...html.matchAll(shape)].map(([, href]) => href!.replaceAll('&amp;', '&'))),
]
const trust = await get(`${address}/trust`, cookie)
const schools = links(trust.text, /href="(\/schools\/[a-z0-9-]+)"/g)
const pages: Record<string, string[]> = {
  trust: ['/trust'],
  school: schools,
  group: schools.map((school) => `${school}/groups`),
  class: [],
}
for (const school of schools)
  pages.class!.push(
    ...links((await get(address + school, cookie)).text, /href="(\/schools\/[a-z0-9-]+\/classes\/\d+)"/g),
  )

const kinds = Object.keys(pages).filter((kind) => pages[kind]!.length > 0)
const taken: Record<string, number[]> = Object.fromEntries(kinds.map((kind) => [kind, []]))
let failed = 0
let bytes = 0
const metricsBefore = (await get(`${address}/metrics`, cookie)).text
const end = performance.now() + seconds * 1000
let turn = 0
const read = async (place: number) => {
  await new Promise((resolve) => setTimeout(resolve, (place / readers) * 1000))
  while (performance.now() < end) {
    const next = performance.now() + 1000
    const kind = kinds[turn++ % kinds.length]!
    const choice = pages[kind]!
    const answer = await get(address + choice[(turn * 7919) % choice.length], cookie)
    if (answer.status !== 200) failed++
    taken[kind]!.push(answer.ms)
    bytes += answer.bytes
    const rest = next - performance.now()
    if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest))
  }
}
await Promise.all(Array.from({ length: readers }, (_, place) => read(place)))
const metricsAfter = (await get(`${address}/metrics`, cookie)).text

const rss = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
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
  one.push((await get(address + pages[kind]![(index * 31) % pages[kind]!.length]!, cookie)).ms)
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
agent.destroy()
server.kill('SIGTERM')
