import { allowed, refused, type Verdict } from '../../../kernel/refusal.ts'
import { may, type Sight } from '../../../kernel/viewer.ts'
import { linesCited } from './frozen.ts'

/** Who writes a school's self-evaluation and reads its drafts; of the trust's own, whoever sets its direction. */
export const canWriteEvaluation = (viewer: Sight, school: number | null): Verdict => {
  const ok = school === null ? may(viewer, 'set direction') : may(viewer, 'write evaluation', { school })
  if (ok) return allowed
  return refused(
    school === null
      ? 'Only the trust’s director of education writes the trust’s self-evaluation.'
      : 'Only the school’s headteacher writes its self-evaluation. Everyone else reads it once it is confirmed.',
  )
}

export interface ToConfirm {
  readonly grade: string | null
  readonly words: string
  /** Strengths and what is next, which may cite as well. */
  readonly also: string
  readonly lines: readonly { readonly line: number; readonly moved: boolean; readonly gone: boolean }[]
  readonly clashes: number
}

/** May the judgement be confirmed as it stands? */
export function canConfirm({ grade, words, also, lines, clashes }: ToConfirm): Verdict {
  if (clashes > 0) return refused('Not yet: choose between the two copies that were written at once.')
  if (!words.trim()) return refused('Not yet: say what you judge and why.')
  if (grade === null) return refused('Not yet: choose a grade.')
  const missing = linesCited(`${words}\n\n${also}`).find((line) => !lines.some((one) => one.line === line))
  if (missing !== undefined)
    return refused(`Not yet: the words cite [${missing}], which is not in the evidence.`)
  const moved = lines.find((one) => one.moved)
  if (moved) return refused(`Not yet: decide about figure ${moved.line}, which has moved.`)
  const gone = lines.find((one) => one.gone)
  if (gone)
    return refused(
      `Not yet: figure ${gone.line} is of a measure that was withdrawn. Take it away or cite another.`,
    )
  return allowed
}

/** May the whole evaluation be signed? */
export function canSign(
  areas: readonly { readonly name: string; readonly confirmed: boolean; readonly changedSince: boolean }[],
): Verdict {
  const missing = areas.filter((area) => !area.confirmed)
  if (missing.length > 0)
    return refused(
      `Not yet: ${missing.map((area) => area.name).join(', ')} ${missing.length === 1 ? 'is' : 'are'} not confirmed.`,
    )
  const changed = areas.find((area) => area.changedSince)
  return changed ? refused(`Not yet: ${changed.name} was changed since it was confirmed.`) : allowed
}
