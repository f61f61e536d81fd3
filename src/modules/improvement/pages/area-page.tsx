import { jsx } from 'hono/jsx'
import { dayName, londonDay, londonTime, shortDayName } from '../../../kernel/days.ts'
import { count } from '../../../kernel/numbers.ts'
import { enforce } from '../../../kernel/refusal.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Columns,
  Details,
  Fields,
  type FieldValues,
  Fold,
  Form,
  Input,
  type Knot,
  Mark,
  Page,
  PostButton,
  type Problem,
  Radios,
  Section,
  Textarea,
  WhyNot,
} from '../../../ui/index.ts'
import { WorkSection } from '../../measures/index.ts'
import { schools } from '../../organisation/index.ts'
import { purposeOn } from '../../purpose/index.ts'
import { confirmVerdict } from '../commands/evaluations.ts'
import { canWriteEvaluation } from '../domain/can-confirm.ts'
import { gradeNamed, gradesOf } from '../domain/framework.ts'
import { partsOf } from '../domain/frozen.ts'
import { type Citation, type Clash, evaluationById } from '../queries/evaluation.ts'
import { type Objective, plansWith } from '../queries/plan.ts'
import { workOfJudgement } from '../queries/work-of.ts'
import { Case, linesOf } from './case.tsx'
import { actionsWords } from './words.tsx'

export interface AreaTyped {
  readonly values?: FieldValues
  readonly problems?: readonly Problem[]
  readonly done?: string
}

const EvidenceLine = ({ citation: one, path }: { citation: Citation; path: string }) => (
  <li class="evidence" id={`line-${one.line}`}>
    <span class="evidence__line">{one.line}</span>
    <div>
      <p class="evidence__name">
        {one.figure?.cited ? (
          <a href={one.figure.cited.href}>{one.figure.name}</a>
        ) : one.objective ? (
          <a href={`/improvement/objectives/${one.objective.id}`}>Objective: {one.objective.title}</a>
        ) : one.link ? (
          <a href={one.link}>{one.words}</a>
        ) : (
          (one.figure?.name ?? one.words)
        )}
        {one.figure?.cited && <b class="evidence__value">{one.figure.cited.value}</b>}
      </p>
      <p class="small hush">
        {one.figure?.cited &&
          `${one.figure.cited.of}, ${one.figure.cited.interval}; ${one.figure.cited.when}, snapshot ${one.figure.cited.snapshot}`}
        {one.figure?.gone && 'The measure was withdrawn. Take this line away, or cite another figure.'}
        {one.kept && `Kept: ${one.kept}`}
      </p>
      <PostButton action={`${path}/lines/${one.line}/remove`} kind="secondary" class="small-button">
        Take it away
      </PostButton>
    </div>
  </li>
)

const Moved = ({ citation: one, path }: { citation: Citation; path: string }) => {
  const { cited, now, name } = one.figure!
  return (
    <div class="why-not">
      <p>
        <span class="status status--moved">
          <Mark kind="diamond" /> Figure {one.line} has moved since you wrote this.
        </span>{' '}
        {name} was {cited!.value} ({cited!.of}){' '}
        {cited!.period === now!.period ? `in snapshot ${cited!.snapshot}` : `in ${cited!.when}`}; it is{' '}
        {now!.value} ({now!.of}){' '}
        {cited!.period === now!.period ? `in snapshot ${now!.snapshot}` : `in ${now!.when}`}.
      </p>
      <div class="buttons">
        <PostButton action={`${path}/lines/${one.line}/use-now`} kind="secondary">
          {`Use ${now!.value}`}
        </PostButton>
        <a href={now!.href}>See what changed</a>
      </div>
      <Details summary={`Keep ${cited!.value} and say why`}>
        <Form action={`${path}/lines/${one.line}/keep`}>
          <Input name="why" id={`why-${one.line}`} label="Why does the older figure stay?" />
          <Button kind="secondary">Keep it</Button>
        </Form>
      </Details>
    </div>
  )
}

const ClashPart = ({ clash, path }: { clash: Clash; path: string }) => (
  <Section
    title="Two copies were written at once"
    note={`${clash.by ?? 'Someone'} wrote this on ${shortDayName(londonDay(clash.at))} at ${londonTime(clash.at)}, over a copy that had been saved in between. Neither is lost.`}
  >
    <p>The second copy reads:</p>
    <blockquote class="second-copy">
      {clash.words.split(/\n\s*\n/).map((one) => (
        <p>{one}</p>
      ))}
      {clash.strengths && <p>Strengths: {clash.strengths}</p>}
      {clash.next && <p>What is next: {clash.next}</p>}
    </blockquote>
    <div class="buttons">
      <PostButton action={`${path}/copies/${clash.id}/take`} kind="secondary">
        Take the second copy
      </PostButton>
      <PostButton action={`${path}/copies/${clash.id}/leave`} kind="secondary">
        Keep the first copy
      </PostButton>
    </div>
  </Section>
)

