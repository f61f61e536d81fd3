/** So many items of a list cross from one thread to another at once: some milliseconds of work for who takes them in. */
export const pieceLength = 10_000

const mark = '\0list'
const deepest = 3

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** The value with each long list in it taken out, and those lists: `putBack` makes it whole again. */
export function takeOut(value: unknown, lists: unknown[][] = [], depth = 0) {
  if (Array.isArray(value) && value.length > pieceLength)
    return { light: { [mark]: lists.push(value) - 1 }, lists }
  const light: unknown =
    isPlain(value) && depth < deepest
      ? Object.fromEntries(
          Object.entries(value).map(([name, part]) => [name, takeOut(part, lists, depth + 1).light]),
        )
      : value
  return { light, lists }
}

export function putBack(light: unknown, lists: ReadonlyMap<number, unknown[]>): unknown {
  if (!isPlain(light)) return light
  if (mark in light) return lists.get(light[mark] as number) ?? []
  return Object.fromEntries(Object.entries(light).map(([name, part]) => [name, putBack(part, lists)]))
}
