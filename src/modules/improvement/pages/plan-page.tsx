import { academicYearName } from '../../../kernel/academic-year.ts'
import { dayName, shortDayName } from '../../../kernel/days.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Buttons,
  Empty,
  Fold,
  Page,
  PostButton,
  type Problem,
  Section,
  Table,
} from '../../../ui/index.ts'
import { schools } from '../../organisation/index.ts'
import { prioritiesIn, purposeOn, TargetLine, targetSeen } from '../../purpose/index.ts'
import { canWritePlan } from '../domain/can.ts'
import { goneOwners } from '../domain/gone-owners.ts'
import { stageNames } from '../domain/stages.ts'
import { owesUpdate, termNames, termOf } from '../domain/terms.ts'
import { type Objective, planById } from '../queries/plan.ts'
import { dayOfYear } from '../queries/school-years.ts'
import { HandOver, peopleHere } from './hand-over.tsx'
import { actionsWords, costWords, ownerWords, Standing, StateOf } from './words.tsx'

/** Of a long list those not done are shown, the earliest due first; the objective’s own page has them all. */
const mostShown = 20

const ObjectivePart = async ({
  viewer,
  objective,
  nameOf,
  owes,
}: {
  viewer: Viewer
  objective: Objective
  nameOf: (id: number) => string
  owes: boolean
}) => {
  const targets = await Promise.all(
    objective.criteria
      .filter((one) => one.figure !== null)
      .map((one) => targetSeen(viewer, { id: one.id, ...one.figure!, by: one.by }, nameOf)),
  )
  const open = objective.actions.filter((action) => action.doneOn === null)
  const shown = objective.actions.length > mostShown ? open.slice(0, mostShown) : objective.actions
  return (
    <div class="aim" id={`objective-${objective.id}`}>
      <h3>
        <a href={`/improvement/objectives/${objective.id}`}>{objective.title}</a>
      </h3>
      <div class="look__meta">
        <StateOf objective={objective} />
        <span>{ownerWords(objective.owner, viewer.today)}</span>
        <span>by {dayName(objective.by)}</span>
        <span>{stageNames[objective.stage]}</span>
        <span>{actionsWords(objective.actions, viewer.today)}</span>
        <span>{costWords(objective.actions)}</span>
        {owes && <span>{termNames[termOf(viewer.today)]}: nothing said yet</span>}
      </div>
      {objective.why && <p>{objective.why}</p>}
      {targets.length > 0 && (
        <ul class="targets">
          {targets.map((seen) => (
            <TargetLine seen={seen} />
          ))}
        </ul>
      )}
      {objective.actions.length > 0 && (
        <Fold summary="Actions" note={actionsWords(objective.actions, viewer.today)}>
          <Table
            caption={`Actions of ${objective.title}${shown.length < objective.actions.length ? `: the first ${shown.length} that are not done` : ''}`}
            columns={[
              { head: 'Action' },
              { head: 'Owner', width: 3 },
              { head: 'Due', width: 2 },
              { head: 'How it stands', width: 2 },
            ]}
            rows={shown.map((action) => [
              action.title,
              ownerWords(action.owner, viewer.today),
              shortDayName(action.due),
              <Standing action={action} today={viewer.today} />,
            ])}
          />
          {shown.length < objective.actions.length && (
            <p class="small">
              <a href={`/improvement/objectives/${objective.id}#actions`}>
                All {objective.actions.length} actions
              </a>
            </p>
          )}
        </Fold>
      )}
    </div>
  )
}