/** The chain of a judgement: from the aims that its cited objectives serve, down to itself. */
async function knots(
  viewer: Viewer,
  citations: readonly Citation[],
  objectives: readonly Objective[],
  state: string,
): Promise<Knot[]> {
  const { aims } = await purposeOn(viewer)
  const cited = objectives.filter((one) => citations.some((citation) => citation.objective?.id === one.id))
  const [objective] = cited.length ? cited : objectives
  const aim = aims.find((one) => one.priorities.some((priority) => priority.id === objective?.priority))
  const priority = aim?.priorities.find((one) => one.id === objective?.priority)
  const figures = citations.filter((one) => one.figure)
  return [
    ...(aim ? [{ name: 'Aim', text: aim.title, href: `/purpose#aim-${aim.id}` } satisfies Knot] : []),
    ...(priority
      ? [
          {
            name: 'Priority',
            text: priority.title,
            href: `/purpose/priorities/${priority.id}`,
          } satisfies Knot,
        ]
      : []),
    ...(objective
      ? [
          {
            name: 'Objective',
            text: objective.title,
            href: `/improvement/objectives/${objective.id}`,
          } satisfies Knot,
          {
            name: 'Action',
            text: actionsWords(objective.actions, viewer.today),
            href: `/improvement/objectives/${objective.id}#actions`,
          } satisfies Knot,
        ]
      : []),
    figures.length > 0
      ? { name: 'Evidence', text: `${count(figures.length, 'figure')} cited`, href: '#evidence' }
      : { name: 'Evidence', text: 'No figure cited yet', state: 'none' },
    { name: 'Judgement', text: state, state: 'here' },
  ]
}

