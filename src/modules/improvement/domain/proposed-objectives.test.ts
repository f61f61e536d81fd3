import { expect, it } from 'vitest'
import type { Block } from './blocks.ts'
import { proposedObjectives } from './proposed-objectives.ts'

const heading = (text: string, level = 2): Block => ({ kind: 'heading', level, text })
const said = (text: string, bold?: true): Block => ({ kind: 'paragraph', text, ...(bold ? { bold } : {}) })
const item = (text: string): Block => ({ kind: 'item', depth: 1, text })

it('headings are objectives, lists their actions, words their why', () => {
  expect(
    proposedObjectives([
      said('Plans are read by governors.'),
      heading('Improvement plan 2025', 1),
      heading('Priority 1: Reading in Year 4'),
      said('They read haltingly [2].'),
      item('Partners every day'),
      item('Books to take home'),
      heading('Success criteria', 3),
      item('Nine of ten read aloud at pace'),
      heading('Actions', 3),
      said('Train two adults'),
      heading('2. Attendance'),
      { kind: 'row', cells: ['Breakfast club', 'RK'] },
      said('Behaviour', true),
      item('Walk the day'),
      heading('Nothing under it'),
    ]),
  ).toEqual([
    {
      title: 'Reading in Year 4',
      why: 'They read haltingly (2).',
      actions: ['Partners every day', 'Books to take home', 'Train two adults'],
      checks: ['Nine of ten read aloud at pace'],
    },
    { title: 'Attendance', why: 'Breakfast club | RK', actions: [], checks: [] },
    { title: 'Behaviour', why: '', actions: ['Walk the day'], checks: [] },
  ])
})

it.each([
  ['Objective 3 – Every child writes', 'Every child writes'],
  ['1.2 Every child writes', 'Every child writes'],
  ['Key issue 4: Every child writes', 'Every child writes'],
  ['Targets', 'Targets'],
])('“%s” is about “%s”', (text, title) => {
  expect(proposedObjectives([heading(text), item('Write')])[0]?.title).toBe(title)
})

it('long titles and actions are cut to what a plan holds', () => {
  const [one] = proposedObjectives([heading('a'.repeat(400)), item('b'.repeat(500))])
  expect([one!.title.length, one!.actions[0]!.length]).toEqual([200, 300])
})
