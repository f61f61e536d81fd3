import type { NewSchool } from '../../modules/organisation/index.ts'
import { tidewellSchools } from './tidewell.ts'

/** Weights of ethnicity codes with the languages that go with them, for the places that the schools serve. */
export type Place = 'coast' | 'city' | 'harbour'

export interface Intake {
  readonly years: readonly string[]
  /** Pupils in a year group. */
  readonly size: number
  /** In the oldest year group of 2025/26. */
  readonly oldest: number
  /** Forms of a year group. */
  readonly letters: readonly string[]
  readonly place: Place
  /** Shares of the roll. */
  readonly disadvantaged: number
  readonly senSupport: number
  readonly ehcp: number
  /** Percent of sessions missed, spring 2026. */
  readonly absence: number
  /** Key stage 2 results of a secondary school's intake against England's, in standard deviations. */
  readonly intake?: number
  /** Share of the oldest year group at the standard, spring 2026. */
  readonly at: Readonly<Partial<Record<'reading' | 'writing' | 'mathematics' | 'english and maths', number>>>
  /** What a term has lately added, in standard deviations (primary) or grades (secondary). */
  readonly drift: number
  /** Share of Year 6 leavers who go on to one of the trust's secondary schools. */
  readonly staysInTrust?: number
  /** Children in the nursery class. */
  readonly nursery?: number
}

export interface DemoSchool extends NewSchool {
  readonly slug: string
  readonly domain: string
  readonly intake: Intake
}

const primary = ['R', '1', '2', '3', '4', '5', '6']
const secondary = ['7', '8', '9', '10', '11']

const tidewellIntakes: Readonly<Record<string, Intake>> = {
  saltmarsh: {
    years: primary,
    size: 59,
    oldest: 60,
    letters: ['C', 'L'],
    place: 'coast',
    disadvantaged: 0.4,
    senSupport: 0.19,
    ehcp: 0.035,
    absence: 7.6,
    at: { reading: 0.6, writing: 0.63, mathematics: 0.67 },
    drift: -0.1,
    staysInTrust: 0.3,
    nursery: 26,
  },
  'gull-rock': {
    years: primary,
    size: 44,
    oldest: 45,
    letters: ['A', 'B'],
    place: 'coast',
    disadvantaged: 0.24,
    senSupport: 0.15,
    ehcp: 0.025,
    absence: 5.5,
    at: { reading: 0.71, writing: 0.69, mathematics: 0.67 },
    drift: 0.06,
    staysInTrust: 0.3,
  },
  'st-brannocks': {
    years: primary,
    size: 30,
    oldest: 29,
    letters: ['S'],
    place: 'coast',
    disadvantaged: 0.17,
    senSupport: 0.13,
    ehcp: 0.03,
    absence: 4.9,
    at: { reading: 0.76, writing: 0.72, mathematics: 0.69 },
    drift: 0.07,
    staysInTrust: 0.3,
  },
  'harbour-lane': {
    years: primary,
    size: 89,
    oldest: 88,
    letters: ['H', 'P', 'W'],
    place: 'harbour',
    disadvantaged: 0.27,
    senSupport: 0.14,
    ehcp: 0.03,
    absence: 5.2,
    at: { reading: 0.78, writing: 0.74, mathematics: 0.8 },
    drift: 0.06,
    staysInTrust: 0.6,
  },
  'fenwick-road': {
    years: primary,
    size: 59,
    oldest: 58,
    letters: ['E', 'M'],
    place: 'city',
    disadvantaged: 0.33,
    senSupport: 0.13,
    ehcp: 0.03,
    absence: 5.6,
    at: { reading: 0.78, writing: 0.71, mathematics: 0.84 },
    drift: 0.1,
    staysInTrust: 0.7,
  },
  northquay: {
    years: secondary,
    size: 188,
    oldest: 176,
    letters: ['N', 'O', 'R', 'T', 'H', 'Q'],
    place: 'harbour',
    disadvantaged: 0.36,
    senSupport: 0.17,
    ehcp: 0.03,
    absence: 9.6,
    intake: -0.2,
    at: { 'english and maths': 0.38 },
    drift: -0.06,
  },
  'the-weir': {
    years: secondary,
    size: 158,
    oldest: 148,
    letters: ['W', 'E', 'I', 'R', 'S'],
    place: 'city',
    disadvantaged: 0.29,
    senSupport: 0.14,
    ehcp: 0.025,
    absence: 7.8,
    intake: -0.05,
    at: { 'english and maths': 0.45 },
    drift: 0.07,
  },
  'estuary-high': {
    years: secondary,
    size: 216,
    oldest: 203,
    letters: ['A', 'B', 'C', 'D', 'E', 'F', 'G'],
    place: 'city',
    disadvantaged: 0.26,
    senSupport: 0.13,
    ehcp: 0.03,
    absence: 7.4,
    intake: 0.05,
    at: { 'english and maths': 0.48 },
    drift: 0.08,
  },
  larkfield: {
    years: ['1', '2', '3', '4', '5', '6', ...secondary],
    size: 5,
    oldest: 5,
    letters: [''],
    place: 'harbour',
    disadvantaged: 0.42,
    senSupport: 0,
    ehcp: 1,
    absence: 8.9,
    at: {},
    drift: 0.03,
  },
}

