import { coverageChecks } from './coverage.ts'
import type { Check } from './finding.ts'
import { impossibleChecks } from './impossible.ts'
import { jumpChecks } from './jumps.ts'
import { rollChecks } from './rolls.ts'
import { samenessChecks } from './sameness.ts'
import { whoChecks } from './who.ts'

/** Every check over the facts of a drop, in the order in which their questions are asked. */
export const checks: readonly Check[] = [
  ...impossibleChecks,
  ...rollChecks,
  ...whoChecks,
  ...samenessChecks,
  ...jumpChecks,
  ...coverageChecks,
]
