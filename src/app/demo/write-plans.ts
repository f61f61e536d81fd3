import { figurePath } from '../../kernel/figure.ts'
import {
  addAction,
  addCriterion,
  addFigureEvidence,
  addNote,
  addObjective,
  addRisk,
  carryOver,
  copyObjective,
  decideStage,
  keepAsTemplate,
  makeActionOf,
  markAction,
  planById,
  sayProgress,
  setTier,
  shareObjective,
  startPlan,
} from '../../modules/improvement/index.ts'
import { prioritiesIn, purposeOn } from '../../modules/purpose/index.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { viewerOn } from './clock.ts'
import type { Heads } from './write-purpose.ts'

interface ToldAction {
  readonly title: string
  readonly starts: string
  readonly due: string
  readonly done?: string
  readonly cost?: number
  readonly days?: number
  readonly owner?: number
}
interface ToldObjective {
  readonly title: string
  readonly why: string
  readonly forWhom: string
  readonly priority?: string
  readonly ingredients?: readonly string[]
  readonly target?: {
    readonly measure: string
    readonly year: string
    readonly group: string
    readonly target: number
  }
  readonly check?: string
  readonly actions: readonly ToldAction[]
  readonly said?: readonly {
    readonly on: string
    readonly term: 1 | 2 | 3
    readonly state: 'not started' | 'in progress' | 'not met' | 'partly met' | 'met'
    readonly words: string
  }[]
  readonly evidence?: {
    readonly measure: string
    readonly year: string
    readonly group: string
    readonly period: string
    readonly snapshot: number
    readonly words: string
    readonly on: string
  }
  readonly note?: string
  readonly decided?: {
    readonly on: string
    readonly verdict: 'go on' | 'change' | 'stop'
    readonly words: string
  }
  readonly risk?: {
    readonly words: string
    readonly likely: 'unlikely' | 'possible' | 'likely'
    readonly answer: string
  }
}

/** Writes an objective on the days on which its parts were said. */
async function tell(
  viewer: Viewer,
  plan: number,
  slug: string,
  school: number | null,
  begun: string,
  told: ToldObjective,
  by: string,
) {
  const first = viewerOn(viewer, begun, '16:10')
  const priority = prioritiesIn(await purposeOn(first)).find((one) => one.title === told.priority)
  const { title, why, forWhom } = told
  const id = await addObjective(first, plan, {
    title,
    why,
    forWhom,
    by,
    owner: viewer.person,
    priority: priority?.id ?? null,
    ingredients: [...(told.ingredients ?? [])],
  })
  if (told.target) await addCriterion(first, id, { ...told.target, school, by })
  if (told.check) await addCriterion(first, id, { words: told.check, by })
  if (told.risk) await addRisk(first, id, told.risk)
  for (const { done, owner, ...action } of told.actions) {
    const made = await addAction(first, id, { owner: owner ?? viewer.person, ...action })
    if (done) await markAction(viewerOn(viewer, done, '15:50'), made, true)
  }
  for (const { on, ...update } of told.said ?? [])
    await sayProgress(viewerOn(viewer, on, '11:05'), id, update)
  if (told.evidence) {
    const { words, on, ...key } = told.evidence
    await addFigureEvidence(viewerOn(viewer, on, '10:20'), id, { ...key, place: slug }, words)
  }
  if (told.note) await addNote(viewerOn(viewer, '2026-02-05', '13:30'), id, { words: told.note })
  if (told.decided) {
    const { on, ...decision } = told.decided
    await decideStage(viewerOn(viewer, on, '14:00'), id, decision)
  }
  return id
}

const fluency = 'Reading, from phonics to Year 4'
const attendance = 'Every pupil in school, every day'

/** Two years of plans: some late, one that stopped, one worth sharing. */
export async function writePlans(director: Viewer, heads: Heads, teacher: number): Promise<void> {
  await saltmarsh(heads.saltmarsh!, teacher)
  const shared = await harbourLane(heads['harbour-lane']!)
  await northquay(heads.northquay!)
  await theWeir(heads['the-weir']!)
  await gullRock(heads['gull-rock']!, shared)
  await trust(director)
  await keepAsTemplate(viewerOn(director, '2026-02-26', '10:00'), shared)
  for (const [slug, on, tier, reason, wouldChange] of [
    [
      'the-weir',
      '2025-09-08',
      'intensive',
      'Attendance and Year 11 mathematics are both far below schools like it.',
      'Two terms running with persistent absence under 25% and a stable leadership team.',
    ],
    [
      'saltmarsh',
      '2025-10-06',
      'targeted',
      'Reading in Year 4, while the rest of the school is secure.',
      'Year 4 reading in line with the trust in two drops.',
    ],
    [
      'harbour-lane',
      '2025-09-08',
      'universal',
      'Results and attendance hold; it lends its reading lead to others.',
      'Losing its deputy without a successor.',
    ],
  ] as const)
    await setTier(viewerOn(director, on, '09:00'), heads[slug]!.school, { tier, reason, wouldChange })
}

