import {
  type CharacteristicKind,
  characteristicKinds,
  codes,
  type DatedCharacteristic,
} from '../../../organisation/index.ts'

const yesNo: Record<string, string> = { Y: 'Yes', N: 'No', '1': 'Yes', '0': 'No' }

const languages: Record<string, string> = {
  ENG: 'English',
  ENB: 'Believed to be English',
  OTH: 'Other than English',
  OTB: 'Believed to be other than English',
}

/** A recorded code in words, with the code where its meaning is not known here. */
function characteristicWords(kind: string, value: string): string {
  switch (kind as CharacteristicKind) {
    case 'sex':
      return value === 'F' ? 'Female' : value === 'M' ? 'Male' : value
    case 'ethnicity':
      return codes.ethnicities[value]?.name ?? value
    case 'first-language':
      return (
        languages[value] ??
        (codes.languageGroup(value) === 'eal' ? `${value}: an additional language` : value)
      )
    case 'sen-provision':
      return codes.senProvisions[value as keyof typeof codes.senProvisions] ?? value
    case 'sen-need':
      return codes.senNeeds[value] ?? value
    case 'fsm':
      return codes.fsmCategories[value] ?? yesNo[value] ?? value
    case 'pupil-premium':
      return codes.pupilPremiumCodes[value] ?? yesNo[value] ?? value
    default:
      return yesNo[value] ?? value
  }
}

export interface DatedFact {
  readonly name: string
  readonly words: string
  readonly from: string
  readonly to: string | null
  readonly now: boolean
}

/** What was recorded of a pupil, with its dates: what holds today first, then by kind and date. */
export function datedFacts(rows: readonly DatedCharacteristic[], today: string): DatedFact[] {
  const kinds = Object.keys(characteristicKinds)
  const place = (kind: string) => (kinds.includes(kind) ? kinds.indexOf(kind) : kinds.length)
  return rows
    .toSorted((a, b) => place(a.kind) - place(b.kind) || b.from.localeCompare(a.from))
    .map(({ kind, value, from, to }) => ({
      name: characteristicKinds[kind as CharacteristicKind] ?? kind,
      words: characteristicWords(kind, value),
      from,
      to,
      now: from <= today && (to === null || to >= today),
    }))
    .toSorted((a, b) => Number(b.now) - Number(a.now))
}
