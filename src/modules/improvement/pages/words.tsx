import { shortDayName } from '../../../kernel/days.ts'
import { Mark, Status, type StatusKind } from '../../../ui/index.ts'
import { type ActionStanding, actionStanding } from '../domain/action-standing.ts'
import { latestState, stateByTerm, type Term, termNames } from '../domain/terms.ts'
import type { Action, Objective, Owner } from '../queries/plan.ts'
import type { ProgressState, TierName } from '../tables.ts'

export const stateNames: Record<ProgressState, string> = {
  'not started': 'Not started',
  'in progress': 'In progress',
  'not met': 'Not met',
  'partly met': 'Partly met',
  met: 'Met',
}
const stateMarks: Record<ProgressState, StatusKind> = {
  'not started': 'unsure',
  'in progress': 'expected',
  'not met': 'below',
  'partly met': 'expected',
  met: 'better',
}

export const tierNames: Record<TierName, string> = {
  universal: 'Universal: what every school has',
  targeted: 'Targeted: help with one thing',
  intensive: 'Intensive: the trust works alongside',
}

/** How an objective goes, by what was said last; in grey words when nothing was. */
export const StateOf = ({ objective }: { objective: Pick<Objective, 'progress'> }) => {
  const said = latestState(objective.progress)
  return said ? (
    <Status kind={stateMarks[said.state]}>{stateNames[said.state]}</Status>
  ) : (
    <i class="hush">Nothing said yet</i>
  )
}

/** Autumn, spring and summer, each with what was said, or that nothing was. */
export const Terms = ({ objective }: { objective: Pick<Objective, 'progress'> }) => {
  const said = stateByTerm(objective.progress)
  return (
    <ol class="terms">
      {([1, 2, 3] as Term[]).map((term) => {
        const one = said[term]
        return (
          <li>
            <span class="terms__name">{termNames[term]}</span>
            {one ? (
              <Status kind={stateMarks[one.state]}>{stateNames[one.state]}</Status>
            ) : (
              <i class="hush">nothing said</i>
            )}
          </li>
        )
      })}
    </ol>
  )
}

export const ownerWords = (owner: Owner | null, today: string): string =>
  owner === null
    ? 'Nobody yet'
    : owner.leftOn !== null && owner.leftOn < today
      ? `${owner.name}, who has left`
      : owner.name

export const standingWords: Record<ActionStanding, string> = {
  done: 'Done',
  late: 'Late',
  due: 'Due soon',
  'under way': 'Under way',
  'to come': 'To come',
}

/** An action's standing in words, with a tick when it is done; late is a word, never a shape. */
export const Standing = ({
  action,
  today,
}: {
  action: Pick<Action, 'starts' | 'due' | 'doneOn'>
  today: string
}) => {
  const standing = actionStanding(action, today)
  if (standing === 'done')
    return (
      <span class="nowrap">
        <Mark kind="tick" /> Done {shortDayName(action.doneOn!)}
      </span>
    )
  return standing === 'late' ? (
    <b class="late">{standingWords[standing]}</b>
  ) : (
    <span>{standingWords[standing]}</span>
  )
}

export const pounds = (amount: number): string => `£${amount.toLocaleString('en-GB')}`

/** `£1,200 and 4 days`, or `no cost` */
export const costWords = (actions: readonly Pick<Action, 'cost' | 'days'>[]): string => {
  const cost = actions.reduce((sum, one) => sum + one.cost, 0)
  const days = actions.reduce((sum, one) => sum + one.days, 0)
  return (
    [cost > 0 && pounds(cost), days > 0 && `${Number(days.toFixed(1)).toLocaleString('en-GB')} days`]
      .filter(Boolean)
      .join(' and ') || 'no cost'
  )
}

/** `5 of 8 done, one late` */
export const actionsWords = (
  actions: readonly Pick<Action, 'starts' | 'due' | 'doneOn'>[],
  today: string,
): string => {
  if (actions.length === 0) return 'no actions yet'
  const many = (standing: ActionStanding) =>
    actions.filter((one) => actionStanding(one, today) === standing).length
  return [`${many('done')} of ${actions.length} done`, many('late') > 0 && `${many('late')} late`]
    .filter(Boolean)
    .join(', ')
}
