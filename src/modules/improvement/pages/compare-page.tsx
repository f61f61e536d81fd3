import { academicYearName } from '../../../kernel/academic-year.ts'
import { dayName } from '../../../kernel/days.ts'
import { count } from '../../../kernel/numbers.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Button, Empty, Form, Page, Section, Select, Table } from '../../../ui/index.ts'
import { valueWords } from '../../measures/index.ts'
import { schools } from '../../organisation/index.ts'
import { targetName, targetSeen } from '../../purpose/index.ts'
import type { Version } from '../domain/compare-judgements.ts'
import type { ObjectiveChanged } from '../domain/compare-plans.ts'
import { latestState } from '../domain/terms.ts'
import { compareEvaluation } from '../queries/compare-evaluation.ts'
import { comparePlan } from '../queries/compare-plan.ts'
import { evaluationById } from '../queries/evaluation.ts'
import { type Criterion, type Objective, planById } from '../queries/plan.ts'
import { Heads, SideBySide } from './changed.tsx'
import { actionsWords, stateNames } from './words.tsx'

const saidOf = (version: Version | undefined): string => {
  if (!version) return 'Not there'
  const by = version.by ? ` by ${version.by}` : ''
  return version.on ? `Confirmed ${dayName(version.on)}${by}` : `Working copy${by}`
}

/** Two versions of a self-evaluation side by side, by area: grades, words, and figures. @throws NotHere */
export async function compareEvaluationPage(
  viewer: Viewer,
  id: number,
  asked: { was?: string; now?: string } = {},
) {
  const { school: of } = await evaluationById(viewer, id)
  const who = (await schools(viewer)).find((one) => one.id === of)?.shortName ?? 'The trust'
  const compared = await compareEvaluation(viewer, id, asked)
  const crumbs = [
    { text: 'Improvement', href: '/improvement' },
    { text: `${who}: self-evaluation`, href: `/improvement/evaluations/${id}` },
    { text: 'What changed' },
  ]
  const head = { title: `${who}: what changed`, viewer, nav: 'improvement' as const, crumbs }
  if (!compared)
    return (
      <Page {...head} purpose="Two versions of the self-evaluation side by side.">
        <Empty>
          There is one version so far. When an area is confirmed again, what changed is shown here.
        </Empty>
      </Page>
    )
  const { areas, was, now, versions } = compared
  const changed = areas.filter((one) => !one.changed.same)
  const same = areas.filter((one) => one.changed.same)
  const options = versions.map(({ code, name }) => ({ value: code, text: name }))
  return (
    <Page
      {...head}
      purpose="Two versions side by side, by area: what went is struck out at the left, what came is underlined at the right."
      asAt={[
        `${was.name} beside ${now.name.toLowerCase()}`,
        `${changed.length} of ${areas.length} areas differ`,
      ]}
    >
      <Form action={`/improvement/evaluations/${id}/compare`} method="get" class="compare__choice">
        <Select name="was" label="From" value={was.code} options={options} />
        <Select name="now" label="To" value={now.code} options={options} />
        <Button kind="secondary">Compare</Button>
      </Form>
      {changed.map(({ area, was: one, now: other, changed: change }) => (
        <Section title={area.name} id={area.code}>
          <Heads
            was={
              <>
                <b>{change.grade.was ?? 'No grade'}</b>
                <br />
                <span class="small hush">{saidOf(one)}</span>
              </>
            }
            now={
              <>
                <b>{change.grade.now ?? 'No grade'}</b>
                {change.grade.was !== change.grade.now && one && other && ' (the grade changed)'}
                <br />
                <span class="small hush">{saidOf(other)}</span>
              </>
            }
          />
          <SideBySide pieces={change.words} />
          <SideBySide title="Strengths" pieces={change.strengths} />
          <SideBySide title="What is next" pieces={change.next} />
          {change.lines.length > 0 && (
            <Table
              caption={`Evidence that differs: ${area.name}`}
              columns={[{ head: 'Evidence' }, { head: was.name, width: 3 }, { head: now.name, width: 3 }]}
              rows={change.lines.map((line) => [
                line.name,
                line.was ?? <i class="hush">not cited</i>,
                line.now ?? <i class="hush">not cited</i>,
              ])}
            />
          )}
        </Section>
      ))}
      {same.length > 0 && (
        <Section title="The same in both">
          <p>{same.map(({ area }) => area.name).join(', ')}.</p>
        </Section>
      )}
    </Page>
  )
}

const stateWords = (objective: Objective): string => {
  const said = latestState(objective.progress)
  return said ? stateNames[said.state] : 'Nothing said'
}

