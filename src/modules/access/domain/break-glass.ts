import { allowed, refused, type Verdict } from '../../../kernel/refusal.ts'
import { type Grant, may, mayAnywhere, type Sight } from '../../../kernel/viewer.ts'

/** Sight beyond someone's roles, as it stands in the record: of all pupils of the school when no pupil is named. */
export interface Glass {
  readonly id: number
  readonly school: number
  readonly pupil: number | null
  readonly until: Date
}

/** For how long a glass may be broken. */
export const glassHours = [1, 4, 24] as const

/** The role is only for its name: `opened` says what it lets its holder do, and that is to look. */
export const grantOfGlass = ({ id, school, pupil, until }: Glass): Grant => ({
  role: 'class-teacher',
  node: 'school',
  schools: [school],
  opened: { id, until, ...(pupil === null ? {} : { pupil }) },
})

const leastReason = 20

/** May this viewer see that school, or one pupil of it, for this reason and so long? `told`: how many would be told of it. */
export function canBreakGlass(
  viewer: Sight,
  asked: { readonly school: number; readonly reason: string; readonly hours: number },
  told: number,
): Verdict {
  if (!mayAnywhere(viewer, 'break glass') || viewer.person === 0)
    return refused('Only someone who works with pupils can do this, signed in by their own name.')
  if (may(viewer, 'see pupils', { school: asked.school }))
    return refused('You can see every pupil of this school already.')
  if (asked.reason.trim().length < leastReason || !/\s/.test(asked.reason.trim()))
    return refused(
      'Say in a sentence why you need to see it now: whoever is told reads this, and it stays in the record.',
    )
  if (asked.reason.length > 1000) return refused('Say why in fewer than 1,000 characters.')
  if (!glassHours.some((hours) => hours === asked.hours))
    return refused(`Choose for how long: ${glassHours.join(', ')} hours.`)
  if (told === 0)
    return refused(
      'Nobody would be told: the trust has no data lead, director or administrator besides you. Ask them to give you a role instead.',
    )
  return allowed
}

/** Whoever broke the glass may end it, and whoever reads the trail of that school. */
export const canEndGlass = (
  viewer: Sight,
  glass: { readonly person: number; readonly school: number; readonly ended: Date | null },
): Verdict =>
  glass.person !== viewer.person && !may(viewer, 'see audit', { school: glass.school })
    ? refused('Only whoever broke the glass, or someone who reads the school’s audit trail, can end it.')
    : glass.ended
      ? refused('It has ended already.')
      : allowed
