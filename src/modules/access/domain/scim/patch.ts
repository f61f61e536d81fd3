import { answers, type Filter, readFilter } from './filter.ts'
import { isObject, type Json, plainPath, ScimTrouble, spelled } from './json.ts'

/** One operation of a PATCH (RFC 7644, 3.5.2). */
export interface Operation {
  readonly op: 'add' | 'replace' | 'remove'
  readonly path?: string | undefined
  readonly value?: unknown
}

const readOnly = /^(id|meta|schemas|groups)$/i
const several = /^(emails|members|phoneNumbers|addresses|roles|photos|ims|entitlements|x509Certificates)$/i

/** The operations of a request's body; names of operations count without their case, as Entra sends them. @throws ScimTrouble */
export function operationsIn(body: Json): Operation[] {
  const given = body[spelled(body, 'Operations')]
  if (!Array.isArray(given) || given.length === 0 || given.length > 1000)
    throw new ScimTrouble(400, 'A PATCH needs a list “Operations”, of 1 to 1,000.', 'invalidSyntax')
  return given.map((one: unknown) => {
    const op = isObject(one) ? String(one.op).toLowerCase() : ''
    if (!isObject(one) || (op !== 'add' && op !== 'replace' && op !== 'remove'))
      throw new ScimTrouble(400, 'An operation’s “op” is add, replace or remove.', 'invalidSyntax')
    if (one.path !== undefined && typeof one.path !== 'string')
      throw new ScimTrouble(400, 'An operation’s “path” is text.', 'invalidPath')
    return { op, path: one.path as string | undefined, value: one.value }
  })
}

/** The resource with all operations done, in order; the one given is left as it is. @throws ScimTrouble for one that can't be done. */
export function patched(resource: Json, operations: readonly Operation[]): Json {
  const next = structuredClone(resource)
  for (const operation of operations) {
    if (operation.path !== undefined) one(next, operation, operation.path)
    else if (operation.op === 'remove')
      throw new ScimTrouble(400, 'A remove says by “path” what to remove.', 'noTarget')
    else if (!isObject(operation.value))
      throw new ScimTrouble(400, 'Without a “path”, “value” holds attributes by name.', 'invalidValue')
    else for (const [name, value] of Object.entries(operation.value)) one(next, { ...operation, value }, name)
  }
  return next
}

const form = /^([a-z$][\w$-]*)(?:\[(.*)\])?(?:\.([\w$-]+))?$/i

function one(resource: Json, { op, value }: Operation, path: string): void {
  const found = form.exec(plainPath(path))
  if (!found) throw new ScimTrouble(400, `The path “${path.slice(0, 200)}” can’t be read.`, 'invalidPath')
  const [, attribute, filter, sub] = found as unknown as [string, string, string?, string?]
  if (readOnly.test(attribute)) throw new ScimTrouble(400, `“${attribute}” can’t be changed.`, 'mutability')
  const name = spelled(resource, attribute)
  if (filter !== undefined) some(resource, name, readFilter(filter), sub, op, value)
  else if (sub !== undefined) {
    const inner = isObject(resource[name]) ? (resource[name] as Json) : {}
    if (op === 'remove') delete inner[spelled(inner, sub)]
    else inner[spelled(inner, sub)] = value
    resource[name] = inner
  } else if (op === 'remove') remove(resource, name, value)
  else if (several.test(name)) {
    const given = Array.isArray(value) ? value : [value]
    resource[name] = op === 'replace' ? given : union((resource[name] as unknown[] | undefined) ?? [], given)
  } else
    resource[name] =
      isObject(value) && isObject(resource[name]) ? { ...(resource[name] as Json), ...value } : value
}

/** All of it, or, as Entra asks, only the values that are named. */
function remove(resource: Json, name: string, value: unknown): void {
  const present = resource[name]
  if (!Array.isArray(present) || value === undefined) {
    delete resource[name]
    return
  }
  const gone = new Set((Array.isArray(value) ? value : [value]).map(idOf))
  resource[name] = present.filter((kept) => !gone.has(idOf(kept)))
}

const idOf = (value: unknown): unknown => (isObject(value) ? value.value : value)

const union = (present: readonly unknown[], given: readonly unknown[]): unknown[] => {
  const new_ = given.filter((value) => !present.some((known) => idOf(known) === idOf(value)))
  return [...present, ...new_]
}

function some(
  resource: Json,
  name: string,
  filter: Filter,
  sub: string | undefined,
  op: Operation['op'],
  value: unknown,
): void {
  const present = Array.isArray(resource[name]) ? (resource[name] as unknown[]) : []
  const chosen = present.filter((one): one is Json => isObject(one) && answers(one, filter))
  if (op === 'remove') {
    if (sub === undefined) resource[name] = present.filter((one) => !chosen.includes(one as Json))
    else for (const one of chosen) delete one[spelled(one, sub)]
    return
  }
  if (chosen.length === 0) {
    // `emails[type eq "work"].value` of somebody who has none yet: Entra adds it so.
    if (op !== 'add' || filter.op !== 'eq')
      throw new ScimTrouble(400, `Nothing in “${name}” answers to the filter.`, 'noTarget')
    const made: Json = { [filter.path]: filter.value }
    resource[name] = [...present, made]
    chosen.push(made)
  }
  for (const one of chosen) {
    if (sub !== undefined) one[spelled(one, sub)] = value
    else if (isObject(value)) Object.assign(one, value)
  }
}
