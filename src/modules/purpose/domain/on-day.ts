import type { Day } from '../../../kernel/days.ts'

interface Dated {
  readonly from: Day
  readonly to: Day | null
}

export const holdsOn = ({ from, to }: Dated, day: Day): boolean => from <= day && (to === null || day <= to)

/** The words in force: those that began last, up to the day. */
export const inForce = <T extends { readonly from: Day }>(wordings: readonly T[], day: Day): T | undefined =>
  wordings.filter((one) => one.from <= day).toSorted((a, b) => b.from.localeCompare(a.from))[0]

/** Days on which anything began or ended, latest first: each is a version that can be read. */
export const versionsOf = (rows: readonly Dated[], nextDay: (day: Day) => Day): Day[] =>
  [...new Set(rows.flatMap(({ from, to }) => (to === null ? [from] : [from, nextDay(to)])))]
    .toSorted()
    .reverse()
