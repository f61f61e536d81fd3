import { type CtfField, ctfLayout, inVersion } from './layout.ts'
import type { CtfItem, CtfTree } from './tree.ts'

const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no place for them.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')

function lines(field: CtfField, item: CtfItem, version: number, indent: string): string[] {
  if (Array.isArray(item)) return item.flatMap((one) => lines(field, one as CtfItem, version, indent))
  if (typeof item === 'string') return [`${indent}<${field.name}>${escaped(item)}</${field.name}>`]
  const tree = item as CtfTree
  const inside = (field.of ?? []).flatMap((part) =>
    Object.hasOwn(tree, part.name) && inVersion(part, version)
      ? lines(part, tree[part.name]!, version, `${indent}  `)
      : [],
  )
  return [`${indent}<${field.name}>`, ...inside, `${indent}</${field.name}>`]
}

/** Writes a CTF of a version, its fields in DfE’s order whatever the order of the tree; fields of other versions are left out. */
export const writeCtf = (tree: CtfTree, version: number): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${lines(ctfLayout, tree, version, '').join('\n')}\n`
