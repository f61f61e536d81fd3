/**
 * Which assessment a result of a CTF is: DfE’s yearly table of Stage, Subject, Method and Component, as dated data. A row holds
 * from the year of results `from` to `to`. The multiplication check’s row is DfE’s own; the others come from other systems’
 * importers and are to be checked against the year’s CTF specification when DfE publishes it.
 */
export interface StageAssessment {
  readonly stage: string
  readonly subject: string
  /** Left out, any. */
  readonly method?: string
  readonly component: string
  /** Code of the trust’s assessment that such a result goes to; the early learning goals go there together. */
  readonly to: string
  /** First and last year of results: 2026 is the summer of 2025/26. */
  readonly first: number
  readonly last?: number
  readonly qualifier?: string
  /** An early learning goal, and does the good level of development need it? */
  readonly goal?: 'needed' | 'other'
}

export const goodLevel = 'eyfs-good-level'

const goals = (letter: 'E' | 'G', first: number, last?: number): StageAssessment[] => {
  const areas = {
    COM: letter === 'E' ? 2 : 3,
    PSE: 3,
    PHY: 2,
    LIT: letter === 'E' ? 3 : 2,
    MAT: 2,
    UTW: 3,
    EXP: 2,
  }
  let number = 0
  return Object.entries(areas).flatMap(([subject, many]) =>
    Array.from(
      { length: many },
      (): StageAssessment => ({
        stage: 'EYF',
        subject,
        method: 'FA',
        component: `${letter}${String(++number).padStart(2, '0')}`,
        to: goodLevel,
        first,
        ...(last ? { last } : {}),
        goal: subject === 'UTW' || subject === 'EXP' ? 'other' : 'needed',
      }),
    ),
  )
}

const ks2 = (
  subject: string,
  method: string,
  component: string,
  to: string,
  qualifier: string,
): StageAssessment => ({
  stage: 'KS2',
  subject,
  method,
  component,
  to,
  first: 2016,
  qualifier,
})

export const stageAssessments: readonly StageAssessment[] = [
  ...goals('G', 2013, 2021),
  ...goals('E', 2022),
  { stage: 'KS1', subject: 'ENG', component: 'PHO', to: 'phonics-check', first: 2012, qualifier: 'NM' },
  {
    stage: 'KS2',
    subject: 'MAT',
    method: 'TT',
    component: 'MTC',
    to: 'multiplication-check',
    first: 2020,
    qualifier: 'MT',
  },
  {
    stage: 'KS1',
    subject: 'ENG',
    method: 'TA',
    component: 'REA',
    to: 'ks1-reading',
    first: 2016,
    qualifier: 'NL',
  },
  {
    stage: 'KS1',
    subject: 'ENG',
    method: 'TA',
    component: 'WRI',
    to: 'ks1-writing',
    first: 2016,
    qualifier: 'NL',
  },
  {
    stage: 'KS1',
    subject: 'MAT',
    method: 'TA',
    component: 'MAT',
    to: 'ks1-maths',
    first: 2016,
    qualifier: 'NL',
  },
  ks2('ENG', 'TT', 'REA', 'ks2-reading', 'NS'),
  ks2('ENG', 'TA', 'WRI', 'ks2-writing', 'NL'),
  ks2('MAT', 'TT', 'MAT', 'ks2-maths', 'NS'),
  ks2('GPS', 'TT', 'GPS', 'ks2-gps', 'NS'),
  ks2('SCI', 'TA', 'SCI', 'ks2-science', 'NL'),
]

export interface StageKey {
  readonly stage: string
  readonly subject: string
  readonly method: string
  readonly component: string
}

const same = (one: string, other: string) => one.toUpperCase() === other.trim().toUpperCase()

/** The row of the table for a result of a year, if it has one. */
export const stageAssessment = (key: StageKey, year: number): StageAssessment | undefined =>
  stageAssessments.find(
    (row) =>
      row.first <= year &&
      (row.last === undefined || year <= row.last) &&
      same(row.stage, key.stage) &&
      same(row.subject, key.subject) &&
      same(row.component, key.component) &&
      (row.method === undefined || same(row.method, key.method)),
  )
