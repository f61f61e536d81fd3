import { dayName } from '../../../kernel/days.ts'
import { count } from '../../../kernel/numbers.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Button, Buttons, Empty, Fold, Page, Section, Table } from '../../../ui/index.ts'
import { type School, schools, trustOf } from '../../organisation/index.ts'
import { canSetDirection } from '../domain/can.ts'
import {
  type Aim,
  type Priority,
  type Purpose,
  prioritiesIn,
  purposeOn,
  type Statement,
} from '../queries/purpose.ts'
import { TargetLine, type TargetSeen, targetSeen } from './target-line.tsx'

export const modelNames = {
  standardised: 'Standardised: the same everywhere',
  aligned: 'Aligned: common principles, own ways',
  own: 'The school’s own',
} as const

const Said = ({
  statement,
  edit,
  kind,
}: {
  statement?: Statement
  edit: boolean
  kind: 'mission' | 'vision'
}) => (
  <Section
    title={kind === 'mission' ? 'Mission' : 'Vision'}
    aside={edit && <a href={`/purpose/say/${kind}`}>Change</a>}
  >
    {statement ? <p class="creed">{statement.words}</p> : <p class="absent">Not said yet.</p>}
  </Section>
)

const owned = (priority: Priority, today: string) =>
  priority.owner === null
    ? 'Nobody yet'
    : priority.owner.leftOn !== null && priority.owner.leftOn < today
      ? `${priority.owner.name}, who has left`
      : priority.owner.name

const stanceCounts = (priority: Priority, all: number) => {
  const many = (stance: string) => priority.stances.filter((one) => one.stance === stance).length
  const said = [
    many('adopt') && `${many('adopt')} adopt`,
    many('adapt') && `${many('adapt')} adapt`,
    many('not now') && `${many('not now')} not now`,
  ].filter(Boolean)
  const silent = all - priority.stances.length
  return [...said, silent > 0 && `${silent} not said`].filter(Boolean).join(', ')
}

const AimPart = ({
  aim,
  targets,
  today,
  edit,
  many,
}: {
  aim: Aim
  targets: ReadonlyMap<number, readonly TargetSeen[]>
  today: string
  edit: boolean
  many: number
}) => (
  <div class="aim" id={`aim-${aim.id}`}>
    <h3>
      {aim.title}{' '}
      {edit && (
        <a class="small" href={`/purpose/aims/${aim.id}`}>
          Change
        </a>
      )}
    </h3>
    {aim.why && <p>{aim.why}</p>}
    {aim.areas.length > 0 && <p class="small hush">Key areas: {aim.areas.join(', ')}</p>}
    <ul class="look">
      {aim.priorities
        .filter((one) => one.school === null)
        .map((priority) => (
          <li>
            <span />
            <div>
              <p>
                <a href={`/purpose/priorities/${priority.id}`}>{priority.title}</a>
              </p>
              <div class="look__meta">
                <span>{owned(priority, today)}</span>
                <span>by {dayName(priority.by)}</span>
                <span>{stanceCounts(priority, many)}</span>
              </div>
              {(targets.get(priority.id) ?? []).length > 0 && (
                <ul class="targets">
                  {targets.get(priority.id)!.map((seen) => (
                    <TargetLine seen={seen} />
                  ))}
                </ul>
              )}
            </div>
          </li>
        ))}
    </ul>
    {aim.priorities.every((one) => one.school !== null) && (
      <p class="absent">No priority of the trust serves this aim yet.</p>
    )}
    {edit && (
      <p class="small">
        <a href={`/purpose/priorities/new?aim=${aim.id}`}>Add a priority</a>
      </p>
    )}
  </div>
)

const Versions = ({ purpose, today }: { purpose: Purpose; today: string }) => (
  <Fold summary="Earlier versions" note={count(purpose.versions.length, 'version')}>
    <ul class="govuk-list">
      {purpose.versions.map((day) => (
        <li>
          <a href={day > today ? '/purpose' : `/purpose?on=${day}`}>As from {dayName(day)}</a>
        </li>
      ))}
    </ul>
  </Fold>
)

const Schools = ({ all, purpose }: { all: readonly School[]; purpose: Purpose }) => (
  <Section
    title="Schools"
    note="Each school has its own ethos beside the trust’s, and says which priorities it adopts or adapts."
  >
    <Table
      caption="Schools with their ethos"
      columns={[
        { head: 'School', width: 3 },
        { head: 'Ethos' },
        { head: 'Own priorities', num: true, width: 2 },
      ]}
      rows={all.map((school) => [
        <a href={`/purpose/schools/${school.slug}`}>{school.shortName}</a>,
        purpose.ethos.find((one) => one.school === school.id)?.words ?? school.motto ?? (
          <i class="hush">not said yet</i>
        ),
        String(prioritiesIn(purpose).filter((one) => one.school === school.id).length),
      ])}
    />
  </Section>
)

