import { raw } from 'hono/html'
import { academicYearName, academicYearOf, academicYearStart } from '../../../kernel/academic-year.ts'
import { type Day, dayName } from '../../../kernel/days.ts'
import { count } from '../../../kernel/numbers.ts'
import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import { keptWhileSame } from '../../../platform/database/changes.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  type Content,
  Counts,
  Fields,
  Fold,
  Form,
  Page,
  PostButton,
  type Problem,
  Section,
  Table,
} from '../../../ui/index.ts'
import { belongedOn, type School, schools } from '../../organisation/index.ts'
import { canSetTier, canWritePlan } from '../domain/can.ts'
import type { MetObjective, PlanLine } from '../domain/plan-line.ts'
import { termNames, termOf } from '../domain/terms.ts'
import { metObjectives, planLines, tiers } from '../queries/overview.ts'
import { dayOfYear } from '../queries/school-years.ts'
import { type SharedObjective, sharedObjectives } from '../queries/shared-objectives.ts'
import { pounds, tierNames } from './words.tsx'

const sum = <T,>(rows: readonly T[], of: (row: T) => number) => rows.reduce((all, row) => all + of(row), 0)

const StartForm = ({ school, year }: { school: School | null; year: number }) => (
  <PostButton
    action="/improvement/plans"
    fields={{ school: school?.slug ?? '', year: String(year) }}
    kind="secondary"
    once
  >
    {`Start the plan for ${academicYearName(year)}`}
  </PostButton>
)

const TierForm = ({ all }: { all: readonly School[] }) => (
  <Fold summary="Set a tier of support">
    <Form action="/improvement/tiers">
      <Fields
        of="tier"
        fields={[
          {
            kind: 'list',
            name: 'school',
            label: 'School',
            options: all.map((one) => ({ value: one.slug, text: one.name })),
          },
          {
            kind: 'choice',
            name: 'tier',
            label: 'How much help from the trust?',
            choices: Object.entries(tierNames).map(([value, text]) => ({ value, text })),
          },
          { kind: 'words', name: 'reason', label: 'Why' },
          { kind: 'words', name: 'wouldChange', label: 'What would change it' },
        ]}
      />
      <Button kind="secondary">Set it from today</Button>
    </Form>
  </Fold>
)

/** So many of what is working are shown before one asks for all. */
const shownFirst = 8

/** All plans that the viewer sees in a year: what is late, due and working, and what each costs. */
export async function overviewPage(
  viewer: Viewer,
  {
    year,
    all: every = false,
    done,
    problems,
  }: { year?: number; all?: boolean; done?: string; problems?: readonly Problem[] } = {},
) {
  const today = academicYearOf(viewer.today)
  const shown = year ?? today
  const day = dayOfYear(viewer, shown)
  const parts = ['organisation', 'purpose', 'improvement'] as const
  const body = await keptWhileSame(viewer, `overview body ${shown} ${day} ${every}`, parts, async () => {
    const reach = schoolsWhere(viewer, 'see figures')
    const all = await schools(viewer)
    const reached = all.filter((one) => includesSchool(reach, one.id))
    const seen = reached.filter((one) => belongedOn(one, day))
    return String(
      <Overview
        viewer={viewer}
        shown={shown}
        day={day}
        seen={seen}
        gone={reached.filter(
          (one) => one.left !== null && one.left < day && one.left >= academicYearStart(shown),
        )}
        lines={await planLines(viewer, shown)}
        met={await metObjectives(viewer, shown)}
        every={every}
        shared={await sharedObjectives(viewer)}
        nameOf={(school) => all.find((one) => one.id === school)?.shortName ?? 'The trust'}
        support={await tiers(viewer)}
      />,
    )
  })
  return (
    <Page
      title={`Improvement plans ${academicYearName(shown)}`}
      viewer={viewer}
      nav="improvement"
      done={done}
      problems={problems}
      purpose="What each plan has late, due and working, so that help arrives while there is still time."
      asAt={[
        `As it ${shown < today ? 'stood' : 'stands'} on ${dayName(day)}`,
        <a href={`/improvement?year=${shown - 1}`}>{academicYearName(shown - 1)}</a>,
        ...(shown <= today
          ? [<a href={`/improvement?year=${shown + 1}`}>{academicYearName(shown + 1)}</a>]
          : []),
        <a href="/improvement/evaluations">Self-evaluation</a>,
        <a href="/improvement/actions">My actions</a>,
        <a href={shown < today ? `/thread?year=${shown}` : '/thread'}>The thread</a>,
        <>
          Report on the strategy: <a href="/improvement/strategy-report.pdf">PDF</a>,{' '}
          <a href="/improvement/strategy-report.docx">Word</a>
        </>,
      ]}
      foot={[
        'A plan is read by those who see the school’s figures, and written by its headteacher and the director of education. Late means past its day and not marked done.',
      ]}
    >
      {raw(body)}
    </Page>
  )
}

