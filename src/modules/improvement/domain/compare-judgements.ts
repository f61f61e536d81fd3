import type { Day } from '../../../kernel/days.ts'
import { type Changed, wordsChanged } from './changed.ts'
import type { FrozenJudgement, FrozenLine, Part } from './frozen.ts'
import { partsOf } from './frozen.ts'

/** A judgement of an area in one version; `on` is none for a working copy. */
export interface Version {
  readonly gradeName: string | null
  readonly words: string
  readonly strengths: string
  readonly next: string
  readonly lines: readonly Pick<FrozenLine, 'line' | 'name' | 'value' | 'of' | 'period' | 'stem'>[]
  readonly by: string | null
  readonly on: Day | null
}

/** The words as they are read: a cited figure as its value, a note by its number. */
function readAs(paragraphs: readonly (readonly Part[])[], lines: Version['lines']): string {
  return paragraphs
    .map((parts) =>
      parts
        .map((part) => {
          if (!('line' in part)) return part.text
          const cited = lines.find((one) => one.line === part.line)
          return (part.shown === 'of' ? cited?.of : cited?.value) || `[${part.line}]`
        })
        .join(''),
    )
    .join('\n\n')
}

export const versionRead = (
  { words, strengths, next }: { words: string; strengths: string; next: string },
  lines: Version['lines'],
) => ({
  words: readAs(partsOf(words), lines),
  strengths: readAs(partsOf(strengths), lines),
  next: readAs(partsOf(next), lines),
})

export const versionOf = (frozen: FrozenJudgement): Version => ({
  gradeName: frozen.gradeName,
  words: readAs(frozen.paragraphs, frozen.lines),
  strengths: readAs(partsOf(frozen.strengths), frozen.lines),
  next: readAs(partsOf(frozen.next), frozen.lines),
  lines: frozen.lines,
  by: frozen.by,
  on: frozen.on,
})

/** A figure or note in the evidence of either version. */
export interface LineChanged {
  readonly name: string
  readonly was: string | null
  readonly now: string | null
}

export interface JudgementChanged {
  readonly same: boolean
  readonly grade: { readonly was: string | null; readonly now: string | null }
  readonly words: readonly Changed[]
  readonly strengths: readonly Changed[]
  readonly next: readonly Changed[]
  /** Lines that differ, those of both versions first. */
  readonly lines: readonly LineChanged[]
}

const shown = ({ value, of, period }: Version['lines'][number]): string =>
  value ? [value, of && `(${of})`, period].filter(Boolean).join(' ') : 'in the evidence'

const linesChanged = (was: Version['lines'], now: Version['lines']): LineChanged[] => {
  const keyOf = (line: Version['lines'][number]) => line.stem || line.name
  const before = new Map(was.map((line) => [keyOf(line), line]))
  const after = new Map(now.map((line) => [keyOf(line), line]))
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((key) => {
      const [one, other] = [before.get(key), after.get(key)]
      return {
        name: (other ?? one)!.name,
        was: one ? shown(one) : null,
        now: other ? shown(other) : null,
      }
    })
    .filter((line) => line.was !== line.now)
    .toSorted((a, b) => Number(a.was === null || a.now === null) - Number(b.was === null || b.now === null))
}

/** What changed in an area: its grade, its words, and what they stand on. */
export function judgementChanged(was: Version | undefined, now: Version | undefined): JudgementChanged {
  const part = (name: 'words' | 'strengths' | 'next') => wordsChanged(was?.[name] ?? '', now?.[name] ?? '')
  const changed = {
    grade: { was: was?.gradeName ?? null, now: now?.gradeName ?? null },
    words: part('words'),
    strengths: part('strengths'),
    next: part('next'),
    lines: linesChanged(was?.lines ?? [], now?.lines ?? []),
  }
  return {
    ...changed,
    same:
      changed.grade.was === changed.grade.now &&
      changed.lines.length === 0 &&
      [changed.words, changed.strengths, changed.next].every((pieces) =>
        pieces.every((piece) => piece.kind === 'same'),
      ),
  }
}
