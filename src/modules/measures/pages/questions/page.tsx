import { dayName, londonDay } from '../../../../kernel/days.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import {
  Bars,
  Button,
  Buttons,
  Details,
  Empty,
  Fields,
  type FieldValues,
  Form,
  Page,
  type Problem,
  Section,
} from '../../../../ui/index.ts'
import { methodPath } from '../methods.ts'
import { threadOf } from '../thread.ts'
import { asAtWords, numberWord } from '../words.ts'
import { type DataQuestion, mayAnswer, type QuestionsPage } from './query.ts'

const answeredWords = {
  explained: 'Explained',
  'looked into': 'Being looked into',
  'set aside': 'Set aside',
} as const

interface Asked {
  readonly key: string
  readonly values: FieldValues
  readonly problems: readonly Problem[]
}

const AnswerForm = ({
  page,
  question,
  asked,
}: {
  page: QuestionsPage
  question: DataQuestion
  asked?: Asked
}) => (
  <Form action="/trust/questions" guard>
    <input type="hidden" name="key" value={question.key} />
    <input type="hidden" name="drop" value={page.drop?.code} />
    <Fields
      fields={[
        {
          kind: 'choice',
          name: 'kind',
          label: 'What do you know of it?',
          choices: [
            { text: 'It is explained', value: 'explained', hint: 'The data are right; the reason is below.' },
            {
              text: 'It is being looked into',
              value: 'looked into',
              hint: 'Somebody is asking, or correcting it.',
            },
            {
              text: 'Set it aside',
              value: 'set aside',
              hint: 'It is not worth asking; the reason is below.',
            },
          ],
        },
        { kind: 'words', name: 'reason', label: 'What explains it, or why it is set aside', rows: 3 },
      ]}
      values={asked?.values}
      problems={asked?.problems}
    />
    <Buttons>
      <Button once>Keep</Button>
    </Buttons>
  </Form>
)

const Item = ({
  page,
  question,
  at,
  viewer,
  asked,
}: {
  page: QuestionsPage
  question: DataQuestion
  at: number
  viewer: Viewer
  asked?: Asked
}) => (
  <li class="finding">
    <span class="look__n">{at + 1}</span>
    <div>
      <div class="look__meta">
        <b>{question.title}</b>
        <a href={`/schools/${question.at.slug}`}>{question.at.name}</a>
      </div>
      <p>{question.question}</p>
      <p class="finding__why">What would explain it: {question.innocent}</p>
      {question.answer && (
        <p class="finding__why">
          {answeredWords[question.answer.kind]} by {question.answer.by} on{' '}
          {dayName(londonDay(question.answer.at))}: {question.answer.reason}
        </p>
      )}
      {mayAnswer(viewer, question.at.id) &&
        (asked?.key === question.key ? (
          <AnswerForm page={page} question={question} asked={asked} />
        ) : (
          <Details summary={question.answer ? 'Answer again' : 'Answer, or set aside'}>
            <AnswerForm page={page} question={question} />
          </Details>
        ))}
    </div>
    <div class="finding__pic">
      <Bars bars={question.bars} label={question.picture} />
    </div>
  </li>
)

const emptyWords = ({ state, trouble }: QuestionsPage): string => {
  switch (state) {
    case 'under way':
      return 'The results of this drop are being looked through: it takes seconds for a trust of ten schools. Load the page again then.'
    case 'failed':
      return `The look through this drop did not come to its end. ${trouble ?? ''} It is tried again when Throughline starts next.`
    case 'nothing to scan':
      return 'There are no results to ask about yet.'
    default:
      return 'Nothing in the results that you can see is so unusual that it needs a word of explanation.'
  }
}

/** Questions about the data of a drop: those that wait for an answer, then those that have one. */
export const QuestionsPageView = ({
  page,
  viewer,
  asked,
}: {
  page: QuestionsPage
  viewer: Viewer
  asked?: Asked
}) => {
  const open = page.questions.filter(({ answer }) => !answer || answer.kind === 'looked into')
  const answered = page.questions.filter(({ answer }) => answer && answer.kind !== 'looked into')
  const list = (some: readonly DataQuestion[]) => (
    <ol class="look">
      {some.map((one, at) => (
        <Item page={page} question={one} at={at} viewer={viewer} asked={asked} />
      ))}
    </ol>
  )
  return (
    <Page
      viewer={viewer}
      trust={page.setting.trust.name}
      nav="standards"
      title="Questions about the data"
      purpose="Results that would seldom come out like this by chance, beside other schools and the drop before. Each is a question to whoever knows, and most have an innocent answer."
      crumbs={[
        { text: 'How the trust is doing', href: '/trust' },
        { text: 'Where to look first', href: `/trust/findings?drop=${page.drop?.code ?? ''}` },
        { text: 'Questions about the data' },
      ]}
      asAt={[...asAtWords(page.setting), <a href={methodPath('data-questions')}>How these are found</a>]}
      thread={threadOf(page.setting)}
      problems={asked?.problems}
      foot={[
        'In the pictures red is what is asked about; a line shows what would be usual.',
        'Of the questions of each kind fewer than 1 in 20 should be chance alone. A question is not a finding against anybody, is not about a teacher, and cannot be used in appraisal.',
        ...(page.state === 'done' && !page.before
          ? [
              'This is the first drop of its academic year: there is none before it to hold it against, so nothing is said of rises, rolls or drift.',
            ]
          : []),
      ]}
    >
      <Section
        title={
          open.length > 0
            ? `${numberWord(open.length)} to ask`
            : page.state === 'done'
              ? 'Nothing to ask'
              : 'Not looked through yet'
        }
      >
        {open.length === 0 ? <Empty>{emptyWords(page)}</Empty> : list(open)}
      </Section>
      {answered.length > 0 && <Section title="Answered">{list(answered)}</Section>}
    </Page>
  )
}
