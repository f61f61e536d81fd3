import { dayName } from '../../../kernel/days.ts'
import { count, whole } from '../../../kernel/numbers.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { may, mayAnywhere } from '../../../kernel/viewer.ts'
import { yearGroupName } from '../../../kernel/year-group.ts'
import { boxesIn, first, type Typed } from '../../../platform/http/form.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Checkboxes,
  DateInput,
  Empty,
  Form,
  type Problem,
  Radios,
  Section,
  Table,
  WarningText,
  WhyNot,
} from '../../../ui/index.ts'
import { audit } from '../../access/index.ts'
import { looksCutShort, type RollQuestion, rollQuestions, schools } from '../../organisation/index.ts'
import { DropPage, dropCrumbs, momentName, settingOf } from '../pages/drop-frame.tsx'

export interface QuestionsTold {
  readonly problems?: readonly Problem[]
  readonly done?: string
  /** The question whose form was refused, and what was typed in it. */
  readonly about?: number
  readonly typed?: Typed
}

/** What rolls leave open, for those who send for the schools. @throws NotHere for everybody else. */
export async function rollQuestionsPage(viewer: Viewer, told: QuestionsTold = {}) {
  if (!mayAnywhere(viewer, 'send results')) throw new NotHere()
  const setting = await settingOf(viewer)
  const names = new Map((await schools(viewer)).map(({ id, shortName }) => [id, shortName]))
  const all = await rollQuestions(viewer)
  const [open, answered] = [all.filter((one) => one.open), all.filter((one) => !one.open)]
  const pupils = open.flatMap((one) => one.pupils.map(({ pupil }) => pupil))
  if (pupils.length)
    await audit(viewer, {
      deed: 'saw pupils',
      subject: 'evidence.roll',
      id: 'questions',
      detail: { ids: pupils },
    })
  const name = (id: number | null) => names.get(id ?? 0) ?? 'another school'
  return (
    <DropPage
      setting={setting}
      title="Questions about rolls"
      purpose="Who stands on two rolls on one day, and who is missing from a roster. Nobody moves or leaves until somebody says so."
      crumbs={dropCrumbs(undefined, { text: 'Questions about rolls' })}
      problems={told.problems}
      done={told.done}
      foot={[
        'Who is on two rolls counts once in every figure: at their main school, and until it is said which that is, at the school where they were before.',
      ]}
    >
      {open.length === 0 && (
        <Section>
          <Empty>
            Nothing is open. When a roster or a mark sheet puts a pupil on a second roll, or no longer lists
            somebody, it is asked here.
          </Empty>
        </Section>
      )}
      {open.map((question) => (
        <Section title={titleOf(question, name)} id={`question-${question.id}`} note={askedOn(question)}>
          {question.kind === 'two rolls' ? (
            <TwoRolls question={question} name={name} typed={typedFor(question, told)} />
          ) : (
            <Left question={question} viewer={viewer} name={name} typed={typedFor(question, told)} />
          )}
        </Section>
      ))}
      {answered.length > 0 && (
        <Section title="Answered">
          <Table
            caption="Questions that were answered, the latest first"
            columns={[{ head: 'Question', width: 4 }, { head: 'Answer', width: 4 }, { head: 'By' }]}
            rows={answered
              .slice(0, 40)
              .map((one) => [titleOf(one, name), answerWords(one, name), byWhom(one)])}
          />
        </Section>
      )}
    </DropPage>
  )
}

type NameOf = (id: number | null) => string

const typedFor = (question: RollQuestion, { about, typed }: QuestionsTold): Typed =>
  about === question.id ? (typed ?? {}) : {}

const fullName = ({ forename, surname }: { forename: string; surname: string }) =>
  `${forename} ${surname}`.trim() || 'A pupil'

const askedOn = (question: RollQuestion) =>
  `Asked ${momentName(question.askedAt)}${question.kind === 'two rolls' ? '' : ', when a roster of the school went in'}.`

function titleOf(question: RollQuestion, name: NameOf): string {
  const { pupils, staff, of } = question
  switch (question.kind) {
    case 'two rolls':
      return `On ${dayName(question.day)} ${pupils[0] ? fullName(pupils[0]) : 'a pupil'} is on roll at both ${name(question.other)} and ${name(question.school)}: which is right?`
    case 'left':
      return `${name(question.school)}: ${whole(pupils.length)} of ${count(of, 'pupil')} ${pupils.length === 1 ? 'is' : 'are'} not in the roster. Have they left?`
    case 'staff left':
      return `${name(question.school)}: ${whole(staff.length)} of ${count(of, 'member of staff', 'members of staff')} ${staff.length === 1 ? 'is' : 'are'} not in the roster. Have they left?`
    default:
      return question.kind satisfies never
  }
}

