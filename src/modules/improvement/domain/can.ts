import { allowed, refused, type Verdict } from '../../../kernel/refusal.ts'
import { may, type Sight } from '../../../kernel/viewer.ts'

const placeOf = (school: number | null) => (school === null ? {} : { school })

/** May they write this school's plan, or with no school the trust's own? */
export const canWritePlan = (viewer: Sight, school: number | null): Verdict =>
  may(viewer, 'write plan', placeOf(school))
    ? allowed
    : refused(
        school === null
          ? 'Only the trust’s director of education writes the trust’s plan.'
          : 'Only the school’s headteacher and the trust’s director of education write its plan.',
      )

/** An action is marked by whoever owns it, or by whoever writes the plan. */
export const canMark = (
  viewer: Sight,
  action: { readonly school: number | null; readonly owner: number | null },
): Verdict =>
  action.owner !== null && action.owner === viewer.person
    ? allowed
    : canWritePlan(viewer, action.school).ok
      ? allowed
      : refused(
          'Only its owner, the headteacher or the director of education can say that an action is done.',
        )

/** How much help a school has from the trust is the director's to say. */
export const canSetTier = (viewer: Sight): Verdict =>
  may(viewer, 'write plan')
    ? allowed
    : refused('Only the trust’s director of education sets tiers of support.')
