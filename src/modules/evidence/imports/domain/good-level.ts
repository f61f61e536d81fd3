/** Results of an early learning goal: emerging, expected, exceeding (until 2021), or exempt. */
export type GoalResult = '1' | '2' | '3' | 'A'

/**
 * Good level of development: at least expected in every goal of the prime areas, literacy and mathematics (12 goals since
 * 2021/22). Undefined where one of those goals has no result, or the child is exempt from it.
 */
export function goodLevelOf(needed: readonly (string | undefined)[]): boolean | undefined {
  const said = needed.map((one) => one?.trim().toUpperCase())
  if (said.some((one) => one === '1')) return false
  return said.length > 0 && said.every((one) => one === '2' || one === '3') ? true : undefined
}
