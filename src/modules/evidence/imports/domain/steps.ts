import { count, whole } from '../../../../kernel/numbers.ts'
import { allowed, refused, type Verdict } from '../../../../kernel/refusal.ts'
import type { Checked, Mapping, Reading } from './words.ts'

/** What the five questions rest on. */
export interface ImportState {
  readonly reading?: Reading
  readonly mapping?: Mapping
  readonly checked?: Checked
  /** Why this drop takes nothing now (locked, not yet open), or nothing. */
  readonly dropClosed?: string
  /** Lake files of this drop and these schools now. */
  readonly base: readonly number[]
  /** Who published since the check: `Dan Fry published snapshot 12`. */
  readonly since?: string
  readonly published?: { readonly snapshot: number }
  readonly undone?: { readonly snapshot: number }
  readonly abandoned?: boolean
  /** May this viewer send results here? */
  readonly maySend: boolean
  /** Schools whose files of this import are no longer the live ones: somebody published over them. */
  readonly publishedOver?: string
}

export const stepNames = ['uploaded', 'mapped', 'checked', 'publishable', 'revertable'] as const
export type StepName = (typeof stepNames)[number]

export function uploaded({ reading }: ImportState): Verdict {
  if (!reading) return refused('The file has not been read yet. Upload it again.')
  return allowed
}

export function mapped(state: ImportState): Verdict {
  const before = uploaded(state)
  if (!before.ok) return before
  if (!state.mapping) return refused('Say first what each column is.')
  return columnsSuffice(state.mapping)
}

/** Do these columns say who and what? */
export function columnsSuffice(mapping: Mapping): Verdict {
  const targets = Object.values(mapping.columns)
  const has = (...wanted: string[]) => wanted.some((target) => targets.includes(target as never))
  const wide = targets.some((target) => target.startsWith('result:'))
  const names = has('name') || (has('surname') && has('forename'))
  if (!has('upn', 'local id') && !names)
    return refused(
      'No column says who the pupil is. Match a UPN, the school’s own number, or surname and forename.',
    )
  if (has('result') && !has('assessment', 'subject'))
    return refused(
      'There is a column of results, but none that says which assessment each is of. Match one as “Which assessment”.',
    )
  if (has('assessment') && !has('result'))
    return refused(
      'There is a column that names assessments, but no column of results. Match one as “The result”.',
    )
  if (has('result') && wide)
    return refused(
      'A file has either one column of results or a column for each assessment. Leave one of the two out.',
    )
  const twice = targets.find((target, index) => target !== 'leave out' && targets.indexOf(target) !== index)
  if (twice)
    return refused(
      `Two columns are matched as the same thing (${twice.replace('result:', 'results of ')}). Leave one of them out.`,
    )
  if (!wide && !has('result') && !has(...attendanceColumns) && !has(...characteristicColumns))
    return refused(
      'No column holds results, attendance or characteristics, so there is nothing to publish. Match at least one.',
    )
  const sessions = ['attended sessions', 'authorised absence', 'unauthorised absence'].filter((target) =>
    has(target),
  )
  if (has('possible sessions') ? sessions.length < 2 : sessions.length > 0)
    return refused(
      'Attendance needs the possible sessions and two of: attended, authorised absence, unauthorised absence. Match them, or leave them all out.',
    )
  return allowed
}

export const attendanceColumns = [
  'possible sessions',
  'attended sessions',
  'authorised absence',
  'unauthorised absence',
] as const
export const characteristicColumns = [
  'sex',
  'ethnicity',
  'first language',
  'sen provision',
  'sen need',
  'fsm',
  'fsm6',
  'pupil premium',
  'looked after',
  'ks2 reading',
  'ks2 mathematics',
] as const

export function checked(state: ImportState): Verdict {
  const before = mapped(state)
  if (!before.ok) return before
  if (!state.checked)
    return refused('The rows have not been checked since the columns were matched. Check them.')
  return allowed
}

/** May it be published now? */
export function publishable(state: ImportState): Verdict {
  if (state.abandoned) return refused('This import was given up. Upload the file again to start anew.')
  if (state.undone) return refused('This import was undone. Upload the file again to publish it.')
  if (state.published) return refused(`It is published already, as snapshot ${state.published.snapshot}.`)
  const before = checked(state)
  if (!before.ok) return before
  if (state.dropClosed) return refused(state.dropClosed)
  if (!state.maySend)
    return refused(
      'Only the school’s data manager, its headteacher or the trust data lead may publish its results.',
    )
  const { counts, groups, base } = state.checked!
  const open = groups.flatMap((group) => group.problems).filter((problem) => problem.answer === undefined)
  const waiting = groups.reduce((total, group) => total + group.open, 0)
  if (waiting === 1 && open[0])
    return refused(`${inRow(open[0].row, open[0].rows)}: ${open[0].why} Choose what to do with it.`)
  if (waiting > 0)
    return refused(
      `${whole(waiting)} problems wait for an answer, the first in row ${open[0]?.row ?? '?'}. Choose what to do with each, or leave the rows out.`,
    )
  if (counts.added + counts.changed + counts.removed + counts.attendance === 0)
    return refused(
      counts.unchanged > 0
        ? `Nothing would change: all ${count(counts.unchanged, 'result')} stand in the drop already.`
        : 'There is nothing to publish: no row of this file would go in.',
    )
  if (!sameFiles(base, state.base))
    return refused(
      `${state.since ?? 'The drop has changed'} since you checked. Check again, so that the counts are true.`,
    )
  return allowed
}

/** May it be undone now? */
export function revertable(state: ImportState): Verdict {
  if (state.undone)
    return refused(`It was undone; snapshot ${state.undone.snapshot} holds what stood before.`)
  if (!state.published) return refused('It has not been published, so there is nothing to undo.')
  if (state.dropClosed) return refused(state.dropClosed)
  if (!state.maySend)
    return refused('Only the school’s data manager, its headteacher or the trust data lead may undo it.')
  if (state.publishedOver) return refused(state.publishedOver)
  return allowed
}

export const verdicts: Record<StepName, (state: ImportState) => Verdict> = {
  uploaded,
  mapped,
  checked,
  publishable,
  revertable,
}

const inRow = (row: number, rows: number) => (rows > 1 ? `Row ${row} and ${rows - 1} more` : `Row ${row}`)

const sameFiles = (one: readonly number[], other: readonly number[]) =>
  one.length === other.length && one.every((id) => other.includes(id))
