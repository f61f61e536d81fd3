import { diffWordsWithSpace } from 'diff'

/** Words of two versions: in both, only in the earlier, or only in the later. */
export interface Changed {
  readonly kind: 'same' | 'gone' | 'new'
  readonly text: string
}

/** Beyond so many changes two texts have nothing to do with each other. */
const mostEdits = 3000

/** What changed between two texts, word by word. */
export function wordsChanged(was: string, now: string): Changed[] {
  const found = diffWordsWithSpace(was, now, { maxEditLength: mostEdits })
  if (!found) return [{ kind: 'gone', text: was } as const, { kind: 'new', text: now } as const]
  return found.map(({ added, removed, value }) => ({
    kind: added ? 'new' : removed ? 'gone' : 'same',
    text: value,
  }))
}
