import { allowed, enforce, NotHere, Refusal, refused, type Verdict } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { holdDrop } from '../drops/commands/hold-drop.ts'
import { dropByCode } from '../drops/queries/drops.ts'
import { health } from './health.ts'

/** Who may answer the checks' questions: whoever sends the school's results, or signs them off. */
export const canAnswer = (viewer: Viewer, school: number | null): Verdict =>
  may(viewer, 'send results', school === null ? {} : { school })
    ? allowed
    : refused(
        'The school’s data manager, its headteacher or the trust data lead answers. Your role does not.',
      )

/** Keeps a reason with a finding, so that it is not asked again while it stays the same. @throws Refusal, NotHere */
export async function answerQuestion(
  viewer: Viewer,
  {
    drop: code,
    finding: key,
    answer,
  }: { readonly drop: string; readonly finding: string; readonly answer: string },
): Promise<void> {
  const asked = await dropByCode(viewer, code)
  const finding = (await health(viewer, asked)).questions.find((one) => one.key === key)
  if (!finding) throw new NotHere('That question is no longer asked: the results have changed.')
  enforce(canAnswer(viewer, finding.school))
  const text = answer.trim()
  if (text.length < 3) throw new Refusal('Write what the reason is: it is kept with the question.')
  if (text.length > 500) throw new Refusal('Keep the reason under 500 characters.')
  await write(viewer, async (tx) => {
    const drop = await holdDrop(tx, viewer, code)
    if (drop.lock) throw new Refusal('The drop is locked; its questions and answers stay as they are.')
    await tx
      .insertInto('evidence.check_answer')
      .values({
        trust_id: viewer.trust,
        drop_id: drop.id,
        school_id: finding.school,
        finding: key,
        answer: text,
        at: viewer.house.clock.now(),
        person_id: viewer.person,
      })
      .execute()
    await record(viewer, tx, {
      subject: 'evidence.drop',
      id: drop.id,
      deed: 'answered',
      school: finding.school,
      detail: { question: finding.question, answer: text },
    })
  })
}
