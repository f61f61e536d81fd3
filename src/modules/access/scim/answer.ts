import type { Context } from 'hono'
import { answers, readFilter } from '../domain/scim/filter.ts'
import { type Json, plainPath, ScimTrouble } from '../domain/scim/json.ts'
import type { Kept } from './resource.ts'
import { mostAnswered } from './schemas.ts'

/** In SCIM's own media type. */
export const scim = (c: Context, body: Json, status = 200, headers: Record<string, string> = {}): Response =>
  c.body(JSON.stringify(body), status as 200, { 'Content-Type': 'application/scim+json', ...headers })

export const troubled = (c: Context, { status, message, scimType }: ScimTrouble): Response =>
  scim(
    c,
    {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(status),
      ...(scimType ? { scimType } : {}),
      detail: message,
    },
    status,
    status === 401 ? { 'WWW-Authenticate': 'Bearer realm="Throughline SCIM"' } : {},
  )

/** What a search may say, in an address or in a body (RFC 7644, 3.4.2 and 3.4.3). */
export interface Asked {
  readonly filter?: string | undefined
  readonly startIndex?: number | undefined
  readonly count?: number | undefined
  readonly attributes?: readonly string[] | undefined
  readonly excludedAttributes?: readonly string[] | undefined
}

const listed = (text: unknown): string[] | undefined =>
  typeof text === 'string' && text !== ''
    ? text.split(',').map((one) => plainPath(one.trim()))
    : Array.isArray(text)
      ? text.map((one) => plainPath(String(one)))
      : undefined

const whole = (text: unknown): number | undefined => {
  if (text === undefined || text === '') return undefined
  const number = Number(text)
  if (!Number.isInteger(number))
    throw new ScimTrouble(400, `“${text}” is not a whole number.`, 'invalidValue')
  return number
}

export const askedIn = (given: Record<string, unknown>): Asked => ({
  filter: typeof given.filter === 'string' ? given.filter : undefined,
  startIndex: whole(given.startIndex),
  count: whole(given.count),
  attributes: listed(given.attributes),
  excludedAttributes: listed(given.excludedAttributes),
})

const always = new Set(['schemas', 'id', 'meta'])

/** Only the attributes that were asked for; `id` and `schemas` always. */
export function narrowed(resource: Json, { attributes, excludedAttributes }: Asked): Json {
  const first = (path: string) => path.split('.')[0]!.toLowerCase()
  const wanted = attributes && new Set(attributes.map(first))
  // A sub-attribute that is left out (`name.givenName`) leaves the rest of its attribute.
  const unwanted = new Set((excludedAttributes ?? []).filter((path) => !path.includes('.')).map(first))
  return Object.fromEntries(
    Object.entries(resource).filter(
      ([name]) =>
        always.has(name) || (wanted ? wanted.has(name.toLowerCase()) : !unwanted.has(name.toLowerCase())),
    ),
  )
}

/** A page of what answers to the filter; the first is number 1. */
export function list(kept: readonly Kept[], asked: Asked): Json {
  const filter = asked.filter === undefined ? undefined : readFilter(asked.filter)
  const found = filter ? kept.filter(({ resource }) => answers(resource, filter)) : kept
  const start = Math.max(1, asked.startIndex ?? 1)
  const count = Math.min(mostAnswered, Math.max(0, asked.count ?? mostAnswered))
  const page = found.slice(start - 1, start - 1 + count)
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: found.length,
    startIndex: start,
    itemsPerPage: page.length,
    Resources: page.map(({ resource }) => narrowed(resource, asked)),
  }
}

/** Is the copy that the request speaks of the present one? @throws ScimTrouble 412 */
export function mustMatch(c: Context, { version }: Kept): void {
  const wanted = c.req.header('if-match')
  if (wanted !== undefined && wanted !== '*' && !wanted.split(/\s*,\s*/).includes(version))
    throw new ScimTrouble(412, 'It has changed since you read it. Read it again, then change it.')
}

export const isKnown = (c: Context, { version }: Kept): boolean =>
  (c.req.header('if-none-match') ?? '').split(/\s*,\s*/).includes(version)
