import { dayName, shortDayName } from '../../../kernel/days.ts'
import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Button, Fields, Fold, Form, Page, type Problem, Section, Table } from '../../../ui/index.ts'
import { belongedOn, schools } from '../../organisation/index.ts'
import { canWriteEvaluation } from '../domain/can-confirm.ts'
import { areasFor, type Framework, inForceOn } from '../domain/framework.ts'
import { freshness, questionOf } from '../domain/questions.ts'
import { type EvaluationLine, evaluationLines } from '../queries/evaluation.ts'
import { frameworks } from '../queries/frameworks.ts'
import { GradeShown } from './case.tsx'

const FrameworkTable = ({
  framework,
  lines,
  nameOf,
  today,
}: {
  framework: Framework
  lines: readonly EvaluationLine[]
  nameOf: (school: number | null) => string
  today: string
}) => (
  <Section
    title={framework.name}
    note={`${inForceOn(framework, today) ? `In force since ${dayName(framework.from)}.` : `In force until ${dayName(framework.to ?? framework.from)}.`} Each grade with the day on which it was confirmed and how many figures it cites.`}
  >
    <Table
      caption={`Grades by ${framework.name}`}
      narrow="stack"
      columns={[
        { head: framework.of === 'trust' ? 'Trust' : 'School', width: 2 },
        ...framework.areas.map((area) => ({ head: area.name })),
      ]}
      rows={lines.map((line) => [
        <a href={`/improvement/evaluations/${line.id}`}>{nameOf(line.school)}</a>,
        ...framework.areas.map((area) => {
          const judged = line.judgements.find((one) => one.area === area.code)
          if (!judged) return <i class="hush">not confirmed</i>
          const { stale } = freshness(judged.on, today)
          const figures = judged.document.lines.filter((one) => one.snapshot !== null).length
          return (
            <>
              <GradeShown
                name={judged.document.gradeName}
                place={judged.document.place}
                of={judged.document.ofPlaces}
              />
              <span class="small hush block">
                {stale ? <b class="late">{shortDayName(judged.on)}</b> : shortDayName(judged.on)}
                {stale && ` ${judged.on.slice(0, 4)}`}; {figures === 0 ? 'no figure' : `${figures} cited`}
              </span>
            </>
          )
        }),
      ])}
    />
  </Section>
)

