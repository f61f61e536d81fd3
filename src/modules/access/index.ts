export { audit, auditIn, type Deeded } from './commands/audit.ts'
export { type Verified, verifyAudit } from './queries/verify-audit.ts'
export { trustsHere, viewerForCommandLine, viewerOf } from './queries/viewer-of.ts'
export { signedIn } from './sign-in/signed-in.ts'
