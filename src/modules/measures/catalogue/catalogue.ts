import type { Measure } from '../domain/measure.ts'
import { aLevel } from './a-level.ts'
import { absenceReasons } from './absence-reasons.ts'
import { attendance } from './attendance.ts'
import { checks } from './checks.ts'
import { conduct } from './conduct.ts'
import { expectedStandard } from './expected-standard.ts'
import { keyStage2 } from './key-stage-2.ts'
import { keyStage4 } from './key-stage-4.ts'

/** Raised whenever a rule changes what is counted: derived cells are kept by it. */
export const catalogueVersion = 3

/** Every measure that does not depend on a trust's own assessments, each declared once. */
export const catalogue: readonly Measure[] = [
  ...expectedStandard,
  ...checks,
  ...keyStage2,
  ...keyStage4,
  ...aLevel,
  ...attendance,
  ...absenceReasons,
  ...conduct,
]

const byId = new Map(catalogue.map((measure) => [measure.id, measure]))

export const declaredMeasure = (id: string): Measure | undefined => byId.get(id)