interface OverviewProps {
  readonly viewer: Viewer
  readonly shown: number
  readonly day: Day
  readonly seen: readonly School[]
  /** Left the trust in the year. */
  readonly gone: readonly School[]
  readonly lines: readonly PlanLine[]
  readonly met: readonly MetObjective[]
  readonly every: boolean
  readonly nameOf: (school: number | null) => string
  readonly shared: readonly SharedObjective[]
  readonly support: Awaited<ReturnType<typeof tiers>>
}

const Overview = ({
  viewer,
  shown,
  day,
  seen,
  gone,
  nameOf,
  lines,
  met,
  every,
  shared,
  support,
}: OverviewProps) => {
  const without = seen.filter((school) => !lines.some((line) => line.school === school.id))
  const mayStart = (school: number | null) => canWritePlan(viewer, school).ok
  return (
    <>
      <Section>
        <Counts
          items={[
            { count: sum(lines, (line) => line.late), words: 'actions late' },
            { count: sum(lines, (line) => line.due), words: 'due within a fortnight' },
            {
              count: sum(lines, (line) => line.silent),
              words: `objectives with nothing said in ${termNames[termOf(day)].toLowerCase()}`,
            },
            { count: sum(lines, (line) => line.met), words: 'objectives met' },
            { count: sum(lines, (line) => line.objectives), words: 'objectives' },
          ]}
        />
      </Section>
      <PlanTable
        lines={lines}
        nameOf={nameOf}
        without={without.length > 0 ? `No plan for ${academicYearName(shown)} yet: ` : ''}
        missing={without}
      >
        {gone.length > 0 && (
          <p class="small hush">
            No longer in the trust:{' '}
            {gone.map((one) => `${one.shortName} (until ${dayName(one.left!)})`).join(', ')}. Their plans of
            earlier days stay in the thread of those days.
          </p>
        )}
        <div class="buttons">
          {mayStart(null) && !lines.some((line) => line.school === null) && (
            <StartForm school={null} year={shown} />
          )}
          {without.length === 1 && mayStart(without[0]!.id) && (
            <StartForm school={without[0]!} year={shown} />
          )}
        </div>
        {without.length > 1 && mayStart(null) && <StartOneForm year={shown} schools={without} />}
      </PlanTable>
      <Section title="What is working" note="Objectives met, the latest first, with what they cost.">
        <Working met={every ? met : met.slice(0, shownFirst)} nameOf={nameOf} />
        {met.length === 0 && <p class="absent">No objective is said to be met yet.</p>}
        {!every && met.length > shownFirst && (
          <p class="small">
            <a href={`/improvement?year=${shown}&working=all`}>All {met.length} objectives that are met</a>
          </p>
        )}
      </Section>
      {shared.length > 0 && <Shared shared={shared} nameOf={nameOf} />}
      <Support seen={seen} support={support} mayset={canSetTier(viewer).ok} />
    </>
  )
}

