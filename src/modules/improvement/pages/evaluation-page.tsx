import { dayName, londonDay, shortDayName } from '../../../kernel/days.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Button, Buttons, Fold, Page, PostButton, type Problem, Section, WhyNot } from '../../../ui/index.ts'
import { MadeLines, type Work } from '../../measures/index.ts'
import { schools } from '../../organisation/index.ts'
import { confirmVerdict, signVerdict } from '../commands/evaluations.ts'
import { gradeNamed, inForceOn } from '../domain/framework.ts'
import { partsOf } from '../domain/frozen.ts'
import { freshness } from '../domain/questions.ts'
import { type AreaSeen, type Evaluation, evaluationById } from '../queries/evaluation.ts'
import { workOfJudgement } from '../queries/work-of.ts'
import { Case, frozenLines, GradeShown, linesOf } from './case.tsx'

const Reads = ({
  title,
  words,
  lines,
}: {
  title: string
  words: string
  lines: Parameters<typeof Case>[0]['lines']
}) =>
  words.trim() ? (
    <>
      <h3>{title}</h3>
      <Case paragraphs={partsOf(words)} lines={lines} />
    </>
  ) : null

const AreaPart = ({
  seen,
  evaluation,
  viewer,
  work: { made, offers },
}: {
  seen: AreaSeen
  evaluation: Evaluation
  viewer: Viewer
  work: Work
}) => {
  const { area, draft, confirmed, citations } = seen
  const [last] = confirmed
  const path = `/improvement/evaluations/${evaluation.id}/areas/${area.code}`
  const changed = draft !== undefined && draft.revision !== last?.revision
  const scale = evaluation.framework.scales[area.scale] ?? []
  const grade = gradeNamed(evaluation.framework, area, draft?.grade ?? null)
  const moved = citations.filter((one) => one.undecided)
  return (
    <Section
      title={area.name}
      id={area.code}
      note={area.asks}
      aside={evaluation.writes && <a href={path}>{draft ? 'Write' : 'Begin'}</a>}
    >
      {evaluation.writes && changed && draft ? (
        <>
          <div class="look__meta">
            {grade && <GradeShown name={grade.name} place={scale.indexOf(grade) + 1} of={scale.length} />}
            <span>
              Working copy, saved {shortDayName(londonDay(draft.savedAt))}
              {draft.savedBy && ` by ${draft.savedBy}`}
            </span>
            <span>
              {last
                ? `Last confirmed ${dayName(last.on)} as ${last.document.gradeName.toLowerCase()}`
                : 'Not confirmed yet'}
            </span>
          </div>
          <Case paragraphs={partsOf(draft.words)} lines={linesOf(citations)} />
          <Reads title="Strengths" words={draft.strengths} lines={linesOf(citations)} />
          <Reads title="What is next" words={draft.next} lines={linesOf(citations)} />
        </>
      ) : last ? (
        <>
          <div class="look__meta">
            <GradeShown
              name={last.document.gradeName}
              place={last.document.place}
              of={last.document.ofPlaces}
            />
            <span>
              Confirmed {dayName(last.on)} by {last.document.by}
            </span>
            {freshness(last.on, viewer.today).stale && <b class="late">more than half a year old</b>}
          </div>
          <Case
            paragraphs={last.document.paragraphs}
            lines={evaluation.writes && draft ? linesOf(citations) : frozenLines(last.document.lines)}
          />
          <Reads title="Strengths" words={last.document.strengths} lines={frozenLines(last.document.lines)} />
          <Reads title="What is next" words={last.document.next} lines={frozenLines(last.document.lines)} />
        </>
      ) : (
        <p class="absent">{evaluation.writes ? 'Nothing written yet.' : 'Not confirmed yet.'}</p>
      )}
      {moved.length > 0 && (
        <p class="small">
          <b>
            {moved.length === 1 ? 'One figure has moved' : `${moved.length} figures have moved`} since this
            was written.
          </b>{' '}
          <a href={path}>Decide about {moved.length === 1 ? 'it' : 'them'}</a>
        </p>
      )}
      {evaluation.writes && draft && changed && (
        <Buttons>
          {confirmVerdict(seen).ok ? (
            <PostButton action={`${path}/confirm`} kind="secondary" once>
              Confirm this judgement
            </PostButton>
          ) : null}
        </Buttons>
      )}
      <MadeLines made={made} />
      {last && offers.length > 0 && (
        <p class="take">
          {offers.map(({ text, href }) => (
            <a href={href}>{text}</a>
          ))}
        </p>
      )}
      {confirmed.length > 1 && (
        <Fold summary="Earlier versions" note={`${confirmed.length - 1}`}>
          {confirmed.slice(1).map((one) => (
            <>
              <div class="look__meta">
                <GradeShown
                  name={one.document.gradeName}
                  place={one.document.place}
                  of={one.document.ofPlaces}
                />
                <span>
                  Confirmed {dayName(one.on)} by {one.document.by}
                </span>
              </div>
              <Case paragraphs={one.document.paragraphs} lines={frozenLines(one.document.lines)} />
            </>
          ))}
        </Fold>
      )}
    </Section>
  )
}

