import { enforce, NotHere, Refusal, refused } from '../../../kernel/refusal.ts'
import { record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { lookPage, mayDecide } from '../pages/where-to-look/query.ts'
import type { DecisionKind } from '../tables.ts'

export const decisionKinds: readonly DecisionKind[] = ['taken up', 'watched', 'set aside']

export interface FindingDecided {
  readonly drop: string
  readonly key: string
  readonly kind: string
  readonly reason: string
}

const longest = 500

/** Takes a finding up, watches it or sets it aside, with a reason. @throws NotHere, Refusal */
export async function decideOnFinding(
  viewer: Viewer,
  { drop: code, key, kind, reason }: FindingDecided,
): Promise<number> {
  const page = await lookPage(viewer, { drop: code })
  const finding = page.findings.find((one) => one.key === key)
  if (!page.drop || !finding) throw new NotHere('There is no such finding in this drop that you can see.')
  const { drop } = page
  if (!mayDecide(viewer, finding.at.id))
    enforce(
      refused('Only the trust’s director of education or the school’s headteacher can decide on a finding.'),
    )
  const chosen = decisionKinds.find((one) => one === kind)
  if (!chosen) throw new Refusal('Choose whether to take it up, watch it or set it aside.')
  const words = reason.trim()
  if (words === '') throw new Refusal('Say why, in a sentence: whoever reads this next term will ask.')
  if (words.length > longest) throw new Refusal(`Keep the reason under ${longest} characters.`)
  return write(viewer, async (tx) => {
    const { finding_decision_id: id } = await tx
      .insertInto('measures.finding_decision')
      .values({
        trust_id: viewer.trust,
        school_id: finding.at.id,
        key,
        drop_id: drop.id,
        kind: chosen,
        reason: words,
        sentence: finding.sentence,
        gap: finding.gap,
        person_id: viewer.person,
        at: viewer.house.clock.now(),
      })
      .returning('finding_decision_id')
      .executeTakeFirstOrThrow()
    await record(viewer, tx, {
      subject: 'measures.finding_decision',
      id,
      deed: chosen,
      school: finding.at.id,
      detail: { drop: drop.code, key },
    })
    return id
  })
}