function answerWords(question: RollQuestion, name: NameOf): string {
  const answer = question.answers.find(({ takesEffect }) => takesEffect)
  switch (answer?.says) {
    case 'moved':
      return `Moved: at ${name(answer.main)} from ${dayName(answer.day!)}.`
    case 'dual':
      return `Dual registered; ${name(answer.main)} is the main school.`
    case 'not the same':
      return 'Not the same pupil: each has a record now.'
    case 'left':
      return `Left, with ${dayName(answer.day!)} as the last day.`
    default:
      return 'Still here.'
  }
}

const byWhom = ({ answers }: RollQuestion): string => {
  const answer = answers.find(({ takesEffect }) => takesEffect)
  return answer ? `${answer.by ?? 'The command line'}, ${momentName(answer.at)}` : ''
}

const TwoRolls = ({ question, name, typed }: { question: RollQuestion; name: NameOf; typed: Typed }) => {
  const { school, other, id } = question
  const said = question.answers[0]
  return (
    <>
      {said && (
        <p>
          {said.by ?? 'The command line'} says:{' '}
          {said.says === 'moved'
            ? `moved to ${name(said.main)} on ${dayName(said.day!)}`
            : said.says === 'dual'
              ? `dual registered, ${name(said.main)} is the main school`
              : 'not the same pupil'}
          . It takes effect when{' '}
          {name(
            said.says === 'moved' || said.says === 'dual' ? (said.main === school ? other : school) : school,
          )}{' '}
          or the trust says so too.
        </p>
      )}
      <p>Until it is answered, the pupil counts at {name(question.main)}.</p>
      <Form action={`/questions/${id}`}>
        <Radios
          name="says"
          idPrefix={`says-${id}`}
          legend="What is so?"
          value={first(typed, 'says')}
          choices={[
            { value: `moved:${school}`, text: `Moved to ${name(school)}` },
            { value: `moved:${other}`, text: `Moved to ${name(other)}, or never left it` },
            { value: `dual:${other}`, text: `Dual registered; ${name(other)} is the main school` },
            { value: `dual:${school}`, text: `Dual registered; ${name(school)} is the main school` },
            {
              value: 'not the same',
              text: 'Not the same pupil',
              hint: `The pupil at ${name(school)} gets a record of their own, without the UPN.`,
            },
          ]}
        />
        <DateInput
          id={`day-${id}`}
          name="day"
          legend="If they moved: first day at the school they are at now"
          values={boxesIn(typed, 'day')}
        />
        <Button kind="secondary">Answer</Button>
      </Form>
    </>
  )
}

const Left = ({
  question,
  viewer,
  name,
  typed,
}: {
  question: RollQuestion
  viewer: Viewer
  name: NameOf
  typed: Typed
}) => {
  const { id, of } = question
  const people =
    question.kind === 'left'
      ? question.pupils.map((one) => ({
          value: one.pupil,
          text: `${fullName(one)}${one.yearGroup ? `, ${yearGroupName(one.yearGroup)}` : ''}`,
        }))
      : question.staff.map((one) => ({
          value: one.person,
          text: [one.name, one.title].filter(Boolean).join(', '),
        }))
  const cutShort = looksCutShort(people.length, of)
  const values = typed.who ?? (cutShort ? [] : people.map(({ value }) => value))
  if (question.kind === 'staff left' && !may(viewer, 'manage people', { school: question.school }))
    return (
      <WhyNot title="Your role does not answer this.">
        The headteacher or the trust’s data lead says who of the staff has left.
      </WhyNot>
    )
  return (
    <>
      {cutShort && (
        <WarningText>
          {whole(people.length)} of {whole(of)} is so many that the file looks cut short. Look at the file
          first: if it is, answer that they are still here, and send it again.
        </WarningText>
      )}
      <Form action={`/questions/${id}`}>
        <Checkboxes
          name="who"
          idPrefix={`who-${id}`}
          legend="Who has left"
          hint={`Who is not ticked stays ${question.kind === 'left' ? 'on roll' : `at ${name(question.school)}`}.`}
          class="govuk-checkboxes--small"
          values={values}
          choices={people}
        />
        <DateInput
          id={`last-${id}`}
          name="last"
          legend="Their last day"
          hint={
            question.kind === 'left'
              ? 'They leave the roll and their classes with it.'
              : 'Their posts and roles here end with it; a day before today ends their access at once.'
          }
          values={boxesIn(typed, 'last')}
        />
        {cutShort && (
          <Checkboxes
            name="whole"
            idPrefix={`whole-${id}`}
            legend="The file"
            values={typed.whole ?? []}
            choices={[{ value: 'yes', text: 'The roster is whole: those ticked are no longer here' }]}
          />
        )}
        <Button kind="secondary">Answer</Button>
      </Form>
    </>
  )
}