/** A plan with its objectives. @throws NotHere */
export async function planPage(
  viewer: Viewer,
  id: number,
  { done, problems }: { done?: string; problems?: readonly Problem[] } = {},
) {
  const plan = await planById(viewer, id)
  const all = await schools(viewer)
  const school = all.find((one) => one.id === plan.school)
  const edit = canWritePlan(viewer, plan.school).ok
  const nameOf = (one: number) => all.find((known) => known.id === one)?.shortName ?? 'a school'
  const purpose = await purposeOn(viewer, dayOfYear(viewer, plan.academicYear))
  const gone = edit ? goneOwners(plan, viewer.today) : []
  const here = gone.length > 0 ? await peopleHere(viewer) : []
  const served = new Set(plan.objectives.map((one) => one.priority))
  const aims = purpose.aims.filter((aim) => aim.priorities.some((priority) => served.has(priority.id)))
  const unserved = prioritiesIn(purpose).filter(
    (one) =>
      !served.has(one.id) &&
      one.stances.some((stance) => stance.school === plan.school && stance.stance !== 'not now'),
  )
  const parts = await Promise.all(
    plan.objectives.map((objective) =>
      ObjectivePart({
        viewer,
        objective,
        nameOf,
        owes: owesUpdate(objective.progress, plan.academicYear, viewer.today),
      }),
    ),
  )
  return (
    <Page
      title={`${school?.shortName ?? 'The trust'}: ${plan.title}`}
      viewer={viewer}
      nav="improvement"
      done={done}
      problems={problems}
      purpose="What will be better by when, who does what, and how it goes."
      crumbs={[
        { text: 'Improvement', href: '/improvement' },
        { text: school?.shortName ?? 'The trust' },
        { text: academicYearName(plan.academicYear) },
      ]}
      asAt={[
        `As it stands on ${dayName(viewer.today)}`,
        <>
          As a paper: <a href={`/improvement/plans/${id}.pdf`}>PDF</a>,{' '}
          <a href={`/improvement/plans/${id}.docx`}>Word</a>
        </>,
        <a href={`/improvement/plans/${id}/compare`}>What changed since the last</a>,
        ...(school ? [<a href={`/schools/${school.slug}`}>Its figures</a>] : []),
      ]}
      thread={
        plan.objectives.length === 0
          ? []
          : [
              aims.length > 0
                ? { name: 'Aim', text: aims.map((aim) => aim.title).join('; '), href: '/purpose' }
                : { name: 'Aim', text: 'Joined to no aim yet', state: 'none' },
              {
                name: 'Priority',
                text: `${aims.flatMap((aim) => aim.priorities).filter((one) => served.has(one.id)).length} served here`,
                href: '/purpose#aims',
              },
              { name: 'Objective', text: `${plan.objectives.length} in this plan`, state: 'here' },
              {
                name: 'Action',
                text: actionsWords(
                  plan.objectives.flatMap((one) => one.actions),
                  viewer.today,
                ),
              },
            ]
      }
      foot={[
        'Read by those who see the school’s figures. Three times a year each objective is said to be not started, in progress, not met, partly met or met; grey means that nothing was said.',
      ]}
    >
      {plan.objectives.length === 0 && (
        <Empty
          title="No objective yet."
          action={
            edit && (
              <Buttons>
                <Button href={`/improvement/plans/${id}/objectives/new`}>Add an objective</Button>
                <a href={`/improvement/plans/${id}/templates`}>Start from a template</a>
                <a href={`/improvement/plans/${id}/bring`}>Bring a document</a>
              </Buttons>
            )
          }
        >
          The headteacher adds what will be better by when. Start from a finding, a figure or a judgement, and
          it stays joined to it; or copy what another school shares.
        </Empty>
      )}
      {plan.objectives.length > 0 && (
        <Section
          title="Objectives"
          aside={
            edit && (
              <>
                <a href={`/improvement/plans/${id}/objectives/new`}>Add an objective</a>,{' '}
                <a href={`/improvement/plans/${id}/templates`}>start from a template</a>,{' '}
                <a href={`/improvement/plans/${id}/bring`}>bring a document</a>
              </>
            )
          }
          note={`All of it: ${costWords(plan.objectives.flatMap((one) => one.actions))}.`}
        >
          {parts}
        </Section>
      )}
      {gone.length > 0 && <HandOver plan={id} gone={gone} here={here} />}
      {unserved.length > 0 && (
        <Section
          title="Taken up, and not in the plan"
          note="Priorities that the school adopts or adapts, on which no objective stands."
        >
          <ul class="govuk-list govuk-list--bullet">
            {unserved.map((one) => (
              <li>
                {one.title}
                {edit && (
                  <>
                    {' '}
                    <a href={`/improvement/plans/${id}/objectives/new?priority=${one.id}`}>
                      Add an objective
                    </a>
                  </>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {edit && (
        <Fold summary={`Carry what is unfinished into ${academicYearName(plan.academicYear + 1)}`}>
          <p>
            Objectives not met go on with the actions not done, each a year later. Owners who have left are
            left out. This plan stays as it is.
          </p>
          <Buttons>
            <PostButton action={`/improvement/plans/${id}/carry-over`} kind="secondary" once>
              Carry over
            </PostButton>
          </Buttons>
        </Fold>
      )}
    </Page>
  )
}
