import { setImmediate as turn } from 'node:timers/promises'
import type { Role } from '../../../kernel/roles.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { trustPage } from './trust/query.ts'
import { lookPage } from './where-to-look/query.ts'

const atTheTrust: readonly Role[] = ['director', 'data-lead', 'trustee', 'clerk']

/** Works out the trust's page for each role that is held at the trust: whoever comes first waits no longer than the next. */
export async function warmTrustPage(viewer: Viewer): Promise<void> {
  for (const role of atTheTrust) {
    await turn()
    const reader: Viewer = { ...viewer, grants: [{ role, node: 'trust', schools: 'all' }] }
    await trustPage(reader)
    await lookPage(reader)
  }
}
