import './tables.ts'

export { bringDocument, leaveOut, putIn } from './commands/bring.ts'
export { objectivesIn, takeObjectives } from './commands/bring-plan.ts'
export {
  citeFigure,
  citeNote,
  citeObjective,
  decideAboutFigure,
  removeCitation,
} from './commands/citations.ts'
export { chooseDigest, handleDigests, startDigests } from './commands/digest.ts'
export {
  addFramework,
  confirmJudgement,
  saveJudgement,
  settleClash,
  signEvaluation,
  startEvaluation,
} from './commands/evaluations.ts'
export { handOver } from './commands/hand-over.ts'
export { importEvaluation } from './commands/import-evaluation.ts'
export { importPlan } from './commands/import-plan.ts'
export { addObjective, changeObjective, type NewObjective, shareObjective } from './commands/objectives.ts'
export {
  addAction,
  addCriterion,
  addFigureEvidence,
  addNote,
  addRisk,
  decideStage,
  markAction,
  meetCriterion,
  type NewAction,
  sayProgress,
  setTier,
} from './commands/parts.ts'
export { carryOver, copyObjective, startPlan } from './commands/plans.ts'
export { makeActionOf, makeObjectiveOf } from './commands/take-up.ts'
export { endTemplate, keepAsTemplate, startFromTemplate } from './commands/templates.ts'
export type { ThreadMap } from './domain/thread.ts'
export { actionFeedMadeAt, makeActionFeed, revokeActionFeed } from './queries/action-feed.ts'
export { broughtById, broughtInto } from './queries/brought.ts'
export { citedFigure } from './queries/cited-figure.ts'
export { compareEvaluation } from './queries/compare-evaluation.ts'
export { comparePlan } from './queries/compare-plan.ts'
export { type Evaluation, evaluationById, evaluationLines } from './queries/evaluation.ts'
export { exportEvaluation } from './queries/export-evaluation.ts'
export { exportPlan } from './queries/export-plan.ts'
export { figuresToCite } from './queries/figures-to-cite.ts'
export { frameworkByCode, frameworks } from './queries/frameworks.ts'
export { myActions } from './queries/my-actions.ts'
export { planLines, tiers } from './queries/overview.ts'
export { objectiveById, type Plan, planById, plansWith } from './queries/plan.ts'
export { sharedObjectives } from './queries/shared-objectives.ts'
export { subjectAt } from './queries/subject.ts'
export { templateByCode, templatesFor } from './queries/templates.ts'
export { thread } from './queries/thread.ts'
export { workOf } from './queries/work-of.ts'
