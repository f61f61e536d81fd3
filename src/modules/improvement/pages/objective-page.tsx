import { academicYearName, academicYearOf } from '../../../kernel/academic-year.ts'
import { dayName, shortDayName } from '../../../kernel/days.ts'
import { figurePath } from '../../../kernel/figure.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Columns,
  type Content,
  Facts,
  Fields,
  type FieldValues,
  FigureChip,
  Fold,
  Form,
  type FormField,
  Mark,
  Page,
  PostButton,
  type Problem,
  Section,
  Table,
} from '../../../ui/index.ts'
import { figureAt, figureWords } from '../../measures/index.ts'
import { schools } from '../../organisation/index.ts'
import { figureFields, TargetLine, targetSeen } from '../../purpose/index.ts'
import { canKeepTemplate } from '../commands/templates.ts'
import { canMark, canWritePlan } from '../domain/can.ts'
import { stageNames, stageQuestions, stages } from '../domain/stages.ts'
import { termNames, termOf } from '../domain/terms.ts'
import { type Evidence, type Objective, objectiveById, plansWith } from '../queries/plan.ts'
import { knotsOf } from './knots.ts'
import { actionFields } from './objective-forms.tsx'
import { OriginLine, originSeen } from './origin.tsx'
import { costWords, ownerWords, pounds, Standing, StateOf, stateNames, Terms } from './words.tsx'

/** Which of the page's forms was sent, with what was typed and what was wrong. */
export interface PartTyped {
  readonly part?: string
  readonly values?: FieldValues
  readonly problems?: readonly Problem[]
  readonly done?: string
}

const verdictWords = { 'go on': 'Go on', change: 'Change it', stop: 'Stop' } as const
const likelyWords = { unlikely: 'Unlikely', possible: 'Possible', likely: 'Likely' } as const

/** A piece of evidence in words: the figure as it was at its snapshot, or the note. */
async function evidenceLine(viewer: Viewer, evidence: Evidence): Promise<Content> {
  if (!evidence.figure)
    return (
      <>
        {evidence.words} {evidence.link && <a href={evidence.link}>{evidence.link}</a>}
      </>
    )
  try {
    const detail = await figureAt(viewer, evidence.figure)
    return (
      <>
        {detail.measure.name}, {detail.place.name}, {detail.groupName.toLowerCase()},{' '}
        {detail.period.name.toLowerCase()} {detail.period.asAt.slice(0, 4)}:{' '}
        <FigureChip href={figurePath(evidence.figure)}>
          {figureWords(detail.measure, detail.figure)}
        </FigureChip>{' '}
        <span class="hush">snapshot {evidence.figure.snapshot}</span>
        {evidence.words && `. ${evidence.words}`}
      </>
    )
  } catch (error) {
    if (!(error instanceof NotHere)) throw error
    return (
      <>
        A figure of a measure that was withdrawn, or that you may not see ({evidence.figure.measure},{' '}
        {evidence.figure.period}). {evidence.words}
      </>
    )
  }
}