/** Every self-evaluation that the viewer sees: grades, how fresh, how well cited, and what to ask. */
export async function evaluationsPage(
  viewer: Viewer,
  { done, problems }: { done?: string; problems?: readonly Problem[] } = {},
) {
  const reach = schoolsWhere(viewer, 'see figures')
  const seen = (await schools(viewer)).filter(
    (one) => includesSchool(reach, one.id) && belongedOn(one, viewer.today),
  )
  const all = await frameworks(viewer)
  const lines = (await evaluationLines(viewer)).filter(
    (line) => line.school === null || seen.some((one) => one.id === line.school),
  )
  const nameOf = (school: number | null) =>
    school === null ? 'The trust' : (seen.find((one) => one.id === school)?.shortName ?? 'A school')
  const used = all.filter((framework) => lines.some((line) => line.framework === framework.code))
  const current = used.filter((framework) => inForceOn(framework, viewer.today))
  const questions = lines
    .filter((line) => current.some((framework) => framework.code === line.framework))
    .flatMap((line) =>
      line.judgements.map((judged) => ({
        line,
        judged,
        asks: questionOf(judged.document, nameOf(line.school)),
      })),
    )
    .filter((one) => one.asks !== undefined)
    .slice(0, 8)
  const own = seen.filter((school) => canWriteEvaluation(viewer, school.id).ok)
  const trust = canWriteEvaluation(viewer, null).ok
  const mayStart = all.filter(
    (framework) =>
      (framework.of === 'trust' ? trust : own.length > 0) &&
      (framework.of === 'trust'
        ? !lines.some((line) => line.school === null && line.framework === framework.code)
        : own.some(
            (school) =>
              areasFor(framework, school.phase).length > 0 &&
              !lines.some((line) => line.school === school.id && line.framework === framework.code),
          )),
  )
  return (
    <Page
      title="Self-evaluation"
      viewer={viewer}
      nav="improvement"
      done={done}
      problems={problems}
      purpose="What each school judges of itself, how fresh it is, how well it is cited, and what to ask about it."
      crumbs={[{ text: 'Improvement', href: '/improvement' }, { text: 'Self-evaluation' }]}
      asAt={[
        `As it stands on ${dayName(viewer.today)}`,
        <a href="/improvement/frameworks">The frameworks</a>,
      ]}
      foot={[
        'You read what schools have confirmed. Grades of different frameworks are never converted into each other. Older than half a year is underlined.',
      ]}
    >
      {questions.length > 0 && (
        <Section
          title="What to ask"
          note="Where a grade and the figures that it cites point different ways. There is more to an area than figures, so these are questions."
        >
          <ul class="look">
            {questions.map(({ line, judged, asks }) => (
              <li>
                <span />
                <div>
                  <p>{asks}</p>
                  <div class="look__meta">
                    <a href={`/improvement/evaluations/${line.id}#${judged.area}`}>Read what they say</a>
                    <span>confirmed {dayName(judged.on)}</span>
                  </div>
                </div>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {used.map((framework) => (
        <FrameworkTable
          framework={framework}
          lines={lines.filter((line) => line.framework === framework.code)}
          nameOf={nameOf}
          today={viewer.today}
        />
      ))}
      {used.length === 0 && (
        <p class="absent">No self-evaluation is begun yet. A headteacher begins their school’s.</p>
      )}
      {mayStart.length > 0 && (
        <Fold summary="Begin a self-evaluation" open={problems !== undefined}>
          <Form action="/improvement/evaluations">
            <Fields
              fields={[
                ...(own.length > 0
                  ? [
                      {
                        kind: 'list' as const,
                        name: 'school',
                        label: 'Of whom?',
                        options: [
                          ...own.map((school) => ({ value: school.slug, text: school.name })),
                          ...(trust ? [{ value: '', text: 'The trust' }] : []),
                        ],
                      },
                    ]
                  : []),
                {
                  kind: 'list',
                  name: 'framework',
                  label: 'By which framework?',
                  hint: 'Two can run side by side, over the same evidence.',
                  options: mayStart.map((framework) => ({ value: framework.code, text: framework.name })),
                },
              ]}
            />
            <Button kind="secondary">Begin</Button>
          </Form>
        </Fold>
      )}
    </Page>
  )
}

/** Every framework with its dates, scales, areas and source. */
export async function frameworksPage(viewer: Viewer) {
  const all = await frameworks(viewer)
  return (
    <Page
      title="Frameworks"
      viewer={viewer}
      nav="improvement"
      purpose="By what schools and the trust judge themselves. Each is dated and stays: a later one stands beside it."
      crumbs={[
        { text: 'Improvement', href: '/improvement' },
        { text: 'Self-evaluation', href: '/improvement/evaluations' },
        { text: 'Frameworks' },
      ]}
      foot={[
        'The words are our own and no official text. Follow the link to the source before you judge by it.',
      ]}
    >
      {all.map((framework) => (
        <Section
          title={framework.name}
          note={`For a ${framework.of}. From ${dayName(framework.from)}${framework.to ? ` to ${dayName(framework.to)}` : ''}. ${framework.note}`}
        >
          <Table
            caption={framework.name}
            columns={[{ head: 'Area', width: 3 }, { head: 'What it asks' }, { head: 'Grades', width: 4 }]}
            rows={framework.areas.map((area) => [
              area.name,
              area.asks,
              (framework.scales[area.scale] ?? []).map((grade) => grade.name).join(', '),
            ])}
          />
          <p class="small hush">
            {framework.source}{' '}
            {framework.link ? (
              <a href={framework.link}>The source itself</a>
            ) : (
              'There is no official page to link to.'
            )}
          </p>
        </Section>
      ))}
    </Page>
  )
}
