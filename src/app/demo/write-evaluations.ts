import {
  citeFigure,
  citeNote,
  citeObjective,
  confirmJudgement,
  plansWith,
  saveJudgement,
  signEvaluation,
  startEvaluation,
} from '../../modules/improvement/index.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { viewerOn } from './clock.ts'
import type { Heads } from './write-purpose.ts'

interface ToldFigure {
  readonly measure: string
  readonly year: string
  readonly group?: string
  readonly period?: string
  readonly snapshot?: number
}
interface ToldArea {
  readonly area: string
  readonly on: string
  readonly grade: string
  readonly figures?: readonly ToldFigure[]
  readonly note?: string
  readonly objective?: string
  readonly words: string
  readonly strengths?: string
  readonly next?: string
  /** Left as a working copy. */
  readonly draft?: boolean
}

const autumn = { period: '2025-autumn', snapshot: 4 }

async function tell(head: Viewer, school: number, evaluation: number, told: ToldArea) {
  const viewer = viewerOn(head, told.on, '16:20')
  const where = { evaluation, area: told.area }
  const { grade, words, strengths, next } = told
  await saveJudgement(viewer, where, { grade, words, strengths, next, revision: 0 })
  for (const {
    group = 'all',
    period = autumn.period,
    snapshot = autumn.snapshot,
    ...figure
  } of told.figures ?? [])
    await citeFigure(viewer, where, { ...figure, group, period, snapshot, school })
  if (told.note) await citeNote(viewer, where, { words: told.note })
  if (told.objective) {
    const objective = (await plansWith(viewer, { school }))
      .flatMap((plan) => plan.objectives)
      .find((one) => one.title === told.objective)
    if (objective) await citeObjective(viewer, where, objective.id)
  }
  if (!told.draft) await confirmJudgement(viewer, where)
}

const before = { period: '2025-summer', snapshot: 2 }

/** This year’s self-evaluations, written after the autumn drop and before the spring: their figures are about to move. */
export async function writeEvaluations(director: Viewer, heads: Heads): Promise<void> {
  await saltmarshNow(heads.saltmarsh!)
  for (const one of others) await tellAll(heads, one)
  const trust = await startEvaluation(viewerOn(director, '2026-01-20', '09:00'), {
    school: null,
    framework: 'dfe-trust-quality-2023',
  })
  const first = viewerOn(director, '2026-01-22', '10:00')
  const where = { evaluation: trust, area: 'improvement' }
  await saveJudgement(first, where, {
    grade: 'growing',
    words:
      'We see early which school needs what: [1] of pupils in Year 4 read at the standard. Our help works where a school has a reading lead, and fades where it has none.',
    strengths: 'Reading leads meet in each other’s schools.',
    next: 'A lead in the fifth primary. Then the same for mathematics.',
    revision: 0,
  })
  await citeFigure(first, where, {
    measure: 'reading-expected',
    year: '4',
    group: 'all',
    school: null,
    ...autumn,
  })
  await confirmJudgement(first, where)
}

/** What was judged while the figures of those days were the latest: after the second snapshot and after the third. */
export async function writeJudgements(snapshot: number, heads: Heads): Promise<void> {
  if (snapshot === 2) await saltmarshBefore(heads.saltmarsh!)
  if (snapshot === 3) await tellAll(heads, theWeir)
}

async function tellAll(heads: Heads, [slug, on, areas]: ToldSchool) {
  const { viewer, school } = heads[slug]!
  const id = await startEvaluation(viewerOn(viewer, on, '09:00'), { school, framework: 'ofsted-2025-11' })
  for (const area of areas) await tell(viewer, school, id, { on, ...area })
}

async function saltmarshBefore({ viewer, school }: Heads[string]) {
  const earlier = await startEvaluation(viewerOn(viewer, '2024-10-01', '09:00'), {
    school,
    framework: 'ofsted-2019',
  })
  for (const [area, grade, words, figures] of [
    [
      'quality-of-education',
      'good',
      'The curriculum is in order and pupils learn it. [1] of Year 6 were at the standard in reading.',
      [{ measure: 'reading-expected', year: '6', ...before }],
    ],
    [
      'behaviour-attitudes',
      'good',
      'Pupils are calm and kind. Attendance is [1].',
      [{ measure: 'attendance', year: 'all', ...before }],
    ],
    [
      'personal-development',
      'outstanding',
      'Every child sings, sails and speaks in front of strangers by Year 6.',
      [],
    ],
    ['leadership-management', 'good', 'Leaders know the school, and staff stay.', []],
    ['early-years', 'good', 'The youngest begin Year 1 ready to learn.', []],
  ] as const)
    await tell(viewer, school, earlier, { area, grade, words, figures: [...figures], on: '2025-07-08' })
  await signEvaluation(viewerOn(viewer, '2025-07-10', '16:00'), earlier)
}

