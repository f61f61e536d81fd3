import type { Day } from '../../../kernel/days.ts'

/** A line of the evidence as it stood when the judgement was confirmed. */
export interface FrozenLine {
  readonly line: number
  /** `At or above the expected standard in reading, Year 4, disadvantaged, Saltmarsh` */
  readonly name: string
  /** `33%`; empty for a note. */
  readonly value: string
  /** `9 of 27` */
  readonly of: string
  /** `19 to 52` */
  readonly interval: string
  readonly period: string
  readonly snapshot: number | null
  readonly href: string
  /** What a citation and a piece of evidence of a plan share: measure, place, year, pupils. */
  readonly stem: string
  readonly objective: number | null
  /** Against England: its whole interval below, above, or neither. */
  readonly standing: 'below' | 'better' | 'expected' | null
  /** Why an older reading is kept. */
  readonly kept: string
}

/** Words, or a cited line inside them. */
export type Part = { readonly text: string } | { readonly line: number; readonly shown: 'value' | 'of' }

/** A judgement frozen in words and figures. */
export interface FrozenJudgement {
  readonly framework: string
  readonly area: string
  readonly areaName: string
  readonly grade: string
  readonly gradeName: string
  /** 1 is the best of the scale. */
  readonly place: number
  readonly ofPlaces: number
  readonly paragraphs: readonly (readonly Part[])[]
  readonly strengths: string
  readonly next: string
  readonly lines: readonly FrozenLine[]
  readonly by: string
  readonly on: Day
}

export interface SignedDocument {
  readonly framework: string
  readonly frameworkName: string
  readonly judgements: readonly FrozenJudgement[]
  readonly by: string
  readonly on: Day
}

const marker = /\[(\d{1,3})( as n of N)?\]/g

/** The words in paragraphs, with what they cite: `[2]` shows the line’s value, `[2 as n of N]` its counts. */
export function partsOf(words: string): Part[][] {
  return words
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .map((paragraph) => {
      const parts: Part[] = []
      let from = 0
      for (const found of paragraph.matchAll(marker)) {
        if (found.index > from) parts.push({ text: paragraph.slice(from, found.index) })
        parts.push({ line: Number(found[1]), shown: found[2] ? 'of' : 'value' })
        from = found.index + found[0].length
      }
      if (from < paragraph.length) parts.push({ text: paragraph.slice(from) })
      return parts
    })
}

/** Which lines the words cite. */
export const linesCited = (words: string): number[] => [
  ...new Set(
    partsOf(words)
      .flat()
      .flatMap((part) => ('line' in part ? [part.line] : [])),
  ),
]
