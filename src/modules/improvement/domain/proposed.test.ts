import { describe, expect, it } from 'vitest'
import type { Block } from './blocks.ts'
import { areaNamed, fieldNamed, proposedParts } from './proposed.ts'

const areas = [
  { code: 'inclusion', name: 'Inclusion' },
  { code: 'curriculum-teaching', name: 'Curriculum and teaching' },
  { code: 'achievement', name: 'Achievement' },
  { code: 'attendance-behaviour', name: 'Attendance and behaviour' },
  { code: 'personal-development', name: 'Personal development and well-being' },
  { code: 'leadership', name: 'Leadership and governance' },
  { code: 'early-years', name: 'Early years' },
  { code: 'safeguarding', name: 'Safeguarding' },
]
const heading = (text: string, level = 2): Block => ({ kind: 'heading', level, text })
const said = (text: string, bold?: true): Block => ({ kind: 'paragraph', text, ...(bold ? { bold } : {}) })

it.each([
  ['Achievement', 'achievement'],
  ['2.3 Outcomes for pupils', 'achievement'],
  ['Quality of Education', 'curriculum-teaching'],
  ['Behaviour and attitudes', 'attendance-behaviour'],
  ['Attendance', 'attendance-behaviour'],
  ['Personal Development', 'personal-development'],
  ['SMSC and PSHE', 'personal-development'],
  ['Leadership and Management', 'leadership'],
  ['The effectiveness of governance', 'leadership'],
  ['EYFS', 'early-years'],
  ['The quality of early years provision', 'early-years'],
  ['SEND', 'inclusion'],
  ['How we use the pupil premium', 'inclusion'],
  ['Safeguarding', 'safeguarding'],
  ['Context of the school', null],
  ['2025', null],
  ['The', null],
])('“%s” seems to be about %s', (words, area) => {
  expect(areaNamed(words, areas)).toBe(area)
})

it.each([
  ['Strengths', 'strengths'],
  ['What we do well', 'strengths'],
  ['Next steps', 'next'],
  ['Areas for development', 'next'],
  ['What is next', 'next'],
  ['EBI', 'next'],
  ['Evidence', null],
] as const)('“%s” asks for %s', (words, field) => {
  expect(fieldNamed(words)).toBe(field)
})

describe('a document', () => {
  it('is cut at its headings, and what stands under them keeps the area above', () => {
    expect(
      proposedParts(
        [
          said('A school of 350.'),
          heading('Achievement'),
          said('Most read well.'),
          heading('Strengths', 3),
          said('Phonics.'),
          heading('Areas for development', 3),
          said('Writing.'),
          heading('In Year 6', 3),
          said('They write less.'),
          heading('Behaviour and attitudes'),
          { kind: 'item', depth: 1, text: 'Calm' },
          { kind: 'item', depth: 1, text: 'Kind' },
          heading('Notes', 1),
          said('None.'),
        ],
        areas,
      ),
    ).toEqual([
      { heading: '', text: 'A school of 350.', area: null, field: 'words' },
      { heading: 'Achievement', text: 'Most read well.', area: 'achievement', field: 'words' },
      { heading: 'Strengths', text: 'Phonics.', area: 'achievement', field: 'strengths' },
      { heading: 'Areas for development', text: 'Writing.', area: 'achievement', field: 'next' },
      { heading: 'In Year 6', text: 'In Year 6\n\nThey write less.', area: 'achievement', field: 'words' },
      {
        heading: 'Behaviour and attitudes',
        text: '- Calm\n- Kind',
        area: 'attendance-behaviour',
        field: 'words',
      },
      { heading: 'Notes', text: 'Notes\n\nNone.', area: null, field: 'words' },
    ])
  })

  it('whose headings are bold lines, or lines with nothing but the name, is cut there', () => {
    const parts = proposedParts(
      [
        said('Leadership and governance'),
        said('We know the school.'),
        said('Next steps:', true),
        said('Deputies.'),
        said('Safeguarding', true),
        said('Strong.'),
      ],
      areas,
    )
    expect(parts.map(({ heading: head, area, field }) => [head, area, field])).toEqual([
      ['Leadership and governance', 'leadership', 'words'],
      ['Next steps', 'leadership', 'next'],
      ['Safeguarding', 'safeguarding', 'words'],
    ])
  })

  it('whose “Strengths” stand on the level of the area’s own heading keeps them together', () => {
    const parts = proposedParts(
      ['Achievement', 'Strengths', 'Next steps', 'Context', 'Strengths'].flatMap((text) => [
        heading(text),
        said('Words.'),
      ]),
      areas,
    )
    expect(parts.map(({ area, field }) => [area, field])).toEqual([
      ['achievement', 'words'],
      ['achievement', 'strengths'],
      ['achievement', 'next'],
      [null, 'words'],
      [null, 'strengths'],
    ])
  })

  it('loses no word, wherever it is cut', () => {
    const blocks: Block[] = [
      heading('Achievement', 1),
      heading('Reading', 4),
      said('One.'),
      heading('Empty', 2),
      said('Two.'),
      { kind: 'row', cells: ['a', '', 'b'] },
    ]
    const all = proposedParts(blocks, areas)
      .map((part) => part.text)
      .join(' ')
    for (const word of ['One.', 'Two.', 'a | b', 'Reading']) expect(all).toContain(word)
  })
})
