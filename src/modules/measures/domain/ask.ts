import type { Figure, FigureKey } from '../../../kernel/figure.ts'
import type { Measure } from './measure.ts'

/** Where a figure is of: the whole trust, each school that the viewer sees, one school, or one class of it. */
export type PlaceAsked =
  | 'trust'
  | 'schools'
  | { readonly school: number }
  | { readonly school: number; readonly class: number }

export interface FiguresAsk {
  /** Catalogue ids. */
  readonly measures: readonly string[]
  readonly places: readonly PlaceAsked[]
  /** Year groups (`6`) or `all`; left out, each measure's own. */
  readonly years?: readonly string[]
  /** Slugs of pupil groups; left out, everyone. */
  readonly groups?: readonly string[]
  /** Codes of drops. */
  readonly periods: readonly string[]
  /** Left out, the latest. */
  readonly snapshot?: number
}

/** One group against everyone else in the same place. Below zero: the group is behind by so much. */
export interface Gap {
  readonly group: string
  readonly groupName: string
  readonly figure: Figure
  /** Everyone in the place who is not in the group. */
  readonly others: Figure
  readonly kind: Figure['kind']
  /** Group minus others, in the measure's unit (percentage points for shares). */
  readonly value?: number
  readonly low?: number
  readonly high?: number
}

export interface GapsAsk {
  readonly measure: string
  readonly place: 'trust' | { readonly school: number }
  readonly year?: string
  readonly period: string
  readonly snapshot?: number
  /** Left out, every group of the list. */
  readonly groups?: readonly string[]
}

/** Where the numbers of a figure came from. */
export interface SourceFile {
  readonly fact: 'result' | 'pupil_state' | 'attendance' | 'session_code' | 'behaviour' | 'exclusion'
  readonly school: number
  readonly rows: number
  readonly sha256: string
  readonly importId: number | null
  readonly addedIn: number
}

/** All that the figure's own page says. */
export interface FigureDetail {
  readonly figure: Figure
  readonly measure: Measure
  readonly place: {
    readonly kind: 'trust' | 'school' | 'class'
    readonly name: string
    readonly school?: number
    readonly class?: number
  }
  readonly groupName: string
  readonly period: {
    readonly code: string
    readonly name: string
    readonly academicYear: number
    readonly asAt: string
  }
  readonly definition: string
  readonly source: string
  /** How many of the population have no result. Undefined when hidden. */
  readonly missing?: number
  /** For the trust: how many schools the figure is made of, and how many have pupils whom the measure is about. */
  readonly schools?: { readonly counted: number; readonly of: number; readonly apart: number }
  /** Why the trust’s figures do not count this one: the school had not joined, or had left. */
  readonly apart?: string
  readonly files: readonly SourceFile[]
  /** The same figure in every other snapshot in which it differs or was first read, oldest first. */
  readonly otherSnapshots: readonly Figure[]
}

/** One pupil behind a figure. Names are not here: ask organisation, which checks the right and the audit. */
export interface PupilBehind {
  readonly pupil: number
  readonly school: number
  readonly class: number | null
  readonly year: string
  readonly status: 'result' | 'absent' | 'not taken' | 'below test' | 'left' | 'other scale' | 'no result'
  /** In the measure's own value: 1 or 0 for a share, points for a mean, percent of sessions for attendance. */
  readonly value: number | null
  /** As the school wrote it. */
  readonly raw: string | null
  /** Counted in the figure? */
  readonly counted: boolean
}

export type { Figure, FigureKey }
