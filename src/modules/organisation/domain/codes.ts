/**
 * Code lists of the Common Basic Data Set (DfE, May 2026), as far as this product reads them. The raw code is kept;
 * what it counts as is worked out here.
 */

export type EthnicGroup = 'white' | 'mixed' | 'asian' | 'black' | 'other' | 'unclassified'

/**
 * Main codes with their major group. Chinese counts as Asian, as in the harmonised groups of the Government Statistical Service.
 * ABRI, AWEL, BBRI and BWEL came in 2024/25 and are reported as any other Asian and any other Black background.
 */
export const ethnicities: Readonly<Record<string, { readonly name: string; readonly group: EthnicGroup }>> = {
  WBRI: { name: 'White British', group: 'white' },
  WIRI: { name: 'Irish', group: 'white' },
  WIRT: { name: 'Traveller of Irish heritage', group: 'white' },
  WROM: { name: 'Gypsy / Roma', group: 'white' },
  WOTH: { name: 'Any other White background', group: 'white' },
  MWBC: { name: 'White and Black Caribbean', group: 'mixed' },
  MWBA: { name: 'White and Black African', group: 'mixed' },
  MWAS: { name: 'White and Asian', group: 'mixed' },
  MOTH: { name: 'Any other mixed background', group: 'mixed' },
  AIND: { name: 'Indian', group: 'asian' },
  APKN: { name: 'Pakistani', group: 'asian' },
  ABAN: { name: 'Bangladeshi', group: 'asian' },
  AOTH: { name: 'Any other Asian background', group: 'asian' },
  ABRI: { name: 'Asian British', group: 'asian' },
  AWEL: { name: 'Asian Welsh', group: 'asian' },
  BCRB: { name: 'Caribbean', group: 'black' },
  BAFR: { name: 'African', group: 'black' },
  BOTH: { name: 'Any other Black background', group: 'black' },
  BBRI: { name: 'Black British', group: 'black' },
  BWEL: { name: 'Black Welsh', group: 'black' },
  CHNE: { name: 'Chinese', group: 'asian' },
  OOTH: { name: 'Any other ethnic group', group: 'other' },
  REFU: { name: 'Refused', group: 'unclassified' },
  NOBT: { name: 'Not yet obtained', group: 'unclassified' },
}

export const ethnicGroupNames: Readonly<Record<EthnicGroup, string>> = {
  white: 'White',
  mixed: 'Mixed',
  asian: 'Asian',
  black: 'Black',
  other: 'Other',
  unclassified: 'Unclassified',
}

const extendedFamilies: readonly (readonly [RegExp, EthnicGroup])[] = [
  [/^W/, 'white'],
  [/^M/, 'mixed'],
  [/^[AC]/, 'asian'],
  [/^B/, 'black'],
  [/^O/, 'other'],
]

/** Major group of a main or extended code (extended codes keep the first letter of their family: BSOM, CHKC, WEEU). */
export const ethnicGroup = (code: string | undefined): EthnicGroup => {
  if (!code) return 'unclassified'
  const known = ethnicities[code]
  if (known) return known.group
  return /^[A-Z]{4}$/.test(code)
    ? (extendedFamilies.find(([family]) => family.test(code))?.[1] ?? 'unclassified')
    : 'unclassified'
}

export const senProvisions = { N: 'No SEN', K: 'SEN support', E: 'Education, health and care plan' } as const
export type SenProvision = keyof typeof senProvisions

export const senNeeds: Readonly<Record<string, string>> = {
  SPLD: 'Specific learning difficulty',
  MLD: 'Moderate learning difficulty',
  SLD: 'Severe learning difficulty',
  PMLD: 'Profound and multiple learning difficulty',
  SEMH: 'Social, emotional and mental health',
  SLCN: 'Speech, language and communication',
  HI: 'Hearing impairment',
  VI: 'Vision impairment',
  MSI: 'Multi-sensory impairment',
  PD: 'Physical disability',
  ASD: 'Autistic spectrum disorder',
  DS: 'Down syndrome',
  OTH: 'Other',
  NSA: 'SEN support, no specialist assessment',
}

/**
 * Free school meals. Until August 2026 a pupil was eligible or not (`FSM`); from September 2026 the category says on which
 * ground: targeted (income under the old threshold), expanded (universal credit), other.
 */
export const fsmCategories: Readonly<Record<string, string>> = {
  FSM: 'Eligible (before categories, to August 2026)',
  TFSM: 'Targeted',
  EFSM: 'Expanded',
  OFSM: 'Other',
}

export const pupilPremiumCodes: Readonly<Record<string, string>> = {
  DPP: 'Deprivation',
  SCP: 'Service child',
  LAP: 'Looked after',
  AFC: 'Adopted from care',
  EYP: 'Early years',
}

export type LanguageGroup = 'english' | 'eal' | 'unclassified'

/** ENG and ENB are English; NOT, REF and ZZZ say nothing; OTB and every other language code is an additional language. */
export const languageGroup = (code: string | undefined): LanguageGroup => {
  if (!code || ['NOT', 'REF', 'ZZZ'].includes(code)) return 'unclassified'
  return code === 'ENG' || code === 'ENB' ? 'english' : 'eal'
}