const PlanTable = ({
  lines,
  nameOf,
  without,
  missing,
  children,
}: {
  lines: readonly PlanLine[]
  nameOf: (school: number | null) => string
  without: string
  missing: readonly School[]
  children: Content
}) => (
  <Section title="Plans" note="Those with most late come first. Cost is what the plan’s actions are to cost.">
    <Table
      caption="Plans of the year"
      empty="No plan is written yet for this year."
      columns={[
        { head: 'Plan', width: 2 },
        { head: 'Objectives', num: true },
        { head: 'Met', num: true },
        { head: 'Partly', num: true },
        { head: 'Not met', num: true },
        { head: 'Nothing said', num: true },
        { head: 'Actions done', num: true },
        { head: 'Late', num: true },
        { head: 'Due', num: true },
        { head: 'Cost', num: true },
        { head: 'Days', num: true },
      ]}
      rows={lines.map((line) => [
        <a href={`/improvement/plans/${line.id}`}>{nameOf(line.school)}</a>,
        String(line.objectives),
        String(line.met),
        String(line.partlyMet),
        String(line.notMet),
        line.silent > 0 ? <i class="hush">{String(line.silent)}</i> : '0',
        `${line.done} of ${line.actions}`,
        line.late > 0 ? <b class="late">{String(line.late)}</b> : '0',
        String(line.due),
        pounds(line.cost),
        String(Number(line.days.toFixed(1))),
      ])}
    />
    {without && (
      <p class="small hush">
        {without}
        {missing.map((one) => one.shortName).join(', ')}.
      </p>
    )}
    {children}
  </Section>
)

const StartOneForm = ({ year, schools: some }: { year: number; schools: readonly School[] }) => (
  <Fold summary="Start a school’s plan">
    <Form action="/improvement/plans">
      <input type="hidden" name="year" value={String(year)} />
      <Fields
        fields={[
          {
            kind: 'list',
            name: 'school',
            label: 'School',
            options: some.map((one) => ({ value: one.slug, text: one.name })),
          },
        ]}
      />
      <Button kind="secondary">Start the plan</Button>
    </Form>
  </Fold>
)

const Working = ({
  met,
  nameOf,
}: {
  met: readonly MetObjective[]
  nameOf: (school: number | null) => string
}) => (
  <ul class="look">
    {met.map((one) => (
      <li>
        <span />
        <div>
          <p>
            <a href={`/improvement/objectives/${one.id}`}>{one.title}</a>, {nameOf(one.school)}
          </p>
          <div class="look__meta">
            <span>{one.words}</span>
            <span>
              {pounds(one.cost)}, {count(one.days, 'day')}
            </span>
          </div>
        </div>
      </li>
    ))}
  </ul>
)

const Shared = ({
  shared,
  nameOf,
}: {
  shared: OverviewProps['shared']
  nameOf: (school: number | null) => string
}) => (
  <Section
    title="Worth copying"
    note="What schools of the trust share. Copying it brings its criteria and actions, and says thanks."
  >
    <ul class="look">
      {shared.slice(0, 24).map((one) => (
        <li>
          <span />
          <div>
            <p>
              <a href={`/improvement/objectives/${one.id}`}>{one.title}</a>, {nameOf(one.school)}
            </p>
            <div class="look__meta">
              <span>shared on {dayName(one.sharedOn)}</span>
              {one.copiedBy.length > 0 && <span>copied by {one.copiedBy.join(', ')}</span>}
            </div>
          </div>
        </li>
      ))}
    </ul>
  </Section>
)

const Support = ({
  seen,
  support,
  mayset,
}: {
  seen: readonly School[]
  support: OverviewProps['support']
  mayset: boolean
}) => (
  <Section
    title="Support from the trust"
    id="support"
    note="Each tier has its reason and what would change it."
  >
    <Table
      caption="Tiers of support"
      empty="No tier is set."
      columns={[
        { head: 'School', width: 2 },
        { head: 'Tier', width: 2 },
        { head: 'Why' },
        { head: 'What would change it' },
        { head: 'Since', width: 2 },
      ]}
      rows={seen
        .map((school) => ({ school, tier: support.find((one) => one.school === school.id) }))
        .filter((row) => row.tier !== undefined)
        .map(({ school, tier }) => [
          school.shortName,
          tierNames[tier!.tier].split(':')[0]!,
          tier!.reason,
          tier!.wouldChange,
          dayName(tier!.from),
        ])}
    />
    {mayset && <TierForm all={seen} />}
  </Section>
)
