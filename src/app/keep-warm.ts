import { viewerForCommandLine } from '../modules/access/index.ts'
import { latestSnapshot } from '../modules/evidence/index.ts'
import { askForMissingScans, makeMissingScans, warmCells, warmTrustPage } from '../modules/measures/index.ts'
import { trustsHere } from '../modules/organisation/index.ts'
import type { House } from '../platform/house.ts'

/**
 * Works out the figures of every trust’s latest snapshot and the scans of what is locked, so that no reader waits for them: after a build,
 * at start, after a publish, a lock or a correction. Scans are asked of the queue, or made `now` by whoever has none.
 */
export async function keepWarm(house: House, scans: 'asked' | 'now' = 'asked'): Promise<void> {
  for (const { slug } of await trustsHere(house)) {
    const viewer = await viewerForCommandLine(house, slug)
    if (!(await latestSnapshot(viewer))) continue
    await warmCells(viewer)
    await (scans === 'now' ? makeMissingScans(viewer) : askForMissingScans(viewer))
    await warmTrustPage(viewer)
  }
}

let under: Promise<void> | undefined
let again = false

/** The same in the background, one at a time: what is asked for meanwhile is done once more after it. */
export function warmSoon(house: House): void {
  if (under) {
    again = true
    return
  }
  under = keepWarm(house)
    .catch((error) => house.log.error('warming figures', error))
    .finally(() => {
      under = undefined
      if (again) {
        again = false
        warmSoon(house)
      }
    })
}

/** Waits for what is under way, so that the house can close. */
export const warmed = async (): Promise<void> => {
  again = false
  await under
}
