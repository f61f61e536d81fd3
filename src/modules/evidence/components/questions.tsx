import type { Viewer } from '../../../platform/viewer.ts'
import { Button, Buttons, Form, Input, Table } from '../../../ui/index.ts'
import { canAnswer } from '../checks/answer-question.ts'
import type { Question } from '../checks/answers.ts'
import type { Drop } from '../drops/domain/drop.ts'
import { momentName } from '../pages/drop-frame.tsx'

interface QuestionsProps {
  readonly drop: Drop
  readonly questions: readonly Question[]
  readonly viewer: Viewer
  /** Path of the page that the answer comes back to. */
  readonly back?: string
  /** Sets the boxes of one table apart from those of another on the page. */
  readonly prefix?: string
}

/** The checks’ questions, each with its answer or a place for one. */
export const Questions = ({ drop, questions, viewer, back, prefix = 'answer' }: QuestionsProps) => (
  <Table
    caption="What the checks ask"
    columns={[{ head: 'What it is about', width: 3 }, { head: 'What we ask', width: 5 }, { head: 'Answer' }]}
    rows={questions.map((question, at) => [
      <>
        {question.title}
        {question.where && (
          <>
            <br />
            <span class="small">{question.where}</span>
          </>
        )}
      </>,
      question.question,
      question.answer ? (
        <Answered question={question} />
      ) : canAnswer(viewer, question.school).ok && !drop.lock ? (
        <Form action={`/drops/${drop.code}/answers`}>
          <input type="hidden" name="finding" value={question.key} />
          <input type="hidden" name="back" value={back ?? `/drops/${drop.code}`} />
          <Input
            name="answer"
            id={`${prefix}-${question.school ?? 'trust'}-${at}`}
            label={question.weight === 'answer' ? 'The reason' : 'The reason, if you know it'}
          />
          <Buttons>
            <Button kind="secondary">Keep the reason</Button>
          </Buttons>
        </Form>
      ) : (
        <i class="hush">not answered</i>
      ),
    ])}
  />
)

const Answered = ({ question: { answer } }: { question: Question }) => (
  <>
    {answer!.text}
    <br />
    <span class="small">{`${answer!.by}, ${momentName(answer!.at)}${answer!.in ? `, in ${answer!.in}` : ''}`}</span>
  </>
)
