import type { SheetChart, SheetStatus, SheetTrend } from './sheet.ts'

/** A finding on paper: its head in bold, the rest of its sentence, a small line under it, and its picture. */
export interface BriefFinding {
  readonly head: string
  readonly rest: string
  readonly small: string
  readonly picture: SheetChart
}

export interface BriefFigure {
  readonly name: string
  readonly value: string
  readonly of: string
  readonly interval: string
  readonly chart: SheetChart
  readonly compared: string
  readonly status?: SheetStatus
}

/** Everything that stands in a trust briefing, in words and drawings. No pupil is named in it. */
export interface Briefing {
  readonly heading: string
  readonly trust: string
  readonly period: string
  readonly dated: string
  readonly lead: string
  readonly better: BriefPart<BriefFinding>
  readonly worse: BriefPart<BriefFinding>
  readonly untold: BriefPart<{ readonly what: string; readonly why: string }>
  readonly figures?: BriefPart<BriefFigure>
  /** On the first page, where the findings leave room. */
  readonly measuresFirst: boolean
  readonly trends?: BriefPart<SheetTrend>
  readonly decided?: BriefPart<{ readonly text: string }>
  readonly method: readonly string[]
  readonly foot: string
}

/** A section; `empty` is said in the place of rows, `more` of those that found no room. */
export interface BriefPart<T> {
  readonly heading: string
  readonly note: string
  readonly rows: readonly T[]
  readonly empty?: string
  readonly more?: string
}
