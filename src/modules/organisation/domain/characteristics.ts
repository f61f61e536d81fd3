import { academicYearOf, academicYearStart } from '../../../kernel/academic-year.ts'
import type { Day } from '../../../kernel/days.ts'
import {
  type EthnicGroup,
  ethnicGroup,
  type LanguageGroup,
  languageGroup,
  type SenProvision,
  senProvisions,
} from './codes.ts'

export const characteristicKinds = {
  sex: 'Sex',
  ethnicity: 'Ethnicity',
  'first-language': 'First language',
  'sen-provision': 'SEN provision',
  'sen-need': 'SEN need',
  fsm: 'Free school meals',
  fsm6: 'Free school meals in the last six years',
  'pupil-premium': 'Pupil premium',
  'looked-after': 'Looked after',
  'adopted-from-care': 'Adopted from care',
  'ks2-reading': 'Key Stage 2 reading',
  'ks2-mathematics': 'Key Stage 2 mathematics',
} as const
export type CharacteristicKind = keyof typeof characteristicKinds

/** What was true of a pupil from a day up to and including a day (or still is, when `to` is null). */
export interface DatedCharacteristic {
  readonly kind: string
  readonly value: string
  readonly from: Day
  readonly to: Day | null
}

export interface Characteristics {
  readonly sex?: 'F' | 'M'
  readonly ethnicity?: string
  readonly ethnicGroup: EthnicGroup
  readonly firstLanguage: LanguageGroup
  readonly sen: SenProvision
  readonly senNeed?: string
  readonly fsm: boolean
  readonly fsm6: boolean
  readonly pupilPremium: boolean
  readonly lookedAfter: boolean
  readonly disadvantaged: boolean
  readonly priorReading?: number
  readonly priorMathematics?: number
  /** Mean of reading and mathematics at Key Stage 2, or the one that there is. */
  readonly prior?: number
  readonly priorBand?: 'low' | 'middle' | 'high'
}

const holdsOn = (row: DatedCharacteristic, day: Day): boolean =>
  row.from <= day && (row.to === null || row.to >= day)

const sixYearsBefore = (day: Day): Day => `${Number(day.slice(0, 4)) - 6}${day.slice(4)}`

/** From September 2026 free meals on the expanded ground (universal credit) open no right to pupil premium and are not in FSM6. */
const countsTowardsFsm6 = (value: string): boolean => value === 'FSM' || value === 'TFSM'

const fsm6On = (rows: readonly DatedCharacteristic[], day: Day): boolean => {
  const said = rows.findLast((row) => row.kind === 'fsm6' && holdsOn(row, day))
  if (said) return said.value === 'Y'
  return rows.some(
    (row) =>
      row.kind === 'fsm' &&
      countsTowardsFsm6(row.value) &&
      row.from <= day &&
      (row.to === null || row.to >= sixYearsBefore(day)),
  )
}

/** Looked after for at least one day of the academic year, up to the day (DfE, Key stage 4 performance: methodology). */
const lookedAfterInYearOf = (rows: readonly DatedCharacteristic[], day: Day): boolean =>
  rows.some(
    (row) =>
      row.kind === 'looked-after' &&
      row.value === 'Y' &&
      row.from <= day &&
      (row.to === null || row.to >= academicYearStart(academicYearOf(day))),
  )

/** Prior attainment bands of the Key Stage 4 measures: below 100, 100 to 110, above 110. */
export const priorBand = (prior: number | undefined): 'low' | 'middle' | 'high' | undefined => {
  if (prior === undefined) return undefined
  if (prior < 100) return 'low'
  return prior <= 110 ? 'middle' : 'high'
}

const scoreOf = (text: string | undefined): number | undefined =>
  text !== undefined && text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined

/** What is true of one pupil on a day, from that pupil's dated rows. The latest start wins where two overlap. */
export function characteristicsOn(rows: readonly DatedCharacteristic[], day: Day): Characteristics {
  const ordered = rows.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const value = (kind: CharacteristicKind) =>
    ordered.findLast((row) => row.kind === kind && holdsOn(row, day))?.value

  const sex = value('sex')
  const ethnicity = value('ethnicity')
  const sen = value('sen-provision') as SenProvision | undefined
  const priorReading = scoreOf(value('ks2-reading'))
  const priorMathematics = scoreOf(value('ks2-mathematics'))
  const scores = [priorReading, priorMathematics].filter((score) => score !== undefined)
  const prior = scores.length ? scores.reduce((sum, score) => sum + score, 0) / scores.length : undefined
  const fsm6 = fsm6On(ordered, day)
  const lookedAfter = value('looked-after') === 'Y'
  const adopted = value('adopted-from-care')
  return {
    sex: sex === 'F' || sex === 'M' ? sex : undefined,
    ethnicity,
    ethnicGroup: ethnicGroup(ethnicity),
    firstLanguage: languageGroup(value('first-language')),
    sen: sen && sen in senProvisions ? sen : 'N',
    senNeed: value('sen-need'),
    fsm: ordered.some((row) => row.kind === 'fsm' && holdsOn(row, day)),
    fsm6,
    pupilPremium: ordered.some((row) => row.kind === 'pupil-premium' && holdsOn(row, day)),
    lookedAfter,
    disadvantaged: fsm6 || lookedAfterInYearOf(ordered, day) || (adopted !== undefined && adopted !== 'N'),
    priorReading,
    priorMathematics,
    prior,
    priorBand: priorBand(prior),
  }
}
