import { AsyncLocalStorage } from 'node:async_hooks'

export const parts = ['database', 'lake', 'render'] as const
export type Part = (typeof parts)[number]

/** Where the time of one request went, in milliseconds. Work side by side counts once, waiting in a queue counts. */
export class Timing {
  readonly spent: Record<Part, number> = { database: 0, lake: 0, render: 0 }
  readonly #active: Record<Part, number> = { database: 0, lake: 0, render: 0 }
  readonly #since: Record<Part, number> = { database: 0, lake: 0, render: 0 }

  begin(part: Part): void {
    if (this.#active[part]++ === 0) this.#since[part] = performance.now()
  }

  end(part: Part): void {
    if (--this.#active[part] === 0) this.spent[part] += performance.now() - this.#since[part]
  }
}

const current = new AsyncLocalStorage<Timing>()

export const withTiming = <T>(timing: Timing, act: () => T): T => current.run(timing, act)

/** Counts what the act takes, until its promise settles, to a part of the request under way; outside a request it only acts. */
export function timed<T>(part: Part, act: () => T): T {
  const timing = current.getStore()
  if (!timing) return act()
  timing.begin(part)
  try {
    const result = act()
    if (result instanceof Promise) return result.finally(() => timing.end(part)) as T
    timing.end(part)
    return result
  } catch (error) {
    timing.end(part)
    throw error
  }
}
