import type { NewScale } from '../commands/add-assessment.ts'

type Ready = Omit<NewScale, 'from'>
type Grade = NonNullable<NewScale['grades']>[number]

const absent: Grade = { code: 'A', name: 'Absent', status: 'absent' }
const left: Grade = { code: 'L', name: 'Left', status: 'left' }
const disapplied: Grade = { code: 'D', name: 'Disapplied', status: 'not taken' }
const notTaken: Grade = { code: 'X', name: 'Not taken', status: 'not taken' }

const preKeyStage = (most: number): Grade[] => [
  { code: 'EM', name: 'Engagement model', status: 'below test' },
  ...Array.from({ length: most }, (_, at) => ({
    code: `PK${at + 1}`,
    name: `Pre-key stage, standard ${at + 1}`,
  })),
]

const standards: readonly Grade[] = [
  { code: 'WTS', name: 'Working towards the expected standard' },
  { code: 'EXS', name: 'Working at the expected standard', expected: true },
  { code: 'GDS', name: 'Working at greater depth', expected: true, higher: true },
]

/** Grades with points by their place, where the scale has no points of its own: they put the grades in order and nothing more. */
const inOrder = (grades: readonly Grade[]): Grade[] =>
  grades.map((grade, place) => (grade.status ? grade : { ...grade, points: place }))

/**
 * Scales that schools in England share. Points of technical awards are those of DfE’s performance tables (level 2: 8.5, 7, 5.5, 4;
 * level 1: 3, 2, 1.25); DfE lists the qualifications that have them each year, so look there before you publish.
 */
export const readyScales: readonly Ready[] = [
  {
    code: 'ks1-teacher-assessment',
    name: 'Key stage 1 teacher assessment',
    kind: 'grade',
    unit: 'standard',
    grades: inOrder([...preKeyStage(4), ...standards, absent, disapplied, left]),
  },
  {
    code: 'ks2-teacher-assessment',
    name: 'Key stage 2 teacher assessment',
    kind: 'grade',
    unit: 'standard',
    grades: inOrder([...preKeyStage(6), ...standards, absent, disapplied, left]),
  },
  {
    code: 'pre-key-stage',
    name: 'Pre-key stage standards',
    kind: 'grade',
    unit: 'standard',
    grades: inOrder([...preKeyStage(6), absent, left]),
  },
  {
    code: 'phonics-mark',
    name: 'Phonics screening check, 0 to 40',
    kind: 'number',
    low: 0,
    high: 40,
    step: 1,
    expected: 32,
    unit: 'words',
    grades: [
      { code: 'Wa', name: 'Met the standard', expected: true },
      { code: 'Wt', name: 'Did not meet the standard' },
      absent,
      disapplied,
      left,
      { code: 'Q', name: 'Maladministration', status: 'not taken' },
    ],
  },
  {
    code: 'multiplication-score',
    name: 'Multiplication tables check, 0 to 25',
    kind: 'number',
    low: 0,
    high: 25,
    step: 1,
    higher: 25,
    unit: 'points',
    grades: [
      absent,
      left,
      { code: 'B', name: 'Working below the check', status: 'not taken' },
      { code: 'J', name: 'Just arrived', status: 'not taken' },
      { code: 'U', name: 'Unable to take part', status: 'not taken' },
      { code: 'NAA', name: 'Could not be administered', status: 'not taken' },
      { code: 'Z', name: 'Registered in error', status: 'not taken' },
      { code: 'Q', name: 'Maladministration', status: 'not taken' },
      { code: 'H', name: 'Cheating', status: 'not taken' },
      notTaken,
    ],
  },
  {
    code: 'good-level',
    name: 'Good level of development',
    kind: 'grade',
    unit: 'standard',
    grades: [
      { code: 'N', name: 'Not yet', points: 0 },
      { code: 'Y', name: 'A good level', points: 1, expected: true },
      absent,
      left,
    ],
  },
  {
    code: 'a-level',
    name: 'A level grade, A* to E',
    kind: 'grade',
    unit: 'points',
    grades: [
      { code: 'U', name: 'Unclassified', points: 0 },
      ...['E', 'D', 'C', 'B', 'A', 'A*'].map((code, at) => ({
        code,
        name: `Grade ${code}`,
        points: 10 * (at + 1),
      })),
      notTaken,
    ],
  },
  {
    code: 'technical-award',
    name: 'Technical award, level 1 and 2',
    kind: 'grade',
    unit: 'points',
    grades: [
      { code: 'U', name: 'Unclassified', points: 0 },
      { code: 'L1P', name: 'Level 1 Pass', points: 1.25 },
      { code: 'L1M', name: 'Level 1 Merit', points: 2 },
      { code: 'L1D', name: 'Level 1 Distinction', points: 3 },
      { code: 'L2P', name: 'Level 2 Pass', points: 4, expected: true },
      { code: 'L2M', name: 'Level 2 Merit', points: 5.5, expected: true },
      { code: 'L2D', name: 'Level 2 Distinction', points: 7, expected: true, higher: true },
      { code: 'L2D*', name: 'Level 2 Distinction*', points: 8.5, expected: true, higher: true },
      absent,
      notTaken,
    ],
  },
  {
    code: 'gcse-9-1',
    name: 'GCSE grade, 9 to 1',
    kind: 'grade',
    unit: 'grade',
    grades: [
      { code: 'U', name: 'Unclassified', points: 0 },
      ...Array.from({ length: 9 }, (_, at) => ({
        code: String(at + 1),
        name: `Grade ${at + 1}`,
        points: at + 1,
        expected: at + 1 >= 4,
        higher: at + 1 >= 7,
      })),
      absent,
      notTaken,
    ],
  },
]
