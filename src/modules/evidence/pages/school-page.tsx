import { dayName } from '../../../kernel/days.ts'
import { may } from '../../../kernel/viewer.ts'
import { yearGroupName } from '../../../kernel/year-group.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Columns, Fold, ImportSteps, type Problem, Section, Table } from '../../../ui/index.ts'
import { askedOf } from '../checks/asked-of.ts'
import { type Coverage, health } from '../checks/health.ts'
import { AskedFor } from '../components/asked-for.tsx'
import { FileList } from '../components/file-list.tsx'
import { Questions } from '../components/questions.tsx'
import { SignOffForm } from '../components/sign-off-form.tsx'
import { UnderWay } from '../components/under-way.tsx'
import { UploadForm } from '../components/upload-form.tsx'
import { WhoIsAsked } from '../components/who-is-asked.tsx'
import { signOffVerdicts } from '../drops/commands/sign-off.ts'
import { dropTitle, dueName } from '../drops/domain/drop.ts'
import { capital, worded } from '../drops/domain/sentences.ts'
import type { SchoolReadiness } from '../drops/domain/standing.ts'
import { taskPath } from '../drops/domain/task-path.ts'
import type { Asked } from '../drops/queries/assessments.ts'
import { dataManagers } from '../drops/queries/data-managers.ts'
import { dropByCode } from '../drops/queries/drops.ts'
import { schoolReadiness } from '../drops/queries/readiness.ts'
import { importsOf } from '../imports/index.ts'
import { workUnderWay } from '../imports/work/index.ts'
import { isHistory } from '../snapshots/in-trust.ts'
import { DropPage, dropCrumbs, dropThread, momentName, settingOf } from './drop-frame.tsx'

export interface SchoolTold {
  readonly done?: string
  readonly problems?: readonly Problem[]
  /** The import of the very same file that was just sent a second time. */
  readonly same?: number
  /** What was typed as the reason for taking a sign-off back. */
  readonly why?: string
}

/** So many questions stand on the task itself; all of them have a page of their own. */
export const atFirst = 10

/** What one school's task in a drop shows. @throws NotHere */
async function taskOf(viewer: Viewer, code: string, slug: string) {
  const drop = await dropByCode(viewer, code)
  const ready = await schoolReadiness(viewer, drop, slug)
  const school = ready.school.id
  const seesFiles = may(viewer, 'see files', { school })
  const found = await health(viewer, drop)
  const { questions, coverage } = found
  return {
    setting: await settingOf(viewer),
    drop,
    ready,
    history: await read(viewer, (db) => isHistory(db, viewer.trust, drop, school)),
    seesFiles,
    files: seesFiles ? await importsOf(viewer, drop.id, school) : [],
    works: seesFiles ? await workUnderWay(viewer, { drop: drop.id, school }) : [],
    questions: questions.filter((one) => one.school === school),
    coverage: coverage.filter((one) => one.school === school),
    asked: await askedOf(viewer, drop, school, found),
    verdicts: await signOffVerdicts(viewer, { drop: code, school }),
    maySend: may(viewer, 'send results', { school }),
    people:
      may(viewer, 'open drop') && !drop.lock
        ? (await dataManagers(viewer)).filter((one) => one.school === school)
        : undefined,
  }
}

type Task = Awaited<ReturnType<typeof taskOf>>

export async function schoolPage(viewer: Viewer, code: string, slug: string, told: SchoolTold = {}) {
  const task = await taskOf(viewer, code, slug)
  const { drop, ready, setting, questions } = task
  const name = ready.school.shortName
  const open = questions.filter((one) => !one.answer)
  return (
    <DropPage
      setting={setting}
      title={`${name}: ${dropTitle(drop)} drop`}
      purpose={drop.purpose}
      crumbs={dropCrumbs(drop, { text: name })}
      asAt={[
        ready.signedOff
          ? `Signed off by ${ready.signedOff.by}, ${momentName(ready.signedOff.at)}`
          : `Due ${dayName(ready.due)}, ${dueName(ready.due, viewer.today)}`,
        `Pupils on roll on ${dayName(drop.asAt)}`,
        ...(ready.person ? [`${ready.person.name} is asked`] : []),
        ...(ready.reminders[0] ? [`Reminded ${momentName(ready.reminders[0].at)}`] : []),
      ]}
      thread={dropThread(setting, drop, `${drop.name} drop, ${name}`)}
      done={told.done}
      problems={told.problems}
      foot={[
        `Only ${name} and the trust’s data team see its files and questions. What will be decided from this drop: ${drop.decides}`,
      ]}
    >
      <ImportSteps label="Steps of this task" steps={stepsOf(ready, open.length, Boolean(drop.lock))} />
      {task.seesFiles ? (
        <Work task={task} viewer={viewer} told={told} open={open.length} />
      ) : (
        <Standing task={task} />
      )}
    </DropPage>
  )
}