async function saltmarsh({ viewer, school }: Heads[string], teacher: number) {
  const before = await startPlan(viewerOn(viewer, '2024-09-10', '08:50'), { school, academicYear: 2024 })
  await tell(
    viewer,
    before,
    'saltmarsh',
    school,
    '2024-09-10',
    {
      title: 'Phonics secure by the end of Year 1',
      why: 'One child in four left Year 1 without the sounds they need.',
      forWhom: 'Years R and 1',
      priority: fluency,
      check: 'Every child below the standard has a daily catch-up, seen in the log.',
      actions: [
        {
          title: 'Train every adult in the programme',
          starts: '2024-09-16',
          due: '2024-10-25',
          done: '2024-10-21',
          cost: 2400,
          days: 9,
        },
        {
          title: 'Daily catch-up for the lowest fifth',
          starts: '2024-10-01',
          due: '2025-06-13',
          done: '2025-06-10',
          cost: 600,
          days: 20,
        },
      ],
      said: [
        {
          on: '2024-12-11',
          term: 1,
          state: 'in progress',
          words: 'All adults trained; fidelity good in four lessons of five.',
        },
        {
          on: '2025-07-02',
          term: 3,
          state: 'met',
          words: 'Catch-up is part of every day, and the lowest fifth read the books they are given.',
        },
      ],
    },
    '2025-07-18',
  )
  const year4 = await tell(
    viewer,
    before,
    'saltmarsh',
    school,
    '2024-09-10',
    {
      title: 'Year 4 read aloud fluently',
      why: 'Children decode but tire. They stop reading for pleasure in Year 3.',
      forWhom: 'Year 4, disadvantaged pupils above all',
      priority: fluency,
      ingredients: ['Twenty minutes every day', 'The same text three times', 'A partner who listens'],
      target: { measure: 'reading-expected', year: '4', group: 'disadvantaged', target: 60 },
      actions: [
        {
          title: 'Choose texts for a year of repeated reading',
          starts: '2024-09-16',
          due: '2024-11-29',
          done: '2024-12-04',
          cost: 850,
          days: 3,
        },
        { title: 'Fluency partners three times a week', starts: '2025-01-06', due: '2025-06-27', days: 18 },
        {
          title: 'Listen to every child in Year 4 once a term',
          starts: '2024-10-01',
          due: '2025-07-04',
          days: 6,
        },
      ],
      said: [
        {
          on: '2024-12-11',
          term: 1,
          state: 'in progress',
          words: 'Texts chosen late. Partners start in January.',
        },
        {
          on: '2025-07-02',
          term: 3,
          state: 'not met',
          words: 'Partners ran for five weeks, then stopped when staff were away.',
        },
      ],
      evidence: {
        measure: 'reading-expected',
        year: '4',
        group: 'disadvantaged',
        period: '2025-summer',
        snapshot: 2,
        words: 'At the end of the year in which partners stopped',
        on: '2025-07-08',
      },
      risk: {
        words: 'Partners are the first thing to go when someone is away',
        likely: 'likely',
        answer: 'Two trained adults for each group from September',
      },
    },
    '2025-07-18',
  )
  const next = await carryOver(viewerOn(viewer, '2025-09-04', '08:40'), before)
  const carried = (await planById(viewerOn(viewer, '2025-09-04', '08:40'), next)).objectives.find(
    (one) => one.carriedFrom === year4,
  )!
  const autumn = viewerOn(viewer, '2025-12-10', '15:20')
  await sayProgress(autumn, carried.id, {
    term: 1,
    state: 'in progress',
    words: 'Partners every day since half-term; attendance of the group is what holds it back.',
  })
  const began = {
    ...{ measure: 'reading-expected', place: 'saltmarsh', year: '4', group: 'disadvantaged' },
    ...{ period: '2025-autumn', snapshot: 4 },
  }
  await addFigureEvidence(
    viewerOn(viewer, '2026-01-14', '10:20'),
    carried.id,
    began,
    'Where Year 4 began the year',
  )
  await addNote(viewerOn(viewer, '2026-02-05', '13:30'), carried.id, {
    words:
      'Visit by the trust’s reading lead, 4 February: four lessons in Years 3 and 4. Partners know what to listen for.',
  })
  for (const action of carried.actions)
    if (action.title.startsWith('Listen'))
      await markAction(viewerOn(viewer, '2026-01-30', '16:00'), action.id, true)
  await addAction(viewerOn(viewer, '2026-01-12', '09:10'), carried.id, {
    title: 'Swap two partners who have fallen out of step',
    starts: '2026-01-12',
    due: '2026-02-27',
    days: 0.5,
    owner: teacher,
  })
  await makeActionOf(viewerOn(viewer, '2026-01-14', '10:25'), figurePath(began), carried.id, {
    title: 'Record each child reading, to compare in June',
    starts: '2026-02-23',
    due: '2026-03-27',
    days: 2,
    owner: teacher,
  })
  await decideStage(viewerOn(viewer, '2025-10-15', '14:00'), carried.id, {
    verdict: 'go on',
    words: 'Two adults trained for each group. We begin after half-term.',
  })
  await tell(
    viewer,
    next,
    'saltmarsh',
    school,
    '2025-09-04',
    {
      title: 'Every family knows why each day counts',
      why: 'Fridays and Mondays are where our absence is.',
      forWhom: 'Families of pupils who missed more than a tenth last year',
      priority: attendance,
      target: { measure: 'persistent-absence', year: 'all', group: 'all', target: 14 },
      actions: [
        {
          title: 'A call on the first day, from someone they know',
          starts: '2025-09-08',
          due: '2025-12-19',
          done: '2025-12-19',
          days: 12,
        },
        {
          title: 'Breakfast club on Mondays and Fridays',
          starts: '2025-11-03',
          due: '2026-03-13',
          cost: 3200,
          days: 14,
        },
      ],
      said: [
        {
          on: '2025-12-10',
          term: 1,
          state: 'partly met',
          words: 'Fridays are better by a third; Mondays are not.',
        },
      ],
    },
    '2026-07-17',
  )
}

