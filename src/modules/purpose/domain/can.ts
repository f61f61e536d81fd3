import { allowed, refused, type Verdict } from '../../../kernel/refusal.ts'
import { may, type Sight } from '../../../kernel/viewer.ts'

/** May they say what the trust as a whole, or this school, stands for? */
export function canSetDirection(viewer: Sight, school?: number): Verdict {
  if (may(viewer, 'set direction', school === undefined ? {} : { school })) return allowed
  return refused(
    school === undefined
      ? 'Only the trust’s director of education can change what the trust stands for.'
      : 'Only the school’s headteacher or the trust’s director of education can change this.',
  )
}
