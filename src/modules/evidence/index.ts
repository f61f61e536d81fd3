export { answerQuestion } from './checks/answer-question.ts'
export type { Question } from './checks/answers.ts'
export { answersNaming } from './checks/answers-naming.ts'
export { checkFindings, type NamedFinding } from './checks/check-findings.ts'
export { type Coverage, type Health, health } from './checks/health.ts'
export { correctResult } from './corrections/correct-result.ts'
export { correctResults, tryCorrections } from './corrections/correct-results.ts'
export { resultsInFile } from './corrections/results-file.ts'
export * from './deliveries/index.ts'
export {
  addAssessment,
  addScale,
  type NewAssessment,
  type NewScale,
} from './drops/commands/add-assessment.ts'
export { askSchool, type SchoolAsked } from './drops/commands/ask-school.ts'
export { type Chasing, chase, chasing, type Recipient } from './drops/commands/chase.ts'
export { lockDrop, lockVerdicts } from './drops/commands/lock-drop.ts'
export { type Opened, openDrop } from './drops/commands/open-drop.ts'
export { signOff, signOffVerdicts, withdrawSignOff } from './drops/commands/sign-off.ts'
export { type Drop, type DropState, dropState, dropTitle } from './drops/domain/drop.ts'
export type { NewDrop } from './drops/domain/open-drop-shape.ts'
export { readyScales } from './drops/domain/ready-scales.ts'
export type { SchoolReadiness, Standing } from './drops/domain/standing.ts'
export { taskPath } from './drops/domain/task-path.ts'
export {
  type Asked,
  type Assessment,
  askedIn,
  assessments,
  type Scale,
  type ScaleGrade,
  scales,
} from './drops/queries/assessments.ts'
export { dataManagers } from './drops/queries/data-managers.ts'
export { dropByCode, drops } from './drops/queries/drops.ts'
export { readiness, schoolReadiness } from './drops/queries/readiness.ts'
export { handleLetters } from './drops/send-letters.ts'
export * from './imports/index.ts'
export { handleFileWork } from './imports/work/index.ts'
export * from './letting-go/index.ts'
export {
  type AskedLeaving,
  canLeaveTrust,
  type Leaving,
  leaveTrust,
  leaving,
} from './moves/leave-trust.ts'
export { type AskedMerger, type Merging, mergeSchools, merging } from './moves/merge-schools.ts'
export { moveSchool, renameAndRestate, splitAndRestate } from './moves/move-and-split.ts'
export * from './receiving/index.ts'
export * from './snapshots/index.ts'
export {
  type Transfer,
  type TransferAsked,
  transferOfPupils,
  writeTransfer,
} from './transfers/write-transfer.ts'