/** The working copy of an area: what it reads as, the words, the evidence, the grade. For its writers. @throws NotHere, Refusal */
export async function areaPage(viewer: Viewer, id: number, code: string, typed: AreaTyped = {}) {
  const evaluation = await evaluationById(viewer, id, code)
  enforce(canWriteEvaluation(viewer, evaluation.school))
  const school = (await schools(viewer)).find((one) => one.id === evaluation.school)
  const who = school?.shortName ?? 'The trust'
  const seen = evaluation.areas[0]!
  const { area, draft, citations, clashes, confirmed } = seen
  const path = `/improvement/evaluations/${id}/areas/${code}`
  const whole = (await evaluationById(viewer, id)).areas.map((one) => one.area.code)
  const [last] = confirmed
  const verdict = confirmVerdict(seen)
  const objectives = (await plansWith(viewer, { school: evaluation.school })).flatMap(
    (plan) => plan.objectives,
  )
  const many = (draft?.words ?? '').split(/\s+/).filter(Boolean).length
  const grade = gradeNamed(evaluation.framework, area, draft?.grade ?? null)
  const values = typed.values ?? {
    grade: draft?.grade ?? undefined,
    words: draft?.words,
    strengths: draft?.strengths,
    next: draft?.next,
  }
  const changed = draft !== undefined && draft.revision !== last?.revision
  const errorOf = (field: string) => typed.problems?.find((one) => one.field === field)?.text
  return (
    <Page
      title={area.name}
      viewer={viewer}
      nav="improvement"
      done={typed.done}
      problems={typed.problems}
      purpose="Say what you judge, and cite the figures that make you think so. Governors and the trust read exactly this once you confirm it."
      crumbs={[
        { text: who, href: school ? `/schools/${school.slug}` : '/purpose' },
        { text: 'Self-evaluation', href: `/improvement/evaluations/${id}` },
        { text: `area ${whole.indexOf(code) + 1} of ${whole.length}` },
      ]}
      asAt={[
        last ? `Last confirmed ${dayName(last.on)} by ${last.document.by}` : 'Not confirmed yet',
        ...(draft
          ? [`Working copy saved ${shortDayName(londonDay(draft.savedAt))}, ${londonTime(draft.savedAt)}`]
          : []),
        evaluation.framework.name,
        ...(confirmed.length > 0
          ? [<a href={`/improvement/evaluations/${id}#${code}`}>Earlier versions</a>]
          : []),
      ]}
      thread={
        await knots(
          viewer,
          citations,
          objectives,
          `${area.name}, ${changed ? 'being written' : last ? 'confirmed' : 'not begun'}`,
        )
      }
      foot={[
        `Seen by: ${who}’s headteacher. Governors and the trust see it once you confirm it. No pupil is named here, and groups under 6 can’t be cited.`,
        evaluation.framework.source,
      ]}
    >
      {clashes.map((clash) => (
        <ClashPart clash={clash} path={path} />
      ))}
      <Columns split="wide-first">
        <div>
          <Section title="What we judge" aside="As it will read">
            {draft?.words ? (
              <Case paragraphs={partsOf(draft.words)} lines={linesOf(citations)} />
            ) : (
              <p class="absent">Nothing written yet. {area.asks}</p>
            )}
            {citations
              .filter((one) => one.undecided)
              .map((one) => (
                <Moved citation={one} path={path} />
              ))}
          </Section>
          {jsx(
            'judgement-writer',
            { path },
            <Form action={path} id="write" guard>
              <input
                type="hidden"
                name="revision"
                value={typed.values?.revision ?? String(draft?.revision ?? 0)}
              />
              <Textarea
                name="words"
                label="Your words"
                labelClass="govuk-label--s"
                hint="A number in square brackets cites that line of the evidence: [2] becomes the figure, [2 as n of N] its counts. Type [[ to be offered figures."
                rows={10}
                value={values.words}
                error={errorOf('words')}
              />
              <p class="small hush">{many} words. Most schools write 120 to 250 for an area.</p>
              <Textarea
                name="strengths"
                label="Strengths"
                rows={3}
                value={values.strengths}
                error={errorOf('strengths')}
              />
              <Textarea
                name="next"
                label="What is next"
                rows={3}
                value={values.next}
                error={errorOf('next')}
              />
              <Button kind="secondary" once>
                Save the working copy
              </Button>
            </Form>,
          )}
        </div>
        <div>
          <Section title="Evidence" id="evidence" aside={<a href={`${path}/figures`}>Add a figure</a>}>
            <ol class="evidence-list">
              {citations.map((one) => (
                <EvidenceLine citation={one} path={path} />
              ))}
            </ol>
            {citations.length === 0 && <p class="absent">No evidence yet.</p>}
            <Fold summary="Add a note or a document">
              <Form action={`${path}/notes`}>
                <Fields
                  fields={[
                    {
                      kind: 'words',
                      name: 'note',
                      label: 'What it is',
                      hint: 'Visit by the reading lead, 4 June',
                      rows: 2,
                    },
                    { kind: 'line', name: 'link', label: 'Link, if there is one' },
                  ]}
                />
                <Button kind="secondary">Add it</Button>
              </Form>
            </Fold>
            {objectives.length > 0 && (
              <Fold summary="Add an objective">
                <Form action={`${path}/objectives`}>
                  <Fields
                    fields={[
                      {
                        kind: 'list',
                        name: 'objective',
                        label: 'Objective',
                        options: objectives.map((one) => ({ value: one.id, text: one.title })),
                      },
                    ]}
                  />
                  <Button kind="secondary">Add it</Button>
                </Form>
              </Fold>
            )}
          </Section>
          <Section title="Grade">
            <Radios
              name="grade"
              legend={area.asks}
              class="govuk-radios--small"
              value={values.grade}
              error={errorOf('grade')}
              choices={gradesOf(evaluation.framework, area).map((one) => ({
                value: one.code,
                text: one.name,
                hint: `${one.says}${last?.grade === one.code ? `. Your grade in ${dayName(last.on).split(' ').slice(1).join(' ')}` : ''}`,
                attributes: { form: 'write' },
              }))}
            />
            <p class="small hush">The grade is saved with your words.</p>
          </Section>
        </div>
      </Columns>
      {changed && (
        <Section title="Confirm it">
          <p>
            Confirming freezes these words and figures
            {grade ? `, and the grade ${grade.name.toLowerCase()},` : ''} with your name and today’s date. You
            can go on writing afterwards; the confirmed copy stays as it is.
          </p>
          {verdict.ok ? (
            <PostButton action={`${path}/confirm`} once>
              Confirm this judgement
            </PostButton>
          ) : (
            <>
              <Button offBecause="why-not-confirm">Confirm this judgement</Button>
              <WhyNot title="" id="why-not-confirm">
                {verdict.because}
              </WhyNot>
            </>
          )}
        </Section>
      )}
      {last && (
        <WorkSection
          work={await workOfJudgement(viewer, { evaluation: id, area: code, school: evaluation.school })}
        />
      )}
    </Page>
  )
}
