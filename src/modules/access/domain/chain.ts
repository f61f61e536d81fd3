import { createHash } from 'node:crypto'

/** One line of the audit trail, as it is covered by its hash. */
export interface AuditLine {
  readonly trust: number
  readonly seq: number
  readonly at: Date
  readonly person: number | null
  readonly name: string
  readonly deed: string
  readonly subject: string
  readonly id: string
  readonly school: number | null
  readonly detail: unknown
}

export interface Link {
  readonly seq: number
  readonly previous: string
  readonly hash: string
}

/** What stands before the first line. */
export const beginning = '0'.repeat(64)

/** JSON with the names of every object in order, so that the same facts always read the same. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  const pairs = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${pairs.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`
}

/** SHA-256, in hex, over the hash before and everything the line says. */
export const linkHash = (previous: string, line: AuditLine): string =>
  createHash('sha256')
    .update(`${previous}\n${canonical({ ...line, at: line.at.toISOString() })}`)
    .digest('hex')

/**
 * What is wrong with this link, when it should follow `before`; nothing when it holds. `told`: hashes of what the line may
 * say instead, because a later line tells that a name was taken out of it. `letGo`: the line was kept long enough, and a later
 * line tells that its words are gone.
 */
export function brokenAt(
  before: { seq: number; hash: string },
  link: Link,
  line: AuditLine | undefined,
  told: readonly string[] = [],
  letGo = false,
): string | undefined {
  if (link.seq !== before.seq + 1) return `Line ${before.seq + 1} is missing.`
  if (link.previous !== before.hash)
    return `Line ${link.seq} does not follow line ${before.seq}: a line was taken out, put in or changed.`
  if (!line) return letGo ? undefined : `The words of line ${link.seq} are missing.`
  const hash = linkHash(link.previous, line)
  if (hash !== link.hash && !told.includes(hash))
    return `Line ${link.seq} has been changed since it was written.`
  return undefined
}
