/** What stands in a CTF, by the names of its fields: a text, a block, or a list of either. */
export interface CtfTree {
  readonly [field: string]: CtfItem
}
export type CtfItem = string | CtfTree | readonly (string | CtfTree)[]

/** The text of a field, empty where there is none. */
export const textAt = (tree: CtfTree | undefined, name: string): string => {
  const item = tree && Object.hasOwn(tree, name) ? tree[name] : undefined
  return typeof item === 'string' ? item : ''
}

export const blockAt = (tree: CtfTree | undefined, name: string): CtfTree | undefined => {
  const item = tree && Object.hasOwn(tree, name) ? tree[name] : undefined
  return item !== undefined && typeof item !== 'string' && !Array.isArray(item)
    ? (item as CtfTree)
    : undefined
}

export const blocksAt = (tree: CtfTree | undefined, name: string): readonly CtfTree[] => {
  const item = tree && Object.hasOwn(tree, name) ? tree[name] : undefined
  return Array.isArray(item) ? item.filter((one): one is CtfTree => typeof one !== 'string') : []
}
