import { dayName, shortDayName } from '../../../kernel/days.ts'
import { count, whole } from '../../../kernel/numbers.ts'
import { may } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { type Problem, Readiness, Section, Table } from '../../../ui/index.ts'
import { schools as allSchools, beforeJoining } from '../../organisation/index.ts'
import type { Question } from '../checks/answers.ts'
import { health, type PupilsCovered } from '../checks/health.ts'
import { AskedFor } from '../components/asked-for.tsx'
import { LockForm } from '../components/lock-form.tsx'
import { Questions } from '../components/questions.tsx'
import { chasing } from '../drops/commands/chase.ts'
import { lockVerdicts } from '../drops/commands/lock-drop.ts'
import { dropTitle, dueName } from '../drops/domain/drop.ts'
import { capital, worded } from '../drops/domain/sentences.ts'
import type { SchoolReadiness } from '../drops/domain/standing.ts'
import { taskPath } from '../drops/domain/task-path.ts'
import { askedIn } from '../drops/queries/assessments.ts'
import { dropByCode } from '../drops/queries/drops.ts'
import { readiness } from '../drops/queries/readiness.ts'
import { DropPage, dropCrumbs, dropThread, momentName, settingOf } from './drop-frame.tsx'

/** All that the readiness board of a drop shows. @throws NotHere */
async function boardOf(viewer: Viewer, code: string) {
  const drop = await dropByCode(viewer, code)
  const schools = await readiness(viewer, drop)
  const { questions, pupils } = await health(viewer, drop)
  const late = (one: SchoolReadiness) => Number(one.late)
  return {
    setting: await settingOf(viewer),
    drop,
    schools: schools.toSorted((a, b) => late(b) - late(a)),
    questions,
    pupils,
    asked: await askedIn(viewer, drop),
    joinedLater: (await allSchools(viewer)).filter((school) => beforeJoining(school, drop.asAt)),
    lock: await lockVerdicts(viewer, code),
    chasing: await chasing(viewer, code),
  }
}

export type Board = Awaited<ReturnType<typeof boardOf>>

export interface BoardTold {
  readonly done?: string
  readonly problems?: readonly Problem[]
  readonly without?: string
}

export async function boardPage(viewer: Viewer, code: string, told: BoardTold = {}) {
  const board = await boardOf(viewer, code)
  const { drop, setting, schools, questions } = board
  const trustWide = questions.filter((one) => one.school === null)
  const unanswered = questions.filter((one) => !one.answer && one.weight === 'answer').length
  const seesFiles = may(viewer, 'see files')
  return (
    <DropPage
      setting={setting}
      title={`${dropTitle(drop)} drop`}
      purpose={drop.purpose}
      crumbs={dropCrumbs(drop)}
      asAt={[
        drop.lock
          ? `Locked ${momentName(drop.lock.at)}, snapshot ${drop.lock.snapshot}`
          : `Files due ${dayName(drop.due)}, ${dueName(drop.due, viewer.today)}`,
        `Pupils on roll on ${dayName(drop.asAt)}`,
        `${drop.minutes} minutes of each teacher’s time`,
        ...(drop.openedBy ? [`Opened by ${drop.openedBy}`] : []),
      ]}
      thread={dropThread(setting, drop)}
      done={told.done}
      problems={told.problems}
      foot={[
        'Pupils with results are those on roll, in the year groups asked for, who have a result in at least one subject. Figures are read from what each school published last.',
      ]}
    >
      <Section
        title={drop.lock ? 'Who sent theirs' : 'Who is ready'}
        aside={
          board.chasing.verdict.ok ? (
            <a href={`/drops/${drop.code}/reminders`}>Remind {people(board.chasing.recipients.length)}</a>
          ) : undefined
        }
      >
        {schools.length > 1 && <Line board={board} today={viewer.today} />}
        <SchoolTable board={board} today={viewer.today} />
        {may(viewer, 'send results') && (
          <p class="small">
            <a href={`/drops/${drop.code}/files`}>Files of the whole trust</a>: one file with a column that
            names the school.
          </p>
        )}
        {may(viewer, 'send results') && board.joinedLater.length > 0 && (
          <p class="small">
            Joined after this drop’s day, so that what they send is their own history:{' '}
            {board.joinedLater.map((school, at) => (
              <>
                {at > 0 && ', '}
                <a href={taskPath(drop, school)}>{school.shortName}</a>
              </>
            ))}
            .
          </p>
        )}
      </Section>
      {seesFiles && trustWide.length > 0 && (
        <Section title="Odd across the trust" note="What the checks find in all schools’ results together.">
          <Questions drop={drop} questions={trustWide} viewer={viewer} />
        </Section>
      )}
      {seesFiles && questions.length > trustWide.length && (
        <Section
          title={
            unanswered
              ? capital(worded(unanswered, 'question waits', 'questions wait'))
              : 'All questions are answered'
          }
          aside={<a href={`/drops/${drop.code}/checks`}>All questions, by school</a>}
          note="Each school answers its own; an answered question is not asked again."
        >
          <FirstQuestions board={board} />
        </Section>
      )}
      <Section title="What is asked for">
        <AskedFor drop={drop} asked={board.asked} />
      </Section>
      {drop.lock && may(viewer, 'lock drop') && (
        <p>
          A paper was re-marked? <a href={`/drops/${drop.code}/corrections`}>Correct results</a>: every figure
          already cited keeps its number.
        </p>
      )}
      <LockForm
        drop={drop}
        verdicts={board.lock}
        schools={schools}
        without={told.without}
        unanswered={unanswered}
      />
    </DropPage>
  )
}

