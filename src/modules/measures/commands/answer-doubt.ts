import { enforce, NotHere, Refusal, refused } from '../../../kernel/refusal.ts'
import { record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { mayAnswer, questionsPage } from '../pages/questions/query.ts'
import type { DoubtAnswerKind } from '../tables.ts'

const kinds: readonly DoubtAnswerKind[] = ['explained', 'looked into', 'set aside']

export interface DoubtAnswered {
  readonly drop: string
  readonly key: string
  readonly kind: string
  readonly reason: string
}

const longest = 500

/** Keeps what somebody who knows says to a question about the data. @throws NotHere, Refusal */
export async function answerDoubt(
  viewer: Viewer,
  { drop: code, key, kind, reason }: DoubtAnswered,
): Promise<number> {
  const page = await questionsPage(viewer, { drop: code })
  const asked = page.questions.find((one) => one.key === key)
  if (!page.drop || !asked) throw new NotHere('There is no such question about this drop that you can see.')
  const drop = page.drop.id
  const school = asked.at.id
  if (!mayAnswer(viewer, school))
    enforce(
      refused(
        'The school’s data manager or headteacher answers, or the trust’s data lead or director of education.',
      ),
    )
  const chosen = kinds.find((one) => one === kind)
  if (!chosen) throw new Refusal('Choose whether it is explained, being looked into or set aside.')
  const words = reason.trim()
  if (words === '') throw new Refusal('Write what explains it, in a sentence: it is kept with the question.')
  if (words.length > longest) throw new Refusal(`Keep the reason under ${longest} characters.`)
  return write(viewer, async (tx) => {
    const { doubt_answer_id: id } = await tx
      .insertInto('measures.doubt_answer')
      .values({
        trust_id: viewer.trust,
        school_id: school,
        drop_id: drop,
        key,
        kind: chosen,
        reason: words,
        question: asked.question,
        person_id: viewer.person,
        at: viewer.house.clock.now(),
      })
      .returning('doubt_answer_id')
      .executeTakeFirstOrThrow()
    await record(viewer, tx, {
      subject: 'measures.doubt_answer',
      id,
      deed: chosen,
      school,
      detail: { drop: code, key },
    })
    return id
  })
}
