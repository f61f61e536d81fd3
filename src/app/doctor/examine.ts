import { whole } from '../../kernel/numbers.ts'
import { verifyAudit, viewerForCommandLine } from '../../modules/access/index.ts'
import { trustsHere } from '../../modules/organisation/index.ts'
import type { House } from '../../platform/house.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type Finding, unwell, well } from './finding.ts'
import { clockFindings, recordFinding } from './record.ts'
import { diskFinding, folderFinding, lakeFinding } from './storage.ts'
import { versionFinding } from './versions.ts'
import { jobsFinding, mailFinding } from './work.ts'

async function trail(viewer: Viewer, slug: string): Promise<Finding> {
  const verified = await verifyAudit(viewer)
  return verified.ok
    ? well(`Audit trail of ${slug}`, `${whole(verified.rows)} entries, unbroken.`)
    : unwell(`Audit trail of ${slug}`, verified.because)
}

interface Examining {
  /** Compare every file’s contents, not only its length. */
  readonly thorough?: boolean
  /** What the machine’s clock says. */
  readonly machine?: Date
}

/** Looks at everything that can be looked at without changing it. */
export async function examine(
  house: House,
  { thorough = false, machine = new Date() }: Examining = {},
): Promise<Finding[]> {
  const trusts = await Promise.all(
    (await trustsHere(house)).map(async ({ slug }) => ({
      slug,
      viewer: await viewerForCommandLine(house, slug),
    })),
  )
  const viewers = trusts.map(({ viewer }) => viewer)
  const findings = [
    versionFinding(),
    diskFinding(house),
    folderFinding(house),
    await recordFinding(house),
    ...(await clockFindings(house, viewers, machine)),
    await mailFinding(house),
    await jobsFinding(house, viewers),
  ]
  for (const { slug, viewer } of trusts)
    findings.push(await lakeFinding(viewer, slug, thorough), await trail(viewer, slug))
  return findings
}
