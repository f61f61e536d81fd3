export { everyFile, type ListedFile } from './every-file.ts'
export { inTurn, makeSnapshot } from './make-snapshot.ts'
export type { LakeFile, LiveFiles, Snapshot } from './queries.ts'
export {
  latestSnapshot,
  lockedSnapshots,
  resultsOf,
  snapshotByNumber,
  snapshotFiles,
  snapshots,
  snapshotsOf,
} from './queries.ts'
export { sweepLake } from './sweep-lake.ts'