/** An objective with everything that belongs to it, and the forms for who may write. @throws NotHere */
export async function objectivePage(viewer: Viewer, id: number, typed: PartTyped = {}) {
  const objective = await objectiveById(viewer, id)
  const all = await schools(viewer)
  const school = all.find((one) => one.id === objective.school)
  const edit = canWritePlan(viewer, objective.school).ok
  const nameOf = (one: number) => all.find((known) => known.id === one)?.shortName ?? 'a school'
  const targets = await Promise.all(
    objective.criteria
      .filter((one) => one.figure !== null)
      .map((one) => targetSeen(viewer, { id: one.id, ...one.figure!, by: one.by }, nameOf)),
  )
  const evidence = await Promise.all(
    objective.evidence.map(async (one) => ({
      id: one.id,
      on: one.on,
      words: await evidenceLine(viewer, one),
    })),
  )
  const path = `/improvement/objectives/${id}`
  const add = (
    part: string,
    summary: string,
    fields: readonly FormField[],
    button: string,
    values: FieldValues = {},
  ) =>
    edit && (
      <Fold summary={summary} open={typed.part === part}>
        <Form action={`${path}/${part}`}>
          <Fields
            fields={fields}
            values={typed.part === part ? typed.values : values}
            problems={typed.part === part ? typed.problems : []}
            of={typed.part === part ? undefined : part}
          />
          <Button kind="secondary">{button}</Button>
        </Form>
      </Fold>
    )
  const ownPlans = edit
    ? []
    : (await plansWith(viewer, { academicYear: academicYearOf(viewer.today) })).filter(
        (plan) => canWritePlan(viewer, plan.school).ok,
      )
  return (
    <Page
      title={objective.title}
      viewer={viewer}
      nav="improvement"
      done={typed.done}
      problems={typed.problems}
      purpose={objective.why || 'What will be better, how it will be known, who does what, and how it goes.'}
      crumbs={[
        { text: 'Improvement', href: '/improvement' },
        ...(objective.academicYear
          ? [
              {
                text: `${school?.shortName ?? 'The trust'} ${academicYearName(objective.academicYear)}`,
                href: `/improvement/plans/${objective.plan}`,
              },
            ]
          : [{ text: school?.shortName ?? 'Another school' }]),
        { text: 'Objective' },
      ]}
      asAt={[
        <StateOf objective={objective} />,
        `By ${dayName(objective.by)}`,
        `Owner: ${ownerWords(objective.owner, viewer.today)}`,
        costWords(objective.actions),
        ...(edit ? [<a href={`${path}/edit`}>Change</a>] : []),
      ]}
      thread={await knotsOf(viewer, objective)}
    >
      {objective.origin && (
        <Section title="Where it came from">
          <OriginLine seen={await originSeen(viewer, objective.origin)} />
        </Section>
      )}
      <Columns split="wide-first">
        <Section title="How it will be known">
          <ul class="targets">
            {targets.map((seen) => (
              <TargetLine seen={seen} />
            ))}
            {objective.criteria
              .filter((one) => one.figure === null)
              .map((one) => (
                <li class="target">
                  <p>
                    {one.metOn ? <Mark kind="tick" /> : <Mark kind="ring" />} {one.words}
                  </p>
                  <div class="look__meta">
                    {one.metOn ? `So since ${dayName(one.metOn)}` : `Check by ${dayName(one.by)}`}
                    {edit && !one.metOn && (
                      <PostButton action={`${path}/criteria/${one.id}/met`} kind="secondary">
                        It is so
                      </PostButton>
                    )}
                  </div>
                </li>
              ))}
          </ul>
          {objective.criteria.length === 0 && <p class="absent">Not said yet.</p>}
          {add(
            'criteria',
            'Add a criterion',
            [
              ...(await figureFields(viewer)),
              { kind: 'number', name: 'target', label: 'Target', hint: 'Leave it empty for a check.' },
              { kind: 'words', name: 'words', label: 'Or a check, in words', rows: 2 },
              { kind: 'day', name: 'by', label: 'By when?' },
            ],
            'Add the criterion',
            { school: objective.school === null ? '' : String(objective.school), by: objective.by },
          )}
        </Section>
        <Section title="How it goes">
          <Terms objective={objective} />
          {objective.progress
            .toReversed()
            .slice(0, 6)
            .map((said) => (
              <p class="small">
                <b>{stateNames[said.state]}</b>, {termNames[said.term as 1 | 2 | 3].toLowerCase()}.{' '}
                {said.words}{' '}
                <span class="hush">
                  {said.by ?? 'Brought in'}, {dayName(said.on)}
                </span>
              </p>
            ))}
          {add(
            'progress',
            'Say how it goes',
            [
              {
                kind: 'list',
                name: 'term',
                label: 'Term',
                options: ([1, 2, 3] as const).map((term) => ({ value: term, text: termNames[term] })),
              },
              {
                kind: 'choice',
                name: 'state',
                label: 'It is',
                choices: Object.entries(stateNames).map(([value, text]) => ({ value, text })),
              },
              { kind: 'words', name: 'words', label: 'What has changed for pupils?' },
            ],
            'Say it',
            { term: String(termOf(viewer.today)) },
          )}
        </Section>
      </Columns>
      <Section title="Actions" id="actions">
        <Table
          caption="Actions"
          empty="No action yet."
          columns={[
            { head: 'Action' },
            { head: 'Owner', width: 2 },
            { head: 'Starts' },
            { head: 'Due' },
            { head: 'Cost', num: true },
            { head: 'Days', num: true },
            { head: 'How it stands', width: 2 },
          ]}
          rows={objective.actions.map((action) => ({
            id: `action-${action.id}`,
            cells: [
              action.origin ? (
                <>
                  {action.title}
                  <br />
                  <span class="small">
                    From <a href={action.origin.href}>{action.origin.text}</a>
                  </span>
                </>
              ) : (
                action.title
              ),
              ownerWords(action.owner, viewer.today),
              <span class="nowrap">{shortDayName(action.starts)}</span>,
              <span class="nowrap">{shortDayName(action.due)}</span>,
              pounds(action.cost),
              String(action.days),
              <>
                <Standing action={action} today={viewer.today} />{' '}
                {canMark(viewer, { school: action.school, owner: action.owner?.id ?? null }).ok && (
                  <PostButton
                    action={`/improvement/actions/${action.id}/${action.doneOn ? 'open' : 'done'}`}
                    fields={{ back: path }}
                    kind="secondary"
                    class="small-button"
                  >
                    {action.doneOn ? 'Not done after all' : 'Done'}
                  </PostButton>
                )}
              </>,
            ],
          }))}
        />
        {add('actions', 'Add an action', await actionFields(viewer), 'Add the action', {
          starts: viewer.today,
          due: objective.by,
        })}
      </Section>
      <Section
        title="Evidence"
        id="evidence"
        note="Figures by their address, as they were in their snapshot, and notes."
      >
        <ul class="look">
          {evidence.map((one) => (
            <li id={`evidence-${one.id}`}>
              <span />
              <div>
                <p>{one.words}</p>
                <div class="look__meta">added {dayName(one.on)}</div>
              </div>
            </li>
          ))}
        </ul>
        {evidence.length === 0 && <p class="absent">None yet.</p>}
        {add(
          'figures',
          'Cite a figure',
          [
            {
              kind: 'line',
              name: 'figure',
              label: 'The figure’s address',
              hint: 'From the figure’s own page: /figure/reading-expected/…',
            },
            { kind: 'words', name: 'words', label: 'What it shows', rows: 2 },
          ],
          'Cite it',
        )}
        {add(
          'notes',
          'Add a note',
          [
            { kind: 'words', name: 'words', label: 'What was seen, by whom, when?' },
            { kind: 'line', name: 'link', label: 'Link', hint: 'If there is one: https://…' },
          ],
          'Add the note',
        )}
      </Section>
      <Section title="Stage" id="decisions" note={stageQuestions[objective.stage]}>
        <ol class="stages">
          {stages.map((stage) => (
            <li aria-current={stage === objective.stage ? 'step' : undefined}>{stageNames[stage]}</li>
          ))}
        </ol>
        {objective.ingredients.length > 0 && (
          <Facts items={[{ name: 'Active ingredients', value: objective.ingredients.join('; ') }]} />
        )}
        {objective.decisions.map((one) => (
          <p class="small">
            <b>
              {stageNames[one.stage]}: {verdictWords[one.verdict].toLowerCase()}
            </b>
            . {one.words}{' '}
            <span class="hush">
              {one.by ?? 'Brought in'}, {dayName(one.on)}
            </span>
          </p>
        ))}
        {add(
          'decisions',
          'Decide: stop or go',
          [
            {
              kind: 'choice',
              name: 'verdict',
              label: stageQuestions[objective.stage],
              choices: Object.entries(verdictWords).map(([value, text]) => ({ value, text })),
            },
            { kind: 'words', name: 'words', label: 'Why' },
          ],
          'Decide',
        )}
      </Section>
      <Section title="Risks">
        <Table
          caption="Risks"
          empty="None said."
          columns={[
            { head: 'What could go wrong' },
            { head: 'How likely', width: 2 },
            { head: 'What we do about it' },
          ]}
          rows={objective.risks.map((risk) => [risk.words, likelyWords[risk.likely], risk.answer])}
        />
        {add(
          'risks',
          'Add a risk',
          [
            { kind: 'line', name: 'words', label: 'What could go wrong?' },
            {
              kind: 'list',
              name: 'likely',
              label: 'How likely?',
              options: Object.entries(likelyWords).map(([value, text]) => ({ value, text })),
            },
            { kind: 'words', name: 'answer', label: 'What we do about it', rows: 2 },
          ],
          'Add the risk',
        )}
      </Section>
      <Sharing objective={objective} edit={edit} keeps={canKeepTemplate(viewer).ok} path={path} />
      {objective.sharedOn !== null && ownPlans.length > 0 && (
        <Section
          title="Copy it"
          note="Its criteria and actions come with it, without owners. The school that shared it reads your thanks."
        >
          <Form action={`${path}/copy`}>
            <Fields
              fields={[
                {
                  kind: 'list',
                  name: 'plan',
                  label: 'Into which plan?',
                  options: ownPlans.map((plan) => ({
                    value: plan.id,
                    text: `${plan.school === null ? 'The trust' : nameOf(plan.school)}: ${plan.title}`,
                  })),
                },
                { kind: 'words', name: 'thanks', label: 'Your thanks', rows: 2 },
              ]}
            />
            <Button kind="secondary">Copy with thanks</Button>
          </Form>
        </Section>
      )}
    </Page>
  )
}

const Sharing = ({
  objective,
  edit,
  keeps,
  path,
}: {
  objective: Objective
  edit: boolean
  keeps: boolean
  path: string
}) => {
  if (!edit && !keeps && objective.thanks.length === 0) return null
  return (
    <Section title="Shared with the trust">
      {objective.sharedOn ? (
        <p>Every school of the trust may read and copy it, since {dayName(objective.sharedOn)}.</p>
      ) : (
        <p class="hush">Only those who see this school’s figures read it.</p>
      )}
      {objective.thanks.map((one) => (
        <p class="small">
          <b>{one.from}</b> copied it on {dayName(one.on)}: {one.words || 'with thanks'}
        </p>
      ))}
      {edit && (
        <PostButton
          action={`${path}/share`}
          fields={{ shared: objective.sharedOn ? 'no' : 'yes' }}
          kind="secondary"
        >
          {objective.sharedOn ? 'Share it no longer' : 'Share it: it is worth copying'}
        </PostButton>
      )}
      {keeps && (
        <PostButton action={`${path}/template`} kind="secondary" once>
          Keep it as a template for all schools
        </PostButton>
      )}
    </Section>
  )
}
