export { answerRows, checkImport } from './commands/check-import.ts'
export { type ColumnsChosen, matchColumns } from './commands/match-columns.ts'
export { publishImport } from './commands/publish-import.ts'
export { type ImportRun, type ImportWish, runImport } from './commands/run-import.ts'
export { type NewImport, SameFile, startImport } from './commands/start-import.ts'
export { abandonImport, undoImport } from './commands/undo-import.ts'
export { type StepName, stepNames } from './domain/steps.ts'
export type {
  Answers,
  Checked,
  Choice,
  ColumnGuess,
  Counts,
  FileColumn,
  Mapping,
  Note,
  Problem,
  ProblemGroup,
  ProblemKind,
  Reading,
  Rejected,
  Target,
} from './domain/words.ts'
export { plainTargets, targetNames } from './domain/words.ts'
export { type ColumnMatch, type ImportPage, importPage, type TargetChoice } from './queries/import-page.ts'
export { type ImportLine, importsOf } from './queries/imports-of.ts'
