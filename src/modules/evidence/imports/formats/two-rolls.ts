import { count } from '../../../../kernel/numbers.ts'
import type { KnownPlaces } from '../../../organisation/index.ts'
import { listed } from '../../drops/domain/sentences.ts'

/** The other school at which a pupil is on roll on the day. */
export const onRollAt = ({ enrolments }: KnownPlaces, school: number, day: string): number | undefined =>
  enrolments.find((one) => one.school !== school && one.from <= day && (one.to === null || one.to >= day))
    ?.school

/** What a file that puts pupils on a second roll is told before it goes in. */
export const onTwoRolls = (pupils: readonly { readonly name: string; readonly other: string }[]): string[] =>
  pupils.length === 0
    ? []
    : [
        `${count(pupils.length, 'pupil')} ${pupils.length === 1 ? 'is' : 'are'} on roll at another school of the trust on the same day: ${listed(
          pupils.map(({ name, other }) => `${name} at ${other}`),
          6,
        )}. They go on roll here too, both schools are asked which is right, and until then they count once, at the other school.`,
      ]
