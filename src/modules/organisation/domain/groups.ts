/**
 * The groups of pupils that figures are asked for. Each is a condition on the lake's `pupil_state` (and on nothing else),
 * in the SQL that DuckDB and Postgres share, so that a group means the same in every table and chart.
 */
export interface PupilGroup {
  readonly slug: string
  readonly name: string
  /** In the middle of a sentence: `9 of 27 disadvantaged pupils`. */
  readonly pupils: string
  readonly condition: string
  /** The group it is compared with when a gap is drawn. */
  readonly against?: string
  readonly kind:
    | 'everyone'
    | 'sex'
    | 'disadvantage'
    | 'sen'
    | 'language'
    | 'ethnicity'
    | 'prior attainment'
    | 'care'
    | 'mobility'
}

export const groups: readonly PupilGroup[] = [
  { slug: 'all', name: 'All pupils', pupils: 'pupils', condition: 'true', kind: 'everyone' },
  { slug: 'girls', name: 'Girls', pupils: 'girls', condition: "sex = 'F'", against: 'boys', kind: 'sex' },
  { slug: 'boys', name: 'Boys', pupils: 'boys', condition: "sex = 'M'", against: 'girls', kind: 'sex' },
  {
    slug: 'disadvantaged',
    name: 'Disadvantaged',
    pupils: 'disadvantaged pupils',
    condition: 'disadvantaged',
    against: 'not-disadvantaged',
    kind: 'disadvantage',
  },
  {
    slug: 'not-disadvantaged',
    name: 'Not disadvantaged',
    pupils: 'pupils who are not disadvantaged',
    condition: 'not disadvantaged',
    against: 'disadvantaged',
    kind: 'disadvantage',
  },
  {
    slug: 'fsm',
    name: 'Free school meals',
    pupils: 'pupils with free school meals',
    condition: 'fsm',
    kind: 'disadvantage',
  },
  {
    slug: 'pupil-premium',
    name: 'Pupil premium',
    pupils: 'pupils with pupil premium',
    condition: 'pupil_premium',
    kind: 'disadvantage',
  },
  {
    slug: 'sen-support',
    name: 'SEN support',
    pupils: 'pupils with SEN support',
    condition: "sen = 'K'",
    against: 'no-sen',
    kind: 'sen',
  },
  {
    slug: 'ehcp',
    name: 'EHC plan',
    pupils: 'pupils with an education, health and care plan',
    condition: "sen = 'E'",
    against: 'no-sen',
    kind: 'sen',
  },
  { slug: 'no-sen', name: 'No SEN', pupils: 'pupils without SEN', condition: "sen = 'N'", kind: 'sen' },
  {
    slug: 'eal',
    name: 'English as an additional language',
    pupils: 'pupils learning English as an additional language',
    condition: "first_language = 'eal'",
    against: 'english-first',
    kind: 'language',
  },
  {
    slug: 'english-first',
    name: 'English first language',
    pupils: 'pupils whose first language is English',
    condition: "first_language = 'english'",
    against: 'eal',
    kind: 'language',
  },
  {
    slug: 'looked-after',
    name: 'Looked after',
    pupils: 'looked-after pupils',
    condition: 'looked_after',
    kind: 'care',
  },
  {
    slug: 'white',
    name: 'White',
    pupils: 'White pupils',
    condition: "ethnic_group = 'white'",
    kind: 'ethnicity',
  },
  {
    slug: 'mixed',
    name: 'Mixed',
    pupils: 'pupils of Mixed ethnicity',
    condition: "ethnic_group = 'mixed'",
    kind: 'ethnicity',
  },
  {
    slug: 'asian',
    name: 'Asian',
    pupils: 'Asian pupils',
    condition: "ethnic_group = 'asian'",
    kind: 'ethnicity',
  },
  {
    slug: 'black',
    name: 'Black',
    pupils: 'Black pupils',
    condition: "ethnic_group = 'black'",
    kind: 'ethnicity',
  },
  {
    slug: 'other-ethnic',
    name: 'Other ethnic group',
    pupils: 'pupils of another ethnic group',
    condition: "ethnic_group = 'other'",
    kind: 'ethnicity',
  },
  {
    slug: 'prior-low',
    name: 'Low prior attainment',
    pupils: 'pupils with low prior attainment',
    condition: "prior_band = 'low'",
    kind: 'prior attainment',
  },
  {
    slug: 'prior-middle',
    name: 'Middle prior attainment',
    pupils: 'pupils with middle prior attainment',
    condition: "prior_band = 'middle'",
    kind: 'prior attainment',
  },
  {
    slug: 'prior-high',
    name: 'High prior attainment',
    pupils: 'pupils with high prior attainment',
    condition: "prior_band = 'high'",
    kind: 'prior attainment',
  },
  {
    slug: 'joined-this-year',
    name: 'Joined this year',
    pupils: 'pupils who joined after 30 September',
    condition: 'joined_this_year',
    kind: 'mobility',
  },
]

export const groupBySlug = (slug: string): PupilGroup | undefined =>
  groups.find((group) => group.slug === slug)
