import { type AcademicYear, academicYearName } from '../../../kernel/academic-year.ts'

/** What a value is counted in: a share of pupils, points or grades a pupil, a scaled score, or a share of sessions. */
export type Unit = 'percent' | 'points' | 'grade' | 'scaled score' | 'per 100 pupils' | 'per pupil'
export type Direction = 'higher is better' | 'lower is better'
export type Phase = 'primary' | 'secondary' | 'special' | 'all-through'

/** How 95% intervals are made; each has its page in docs/methods. */
export type IntervalMethod = 'wilson' | 't' | 'ratio' | 'national deviation'

/** Parts of Attainment 8 and Progress 8 that are figures of their own. */
export const elements = ['english', 'mathematics', 'ebacc', 'open'] as const
export type Element = (typeof elements)[number]

/** How a pupil comes by a value. Every measure is one of these, and the SQL of the cells is made from it. */
export type Rule =
  /** Met the standard in every subject named; `everyone` counts those without a result as not having met it. */
  | {
      readonly kind: 'share'
      readonly subjects: readonly string[]
      readonly standard: 'expected' | 'higher'
      readonly among: 'with a result' | 'everyone'
    }
  /** The mean of the values in a subject; `entered` leaves out of the population whoever has no row in it. */
  | { readonly kind: 'mean'; readonly subject: string; readonly population: 'year group' | 'entered' }
  | { readonly kind: 'assessment mean'; readonly assessment: string }
  | { readonly kind: 'assessment share'; readonly assessment: string }
  | { readonly kind: 'attainment 8'; readonly element?: Element }
  | { readonly kind: 'progress 8'; readonly element?: Element }
  | { readonly kind: 'english and mathematics'; readonly grade: 4 | 5 }
  | { readonly kind: 'sessions attended' }
  | { readonly kind: 'absent at least'; readonly share: 0.1 | 0.5 }
  /** Sessions with one of these codes, as a share of possible sessions. */
  | { readonly kind: 'sessions coded'; readonly codes: readonly string[] }
  /** Events of the year so far, for each pupil on roll. */
  | { readonly kind: 'events'; readonly fact: 'behaviour'; readonly of: 'behaviour' | 'praise' }
  | { readonly kind: 'events'; readonly fact: 'exclusion'; readonly of: 'suspensions' | 'permanent' }
  | { readonly kind: 'suspended' }
  | { readonly kind: 'joined this year' }
  /** Points of all A level entries, for each entry. */
  | { readonly kind: 'a level points' }
  | { readonly kind: 'grade at least'; readonly subject: string; readonly grade: number }

/** The definition that was in force from one academic year to another. */
export interface MeasureVersion {
  /** `2023/24`: the first academic year it holds for. */
  readonly id: string
  readonly from: AcademicYear
  /** Last academic year that it holds for; open when it still does. */
  readonly to?: AcademicYear
  readonly definition: string
  readonly source: string
  /** False when nobody makes this figure for these years. */
  readonly produced: boolean
}

/** Declared once; every table, chart and export asks here for its name, unit, rounding, direction and scale. */
export interface Measure {
  readonly id: string
  /** `At or above the expected standard in reading` */
  readonly name: string
  /** For column heads: `Reading` */
  readonly shortName: string
  /** Whom it is about, in one sentence. */
  readonly population: string
  readonly rule: Rule
  readonly unit: Unit
  readonly direction: Direction
  /** Decimal places when written. */
  readonly places: number
  /** Scale of every chart of it, the same in all schools. */
  readonly domain: readonly [number, number]
  readonly interval: IntervalMethod
  readonly phases: readonly Phase[]
  /** Year group that it is read for unless another is asked for: `6`, `11`, or `all`. */
  readonly year: string
  /** Year groups that it can be read for. */
  readonly years: 'all' | readonly string[]
  /** Which drops it is read at. */
  readonly drops: 'termly' | 'statutory' | 'any'
  /** On the trust's and the schools' pages, in this order. */
  readonly headline: boolean
  readonly topic:
    | 'expected standard'
    | 'early years and checks'
    | 'key stage 2'
    | 'key stage 4'
    | 'sixth form'
    | 'attendance'
    | 'behaviour'
    | 'roll'
    | 'grades'
    | 'assessments'
  readonly subject?: string
  readonly versions: readonly MeasureVersion[]
}

/** The version in force in an academic year, or nothing when the measure did not exist then. */
export const versionIn = (measure: Measure, year: AcademicYear): MeasureVersion | undefined =>
  measure.versions.find((version) => version.from <= year && (version.to === undefined || year <= version.to))

/** A version that begins in an academic year and bears its name. */
export const version = (
  from: AcademicYear,
  definition: string,
  source: string,
  more: { to?: AcademicYear; produced?: boolean } = {},
): MeasureVersion => ({ id: academicYearName(from), from, definition, source, produced: true, ...more })
