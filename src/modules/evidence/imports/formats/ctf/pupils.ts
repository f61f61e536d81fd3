import { upnTrouble } from '../../../../../kernel/upn.ts'
import { type CharacteristicKind, codes } from '../../../../organisation/index.ts'
import { readDate } from '../../domain/read-date.ts'
import { readYearGroup } from '../../domain/read-year-group.ts'
import type { LeftOut } from '../contract.ts'
import type { CtfRead } from './read-ctf.ts'
import type { StageKey } from './stage-assessments.ts'
import { blockAt, blocksAt, type CtfTree, textAt } from './tree.ts'

/** A fact about a pupil; without a day it holds from the day of the file. */
export interface TransferFact {
  readonly kind: CharacteristicKind
  readonly value: string
  readonly from?: string
  readonly to?: string
}

export interface TransferResult extends StageKey {
  readonly year: number
  readonly result: string
}

export interface TransferPupil {
  /** Place among the file’s pupils, from 1. */
  readonly row: number
  readonly upn?: string
  readonly formerUpn?: string
  readonly surname: string
  readonly forename: string
  readonly born?: string
  readonly yearGroup?: string
  readonly facts: readonly TransferFact[]
  readonly results: readonly TransferResult[]
  /** LAESTAB and first day of each school in the pupil’s history. */
  readonly schools: readonly { readonly laestab: string; readonly from?: string }[]
}

const day = (text: string): string | undefined => {
  const said = readDate(text)
  return said.kind === 'day' ? said.day : undefined
}

const upper = (text: string) => text.trim().toUpperCase()

/** Pupils of a CTF, each with its dated facts and results; what can’t be right is left out with its sentence. */
export function transferPupils({ tree }: CtfRead): {
  readonly pupils: readonly TransferPupil[]
  readonly leftOut: readonly LeftOut[]
} {
  const leftOut: LeftOut[] = []
  const pupils: TransferPupil[] = []
  const seen = new Map<string, number>()
  for (const [at, one] of blocksAt(blockAt(tree, 'CTFpupilData'), 'Pupil').entries()) {
    const row = at + 1
    const out = (column: string, value: string, why: string) =>
      leftOut.push({ part: 'Pupil', row, column, value: value.slice(0, 80), why })
    const [upn, surname, forename] = [
      upper(textAt(one, 'UPN')),
      textAt(one, 'Surname'),
      textAt(one, 'Forename'),
    ]
    const trouble = upn ? upnTrouble(upn) : undefined
    if (trouble) {
      out('UPN', upn, trouble)
      continue
    }
    if (upn && seen.has(upn)) {
      out('UPN', upn, `This UPN stands at pupil ${seen.get(upn)} already.`)
      continue
    }
    if (!surname || (!upn && !textAt(one, 'DOB'))) {
      out('Surname', surname, 'A pupil needs a surname, and a UPN or a date of birth.')
      continue
    }
    if (upn) seen.set(upn, row)
    const born = day(textAt(one, 'DOB'))
    if (textAt(one, 'DOB') && !born)
      out('DOB', textAt(one, 'DOB'), 'This is not a date; dates read like 2014-03-31.')
    const details = blockAt(one, 'BasicDetails')
    const former = upper(textAt(details, 'FormerUPN'))
    const yearGroup = readYearGroup(textAt(details, 'NCyearActual'))
    pupils.push({
      row,
      ...(upn ? { upn } : {}),
      ...(former && !upnTrouble(former) ? { formerUpn: former } : {}),
      surname,
      forename,
      ...(born ? { born } : {}),
      ...(yearGroup ? { yearGroup } : {}),
      facts: factsOf(one, details, out),
      results: resultsOf(one, out),
      schools: blocksAt(blockAt(one, 'SchoolHistory'), 'School').map((school) => ({
        laestab: laestabOf(school),
        from: day(textAt(school, 'EntryDate')),
      })),
    })
  }
  return { pupils, leftOut }
}

/** `999` and `2001` as `9992001`. */
export const laestabOf = (school: CtfTree | undefined): string =>
  `${textAt(school, 'LEA')}${textAt(school, 'Estab')}`.replace(/\D/g, '')

type Out = (column: string, value: string, why: string) => void

