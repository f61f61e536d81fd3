import { type Choice, type Problem, type ProblemGroup, type ProblemKind, problemKinds } from './words.ts'

/** How many of a kind are kept for the page; all are counted. */
export const shown = 50

const titles: Record<ProblemKind, string> = {
  'school unknown': 'Schools we don’t know',
  'assessment unknown': 'Assessments this drop doesn’t ask for',
  upn: 'UPNs that are wrong',
  'pupil unknown': 'Pupils who are not on roll',
  'pupil ambiguous': 'Rows that could be more than one pupil',
  'pupil disagrees': 'Rows that contradict the record',
  'pupil twice': 'Pupils who stand twice, with different results',
  'same number': 'Numbers that stand for two pupils',
  result: 'Results that are not on the scale',
  attendance: 'Sessions that can’t be right',
  date: 'Dates that don’t exist',
  characteristic: 'Cells about a pupil that we can’t read',
  ragged: 'Rows with too few or too many cells',
}

/** All problems by kind, those still open first; the first fifty of each, and how many there are. */
export function groupProblems(problems: readonly Problem[]): ProblemGroup[] {
  return problemKinds.flatMap((kind) => {
    const all = problems.filter((problem) => problem.kind === kind)
    if (all.length === 0) return []
    const open = all.filter((problem) => problem.answer === undefined)
    const first = [...open, ...all.filter((problem) => problem.answer !== undefined)]
      .slice(0, shown)
      .sort((a, b) => a.row - b.row)
    return [
      {
        kind,
        title: titles[kind],
        count: all.length,
        open: open.length,
        problems: first,
        forAll: forAll(kind, all),
      },
    ]
  })
}

/** What makes sense for all of a kind at once: what every one of them offers, and what is suggested for each. */
function forAll(kind: ProblemKind, all: readonly Problem[]): Choice[] {
  const common = all[0]!.choices.filter(
    (choice) =>
      /^(add|leave out|without|two pupils|as it stands|as:absent|as:not taken|as:other scale)$/.test(
        choice.value,
      ) && all.every((problem) => problem.choices.some(({ value }) => value === choice.value)),
  )
  return [
    ...(all.every(
      (problem) =>
        problem.suggestion !== undefined && !common.some(({ value }) => value === problem.suggestion),
    )
      ? [{ value: 'suggested', label: 'As we suggest' }]
      : []),
    ...(kind === 'pupil twice' ? [{ value: 'last row', label: 'Take the last row of each' }] : []),
    ...common,
  ]
}
