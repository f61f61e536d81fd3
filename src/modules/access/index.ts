import './tables.ts'

export { audit, auditIn, type Deeded } from './commands/audit.ts'
export { breakGlass, endGlass } from './commands/break-glass.ts'
export { carryRoles } from './commands/carry-roles.ts'
export { cleanTrail, trailOf } from './commands/clean-trail.ts'
export { endRole } from './commands/end-role.ts'
export { endRolesAt, type RoleAtSchool, rolesGoingOn } from './commands/end-roles-at.ts'
export { giveRole } from './commands/give-role.ts'
export { inviteUser, sendInvitation } from './commands/invite.ts'
export { handleInvitations } from './commands/invite-soon.ts'
export {
  attemptsUpTo,
  letAccountsGo,
  letAttemptsGo,
  letTrailGo,
  trailUpTo,
} from './commands/let-trail-go.ts'
export { lookedAtBoth } from './commands/looked-at-both.ts'
export { recordLeaver } from './commands/record-leaver.ts'
export { type TakenStaff, takeStaff, tryStaff } from './commands/take-staff.ts'
export { handleGlassLetters } from './commands/tell-of-glass.ts'
export type { AskedRole } from './domain/can-give.ts'
export type { RolePlace } from './domain/role-places.ts'
export { staffText } from './domain/staff-file.ts'
export { auditTrail, type TrailLine, whoLookedAt } from './queries/audit-trail.ts'
export { brokenGlasses } from './queries/break-glass.ts'
export { privateAddresses } from './queries/private-address.ts'
export { type Verified, verifyAudit } from './queries/verify-audit.ts'
export { atTheDoor, viewerForCommandLine, viewerOf } from './queries/viewer-of.ts'
export { type WrittenAbout, wordsAbout } from './queries/words-about.ts'
export { makeScimToken } from './scim/tokens.ts'
export { endProvider, providersOf, setProvider } from './sign-in/providers.ts'
export { setRolesInTwoSteps } from './sign-in/rules.ts'
export { signedIn } from './sign-in/signed-in.ts'
