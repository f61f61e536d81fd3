import { type Block, wordsOf } from './blocks.ts'

export const fields = ['words', 'strengths', 'next'] as const
export type FieldName = (typeof fields)[number]

/** A part of a document that was brought, with the place that it seems to be meant for. */
export interface ProposedPart {
  /** As the document has it; empty for what stands before the first heading. */
  readonly heading: string
  readonly text: string
  /** Code of the area; none where nothing says which. */
  readonly area: string | null
  readonly field: FieldName
}

interface Named {
  readonly code: string
  readonly name: string
}

const small = new Set(
  'and or of the to a in for our we is are at on with by quality standard overall effectiveness year years'.split(
    ' ',
  ),
)

/** Other frameworks’ words for the same thing, by the words that areas use. */
const alike: Readonly<Record<string, readonly string[]>> = {
  curriculum: ['intent', 'implementation'],
  teaching: ['pedagogy', 'lessons', 'assessment'],
  achievement: ['outcomes', 'attainment', 'progress', 'impact', 'results', 'standards'],
  inclusion: ['send', 'disadvantaged', 'premium', 'vulnerable', 'inclusive'],
  attendance: ['absence'],
  behaviour: ['attitudes', 'conduct', 'exclusions', 'suspensions'],
  personal: ['smsc', 'pshe', 'enrichment', 'character'],
  being: ['welfare', 'wellbeing', 'pastoral'],
  leadership: ['leaders', 'management', 'leading'],
  governance: ['governors', 'governing', 'trustees'],
  early: ['eyfs', 'reception', 'nursery', 'foundation'],
  safeguarding: ['safety', 'safe', 'protection'],
  education: ['curriculum', 'teaching'],
  workforce: ['staff', 'staffing', 'recruitment'],
  finance: ['financial', 'budget', 'resources'],
  provision: [],
}

const stem = (word: string): string => word.replace(/(?:ies|es|s)$/, '')
const stemsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '' && !small.has(word))
    .map(stem)

/** The area that a heading names best; none when no word of weight is shared. */
export function areaNamed(heading: string, areas: readonly Named[]): string | null {
  const said = new Set(stemsIn(heading))
  if (said.size === 0) return null
  // “Quality of education” has no area of its own since November 2025: its heart is what is taught.
  if (/\bquality of education\b/i.test(heading) && !areas.some(({ name }) => /education/i.test(name))) {
    const taught = areas.find(({ name }) => /curriculum|teaching/i.test(name))
    if (taught) return taught.code
  }
  const scored = areas.map(({ code, name }) => {
    const own = stemsIn(name)
    const exact = own.filter((word) => said.has(word)).length
    const like = own.filter((word) =>
      Object.entries(alike).some(
        ([key, others]) => stem(key) === word && others.some((other) => said.has(stem(other))),
      ),
    ).length
    return { code, score: exact * 2 + like, share: own.length === 0 ? 0 : (exact + like) / own.length }
  })
  const [best] = scored.toSorted((a, b) => b.score - a.score || b.share - a.share)
  return best && best.score > 0 ? best.code : null
}

const strengths = /\b(?:strengths?|what (?:we do|works|is going|went|goes) well|going well|strong points)\b/i
const next =
  /\b(?:next steps?|what(?:’s| is|'s) next|areas? (?:for|of|to) (?:development|improve(?:ment)?)|(?:to|for) improve(?:ment)?|priorities|development points?|even better if|ebi|weaknesses|actions? needed)\b/i

export const fieldNamed = (heading: string): FieldName | null =>
  strengths.test(heading) ? 'strengths' : next.test(heading) ? 'next' : null

/** Many write headings as a bold line, or as a line of its own with nothing but the name. */
function headingIn(block: Block, areas: readonly Named[]): { level: number; text: string } | undefined {
  if (block.kind === 'heading') return block
  if (block.kind !== 'paragraph' || block.text.length > 80 || /[.;,?!]$/.test(block.text)) return undefined
  const text = block.text.replace(/\s*:$/, '')
  const stems = stemsIn(text)
  const names = areas.some(({ name }) => {
    const own = stemsIn(name)
    return own.length > 0 && own.length === stems.length && own.every((word) => stems.includes(word))
  })
  const field = fieldNamed(text) !== null
  if (names || (block.bold && !field && areaNamed(text, areas))) return { level: 8, text }
  return block.bold || (field && stems.length <= 3) ? { level: 9, text } : undefined
}

/** A document cut at its headings, each part proposed for the area and the place in it that its headings name. */
export function proposedParts(blocks: readonly Block[], areas: readonly Named[]): ProposedPart[] {
  const parts: { heading: string; own: boolean; area: string | null; field: FieldName; body: Block[] }[] = []
  const above: { level: number; area: string | null; field: FieldName }[] = []
  let open = {
    heading: '',
    own: true,
    area: null as string | null,
    field: 'words' as FieldName,
    body: [] as Block[],
  }
  parts.push(open)
  // The area that was spoken of last: for “Strengths” on the same level as the area’s own heading.
  let last: string | null = null
  for (const block of blocks) {
    const heading = headingIn(block, areas)
    if (!heading) {
      open.body.push(block)
      continue
    }
    while (above.length > 0 && above.at(-1)!.level >= heading.level) above.pop()
    const parent = above.at(-1)
    const said = fieldNamed(heading.text)
    // “Areas for development” asks for the place in the area above, not for “Personal development”.
    const area = said && parent?.area ? null : areaNamed(heading.text, areas)
    if (!said && !parent) last = area
    const place: { area: string | null; field: FieldName } = {
      area: area ?? parent?.area ?? (said ? last : null),
      field: said ?? (area ? 'words' : (parent?.field ?? 'words')),
    }
    last = place.area ?? last
    above.push({ level: heading.level, ...place })
    open = { heading: heading.text, own: area !== null || said !== null, ...place, body: [] }
    parts.push(open)
  }
  return parts
    .filter((part) => part.body.length > 0)
    .map(({ heading, own, area, field, body }) => ({
      heading,
      // A heading that says no place of its own is part of what is said.
      text: own || heading === '' ? wordsOf(body) : `${heading}\n\n${wordsOf(body)}`,
      area,
      field,
    }))
}