const people = (many: number) => (many === 1 ? 'one person' : worded(many, 'person', 'people'))

const Line = ({ board: { drop, schools }, today }: { board: Board; today: string }) => (
  <Readiness
    schools={schools.toReversed().map((one) => ({
      name: one.school.shortName,
      href: taskPath(drop, one.school),
      state: one.standing === 'signed off' ? 'done' : one.late ? 'late' : 'open',
      words: standingWords(one, today),
    }))}
    lock={
      drop.lock
        ? { words: `Locked ${momentName(drop.lock.at)}`, done: true }
        : { words: `Lock, after ${shortDayName(drop.due)}`, done: false }
    }
    from={`Opened ${shortDayName(drop.opens)}`}
  />
)

export const standingWords = (one: SchoolReadiness, today: string): string => {
  if (one.signedOff) return `signed off ${momentName(one.signedOff.at)}`
  const when = one.late ? `, ${dueName(one.due, today)}` : ''
  if (one.standing === 'in hand') return `file not published yet${when}`
  if (one.standing === 'published')
    return `${one.changedSinceSignOff ? 'changed since sign-off' : 'not signed off'}${when}`
  return `no file yet${when}`
}

const pupilWords = (covered: PupilsCovered | undefined, results: number) =>
  results === 0 || !covered ? (
    <i class="hush">nothing yet</i>
  ) : (
    <>
      {`${whole(covered.n)} of ${whole(covered.of)}`}
      <br />
      <span class="small">{count(results, 'result')}</span>
    </>
  )

const questionWords = (questions: readonly Question[]) => {
  const open = questions.filter((one) => !one.answer)
  const must = open.filter((one) => one.weight === 'answer').length
  if (open.length === 0) return questions.length ? 'all answered' : 'none'
  return must ? `${count(must, 'question')} to answer` : `${open.length} to look at`
}

function SchoolTable({ board, today }: { board: Board; today: string }) {
  const { drop, schools, pupils, questions } = board
  const files = pupils.length > 0 || questions.length > 0
  return (
    <Table
      caption="Each school’s place in the drop, the late ones first"
      columns={[
        { head: 'School' },
        { head: 'Where it stands', width: 3 },
        { head: 'Pupils with results', num: true },
        { head: 'Checks' },
        { head: 'Who is asked' },
        { head: 'Due' },
      ]}
      empty="No school that you can see was asked in this drop."
      rows={schools.map((one) => [
        <a href={taskPath(drop, one.school)}>{one.school.shortName}</a>,
        one.late ? <b>{capital(standingWords(one, today))}</b> : capital(standingWords(one, today)),
        files || one.results === 0
          ? pupilWords(
              pupils.find((part) => part.school === one.school.id),
              one.results,
            )
          : count(one.results, 'result'),
        one.results ? questionWords(questions.filter((question) => question.school === one.school.id)) : '',
        <>
          {one.person?.name ?? <i class="hush">nobody</i>}
          {one.reminders[0] && (
            <>
              <br />
              <span class="small">reminded {momentName(one.reminders[0].at)}</span>
            </>
          )}
        </>,
        shortDayName(one.due),
      ])}
    />
  )
}

const FirstQuestions = ({ board: { drop, questions, schools } }: { board: Board }) => {
  const first = questions.filter((one) => one.school !== null && !one.answer).slice(0, 6)
  const school = new Map(schools.map((one) => [one.school.id, one.school]))
  return first.length === 0 ? (
    <p>Nothing else is odd.</p>
  ) : (
    <Table
      caption="The first questions"
      columns={[{ head: 'School' }, { head: 'What we ask', width: 6 }, { head: 'Where' }]}
      rows={first.map((one) => {
        const known = school.get(one.school!)
        return [
          known ? <a href={`${taskPath(drop, known)}#questions`}>{known.shortName}</a> : 'A school not asked',
          one.question,
          <span class="small">{one.where}</span>,
        ]
      })}
    />
  )
}
