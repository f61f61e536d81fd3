export interface Log {
  readonly info: (event: string, facts?: Record<string, string | number | boolean>) => void
  readonly error: (event: string, error: unknown, facts?: Record<string, string | number | boolean>) => void
}

/** One JSON line an event, to standard error. Facts are ids and counts, never names. */
export const jsonLog: Log = {
  info: (event, facts = {}) =>
    process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...facts })}\n`),
  error: (event, error, facts = {}) =>
    process.stderr.write(
      `${JSON.stringify({ at: new Date().toISOString(), event, ...facts, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })}\n`,
    ),
}

export const silentLog: Log = { info: () => {}, error: () => {} }
