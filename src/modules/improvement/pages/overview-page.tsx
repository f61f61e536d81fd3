import { academicYearName, academicYearOf } from '../../../kernel/academic-year.ts'
import { dayName } from '../../../kernel/days.ts'
import { count } from '../../../kernel/numbers.ts'
import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
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
import { type School, schools } from '../../organisation/index.ts'
import { canSetTier, canWritePlan } from '../domain/can.ts'
import { latestState, termNames, termOf } from '../domain/terms.ts'
import { planLines, tiers } from '../queries/overview.ts'
import { plansWith, sharedObjectives } from '../queries/plan.ts'
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

/** All plans that the viewer sees in a year: what is late, due and working, and what each costs. */
export async function overviewPage(
  viewer: Viewer,
  { year, done, problems }: { year?: number; done?: string; problems?: readonly Problem[] } = {},
) {
  const today = academicYearOf(viewer.today)
  const shown = year ?? today
  const reach = schoolsWhere(viewer, 'see figures')
  const seen = (await schools(viewer)).filter((one) => includesSchool(reach, one.id))
  const lines = await planLines(viewer, shown)
  const support = await tiers(viewer)
  const shared = await sharedObjectives(viewer)
  const met = (await plansWith(viewer, { academicYear: shown }))
    .flatMap((plan) => plan.objectives)
    .filter((one) => latestState(one.progress)?.state === 'met')
  const nameOf = (school: number | null) =>
    school === null
      ? 'The trust'
      : ((seen.find((one) => one.id === school)?.shortName ?? 'A school') as string)
  const without = seen.filter((school) => !lines.some((line) => line.school === school.id))
  const term = termNames[termOf(viewer.today)].toLowerCase()
  const mayStart = (school: number | null) => canWritePlan(viewer, school).ok
  return (
    <Page
      title={`Improvement plans ${academicYearName(shown)}`}
      viewer={viewer}
      nav="improvement"
      done={done}
      problems={problems}
      purpose="What each plan has late, due and working, so that help arrives while there is still time."
      asAt={[
        `As it stands on ${dayName(viewer.today)}`,
        <a href={`/improvement?year=${shown - 1}`}>{academicYearName(shown - 1)}</a>,
        ...(shown <= today
          ? [<a href={`/improvement?year=${shown + 1}`}>{academicYearName(shown + 1)}</a>]
          : []),
        <a href="/improvement/evaluations">Self-evaluation</a>,
        <a href="/improvement/actions">My actions</a>,
        <a href="/thread">The thread</a>,
        <>
          Report on the strategy: <a href="/improvement/strategy-report.pdf">PDF</a>,{' '}
          <a href="/improvement/strategy-report.docx">Word</a>
        </>,
      ]}
      foot={[
        'A plan is read by those who see the school’s figures, and written by its headteacher and the director of education. Late means past its day and not marked done.',
      ]}
    >
      <Section>
        <Counts
          items={[
            { count: sum(lines, (line) => line.late), words: 'actions late' },
            { count: sum(lines, (line) => line.due), words: 'due within a fortnight' },
            { count: sum(lines, (line) => line.silent), words: `objectives with nothing said in ${term}` },
            { count: sum(lines, (line) => line.met), words: 'objectives met' },
            { count: sum(lines, (line) => line.objectives), words: 'objectives' },
          ]}
        />
      </Section>
      <Section
        title="Plans"
        note="Those with most late come first. Cost is what the plan’s actions are to cost."
      >
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
        {without.length > 0 && (
          <p class="small hush">
            No plan for {academicYearName(shown)} yet: {without.map((one) => one.shortName).join(', ')}.
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
        {without.length > 1 && mayStart(null) && (
          <Fold summary="Start a school’s plan">
            <Form action="/improvement/plans">
              <input type="hidden" name="year" value={String(shown)} />
              <Fields
                fields={[
                  {
                    kind: 'list',
                    name: 'school',
                    label: 'School',
                    options: without.map((one) => ({ value: one.slug, text: one.name })),
                  },
                ]}
              />
              <Button kind="secondary">Start the plan</Button>
            </Form>
          </Fold>
        )}
      </Section>
      <Section title="What is working" note="Objectives met, with what they cost.">
        <ul class="look">
          {met.map((one) => (
            <li>
              <span />
              <div>
                <p>
                  <a href={`/improvement/objectives/${one.id}`}>{one.title}</a>, {nameOf(one.school)}
                </p>
                <div class="look__meta">
                  <span>{latestState(one.progress)?.words}</span>
                  <span>
                    {pounds(sum(one.actions, (action) => action.cost))},{' '}
                    {count(
                      sum(one.actions, (action) => action.days),
                      'day',
                    )}
                  </span>
                </div>
              </div>
            </li>
          ))}
        </ul>
        {met.length === 0 && <p class="absent">No objective is said to be met yet.</p>}
      </Section>
      {shared.length > 0 && (
        <Section
          title="Worth copying"
          note="What schools of the trust share. Copying it brings its criteria and actions, and says thanks."
        >
          <ul class="look">
            {shared.map((one) => (
              <li>
                <span />
                <div>
                  <p>
                    <a href={`/improvement/objectives/${one.id}`}>{one.title}</a>
                  </p>
                  <div class="look__meta">
                    <span>shared on {dayName(one.sharedOn ?? viewer.today)}</span>
                    {one.thanks.length > 0 && (
                      <span>copied by {one.thanks.map((thanks) => thanks.from).join(', ')}</span>
                    )}
                  </div>
                </div>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="Support from the trust" note="Each tier has its reason and what would change it.">
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
        {canSetTier(viewer).ok && <TierForm all={seen} />}
      </Section>
    </Page>
  )
}
