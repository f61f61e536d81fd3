import './tables.ts'

export { type Benchmark, benchmark, benchmarks } from './benchmarks/benchmark.ts'
export { catalogue } from './catalogue/catalogue.ts'
export { warmCells } from './cells/warm.ts'
export { decideOnFinding } from './commands/decide-on-finding.ts'
export type {
  FigureDetail,
  FiguresAsk,
  Gap,
  GapsAsk,
  PlaceAsked,
  PupilBehind,
  SourceFile,
} from './domain/ask.ts'
export type { Direction, Measure, MeasureVersion, Phase, Rule, Unit } from './domain/measure.ts'
export { versionIn } from './domain/measure.ts'
export type { LevelEffect } from './domain/value-added/three-level.ts'
export { forgetFigures } from './pages/forget.ts'
export { questionsPage } from './pages/questions/query.ts'
export { axisOf, shownOf, standingOf, valueWords } from './pages/shown.ts'
export { warmTrustPage } from './pages/warm.ts'
export { type FindingAt, findingAt, findingNow } from './pages/where-to-look/finding-at.ts'
export { type LookFinding, type LookPage, lookPageNow, sealedFindings } from './pages/where-to-look/query.ts'
export { figureWords, intervalTo, ofNWords } from './pages/words.ts'
export { type About, type Made, MadeLines, type Work, WorkSection } from './pages/work.tsx'
export { figureAt, keyAt } from './queries/figure-at.ts'
export { figures } from './queries/figures.ts'
export { gaps } from './queries/gaps.ts'
export { measureById, measuresOf } from './queries/measures.ts'
export { missingFrom, pupilsBehind } from './queries/pupils-behind.ts'
export { funnelOfFile, scanOfFile, threeLevelOfFile, valueAddedOfFile } from './queries/statistics-of-file.ts'
export { trend } from './queries/trend.ts'
export { type ValueAddedAsk, valueAddedAt } from './queries/value-added-at.ts'
export { askForMissingScans, handleScans, makeMissingScans } from './scan/scan-work.ts'
export { correctIdentity } from './subject-access/correct-identity.ts'
export { recordFiles } from './subject-access/record-files.ts'
export { wholeRecord } from './subject-access/whole-record.ts'
