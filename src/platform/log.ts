type Facts = Record<string, string | number | boolean>

export interface Log {
  readonly info: (event: string, facts?: Facts) => void
  readonly error: (event: string, error: unknown, facts?: Facts) => void
}

/** What an error quotes may be what somebody typed: texts in quotation marks, e-mail addresses, UPNs and e-mailed names go. */
export const scrubbed = (text: string): string =>
  text
    .replace(/[^\s<>"“‘'(),;]+@[^\s<>"”’'(),;]+\.[a-z]{2,}/gi, '[address]')
    .replace(/\b[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]\b/g, '[UPN]')
    .replace(/“[^”\n]*”/g, '“…”')
    .replace(/"[^"\n]*"/g, '"…"')
    .replace(/(^|[\s(:=])'[^'\n]*'/g, "$1'…'")
    .replace(/\)=\([^)\n]*\)/g, ')=(…)')

/** The error’s first line without what it quotes, and where it happened. */
function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return scrubbed(String(error))
  const where = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [`${error.name}: ${scrubbed(error.message)}`, ...where].join('\n')
}

/** A log of JSON lines. Facts are ids and counts, never names; what an error quotes is left out. */
export const logTo = (write: (line: string) => void): Log => {
  const say = (line: object) => write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`)
  return {
    info: (event, facts = {}) => say({ event, ...facts }),
    error: (event, error, facts = {}) => say({ event, ...facts, error: traceOf(error) }),
  }
}

/** One JSON line an event, to standard error. */
export const jsonLog: Log = logTo((line) => process.stderr.write(line))

export const silentLog: Log = { info: () => {}, error: () => {} }
