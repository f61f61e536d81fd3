export { type DueOfYear, type EvidenceDue, evidenceDue, leaveByAge, readyByAge } from './by-age.ts'
export {
  clashName,
  joinEvidence,
  readyToJoin,
  type SealedClash,
  sealedTwos,
} from './join-evidence.ts'
export {
  type FiguresThen,
  type HeldInEvidence,
  heldInEvidence,
  leaveEvidence,
  readyToLeave,
} from './leave-evidence.ts'
export { removeLeaving } from './leaving-files.ts'
export { rewritings } from './rewritings.ts'
export { PublishedMeanwhile } from './seal-anew.ts'
