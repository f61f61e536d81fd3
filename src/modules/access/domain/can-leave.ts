import { type Day, dayName, isDay } from '../../../kernel/days.ts'
import { allowed, refused, type Verdict } from '../../../kernel/refusal.ts'
import { type Sight, schoolsWhere } from '../../../kernel/viewer.ts'
import { canRecordLeaving } from '../../organisation/index.ts'
import type { RolePlace } from './role-places.ts'

/** What must be known of the person to decide. */
export interface LeaverKnown {
  /** Schools where they hold a post or a role, now or later. */
  readonly schools: readonly number[]
  /** Where the roles are held that have not ended. */
  readonly places: readonly RolePlace[]
  readonly leftOn: Day | null
  /** They manage people of the whole trust, and nobody else would be left who does. */
  readonly lastManager: boolean
}

/**
 * May this viewer record that the person has left? Whoever manages the trust's people may of anyone; a headteacher of those who work in the
 * own school only, so that nobody is shut out of another school from here.
 */
export function mayRecordLeaving(
  viewer: Sight,
  person: number,
  known: Omit<LeaverKnown, 'lastManager'>,
): Verdict {
  const may = canRecordLeaving(viewer, person)
  if (!may.ok) return may
  const own = schoolsWhere(viewer, 'manage people')
  if (own === 'all') return allowed
  const onlyHere =
    known.schools.length > 0 &&
    known.schools.every((school) => own.includes(school)) &&
    known.places.every((place) => 'school' in place && own.includes(place.school))
  return onlyHere
    ? allowed
    : refused(
        'They also work elsewhere in the trust. Ask the trust’s data lead to record that they have left.',
      )
}

/** May it be recorded with `last` as the last day they worked here? */
export function canLeave(viewer: Sight, person: number, last: Day, known: LeaverKnown): Verdict {
  const may = mayRecordLeaving(viewer, person, known)
  if (!may.ok) return may
  if (!isDay(last)) return refused('Enter the last day they worked here.')
  if (known.leftOn === last) return refused(`It says already that they left on ${dayName(last)}.`)
  return known.lastManager
    ? refused(
        'Nobody would be left who manages people in the whole trust. Give that role to someone else first.',
      )
    : allowed
}