async function harbourLane({ viewer, school }: Heads[string]): Promise<number> {
  const plan = await startPlan(viewerOn(viewer, '2025-09-05', '08:50'), { school, academicYear: 2025 })
  const id = await tell(
    viewer,
    plan,
    'harbour-lane',
    school,
    '2025-09-05',
    {
      title: 'A whole class that reads one book together',
      why: 'Guided groups left the weakest readers with the thinnest books.',
      forWhom: 'Years 3 to 6',
      priority: fluency,
      ingredients: ['The teacher reads first', 'Everyone has the text', 'Weak readers rehearse before'],
      target: { measure: 'reading-expected', year: '6', group: 'all', target: 75 },
      actions: [
        {
          title: 'Six whole books for each year group',
          starts: '2025-09-08',
          due: '2025-10-24',
          done: '2025-10-20',
          cost: 4100,
          days: 4,
        },
        {
          title: 'Rehearsal before the lesson for the lowest fifth',
          starts: '2025-10-27',
          due: '2026-02-13',
          done: '2026-02-12',
          days: 16,
        },
      ],
      said: [
        {
          on: '2025-12-09',
          term: 1,
          state: 'in progress',
          words: 'Every class has read its first whole book.',
        },
        {
          on: '2026-02-26',
          term: 2,
          state: 'met',
          words: 'The lowest fifth read aloud in class without being asked, and asked for the next book.',
        },
      ],
      evidence: {
        measure: 'reading-expected',
        year: '6',
        group: 'all',
        period: '2025-autumn',
        snapshot: 4,
        words: 'Where Year 6 stood before',
        on: '2026-01-14',
      },
      decided: {
        on: '2026-02-26',
        verdict: 'go on',
        words: 'It works and it is cheap. We keep it, and offer it to the trust.',
      },
    },
    '2026-07-17',
  )
  await shareObjective(viewerOn(viewer, '2026-02-27', '09:30'), id, true)
  return id
}