export const tidewellWithIntakes: readonly DemoSchool[] = tidewellSchools.map((school) => ({
  ...school,
  intake: tidewellIntakes[school.slug]!,
}))

const waters = [
  'Alder',
  'Birch',
  'Cedar',
  'Dove',
  'Elm',
  'Fern',
  'Gorse',
  'Hazel',
  'Iris',
  'Juniper',
  'Kestrel',
  'Linden',
  'Maple',
  'Nettle',
  'Oak',
  'Poplar',
  'Quarry',
  'Rowan',
  'Sorrel',
  'Thorn',
  'Umber',
  'Vale',
  'Willow',
  'Yew',
  'Brook',
  'Cliff',
  'Dell',
  'Fell',
  'Glen',
  'Heath',
  'Island',
  'Knoll',
  'Lea',
  'Moor',
  'Ness',
  'Pool',
  'Quay',
  'Reed',
  'Sand',
  'Tarn',
  'Wold',
  'Ash',
  'Beech',
  'Clover',
  'Dale',
  'Ember',
  'Forge',
  'Garth',
  'Holm',
  'Ivy',
]

/** Fifty schools and about 40,000 pupils, to see how it does at the size of the largest trusts. */
export const largeTrust: readonly DemoSchool[] = waters.map((word, at): DemoSchool => {
  const kind = at < 30 ? 'primary' : at < 48 ? 'secondary' : 'special'
  const like =
    tidewellIntakes[
      kind === 'primary'
        ? ['saltmarsh', 'gull-rock', 'st-brannocks', 'harbour-lane', 'fenwick-road'][at % 5]!
        : kind === 'secondary'
          ? ['northquay', 'the-weir', 'estuary-high'][at % 3]!
          : 'larkfield'
    ]!
  const size = kind === 'primary' ? 60 : kind === 'secondary' ? 300 : 9
  const nudge = ((at * 37) % 17) / 100 - 0.08
  return {
    slug: `${word.toLowerCase()}-${kind === 'primary' ? 'primary' : kind === 'secondary' ? 'academy' : 'school'}`,
    urn: String(198001 + at),
    laestab: `998${kind === 'primary' ? 2 : kind === 'secondary' ? 4 : 7}${String(at + 1).padStart(3, '0')}`,
    localCode: word.toUpperCase().slice(0, 4) + String(at + 1),
    name: `${word} ${kind === 'primary' ? 'Primary School' : kind === 'secondary' ? 'Academy' : 'School'}`,
    shortName: word,
    phase: kind,
    ages: kind === 'primary' ? [4, 11] : kind === 'secondary' ? [11, 16] : [5, 16],
    cluster: ['North', 'East', 'South', 'West', 'Centre'][at % 5]!,
    from: '2015-09-01',
    domain: `${word.toLowerCase()}.example`,
    intake: {
      ...like,
      size,
      oldest: size - (at % 4),
      nursery: undefined,
      letters:
        kind === 'primary'
          ? ['A', 'B']
          : kind === 'secondary'
            ? ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K']
            : [''],
      at: Object.fromEntries(Object.entries(like.at).map(([what, share]) => [what, share + nudge])),
    },
  }
})
