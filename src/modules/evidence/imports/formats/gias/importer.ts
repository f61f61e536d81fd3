import { readFile } from 'node:fs/promises'
import { count } from '../../../../../kernel/numbers.ts'
import { Refusal } from '../../../../../kernel/refusal.ts'
import type { FileRead, Importer } from '../contract.ts'
import type { Seen } from '../look.ts'
import { readTable } from '../table-text.ts'
import { type Establishment, establishmentHeadings, readEstablishments } from './establishments.ts'
import { type GroupLink, groupLinkHeadings, groupLinksIn, planGroupLinks } from './group-links.ts'
import { type Group, groupHeadings, groupsIn, planGroup } from './groups.ts'
import { type Link, linkHeadings, linksIn, planLinks } from './links.ts'
import { planSchools } from './plan-schools.ts'

type Extract = 'establishments' | 'groups' | 'links' | 'group links'

/** Which extract a first line is the heading of. */
export function extractOf(start: string): Extract | undefined {
  const line = start.slice(0, 16_000).split(/\r?\n|\r/, 1)[0] ?? ''
  const headings = new Set(line.split(',').map((cell) => cell.replaceAll('"', '').trim().toLowerCase()))
  const has = (...names: string[]) => names.every((name) => headings.has(name))
  if (has('urn', 'establishmentname', 'la (code)')) return 'establishments'
  if (has('urn', 'linkurn', 'linktype')) return 'links'
  if (has('urn', 'group uid', 'joined date')) return 'group links'
  if (has('group uid', 'group name', 'group type')) return 'groups'
  return undefined
}

type Extracted =
  | { readonly groups: readonly Group[] }
  | { readonly links: readonly Link[] }
  | { readonly joined: readonly GroupLink[] }
  | { readonly schools: readonly Establishment[] }

const mostBytes = 200 * 1024 * 1024

async function read({ path, start, bytes }: Seen): Promise<FileRead> {
  if (bytes > mostBytes)
    throw new Refusal(
      'This extract is larger than 200 MB, and the whole of GIAS is about 60. Download it again and look at its size.',
    )
  const text = await readFile(path)
  const extract = extractOf(start)
  if (extract === 'groups') {
    const groups = groupsIn(readTable(text, 'The extract of groups', groupHeadings))
    return {
      says: `GIAS extract of ${count(groups.length, 'group')}`,
      notes: [],
      leftOut: [],
      record: { groups } satisfies Extracted,
    }
  }
  if (extract === 'links') {
    const links = linksIn(readTable(text, 'The extract of links', linkHeadings))
    return {
      says: `GIAS extract of ${count(links.length, 'link')} between schools`,
      notes: [],
      leftOut: [],
      record: { links } satisfies Extracted,
    }
  }
  if (extract === 'group links') {
    const joined = groupLinksIn(readTable(text, 'The extract of group links', groupLinkHeadings))
    return {
      says: `GIAS extract of ${count(joined.length, 'school')} in groups`,
      notes: [],
      leftOut: [],
      record: { joined } satisfies Extracted,
    }
  }
  const { schools, leftOut } = readEstablishments(
    readTable(text, 'The extract of establishments', establishmentHeadings),
  )
  if (schools.length === 0)
    throw new Refusal('The extract has a heading and no school under it. Download it again.')
  return {
    says: `GIAS extract of ${count(schools.length, 'school')}`,
    notes: [],
    leftOut,
    record: { schools } satisfies Extracted,
  }
}

/** Establishments, groups, links and group links, as DfE’s Get Information about Schools gives them to download. */
export const gias: Importer<Extracted> = {
  code: 'gias',
  name: 'Extract of Get Information about Schools (GIAS)',
  right: 'keep schools',
  recognises: ({ start }) => extractOf(start) !== undefined,
  read,
  plan: (viewer, extracted, wish) => {
    if ('groups' in extracted) return planGroup(viewer, extracted.groups, wish)
    if ('links' in extracted) return planLinks(viewer, extracted.links)
    if ('joined' in extracted) return planGroupLinks(viewer, extracted.joined, wish)
    return planSchools(viewer, extracted.schools, wish)
  },
}