function factsOf(one: CtfTree, details: CtfTree | undefined, out: Out): TransferFact[] {
  const facts: TransferFact[] = []
  const sex = upper(textAt(one, 'Sex') || textAt(one, 'Gender'))
  if (sex === 'F' || sex === 'M') facts.push({ kind: 'sex', value: sex })
  else if (sex) out('Sex', sex, 'This is not a sex. Files say F or M.')
  const ethnicity = upper(textAt(details, 'Ethnicity'))
  if (/^[A-Z]{4}$/.test(ethnicity)) facts.push({ kind: 'ethnicity', value: ethnicity })
  else if (ethnicity) out('Ethnicity', ethnicity, 'This is not an ethnicity code, such as WBRI.')
  const languages = blocksAt(blockAt(details, 'Languages'), 'Type')
  const first = upper(
    textAt(languages.find((said) => upper(textAt(said, 'LanguageType')) === 'F') ?? languages[0], 'Language'),
  )
  if (/^[A-Z]{3}$/.test(first)) facts.push({ kind: 'first-language', value: first })
  if (/^(true|1|y)$/i.test(textAt(blockAt(one, 'LookedAfter'), 'InCare')))
    facts.push({ kind: 'looked-after', value: 'Y' })
  for (const said of blocksAt(blockAt(one, 'FSMhistory'), 'FSMinstance')) {
    const category = upper(textAt(said, 'FSMcategory'))
    const from = day(textAt(said, 'FSMstartDate'))
    const to = day(textAt(said, 'FSMendDate'))
    if (!from) out('FSMstartDate', textAt(said, 'FSMstartDate'), 'Free school meals need the day they began.')
    else if (to && to < from)
      out('FSMendDate', to, `Free school meals can’t end before they begin (${from}).`)
    else
      facts.push({
        kind: 'fsm',
        value: category in codes.fsmCategories ? category : 'FSM',
        from,
        ...(to ? { to } : {}),
      })
  }
  const sen = blockAt(one, 'SENhistory')
  for (const said of blocksAt(sen, 'SEN')) {
    const provision = upper(textAt(said, 'SENprovision'))
    const from = day(textAt(said, 'StartDate'))
    if (!(provision in codes.senProvisions))
      out('SENprovision', provision, 'This is not a SEN provision. The codes are N, K and E.')
    else facts.push({ kind: 'sen-provision', value: provision, ...(from ? { from } : {}) })
  }
  const need = blocksAt(blockAt(sen, 'SENneeds'), 'SENneed').find((said) =>
    ['', '1'].includes(textAt(said, 'SENtypeRank')),
  )
  const type = upper(textAt(need, 'SENtype'))
  if (type in codes.senNeeds) facts.push({ kind: 'sen-need', value: type })
  else if (type) out('SENtype', type, 'This is not a SEN need, such as SEMH.')
  return facts
}

const prior: Readonly<Record<string, CharacteristicKind>> = { REA: 'ks2-reading', MAT: 'ks2-mathematics' }

/** Key stage 2 scores as facts from the summer of their year: a pupil’s prior attainment. */
export const priorFacts = (results: readonly TransferResult[]): TransferFact[] =>
  results.flatMap(({ stage, method, component, year, result }): TransferFact[] => {
    const kind = stage === 'KS2' && method === 'TT' ? prior[component] : undefined
    const score = Number(result)
    return kind && score >= 80 && score <= 120 ? [{ kind, value: String(score), from: `${year}-07-01` }] : []
  })

function resultsOf(one: CtfTree, out: Out): TransferResult[] {
  return blocksAt(blockAt(one, 'StageAssessments'), 'KeyStage').flatMap((stage) =>
    blocksAt(stage, 'StageAssessment').flatMap((said): TransferResult[] => {
      const year = Number(textAt(said, 'Year'))
      const result = textAt(said, 'Result')
      const status = upper(textAt(said, 'ResultStatus'))
      if (result === '' || (status !== '' && status !== 'R')) return []
      if (!Number.isInteger(year) || year < 1990 || year > 2100) {
        out('Year', textAt(said, 'Year'), 'A result needs the year in which it came, such as 2026.')
        return []
      }
      return [
        {
          stage: upper(textAt(stage, 'Stage')),
          subject: upper(textAt(said, 'Subject')),
          method: upper(textAt(said, 'Method')),
          component: upper(textAt(said, 'Component')),
          year,
          result,
        },
      ]
    }),
  )
}
