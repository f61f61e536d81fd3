import { count } from '../../../kernel/numbers.ts'
import { Section } from '../../../ui/index.ts'
import type { Aim, Priority } from '../../purpose/index.ts'
import type { ObjectiveStanding } from '../domain/strand.ts'
import { pounds, stateNames } from './words.tsx'

export interface Hanging {
  readonly standing: (priority: number) => readonly ObjectiveStanding[]
  readonly nameOf: (school: number | null) => string
  /** The page of one priority's thread, with all that stands on it. */
  readonly pathOf: (priority: number) => string
  /** More objectives than these are summed up, with a way to all of them. */
  readonly most: number
}

const Objective = ({ seen, nameOf }: { seen: ObjectiveStanding; nameOf: Hanging['nameOf'] }) => (
  <li>
    <p>
      <b>Objective</b> <a href={seen.node.href}>{seen.node.title}</a>{' '}
      <span class="hush">{nameOf(seen.node.school)}</span>
    </p>
    <div class="look__meta">
      <span>{seen.state ? stateNames[seen.state] : 'nothing said yet'}</span>
      <span>
        {count(seen.actions, 'action')}
        {seen.late > 0 && (
          <>
            , <b class="late">{seen.late} late</b>
          </>
        )}
      </span>
      <span>
        {seen.evidence === 0
          ? 'no evidence yet'
          : `${seen.evidence} ${seen.evidence === 1 ? 'piece' : 'pieces'} of evidence`}
      </span>
      {seen.judged.map((one) => (
        <span>
          judged in <a href={one.href}>{one.title}</a>
        </span>
      ))}
      {seen.decided && <span>decided: {seen.decided}</span>}
    </div>
  </li>
)

const sumWords = (objectives: readonly ObjectiveStanding[]): string => {
  const many = (holds: (one: ObjectiveStanding) => boolean) => objectives.filter(holds).length
  const cost = objectives.reduce((sum, one) => sum + one.cost, 0)
  const met = many((one) => one.state === 'met')
  const partly = many((one) => one.state === 'partly met')
  const late = many((one) => one.late > 0)
  const bare = many((one) => one.evidence === 0)
  return [
    `${met} met`,
    `${partly} partly met`,
    late > 0 && `${late} with late actions`,
    bare > 0 && `${bare} without evidence`,
    cost > 0 && pounds(cost),
  ]
    .filter(Boolean)
    .join(', ')
}

const PriorityPart = ({ priority, on }: { priority: Priority; on: Hanging }) => {
  const objectives = on.standing(priority.id)
  const places = new Set(objectives.map((one) => one.node.school)).size
  return (
    <li class="threadmap__priority" id={`priority-${priority.id}`}>
      <p>
        <b>Priority</b> <a href={`/purpose/priorities/${priority.id}`}>{priority.title}</a>{' '}
        {priority.school !== null && <span class="hush">of {on.nameOf(priority.school)}</span>}
      </p>
      {objectives.length === 0 && <p class="absent">No objective stands on it.</p>}
      {objectives.length > on.most ? (
        <div class="look__meta">
          <a href={on.pathOf(priority.id)}>
            {count(objectives.length, 'objective')} at {count(places, 'school')}
          </a>
          <span>{sumWords(objectives)}</span>
        </div>
      ) : (
        <ol>
          {objectives.map((seen) => (
            <Objective seen={seen} nameOf={on.nameOf} />
          ))}
        </ol>
      )}
    </li>
  )
}

/** From one aim down: its priorities, and the objectives that stand on them. */
export const ThreadAim = ({
  aim,
  priorities,
  on,
}: {
  aim: Aim
  priorities: readonly Priority[]
  on: Hanging
}) => (
  <Section title={aim.title} id={`aim-${aim.id}`}>
    <ol class="threadmap">
      {priorities.map((priority) => (
        <PriorityPart priority={priority} on={on} />
      ))}
    </ol>
    {priorities.length === 0 && <p class="absent">No priority serves it.</p>}
  </Section>
)
