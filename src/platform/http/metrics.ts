import { monitorEventLoopDelay } from 'node:perf_hooks'
import { type Part, parts } from '../timing.ts'

export interface Counted {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly seconds: number
  /** Milliseconds by part. */
  readonly spent: Readonly<Record<Part, number>>
}

const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const escaped = (text: string) =>
  text.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`))
const labels = (of: Record<string, string>) =>
  `{${Object.entries(of)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')}}`

/** Counts since the start, as Prometheus reads them. Routes are patterns, so their number is bounded. */
export class Metrics {
  readonly #requests = new Map<string, number>()
  readonly #durations = new Map<string, { buckets: number[]; sum: number; count: number }>()
  readonly #spent: Record<Part | 'total', number> = { database: 0, lake: 0, render: 0, total: 0 }
  readonly #lag = monitorEventLoopDelay({ resolution: 20 })

  constructor() {
    this.#lag.enable()
  }

  count({ method, route, status, seconds, spent }: Counted): void {
    const request = labels({ method, route, status: String(status) })
    this.#requests.set(request, (this.#requests.get(request) ?? 0) + 1)
    const duration = this.#durations.get(route) ?? { buckets: bounds.map(() => 0), sum: 0, count: 0 }
    bounds.forEach((bound, place) => {
      if (seconds <= bound) duration.buckets[place]! += 1
    })
    duration.sum += seconds
    duration.count += 1
    this.#durations.set(route, duration)
    for (const part of parts) this.#spent[part] += spent[part] / 1000
    this.#spent.total += seconds
  }

  /** `jobs`: how many by state. */
  text(jobs: Readonly<Record<string, number>>): string {
    const lines: string[] = []
    const family = (
      name: string,
      kind: 'counter' | 'gauge' | 'histogram',
      help: string,
      rows: readonly string[],
    ) => lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...rows)
    family(
      'throughline_requests_total',
      'counter',
      'Requests answered.',
      [...this.#requests].map(([of, many]) => `throughline_requests_total${of} ${many}`),
    )
    family(
      'throughline_request_seconds',
      'histogram',
      'Time to answer.',
      [...this.#durations].flatMap(([route, { buckets, sum, count }]) => [
        ...buckets.map(
          (many, place) =>
            `throughline_request_seconds_bucket${labels({ route, le: String(bounds[place]) })} ${many}`,
        ),
        `throughline_request_seconds_bucket${labels({ route, le: '+Inf' })} ${count}`,
        `throughline_request_seconds_sum${labels({ route })} ${sum}`,
        `throughline_request_seconds_count${labels({ route })} ${count}`,
      ]),
    )
    family(
      'throughline_spent_seconds_total',
      'counter',
      'Where the time of requests went.',
      Object.entries(this.#spent).map(
        ([part, seconds]) => `throughline_spent_seconds_total${labels({ part })} ${seconds}`,
      ),
    )
    family(
      'throughline_jobs',
      'gauge',
      'Long work by state.',
      Object.entries(jobs).map(([state, many]) => `throughline_jobs${labels({ state })} ${many}`),
    )
    const memory = process.memoryUsage()
    family('process_resident_memory_bytes', 'gauge', 'Memory held.', [
      `process_resident_memory_bytes ${memory.rss}`,
    ])
    family('nodejs_heap_size_used_bytes', 'gauge', 'Memory used by the program’s own objects.', [
      `nodejs_heap_size_used_bytes ${memory.heapUsed}`,
    ])
    family('nodejs_eventloop_lag_p99_seconds', 'gauge', 'How late the program comes to its next task.', [
      `nodejs_eventloop_lag_p99_seconds ${this.#lag.percentile(99) / 1e9 || 0}`,
    ])
    family('process_uptime_seconds', 'gauge', 'Since the start.', [
      `process_uptime_seconds ${process.uptime()}`,
    ])
    return `${lines.join('\n')}\n`
  }
}
