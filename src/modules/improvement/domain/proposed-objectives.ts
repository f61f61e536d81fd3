import { type Block, wordsOf } from './blocks.ts'

/** An objective as a document seems to mean it, to be put right by a person. */
export interface ProposedObjective {
  readonly title: string
  readonly why: string
  readonly actions: readonly string[]
  readonly checks: readonly string[]
}

type Role = 'why' | 'actions' | 'checks'

/** Headings that name a part of an objective and are none themselves. */
const roles: readonly (readonly [RegExp, Role])[] = [
  [/^(?:key |planned |next )?(?:actions?|steps|tasks|activities|what we will do|how)\b.{0,30}$/i, 'actions'],
  [
    /^(?:success criteria|success measures?|impact|intended (?:impact|outcomes?)|outcomes?|milestones|how (?:we will|it will be) know\w*|monitoring|evaluation)\b.{0,30}$/i,
    'checks',
  ],
  [/^(?:why|rationale|background|context|reasons?|evidence|intent)\b.{0,30}$/i, 'why'],
]
const roleOf = (heading: string): Role | undefined =>
  roles.find(([pattern]) => pattern.test(heading.trim()))?.[1]

/** `Priority 2: Reading` is about reading. */
const numbered =
  /^(?:(?:objective|priority|goal|target|aim|key issue)\s*\d*\s*[:.–—-]\s*|\d{1,2}(?:\.\d+)*[.):]\s+|\d+\.\d+\s+)/i
const longestTitle = 200
const longestAction = 300

const headingOf = (block: Block): string | undefined => {
  if (block.kind === 'heading') return block.text
  return block.kind === 'paragraph' && block.bold && block.text.length <= 120 ? block.text : undefined
}

/** Headings as objectives, lists as their actions, the words beneath as why; what is under “Success criteria” as checks. */
export function proposedObjectives(blocks: readonly Block[]): ProposedObjective[] {
  const found: { title: string; why: Block[]; actions: string[]; checks: string[] }[] = []
  let open: (typeof found)[number] | undefined
  let role: Role | undefined
  for (const block of blocks) {
    const heading = headingOf(block)?.replace(/\s*:$/, '')
    if (heading !== undefined) {
      role = open && roleOf(heading)
      if (role) continue
      open = { title: heading.replace(numbered, '').trim() || heading, why: [], actions: [], checks: [] }
      found.push(open)
      continue
    }
    if (!open) continue
    const line = block.kind === 'row' ? undefined : block.text
    if (role === 'checks' && line) open.checks.push(line)
    else if (line && (role === 'actions' || (role === undefined && block.kind === 'item')))
      open.actions.push(line)
    else open.why.push(block)
  }
  return found
    .filter((one) => one.why.length + one.actions.length + one.checks.length > 0)
    .map(({ title, why, actions, checks }) => ({
      title: title.slice(0, longestTitle),
      why: wordsOf(why),
      actions: actions.map((one) => one.slice(0, longestAction)),
      checks,
    }))
}