/** A whole framework on one screen: its writers see working copies, everyone else what is confirmed. @throws NotHere */
export async function evaluationPage(
  viewer: Viewer,
  id: number,
  { done, problems }: { done?: string; problems?: readonly Problem[] } = {},
) {
  const evaluation = await evaluationById(viewer, id)
  const school = (await schools(viewer)).find((one) => one.id === evaluation.school)
  const who = school?.shortName ?? 'The trust'
  const { framework, areas, writes, signed } = evaluation
  const verdict = signVerdict(areas)
  const workAbout = new Map(
    await Promise.all(
      areas.map(
        async ({ area }) =>
          [
            area.code,
            await workOfJudgement(viewer, { evaluation: id, area: area.code, school: evaluation.school }),
          ] as const,
      ),
    ),
  )
  const confirmedDays = areas.map((one) => one.confirmed[0]?.on).filter((day) => day !== undefined)
  return (
    <Page
      title={`${who}: self-evaluation`}
      viewer={viewer}
      nav="improvement"
      done={done}
      problems={problems}
      purpose={`${framework.name}. What ${school ? 'the school' : 'the trust'} judges of itself, and the figures that make it think so.`}
      crumbs={[
        { text: 'Improvement', href: '/improvement' },
        { text: 'Self-evaluation', href: '/improvement/evaluations' },
        { text: who },
      ]}
      asAt={[
        `${confirmedDays.length} of ${areas.length} areas confirmed`,
        ...(confirmedDays.length ? [`the latest on ${dayName(confirmedDays.toSorted().at(-1)!)}`] : []),
        ...(inForceOn(framework, viewer.today)
          ? []
          : [
              `This framework ended on ${dayName(framework.to ?? framework.from)}; a later one stands beside it`,
            ]),
        ...(signed[0] ? [`Signed ${dayName(signed[0].on)} by ${signed[0].document.by}`] : []),
        <>
          As a paper: <a href={`/improvement/evaluations/${id}.pdf`}>PDF</a>,{' '}
          <a href={`/improvement/evaluations/${id}.docx`}>Word</a>
        </>,
        <a href={`/improvement/evaluations/${id}/compare`}>What changed</a>,
        ...(writes ? [<a href={`/improvement/evaluations/${id}/bring`}>Bring an existing document</a>] : []),
      ]}
      foot={[
        framework.source,
        writes
          ? 'Working copies are read by the school’s headteacher only. Everyone who sees the school’s figures reads a judgement once it is confirmed.'
          : 'You read what is confirmed. Working copies are the school’s own.',
        ...(framework.note ? [framework.note] : []),
      ]}
    >
      <nav class="filters" aria-label="Areas">
        {areas.map(({ area, confirmed }) => (
          <a href={`#${area.code}`}>
            {area.name}
            {confirmed[0] ? `: ${confirmed[0].document.gradeName.toLowerCase()}` : ''}
          </a>
        ))}
      </nav>
      {areas.map((seen) => (
        <AreaPart seen={seen} evaluation={evaluation} viewer={viewer} work={workAbout.get(seen.area.code)!} />
      ))}
      {writes && (
        <Section title="Sign it">
          <p>
            Signing keeps a copy of all confirmed areas, words and figures, with your name and today’s date.
            You can go on writing.
          </p>
          {verdict.ok ? (
            <PostButton action={`/improvement/evaluations/${id}/sign`} once>
              Sign the self-evaluation
            </PostButton>
          ) : (
            <>
              <Button offBecause="why-not-sign">Sign the self-evaluation</Button>
              <WhyNot title="" id="why-not-sign">
                {verdict.because}
              </WhyNot>
            </>
          )}
        </Section>
      )}
      {signed.length > 0 && (
        <Fold summary="Signed copies" note={String(signed.length)}>
          {signed.map((copy) => (
            <>
              <h3>
                {dayName(copy.on)}, {copy.document.by}
              </h3>
              <ul class="govuk-list">
                {copy.document.judgements.map((one) => (
                  <li>
                    {one.areaName}: {one.gradeName}
                  </li>
                ))}
              </ul>
            </>
          ))}
        </Fold>
      )}
    </Page>
  )
}
