import type { CharacteristicKind } from '../../modules/organisation/index.ts'

export interface Fact {
  readonly kind: CharacteristicKind
  readonly value: string
  readonly from: string
  readonly to: string | null
}

/** On roll at one school, with the year group of each academic year that it lasted. */
export interface Stay {
  readonly school: number
  readonly from: string
  to: string | null
  readonly form: number
  readonly years: { readonly academicYear: number; readonly yearGroup: string }[]
}

/** A made-up pupil, with what no school knows: how they will do. */
export interface DemoPupil {
  readonly key: number
  readonly upn: string
  readonly sex: 'F' | 'M'
  readonly forename: string
  readonly surname: string
  readonly born: string
  readonly ethnicity: string
  readonly language: string
  readonly facts: Fact[]
  readonly stays: Stay[]
  readonly disadvantaged: boolean
  readonly eal: boolean
  /** Standard deviations from the middle of England. */
  readonly reading: number
  readonly writing: number
  readonly maths: number
  /** Carried through every GCSE. */
  readonly steady: number
  /** Share of sessions missed, before the school's own level. */
  readonly missed: number
  /** Key stage 2 scaled scores, known or not. */
  ks2?: { readonly reading: number; readonly maths: number }
  gcses?: readonly string[]
}

/** Which stay a pupil is in on a day, if any. */
export const stayOn = (pupil: DemoPupil, school: number, day: string): Stay | undefined =>
  pupil.stays.find(
    (stay) => stay.school === school && stay.from <= day && (stay.to === null || stay.to >= day),
  )
