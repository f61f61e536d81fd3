import type { Content } from '../content.ts'
import { Mark, type MarkKind } from './mark.tsx'

export type StatusKind = 'better' | 'expected' | 'below' | 'unsure' | 'moved'

export const statusWords: Record<StatusKind, string> = {
  better: 'Better than expected',
  expected: 'As expected',
  below: 'Below expected',
  unsure: 'Can’t tell',
  moved: 'Moved since',
}

const marks: Record<StatusKind, MarkKind> = {
  better: 'up',
  expected: 'disc',
  below: 'down',
  unsure: 'broken-ring',
  moved: 'diamond',
}

/** Shape, then word, then colour. Other words for the same shapes go in as children: `Behind`, `On course`, `Ahead`. */
export const Status = ({ kind, children }: { kind: StatusKind; children?: Content }) => (
  <span class={`status status--${kind}`}>
    <Mark kind={marks[kind]} />
    {children ?? statusWords[kind]}
  </span>
)

/** The shape alone, for a table cell whose column is keyed above; the word stays for screen readers. */
export const StatusMark = ({ kind, words }: { kind: StatusKind; words?: string }) => (
  <span class={`status--${kind}`}>
    <Mark kind={marks[kind]} />
    <span class="vh">{words ?? statusWords[kind]}: </span>
  </span>
)