/** A plan beside the one before it. @throws NotHere */
export async function comparePlanPage(viewer: Viewer, id: number, before?: number) {
  const all = await schools(viewer)
  const nameOf = (one: number) => all.find((known) => known.id === one)?.shortName ?? 'a school'
  const plan = await planById(viewer, id)
  const who = plan.school === null ? 'The trust' : nameOf(plan.school)
  const compared = await comparePlan(viewer, id, before)
  const head = {
    title: `${who}: what changed in the plan`,
    viewer,
    nav: 'improvement' as const,
    crumbs: [
      { text: 'Improvement', href: '/improvement' },
      { text: `${who} ${academicYearName(plan.academicYear)}`, href: `/improvement/plans/${id}` },
      { text: 'What changed' },
    ],
  }
  if (!compared)
    return (
      <Page {...head} purpose="This plan beside the one before it.">
        <Empty>There is no earlier plan. Next year’s is compared with this one.</Empty>
      </Page>
    )
  const { was, now, earlier, changed } = compared
  const [then, since] = [academicYearName(was.academicYear), academicYearName(now.academicYear)]
  const both = await Promise.all(changed.both.map((one) => bothPart(viewer, one, nameOf, then, since)))
  return (
    <Page
      {...head}
      purpose={`The plan of ${since} beside that of ${then}: what went on, what came, what ended and how.`}
      asAt={[
        `${count(changed.both.length, 'objective')} in both`,
        `${changed.added.length} new`,
        `${changed.ended.length} ended`,
      ]}
    >
      {earlier.length > 1 && (
        <Form action={`/improvement/plans/${id}/compare`} method="get" class="compare__choice">
          <Select
            name="with"
            label="Beside the plan of"
            value={String(was.id)}
            options={earlier.map((one) => ({ value: one.id, text: academicYearName(one.academicYear) }))}
          />
          <Button kind="secondary">Compare</Button>
        </Form>
      )}
      {both}
      {[
        { title: `New in ${since}`, objectives: changed.added },
        { title: `Ended with ${then}`, objectives: changed.ended },
      ].map(
        ({ title, objectives }) =>
          objectives.length > 0 && (
            <Section title={title}>
              <Table
                caption={title}
                columns={[
                  { head: 'Objective' },
                  { head: 'How it goes', width: 2 },
                  { head: 'Actions', width: 3 },
                ]}
                rows={objectives.map((one) => [
                  <a href={`/improvement/objectives/${one.id}`}>{one.title}</a>,
                  stateWords(one),
                  actionsWords(one.actions, viewer.today),
                ])}
              />
            </Section>
          ),
      )}
    </Page>
  )
}

async function bothPart(
  viewer: Viewer,
  { was, now, title, why, criteria, actions }: ObjectiveChanged,
  nameOf: (id: number) => string,
  then: string,
  since: string,
) {
  const rows = await Promise.all(
    criteria.map(async (one) => {
      const known = (one.now ?? one.was)!
      if (!known.figure) return [known.words, checkWords(one.was), checkWords(one.now), '']
      const seen = await targetSeen(viewer, { id: known.id, ...known.figure, by: known.by }, nameOf)
      const target = ({ figure, by }: Criterion) =>
        `${seen.measure ? valueWords(seen.measure, figure!.target) : figure!.target} by ${dayName(by)}`
      return [
        targetName(seen),
        one.was ? target(one.was) : 'no criterion',
        one.now ? target(one.now) : 'no criterion',
        seen.value ? `${seen.value}${seen.of ? ` (${seen.of})` : ''}` : 'no figure',
      ]
    }),
  )
  return (
    <Section title={now.title}>
      <Heads
        was={
          <>
            <b>{then}</b>: <a href={`/improvement/objectives/${was.id}`}>{stateWords(was)}</a>,{' '}
            {actionsWords(was.actions, viewer.today)}
          </>
        }
        now={
          <>
            <b>{since}</b>: <a href={`/improvement/objectives/${now.id}`}>{stateWords(now)}</a>,{' '}
            {actionsWords(now.actions, viewer.today)}
          </>
        }
      />
      <SideBySide title="What will be better" pieces={title} />
      <SideBySide title="Why" pieces={why} />
      {rows.length > 0 && (
        <Table
          caption={`Criteria of ${now.title}`}
          columns={[
            { head: 'How it is known' },
            { head: `Target ${then}`, width: 2 },
            { head: `Target ${since}`, width: 2 },
            { head: 'Reads now', width: 2 },
          ]}
          rows={rows}
        />
      )}
      <ul class="govuk-list small">
        {actions.done.length > 0 && (
          <li>
            Done in {then}: {titles(actions.done)}
          </li>
        )}
        {actions.dropped.length > 0 && <li>Not done and left out: {titles(actions.dropped)}</li>}
        {actions.added.length > 0 && <li>New actions: {titles(actions.added)}</li>}
      </ul>
    </Section>
  )
}

const titles = (actions: readonly { readonly title: string }[]): string =>
  actions.map((one) => one.title).join('; ')

const checkWords = (criterion: Criterion | null): string =>
  criterion === null ? 'no criterion' : criterion.metOn ? 'so' : `by ${dayName(criterion.by)}`
