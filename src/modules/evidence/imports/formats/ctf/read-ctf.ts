import { Refusal } from '../../../../../kernel/refusal.ts'
import { type CtfField, ctfLayout } from './layout.ts'
import { parseXml, type XmlElement } from './parse.ts'
import { blockAt, blocksAt, type CtfTree, textAt } from './tree.ts'

export interface CtfRead {
  readonly version: number
  readonly tree: CtfTree
  /** Parts that the layout does not know, by name, with how many there are. */
  readonly unknown: ReadonlyMap<string, number>
}

const isLetters = (name: string) => /^[A-Za-z]\w*$/.test(name)

function treeOf(element: XmlElement, { of }: CtfField, unknown: Map<string, number>): CtfTree | string {
  if (!of) return element.text
  const tree: Record<string, unknown> = Object.create(null)
  for (const child of element.children) {
    const field = of.find(({ name }) => name === child.name)
    if (!field) {
      const name = isLetters(child.name) ? child.name : 'parts without a proper name'
      unknown.set(name, (unknown.get(name) ?? 0) + 1)
      continue
    }
    const item = treeOf(child, field, unknown)
    if (!field.many) tree[field.name] ??= item
    else if (tree[field.name]) (tree[field.name] as unknown[]).push(item)
    else tree[field.name] = [item]
  }
  return { ...tree } as CtfTree
}

/** `25.0` and `25` are 25. */
const versionOf = (text: string): number | undefined =>
  /^\d{2}(\.\d+)?$/.test(text) ? Number(text.slice(0, 2)) : undefined

/** Reads a CTF of any version, whole. @throws Refusal for another kind of XML, one without pupils, or one that is damaged. */
export function readCtf(text: string): CtfRead {
  const outer = parseXml(text)
  if (outer.name !== 'CTfile')
    throw new Refusal(
      `This XML file begins with “${outer.name.slice(0, 40)}”, and a Common Transfer File with “CTfile”. Choose the CTF.`,
    )
  const unknown = new Map<string, number>()
  const tree = treeOf(outer, ctfLayout, unknown) as CtfTree
  const version = versionOf(textAt(blockAt(tree, 'Header'), 'CTFversion'))
  if (version === undefined)
    throw new Refusal('The CTF does not say its version (CTFversion), such as 25.0. Export it again.')
  if (blocksAt(blockAt(tree, 'CTFpupilData'), 'Pupil').length === 0)
    throw new Refusal('The CTF holds no pupil. Export it again, with the pupils that it should carry.')
  return { version, tree, unknown }
}
