import { codes } from '../../../organisation/index.ts'
import { fold } from './letters.ts'
import type { PlainTarget } from './words.ts'

export type CharacteristicRead =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'wrong'; readonly why: string }

/** The organisation’s kind of characteristic for each column that can hold one. */
export const characteristicKindOf = {
  sex: 'sex',
  ethnicity: 'ethnicity',
  'first language': 'first-language',
  'sen provision': 'sen-provision',
  'sen need': 'sen-need',
  fsm: 'fsm',
  fsm6: 'fsm6',
  'pupil premium': 'pupil-premium',
  'looked after': 'looked-after',
  'ks2 reading': 'ks2-reading',
  'ks2 mathematics': 'ks2-mathematics',
} as const satisfies Partial<Record<PlainTarget, string>>
export type CharacteristicTarget = keyof typeof characteristicKindOf

const none = { kind: 'none' } as const
const value = (text: string) => ({ kind: 'value', value: text }) as const
const wrong = (why: string) => ({ kind: 'wrong', why }) as const

const yes = new Set(['y', 'yes', 'true', 't', '1', 'eligible'])
const no = new Set(['n', 'no', 'false', 'f', '0', 'not eligible'])

/** One cell about a pupil, as the code that the record keeps. A “no” says nothing: the record holds what is true. */
export function readCharacteristic(kind: CharacteristicTarget, text: string): CharacteristicRead {
  const said = text.trim()
  const folded = fold(said)
  if (folded === '' || ['-', 'n a', 'none', 'null', 'unknown'].includes(folded)) return none
  switch (kind) {
    case 'sex':
      if (['f', 'female', 'girl', 'girls', 'g'].includes(folded)) return value('F')
      if (['m', 'male', 'boy', 'boys', 'b'].includes(folded)) return value('M')
      return wrong(`“${said}” is not a sex. Files say F or M.`)
    case 'ethnicity':
      return coded(said, codes.ethnicities, /^[A-Z]{4}$/, 'an ethnicity code (such as WBRI)')
    case 'first language':
      if (/^[a-z]{3}$/i.test(said) && !yes.has(folded)) return value(said.toUpperCase())
      if (folded === 'english') return value('ENG')
      if (yes.has(folded) || folded === 'eal') return value('OTB')
      if (no.has(folded)) return value('ENB')
      return said.length > 2
        ? value('OTH')
        : wrong(`“${said}” is not a language code (such as ENG), and neither yes nor no.`)
    case 'sen provision':
      if (['n', 'no', 'no sen', 'no special educational need', '0'].includes(folded)) return value('N')
      if (['k', 'sen support', 's', 'support', 'sen'].includes(folded)) return value('K')
      if (['e', 'ehcp', 'ehc plan', 'education health and care plan', 'ehc'].includes(folded))
        return value('E')
      return wrong(`“${said}” is not a SEN provision. The codes are N, K and E.`)
    case 'sen need':
      return coded(
        said,
        Object.fromEntries(Object.entries(codes.senNeeds).map(([code, name]) => [code, { name }])),
        /^[A-Z]{2,4}$/,
        'a SEN need (such as SEMH)',
      )
    case 'fsm':
      if (yes.has(folded) || folded === 'fsm') return value('FSM')
      if (no.has(folded)) return none
      if (said.toUpperCase() in codes.fsmCategories) return value(said.toUpperCase())
      return wrong(`“${said}” says neither yes nor no to free school meals.`)
    case 'pupil premium':
      if (yes.has(folded) || folded === 'pp') return value('DPP')
      if (no.has(folded)) return none
      if (said.toUpperCase() in codes.pupilPremiumCodes) return value(said.toUpperCase())
      return wrong(`“${said}” says neither yes nor no to pupil premium.`)
    case 'fsm6':
    case 'looked after':
      if (yes.has(folded)) return value('Y')
      if (no.has(folded)) return none
      return wrong(`“${said}” says neither yes nor no.`)
    case 'ks2 reading':
    case 'ks2 mathematics': {
      const score = Number(said.replace(',', '.'))
      if (Number.isFinite(score) && score >= 59 && score <= 120) return value(String(score))
      return ['a', 'b', 'm', 't', 'u', 'x', 'n'].includes(folded)
        ? none
        : wrong(`“${said}” is not a key stage 2 score. They run from 80 to 120.`)
    }
  }
}

function coded(
  said: string,
  known: Readonly<Record<string, { readonly name: string }>>,
  shape: RegExp,
  what: string,
): CharacteristicRead {
  const upper = said.toUpperCase()
  if (upper in known || (shape.test(upper) && upper.length === 4)) return value(upper)
  const folded = fold(said)
  const named = Object.entries(known).find(([, { name }]) => fold(name) === folded)
  return named ? value(named[0]) : wrong(`“${said}” is not ${what}.`)
}