async function saltmarshNow({ viewer, school }: Heads[string]) {
  const id = await startEvaluation(viewerOn(viewer, '2025-11-17', '09:00'), {
    school,
    framework: 'ofsted-2025-11',
  })
  for (const area of saltmarshAreas) await tell(viewer, school, id, area)
}

const saltmarshAreas: readonly ToldArea[] = [
  {
    area: 'achievement',
    on: '2026-01-16',
    grade: 'expected',
    figures: [
      { measure: 'reading-expected', year: '6' },
      { measure: 'reading-expected', year: '4', group: 'disadvantaged' },
      { measure: 'mathematics-expected', year: '6' },
    ],
    note: 'Visit by the trust’s reading lead, 4 December: four lessons in Years 3 and 4',
    objective: 'Year 4 read aloud fluently',
    words:
      'Most pupils are on their way to being ready for secondary school in mathematics ([3]) but fewer in reading ([1]). The gap opens in Year 4, where [2 as n of N] disadvantaged pupils read at the standard.\n\nEarly reading is secure. What is missing is fluency after Year 2; the reading lead saw the same in four lessons [4].',
    strengths: 'Mathematics from Year 3. Phonics, since every adult was trained.',
    next: 'Fluency in Year 4, every day, with partners who are there [5].',
  },
  {
    area: 'attendance-behaviour',
    on: '2026-01-16',
    grade: 'attention',
    figures: [
      { measure: 'attendance', year: 'all' },
      { measure: 'persistent-absence', year: 'all' },
    ],
    objective: 'Every family knows why each day counts',
    words:
      'Pupils are calm and kind to each other. They are not here enough: attendance is [1], and [2] missed a tenth or more.',
    next: 'Mondays.',
  },
  {
    area: 'personal-development',
    on: '2025-12-05',
    grade: 'strong',
    words:
      'Every child sings, sails and speaks in front of strangers by Year 6. Pupils talk about it without being asked.',
  },
  {
    area: 'inclusion',
    on: '2026-03-12',
    grade: 'expected',
    figures: [{ measure: 'reading-expected', year: '6', group: 'disadvantaged', ...before }],
    words:
      'We find early who needs help. [1 as n of N] disadvantaged pupils in Year 6 read at the standard last summer.',
    draft: true,
  },
  {
    area: 'safeguarding',
    on: '2026-02-03',
    grade: 'met',
    words:
      'Everyone knows what to do, and did it four times this term. The record was checked by the trust in January.',
    note: 'The trust’s safeguarding check, 22 January',
  },
]

type ToldSchool = readonly [slug: string, on: string, areas: readonly Omit<ToldArea, 'on'>[]]

const theWeir: ToldSchool = [
  'the-weir',
  '2025-11-28',
  [
    {
      area: 'attendance-behaviour',
      grade: 'strong',
      figures: [
        { measure: 'attendance', year: 'all', ...before },
        { measure: 'persistent-absence', year: 'all', ...before },
      ],
      words:
        'Corridors are calm. Attendance was [1] last year, and [2] missed a tenth or more: better than before.',
    },
    { area: 'leadership', grade: 'expected', words: 'A new team knows what it has to do.' },
  ],
]

const others: readonly ToldSchool[] = [
  [
    'harbour-lane',
    '2026-02-27',
    [
      {
        area: 'achievement',
        grade: 'strong',
        figures: [
          { measure: 'reading-expected', year: '6' },
          { measure: 'mathematics-expected', year: '6' },
        ],
        objective: 'A whole class that reads one book together',
        words:
          'Pupils read well and more of them do each year: [1] in Year 6. In mathematics [2] are at the standard.',
      },
      {
        area: 'curriculum-teaching',
        grade: 'strong',
        words: 'Whole classes read whole books. Teachers from two other schools came to see it.',
      },
      {
        area: 'attendance-behaviour',
        grade: 'expected',
        figures: [{ measure: 'attendance', year: 'all' }],
        words: 'Attendance is [1].',
      },
    ],
  ],
  [
    'northquay',
    '2026-01-30',
    [
      {
        area: 'achievement',
        grade: 'attention',
        figures: [{ measure: 'english-maths-5', year: '11', group: 'disadvantaged' }],
        words:
          'Too many leave without the grades that open doors: [1 as n of N] disadvantaged pupils in Year 11 are on course for grade 5 in English and mathematics.',
      },
      {
        area: 'curriculum-teaching',
        grade: 'expected',
        words: 'The curriculum is ambitious in every subject. Tiers of entry were not, and are being mended.',
      },
    ],
  ],
]