async function gullRock({ viewer, school }: Heads[string], shared: number) {
  const plan = await startPlan(viewerOn(viewer, '2025-09-09', '08:50'), { school, academicYear: 2025 })
  const on = viewerOn(viewer, '2026-03-05', '17:00')
  await copyObjective(on, {
    objective: shared,
    plan,
    thanks: 'Thank you. We came to see it on Tuesday, and our Year 5 teacher went home with a bag of books.',
  })
}

async function northquay({ viewer, school }: Heads[string]) {
  const plan = await startPlan(viewerOn(viewer, '2025-09-05', '08:50'), { school, academicYear: 2025 })
  await tell(
    viewer,
    plan,
    'northquay',
    school,
    '2025-09-05',
    {
      title: 'Year 11 disadvantaged pupils sit the higher tier ready',
      why: 'They are entered for the foundation tier one class in two, whatever they could do.',
      forWhom: 'Disadvantaged pupils in Year 11',
      priority: 'Mathematics for disadvantaged pupils in Years 10 and 11',
      target: { measure: 'english-maths-5', year: '11', group: 'disadvantaged', target: 38 },
      actions: [
        {
          title: 'Review every tier of entry with the pupil',
          starts: '2025-09-15',
          due: '2025-10-17',
          done: '2025-10-16',
          days: 6,
        },
        {
          title: 'Tutoring in threes, twice a week',
          starts: '2025-11-03',
          due: '2026-03-06',
          cost: 14500,
          days: 30,
        },
        {
          title: 'Saturday mornings before mocks',
          starts: '2026-01-10',
          due: '2026-02-14',
          cost: 2600,
          days: 6,
        },
      ],
      said: [
        {
          on: '2025-12-12',
          term: 1,
          state: 'in progress',
          words: 'Tutoring is full. Nobody has come on Saturdays yet.',
        },
      ],
      risk: {
        words: 'Pupils who work on Saturdays can’t come',
        likely: 'likely',
        answer: 'The same hour on Thursdays',
      },
    },
    '2026-06-30',
  )
}

async function theWeir({ viewer, school }: Heads[string]) {
  const plan = await startPlan(viewerOn(viewer, '2025-09-11', '08:50'), { school, academicYear: 2025 })
  await tell(
    viewer,
    plan,
    'the-weir',
    school,
    '2025-09-11',
    {
      title: 'Back in school: the forty who come least',
      why: 'Forty pupils make a third of all absence.',
      forWhom: 'Forty named pupils in Years 9 to 11',
      priority: attendance,
      target: { measure: 'persistent-absence', year: 'all', group: 'all', target: 25 },
      actions: [
        {
          title: 'One trusted adult for each of the forty',
          starts: '2025-09-15',
          due: '2025-10-10',
          days: 20,
        },
        {
          title: 'A quiet start to the day in the library',
          starts: '2025-10-13',
          due: '2025-12-12',
          cost: 5200,
          days: 25,
        },
      ],
    },
    '2026-07-17',
  )
  await tell(
    viewer,
    plan,
    'the-weir',
    school,
    '2025-09-11',
    {
      title: 'Lessons that start on time',
      why: 'Seven minutes of every hour go before anyone learns.',
      forWhom: 'Everyone',
      actions: [],
    },
    '2026-04-02',
  )
}

async function trust(viewer: Viewer) {
  const plan = await startPlan(viewerOn(viewer, '2025-09-02', '10:00'), { school: null, academicYear: 2025 })
  await tell(
    viewer,
    plan,
    'tidewell',
    null,
    '2025-09-02',
    {
      title: 'A reading lead in every primary',
      why: 'Schools with one kept their gains; schools without one lost them.',
      forWhom: 'Five primary schools',
      priority: fluency,
      target: { measure: 'reading-expected', year: '4', group: 'all', target: 86 },
      actions: [
        {
          title: 'Appoint or name a lead in each school',
          starts: '2025-09-08',
          due: '2025-11-28',
          done: '2025-12-01',
          cost: 12000,
          days: 5,
        },
        {
          title: 'Leads meet every half-term, in each other’s schools',
          starts: '2025-10-06',
          due: '2026-07-03',
          days: 15,
        },
      ],
      said: [{ on: '2025-12-15', term: 1, state: 'partly met', words: 'Four of five schools have a lead.' }],
      evidence: {
        measure: 'reading-expected',
        year: '4',
        group: 'all',
        period: '2025-autumn',
        snapshot: 4,
        words: 'The trust in the autumn',
        on: '2026-01-14',
      },
    },
    '2026-07-17',
  )
}
