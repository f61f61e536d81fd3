import { describe, expect, it } from 'vitest'
import type { Aim, Priority } from '../../purpose/index.ts'
import type { Objective, Plan } from '../queries/plan.ts'
import { planAsOn } from './as-on.ts'
import { metIn, planLineOf } from './plan-line.ts'
import { figureStem, type JudgementSeen, strandOf } from './strand.ts'
import { joined } from './thread.ts'

const today = '2026-03-20'
const saltmarsh = 1
const gullRock = 2

const priority = (id: number, school: number | null = null): Priority => ({
  id,
  aim: 1,
  school,
  title: `Priority ${id}`,
  why: '',
  owner: { id: 1, name: 'Amara Okafor', leftOn: null },
  from: '2024-09-01',
  by: '2027-07-20',
  to: null,
  measures: [],
  stances: [],
})
const aim: Aim = {
  id: 1,
  title: 'Every child reads',
  why: '',
  areas: [],
  from: '2024-09-01',
  to: null,
  priorities: [priority(1), priority(2, gullRock)],
}
const figure = {
  measure: 'reading-expected',
  place: 'saltmarsh',
  year: '4',
  group: 'all',
  period: '2025-autumn',
  snapshot: 4,
}
const objective: Objective = {
  id: 7,
  plan: 1,
  school: saltmarsh,
  academicYear: 2025,
  priority: 1,
  title: 'Year 4 read aloud fluently',
  why: '',
  forWhom: '',
  by: '2026-07-17',
  owner: { id: 3, name: 'Ruth Kemp', leftOn: null },
  stage: 'deliver',
  ingredients: [],
  origin: null,
  carriedFrom: null,
  copiedFrom: null,
  sharedOn: null,
  criteria: [],
  actions: [
    {
      id: 1,
      objective: 7,
      school: saltmarsh,
      title: 'Choose texts',
      owner: null,
      starts: '2025-09-10',
      due: '2025-12-01',
      cost: 300,
      days: 2,
      doneOn: '2026-01-30',
      origin: null,
    },
  ],
  progress: [{ term: 1, state: 'in progress', words: 'Begun', on: '2025-12-10', by: 'Ruth Kemp' }],
  evidence: [{ id: 5, words: '', link: '', figure, on: '2026-01-14' }],
  risks: [],
  decisions: [
    { id: 2, stage: 'explore', verdict: 'go on', words: 'It is right', on: '2026-02-02', by: null },
  ],
  thanks: [],
}
const plan: Plan = {
  id: 1,
  school: saltmarsh,
  academicYear: 2025,
  title: 'Plan',
  carriedFrom: null,
  objectives: [objective],
}
const judgement: JudgementSeen = {
  id: 9,
  evaluation: 4,
  title: 'Achievement: expected standard',
  href: '/improvement/evaluations/4#achievement',
  figures: [figureStem(figure)],
  objectives: [],
}
const signing = { id: 'signed-1', title: 'Signed', href: '/improvement/evaluations/4', evaluation: 4 }

describe('a school’s strand', () => {
  it('runs from objective to action, evidence, judgement and decision', () => {
    const strand = strandOf(
      { school: saltmarsh, plans: [plan], judgements: [judgement], decisions: [signing] },
      today,
    )
    expect(strand.links).toEqual([
      { from: 'objective-7', to: 'action-1' },
      { from: 'objective-7', to: 'evidence-5' },
      { from: 'evidence-5', to: 'judgement-9' },
      { from: 'objective-7', to: 'decision-2' },
      { from: 'judgement-9', to: 'signed-1' },
    ])
    expect(strand.loose).toEqual([])
    expect(strand.objectives[0]).toMatchObject({ state: 'in progress', late: 0, evidence: 1, cost: 300 })
    expect(strand.objectives[0]!.judged.map((one) => one.id)).toEqual(['judgement-9'])
  })

  it('says what hangs loose: no owner, one who left, evidence nobody used, a decision on no judgement', () => {
    const left = { ...objective, id: 8, owner: { id: 4, name: 'Dan Fry', leftOn: '2026-01-01' } }
    const strand = strandOf(
      {
        school: saltmarsh,
        plans: [{ ...plan, objectives: [{ ...objective, owner: null, evidence: [] }, left] }],
        judgements: [],
        decisions: [{ ...signing, evaluation: undefined }],
      },
      today,
    )
    expect(strand.loose.map((one) => one.why)).toEqual([
      'It has no evidence and no figure among its criteria.',
      'Nobody owns it.',
      'Its owner, Dan Fry, has left.',
      'No judgement uses it.',
      'No judgement stands behind it.',
    ])
  })
})

describe('the strands joined', () => {
  const strand = strandOf({ school: saltmarsh, plans: [plan], judgements: [], decisions: [] }, today)

  it('hang from the day’s priorities, and those on none are said to be loose', () => {
    const elsewhere = strandOf(
      {
        school: saltmarsh,
        plans: [{ ...plan, objectives: [{ ...objective, priority: 99 }] }],
        judgements: [],
        decisions: [],
      },
      today,
    )
    expect(joined([aim], [strand], today).links).toContainEqual({ from: 'priority-1', to: 'objective-7' })
    const map = joined([aim], [elsewhere], today)
    expect(map.loose).toContainEqual({ node: 'objective-7', why: 'It stands on no priority of that day.' })
    expect(map.loose).toContainEqual({
      node: 'aim-1',
      why: 'No school works on it: no objective stands on its priorities.',
    })
  })

  it('claim no more than the reader sees, and leave out another school’s own priorities', () => {
    const map = joined([aim], [], today, [saltmarsh])
    expect(map.nodes.map((node) => node.id)).toEqual(['aim-1', 'priority-1'])
    expect(map.loose.map((one) => one.why)).toEqual([
      'No school works on it: no objective that you may see stands on its priorities.',
      'No objective that you may see stands on it.',
    ])
  })

  it('say where money is planned and nothing came of it', () => {
    expect(joined([aim], [strand], today).loose).toContainEqual({
      node: 'priority-1',
      why: '£300 is planned for it and no objective is met or partly met yet.',
    })
  })
})

describe('a plan as on an earlier day', () => {
  it.each([
    ['2025-12-05', { done: 0, late: 1, silent: 1, said: 0, evidence: 0, decisions: 0 }],
    ['2026-01-13', { done: 0, late: 1, silent: 1, said: 1, evidence: 0, decisions: 0 }],
    ['2026-03-20', { done: 1, late: 0, silent: 1, said: 1, evidence: 1, decisions: 1 }],
  ])('on %s', (day, seen) => {
    const then = planAsOn(plan, day)
    const line = planLineOf(then, day)
    const [one] = then.objectives
    expect({
      done: line.done,
      late: line.late,
      silent: line.silent,
      said: one!.progress.length,
      evidence: one!.evidence.length,
      decisions: one!.decisions.length,
    }).toEqual(seen)
    expect(metIn(then)).toEqual([])
  })
})
