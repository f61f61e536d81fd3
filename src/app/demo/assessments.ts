/** What Tidewell assesses, and on which scales: brought into the record by the same commands that a trust uses. */

const coded = {
  absent: { code: 'A', name: 'Absent', status: 'absent' },
  notTaken: { code: 'X', name: 'Not taken', status: 'not taken' },
  left: { code: 'L', name: 'Left', status: 'left' },
  below: { code: 'B', name: 'Below the level of the test', status: 'below test' },
} as const

const gcse = ['U', '1', '2', '3', '4', '5', '6', '7', '8', '9']

/** `1-1`, `2-1`, `2-2` … `9-9`: the two slots that it fills count the mean of the pair. */
const doubleGrades = gcse
  .slice(1)
  .flatMap((grade, at) => (at === 0 ? ['1-1'] : [`${grade}-${gcse[at]}`, `${grade}-${grade}`]))

interface DemoScale {
  code: string
  name: string
  kind: 'number' | 'grade'
  unit?: string
  low?: number
  high?: number
  step?: number
  expected?: number
  higher?: number
  from: string
  grades: {
    code: string
    name: string
    points?: number
    status?: 'result' | 'absent' | 'not taken' | 'below test' | 'left'
    expected?: boolean
    higher?: boolean
  }[]
}

export const scales: readonly DemoScale[] = [
  {
    code: 'scaled-score',
    name: 'Scaled score, 80 to 120',
    kind: 'number',
    low: 80,
    high: 120,
    step: 1,
    expected: 100,
    higher: 110,
    from: '2016-09-01',
    grades: [coded.absent, coded.notTaken, coded.left, coded.below],
  },
  {
    code: 'teacher-assessment',
    name: 'Teacher assessment',
    kind: 'grade',
    from: '2018-09-01',
    grades: [
      { code: 'PK', name: 'Pre-key stage standards', points: 1 },
      { code: 'WTS', name: 'Working towards', points: 2 },
      { code: 'EXS', name: 'Working at the expected standard', points: 3, expected: true },
      { code: 'GDS', name: 'Working at greater depth', points: 4, expected: true, higher: true },
      coded.absent,
      coded.left,
    ],
  },
  {
    code: 'gcse-9-1',
    name: 'GCSE grade, 9 to 1',
    kind: 'grade',
    unit: 'grade',
    from: '2017-09-01',
    grades: [
      ...gcse.map((code, points) => ({
        code,
        name: code === 'U' ? 'Unclassified' : `Grade ${code}`,
        points,
        expected: points >= 4,
        higher: points >= 7,
      })),
      coded.absent,
      coded.notTaken,
    ],
  },
  {
    code: 'gcse-double-award',
    name: 'GCSE double award, 9-9 to 1-1',
    kind: 'grade',
    unit: 'grade',
    from: '2017-09-01',
    grades: [
      { code: 'U', name: 'Unclassified', points: 0 },
      ...doubleGrades.map((code) => {
        const [one, two] = code.split('-').map(Number) as [number, number]
        const points = (one + two) / 2
        return { code, name: `Grades ${code}`, points, expected: points >= 4, higher: points >= 7 }
      }),
      coded.absent,
      coded.notTaken,
    ],
  },
  {
    code: 'phonics-mark',
    name: 'Phonics mark, 0 to 40',
    kind: 'number',
    low: 0,
    high: 40,
    step: 1,
    expected: 32,
    from: '2012-09-01',
    grades: [coded.absent, { ...coded.notTaken, code: 'D', name: 'Disapplied' }, coded.left],
  },
  {
    code: 'multiplication-score',
    name: 'Multiplication tables check score, 0 to 25',
    kind: 'number',
    low: 0,
    high: 25,
    step: 1,
    higher: 25,
    from: '2021-09-01',
    grades: [coded.absent, coded.notTaken, coded.left, { ...coded.below, status: 'not taken' }],
  },
  {
    code: 'good-level',
    name: 'Good level of development',
    kind: 'grade',
    from: '2021-09-01',
    grades: [
      { code: 'N', name: 'Not yet', points: 0 },
      { code: 'Y', name: 'A good level', points: 1, expected: true },
      coded.absent,
      coded.left,
    ],
  },
  {
    code: 'own-next-steps',
    name: 'Own next steps',
    kind: 'grade',
    from: '2020-09-01',
    grades: [
      { code: 'NY', name: 'Not yet', points: 0 },
      { code: 'PM', name: 'Partly met', points: 1 },
      { code: 'M', name: 'Met', points: 2, expected: true },
      { code: 'EX', name: 'Exceeded', points: 3, expected: true, higher: true },
      coded.absent,
    ],
  },
]

