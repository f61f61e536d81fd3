import { isObject, type Json, plainPath, ScimTrouble, valuesAt } from './json.ts'

const comparing = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const
type Comparing = (typeof comparing)[number]

/** A filter of RFC 7644, 3.4.2.2, read. */
export type Filter =
  | { readonly op: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly op: 'not'; readonly of: Filter }
  | { readonly op: 'pr'; readonly path: string }
  | { readonly op: Comparing; readonly path: string; readonly value: string | number | boolean | null }
  | { readonly op: 'within'; readonly path: string; readonly of: Filter; readonly rest: Filter | null }

const unreadable = (text: string) =>
  new ScimTrouble(400, `The filter “${text.slice(0, 200)}” can’t be read.`, 'invalidFilter')

const token = /\s*("(?:[^"\\]|\\.)*"|[()[\]]|[^\s()[\]"]+)/y
const deepest = 20

/** @throws ScimTrouble `invalidFilter` */
export function readFilter(text: string): Filter {
  const tokens: string[] = []
  token.lastIndex = 0
  while (token.lastIndex < text.trimEnd().length) {
    const found = token.exec(text)
    if (!found || tokens.length > 400) throw unreadable(text)
    tokens.push(found[1]!)
  }
  let at = 0
  const peek = () => tokens[at]?.toLowerCase()
  const next = () => {
    const one = tokens[at++]
    if (one === undefined) throw unreadable(text)
    return one
  }
  const expect = (wanted: string) => {
    if (next() !== wanted) throw unreadable(text)
  }
  const either = (depth: number): Filter => {
    let left = both(depth)
    while (peek() === 'or') {
      at++
      left = { op: 'or', left, right: both(depth) }
    }
    return left
  }
  const both = (depth: number): Filter => {
    let left = one(depth)
    while (peek() === 'and') {
      at++
      left = { op: 'and', left, right: one(depth) }
    }
    return left
  }
  const one = (depth: number): Filter => {
    if (depth > deepest) throw unreadable(text)
    if (peek() === 'not') {
      at++
      expect('(')
      const of = either(depth + 1)
      expect(')')
      return { op: 'not', of }
    }
    if (peek() === '(') {
      at++
      const inner = either(depth + 1)
      expect(')')
      return inner
    }
    const path = next()
    if (!/^[a-z][\w$:.-]*$/i.test(path)) throw unreadable(text)
    if (peek() !== '[') return compared(plainPath(path))
    at++
    const of = either(depth + 1)
    expect(']')
    const sub = tokens[at]?.startsWith('.') ? next().slice(1) : undefined
    return { op: 'within', path: plainPath(path), of, rest: sub === undefined ? null : compared(sub) }
  }
  const compared = (path: string): Filter => {
    const op = next().toLowerCase()
    if (op === 'pr') return { op, path }
    if (!comparing.includes(op as Comparing)) throw unreadable(text)
    try {
      const value = JSON.parse(next()) as unknown
      if (isObject(value) || Array.isArray(value)) throw unreadable(text)
      return { op: op as Comparing, path, value: value as string | number | boolean | null }
    } catch {
      throw unreadable(text)
    }
  }
  const filter = either(0)
  if (at < tokens.length) throw unreadable(text)
  return filter
}

/** Compared letter by letter; all else without its case. */
const exact = /^(id|externalId|value|\$ref|meta\..*)$/i

/** Does the resource, or one value of an attribute that has several, answer to the filter? */
export function answers(resource: Json, filter: Filter): boolean {
  switch (filter.op) {
    case 'and':
      return answers(resource, filter.left) && answers(resource, filter.right)
    case 'or':
      return answers(resource, filter.left) || answers(resource, filter.right)
    case 'not':
      return !answers(resource, filter.of)
    case 'pr':
      return valuesAt(resource, filter.path).some((value) => value !== null && value !== '')
    case 'within':
      return valuesAt(resource, filter.path)
        .filter(isObject)
        .some((one) => answers(one, filter.of) && (filter.rest === null || answers(one, filter.rest)))
    default: {
      const found = valuesAt(resource, filter.path).map((value) =>
        isObject(value) ? valuesAt(value, 'value')[0] : value,
      )
      const { op, value } = filter
      const fold = (one: unknown) =>
        typeof one === 'string' && !exact.test(filter.path) ? one.toLowerCase() : one
      const wanted = fold(value)
      if (op === 'ne') return !found.some((one) => fold(one) === wanted)
      if (value === null) return op === 'eq' && found.length === 0
      return found.some((one) => holds(op, fold(one), wanted))
    }
  }
}

function holds(op: Comparing, found: unknown, wanted: unknown): boolean {
  if (op === 'eq') return found === wanted
  if (typeof found !== typeof wanted || typeof found === 'boolean') return false
  const [a, b] = [found as string | number, wanted as string | number]
  switch (op) {
    case 'co':
      return String(a).includes(String(b))
    case 'sw':
      return String(a).startsWith(String(b))
    case 'ew':
      return String(a).endsWith(String(b))
    case 'gt':
      return a > b
    case 'ge':
      return a >= b
    case 'lt':
      return a < b
    case 'le':
      return a <= b
    default:
      return false
  }
}