function stepsOf(ready: SchoolReadiness, open: number, locked: boolean) {
  const published = ready.results > 0 && ready.standing !== 'in hand'
  const state = (done: boolean, now: boolean) =>
    (done ? 'past' : now ? 'now' : 'to come') as 'past' | 'now' | 'to come'
  const signed = ready.standing === 'signed off'
  return [
    { text: 'Send the files', state: state(published, true) },
    { text: 'Answer the questions', state: state(signed || (published && open === 0), published) },
    { text: 'Headteacher signs off', state: state(signed, published && open === 0) },
    { text: 'The trust locks', state: state(locked, signed) },
  ]
}

const Standing = ({ task: { ready, asked, drop } }: { task: Task }) => (
  <>
    <Section title={`Where ${ready.school.shortName} stands`}>
      <p>
        {capital(ready.standing)}.{' '}
        {ready.results ? `${ready.results.toLocaleString('en-GB')} results are published.` : ''}
      </p>
    </Section>
    <Section title="What is asked for">
      <AskedFor drop={drop} asked={asked} />
    </Section>
  </>
)

function Work({ task, viewer, told, open }: { task: Task; viewer: Viewer; told: SchoolTold; open: number }) {
  const { drop, ready, questions } = task
  const path = taskPath(drop, ready.school)
  return (
    <>
      <Columns split="wide-first">
        <div>
          <Section title={task.files.length ? 'Files so far' : 'Send your file'} id="files">
            <UnderWay works={task.works} path={path} />
            <FileList files={task.files} path={path} school={ready.school.shortName} />
            {task.maySend && (
              <UploadForm
                drop={drop}
                action={`${path}/files`}
                today={viewer.today}
                again={task.files.length > 0}
                same={told.same}
                history={task.history}
              />
            )}
          </Section>
        </div>
        <SignOffForm
          drop={drop}
          ready={ready}
          verdicts={task.verdicts}
          open={open}
          action={path}
          why={told.why}
          maySign={may(viewer, 'sign off', { school: ready.school.id })}
        />
      </Columns>
      {ready.results > 0 && (
        <>
          <Section
            id="questions"
            title={
              open ? capital(worded(open, 'question for you', 'questions for you')) : 'Nothing left to ask'
            }
            note={
              questions.length
                ? 'What looks odd in the results. Mend it with another file, or keep the reason and it is not asked again.'
                : 'The checks looked over the results and found nothing odd.'
            }
          >
            {questions.length > 0 && (
              <>
                <Questions
                  drop={drop}
                  questions={questions.slice(0, atFirst)}
                  viewer={viewer}
                  back={`${path}#questions`}
                />
                {questions.length > atFirst && (
                  <p>
                    <a href={`${path}/questions`}>All {questions.length} questions</a>
                  </p>
                )}
              </>
            )}
          </Section>
          <Section title="What has come" note="Pupils on roll with a result, of all who should have one.">
            <CoverageTable coverage={task.coverage} asked={task.asked} />
          </Section>
        </>
      )}
      <Section title="What is asked for">
        <AskedFor drop={drop} asked={task.asked} />
        {task.people && <WhoIsAsked ready={ready} people={task.people} action={`${path}/request`} />}
      </Section>
    </>
  )
}

/** So many rows are shown as they are; of more, those that are complete are folded away. */
const shown = 12

const CoverageTable = ({ coverage, asked }: { coverage: readonly Coverage[]; asked: readonly Asked[] }) => {
  const lacking = coverage.filter((one) => one.n + one.explained < one.of)
  if (coverage.length <= shown) return <CoverageRows coverage={coverage} asked={asked} />
  const complete = coverage.filter((one) => one.n + one.explained >= one.of)
  return (
    <>
      {lacking.length > 0 && <CoverageRows coverage={lacking} asked={asked} />}
      {complete.length > 0 && (
        <Fold
          summary="All there"
          note={`${complete.length} of ${coverage.length}: a result, or a reason, for every pupil`}
        >
          <CoverageRows coverage={complete} asked={asked} />
        </Fold>
      )}
    </>
  )
}

const CoverageRows = ({ coverage, asked }: { coverage: readonly Coverage[]; asked: readonly Asked[] }) => {
  const name = new Map(asked.map((one) => [one.assessment.code, one.assessment.name]))
  return (
    <Table
      caption="Coverage by assessment and year group"
      columns={[
        { head: 'Assessment', width: 4 },
        { head: 'Year group' },
        { head: 'With a result', num: true },
        { head: 'Absent or not taken', num: true },
        { head: 'Nothing came', num: true },
      ]}
      empty="Nothing is published yet."
      rows={coverage.map((one) => [
        name.get(one.assessment) ?? one.assessment,
        yearGroupName(one.yearGroup),
        `${one.n} of ${one.of}`,
        String(one.explained),
        String(one.of - one.n - one.explained),
      ])}
    />
  )
}
