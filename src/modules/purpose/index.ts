import './tables.ts'

export { endAim, type NewAim, setAim } from './commands/aims.ts'
export { beginFrom } from './commands/begin-from.ts'
export { type NewPolicy, setPolicy } from './commands/policies.ts'
export {
  addSuccessMeasure,
  endPriority,
  type NewPriority,
  setPriority,
  takeStance,
} from './commands/priorities.ts'
export { dropValue, type NewStatement, say } from './commands/statements.ts'
export { standingToTarget, type TargetStanding } from './domain/progress-to-target.ts'
export { templates } from './domain/templates.ts'
export { figureFields } from './pages/figure-fields.ts'
export { FormPage } from './pages/form-page.tsx'
export { TargetLine, type TargetSeen, targetName, targetSeen } from './pages/target-line.tsx'
export { numberIn, tried } from './pages/tried.ts'
export { type FigureWanted, type LatestFigure, latestFigure } from './queries/latest-figure.ts'
export {
  type Aim,
  type Priority,
  type Purpose,
  prioritiesIn,
  purposeOn,
  type SuccessMeasure,
} from './queries/purpose.ts'