export const subjects = [
  { code: 'reading', name: 'Reading' },
  { code: 'writing', name: 'Writing' },
  { code: 'mathematics', name: 'Mathematics' },
  { code: 'gps', name: 'Grammar, punctuation and spelling' },
  { code: 'early-years', name: 'Early years profile' },
  { code: 'phonics', name: 'Phonics' },
  { code: 'multiplication', name: 'Multiplication tables' },
  { code: 'english-language', name: 'English language' },
  { code: 'english-literature', name: 'English literature' },
  { code: 'combined-science', name: 'Combined science' },
  { code: 'biology', name: 'Biology' },
  { code: 'chemistry', name: 'Chemistry' },
  { code: 'physics', name: 'Physics' },
  { code: 'computer-science', name: 'Computer science' },
  { code: 'history', name: 'History' },
  { code: 'geography', name: 'Geography' },
  { code: 'french', name: 'French' },
  { code: 'spanish', name: 'Spanish' },
  { code: 'religious-studies', name: 'Religious studies' },
  { code: 'art-and-design', name: 'Art and design' },
  { code: 'business', name: 'Business' },
  { code: 'drama', name: 'Drama' },
  { code: 'food', name: 'Food preparation and nutrition' },
  { code: 'physical-education', name: 'Physical education' },
  { code: 'next-steps-reading', name: 'Reading, own next steps' },
  { code: 'next-steps-communication', name: 'Communication, own next steps' },
] as const

const gcseSubjects = [
  'english-language',
  'english-literature',
  'biology',
  'chemistry',
  'physics',
  'computer-science',
  'history',
  'geography',
  'french',
  'spanish',
  'religious-studies',
  'art-and-design',
  'business',
  'drama',
  'food',
  'physical-education',
] as const

const nameOf = (code: string) => subjects.find((subject) => subject.code === code)!.name
const termYears = ['1', '2', '3', '4', '5', '6']
const gradeYears = ['10', '11']

/** Each assessment with the year groups that sit it: at the three termly drops, or when the results come. */
export const assessments: readonly {
  readonly code: string
  readonly name: string
  readonly subject: string
  readonly scale: string
  readonly kind: 'termly' | 'statutory'
  readonly years: readonly string[]
}[] = [
  {
    code: 'reading-scaled',
    name: 'Reading, scaled score',
    subject: 'reading',
    scale: 'scaled-score',
    kind: 'termly',
    years: termYears,
  },
  {
    code: 'writing-teacher',
    name: 'Writing, teacher assessment',
    subject: 'writing',
    scale: 'teacher-assessment',
    kind: 'termly',
    years: termYears,
  },
  {
    code: 'maths-scaled',
    name: 'Maths, scaled score',
    subject: 'mathematics',
    scale: 'scaled-score',
    kind: 'termly',
    years: termYears,
  },
  {
    code: 'maths-grade',
    name: 'Maths, current grade',
    subject: 'mathematics',
    scale: 'gcse-9-1',
    kind: 'termly',
    years: gradeYears,
  },
  {
    code: 'combined-science-grade',
    name: 'Combined science, current grade',
    subject: 'combined-science',
    scale: 'gcse-double-award',
    kind: 'termly',
    years: gradeYears,
  },
  ...gcseSubjects.map((subject) => ({
    code: `${subject}-grade`,
    name: `${nameOf(subject)}, current grade`,
    subject,
    scale: 'gcse-9-1',
    kind: 'termly' as const,
    years: gradeYears,
  })),
  {
    code: 'next-steps-reading',
    name: 'Reading, own next steps',
    subject: 'next-steps-reading',
    scale: 'own-next-steps',
    kind: 'termly',
    years: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11'],
  },
  {
    code: 'next-steps-communication',
    name: 'Communication, own next steps',
    subject: 'next-steps-communication',
    scale: 'own-next-steps',
    kind: 'termly',
    years: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11'],
  },
  {
    code: 'eyfs-good-level',
    name: 'Early years profile, good level of development',
    subject: 'early-years',
    scale: 'good-level',
    kind: 'statutory',
    years: ['R'],
  },
  {
    code: 'phonics-check',
    name: 'Phonics screening check',
    subject: 'phonics',
    scale: 'phonics-mark',
    kind: 'statutory',
    years: ['1'],
  },
  {
    code: 'multiplication-check',
    name: 'Multiplication tables check',
    subject: 'multiplication',
    scale: 'multiplication-score',
    kind: 'statutory',
    years: ['4'],
  },
  {
    code: 'ks2-reading',
    name: 'Key stage 2 reading test',
    subject: 'reading',
    scale: 'scaled-score',
    kind: 'statutory',
    years: ['6'],
  },
  {
    code: 'ks2-writing',
    name: 'Key stage 2 writing teacher assessment',
    subject: 'writing',
    scale: 'teacher-assessment',
    kind: 'statutory',
    years: ['6'],
  },
  {
    code: 'ks2-maths',
    name: 'Key stage 2 maths test',
    subject: 'mathematics',
    scale: 'scaled-score',
    kind: 'statutory',
    years: ['6'],
  },
  {
    code: 'ks2-gps',
    name: 'Key stage 2 grammar, punctuation and spelling test',
    subject: 'gps',
    scale: 'scaled-score',
    kind: 'statutory',
    years: ['6'],
  },
  {
    code: 'gcse-maths',
    name: 'GCSE maths',
    subject: 'mathematics',
    scale: 'gcse-9-1',
    kind: 'statutory',
    years: ['11'],
  },
  {
    code: 'gcse-combined-science',
    name: 'GCSE combined science',
    subject: 'combined-science',
    scale: 'gcse-double-award',
    kind: 'statutory',
    years: ['11'],
  },
  ...gcseSubjects.map((subject) => ({
    code: `gcse-${subject}`,
    name: `GCSE ${nameOf(subject)}`,
    subject,
    scale: 'gcse-9-1',
    kind: 'statutory' as const,
    years: ['11'],
  })),
]
