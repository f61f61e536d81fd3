/** A chart as SVG in print colours, with the sentence that says what it shows. */
export interface SheetChart {
  readonly svg: string
  /** In the pixels that it was drawn at. */
  readonly width: number
  readonly alt: string
}

/** One number of the sheet: its words, its interval drawn, and where it is for ever. */
export interface SheetFigure {
  readonly name: string
  /** `58%`, or the name of the absence. */
  readonly value: string
  readonly absent: boolean
  /** `35 of 60; 46 to 70` */
  readonly of: string
  readonly chart?: SheetChart
  /** `national 75, dashed` */
  readonly compared: string
  readonly status?: SheetStatus
}

export interface SheetStatus {
  readonly mark: 'below' | 'above' | 'level'
  readonly words: string
}

/** How a figure’s standing is marked on paper. */
export const statusMarks = { below: 'below', better: 'above', expected: 'level' } as const

export interface SheetGap {
  readonly group: string
  /** Written in place of the numbers when there are none to show. */
  readonly absence?: string
  readonly chart?: SheetChart
  readonly gap?: string
  readonly interval?: string
  readonly members?: string
  readonly behind?: boolean
}

export interface SheetTrend {
  readonly name: string
  readonly note: string
  readonly chart: SheetChart
}

/** Everything that stands on the page, in words and drawings. No pupil is named in it, no group under 6 is in it. */
export interface Sheet {
  readonly school: string
  readonly motto?: string
  readonly trust: string
  /** `School on a page, spring 2026` */
  readonly period: string
  /** `Data as at 20 March 2026, snapshot 14` */
  readonly dated: string
  readonly thread: readonly { word: string; text: string; here: boolean }[]
  readonly figures: { heading: string; note: string; items: readonly SheetFigure[] }
  readonly findings?: {
    heading: string
    note: string
    rows: readonly { before: string; number: string; after: string; status: SheetStatus }[]
  }
  readonly gaps?: { heading: string; note: string; scale: SheetChart; rows: readonly SheetGap[] }
  readonly trends?: { heading: string; note: string; panels: readonly SheetTrend[] }
  readonly classes?: {
    heading: string
    note: string
    columns: readonly string[]
    rows: readonly (readonly string[])[]
  }
  readonly coverage?: { heading: string; note: string; rows: readonly { name: string; text: string }[] }
  /** Sources and method. */
  readonly foot: readonly string[]
  readonly addresses: readonly { name: string; url: string }[]
}