/** What the trust stands for on a day; today’s can be changed by whoever may. */
export async function purposePage(viewer: Viewer, { on, done }: { on?: string; done?: string } = {}) {
  const purpose = await purposeOn(viewer, on)
  const [trust, all] = [await trustOf(viewer), await schools(viewer)]
  const earlier = on !== undefined && on < viewer.today
  const edit = canSetDirection(viewer).ok && !earlier
  const nameOf = (id: number) => all.find((one) => one.id === id)?.shortName ?? 'a school'
  const targets = new Map(
    await Promise.all(
      prioritiesIn(purpose).map(
        async (priority) =>
          [
            priority.id,
            earlier ? [] : await Promise.all(priority.measures.map((one) => targetSeen(viewer, one, nameOf))),
          ] as const,
      ),
    ),
  )
  const empty = purpose.aims.length === 0 && !purpose.mission
  return (
    <Page
      title={earlier ? `What we stood for on ${dayName(purpose.on)}` : 'What we stand for'}
      viewer={viewer}
      nav="purpose"
      done={done}
      purpose={`${trust.name}’s mission, values, aims and priorities. Every school’s plan and every judgement hangs from here.`}
      asAt={[
        earlier ? `As it stood on ${dayName(purpose.on)}` : `As it stands on ${dayName(purpose.on)}`,
        ...(earlier ? [<a href="/purpose">As it stands today</a>] : []),
      ]}
      thread={
        empty
          ? []
          : [
              { name: 'Aim', text: count(purpose.aims.length, 'aim'), state: 'here' },
              {
                name: 'Priority',
                text: count(prioritiesIn(purpose).length, 'priority', 'priorities'),
                href: '#aims',
              },
            ]
      }
      foot={[
        'Everybody in the trust reads this page. The director of education changes it, a headteacher their school’s page. New words begin on a day; the old ones stay to be read.',
      ]}
    >
      {empty && (
        <Empty
          title="Your trust has not said yet what it stands for."
          action={edit && <Button href="/purpose/begin">Choose a starting point</Button>}
        >
          The director of education chooses a starting point, and changes its words until they are your own.
          It takes about ten minutes.
        </Empty>
      )}
      {!empty && (
        <>
          <div class="cols">
            <Said kind="mission" statement={purpose.mission} edit={edit} />
            <Said kind="vision" statement={purpose.vision} edit={edit} />
          </div>
          <Section title="Values" aside={edit && <a href="/purpose/say/value">Add a value</a>}>
            <Table
              caption="Values, and what each looks like in practice"
              columns={[
                { head: 'Value', width: 2 },
                { head: 'What we mean' },
                { head: 'What it looks like in practice' },
              ]}
              empty="No values yet."
              rows={purpose.values.map((value) => [
                edit ? <a href={`/purpose/say/value?value=${value.id}`}>{value.title}</a> : value.title,
                value.words,
                value.practice,
              ])}
            />
          </Section>
          <Section
            title="Aims and priorities"
            id="aims"
            aside={edit && <a href="/purpose/aims/new">Add an aim</a>}
            note="What each priority is to change is a figure with a target. It shows where that figure stands in the latest drop."
          >
            {purpose.aims.map((aim) => (
              <AimPart aim={aim} targets={targets} today={viewer.today} edit={edit} many={all.length} />
            ))}
          </Section>
          <Section title="Operating model" aside={edit && <a href="/purpose/policies/new">Set a policy</a>}>
            <Table
              caption="How alike schools are in each policy, and who decides"
              columns={[
                { head: 'Policy', width: 3 },
                { head: 'How alike' },
                { head: 'Who decides', width: 3 },
              ]}
              empty="Nothing is said yet about policies."
              rows={purpose.policies.map((policy) => [
                policy.title,
                <>
                  {modelNames[policy.model]}
                  {policy.words && <span class="small hush"> {policy.words}</span>}
                </>,
                policy.decides,
              ])}
            />
          </Section>
          <Schools all={all} purpose={purpose} />
          <Versions purpose={purpose} today={viewer.today} />
        </>
      )}
      {empty && edit && (
        <Buttons>
          <Button kind="secondary" href="/purpose/say/mission">
            Start with an empty page
          </Button>
        </Buttons>
      )}
    </Page>
  )
}
