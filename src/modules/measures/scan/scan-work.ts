import { createHash, randomUUID } from 'node:crypto'
import { NotHere } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import type { JobProgress } from '../../../platform/jobs.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { drops, lockedSnapshots, snapshots } from '../../evidence/index.ts'
import { founderOf } from '../../organisation/index.ts'
import type { DropKnown } from '../cells/make-cells.ts'
import { filesOf } from '../cells/manifest.ts'
import { makeModels } from '../models/make-models.ts'
import { modelsName } from '../models/sealed-models.ts'
import { makeScan } from './make-scan.ts'
import { isSealed, readScan, type SealedScan, scanName } from './sealed-scan.ts'

const job = 'measures.scan'

interface ScanWanted {
  readonly drop: number
  readonly snapshot: number
}

/** Scans from now on what is asked for, one drop after another, outside any request. */
export const handleScans = (house: House): Promise<void> =>
  house.jobs.handle<ScanWanted>(job, async ({ trust, data }) => {
    const viewer = founderOf(house, trust, 'The trust’s data team')
    const drop = (await drops(viewer)).find(({ id }) => id === data.drop)
    if (!drop) throw new NotHere()
    await lookThrough(viewer, drop, data.snapshot)
  })

const filesAt = async (viewer: Viewer, { drop, snapshot }: ScanWanted) =>
  ((await filesOf(viewer, snapshot, [drop])).get(drop) ?? []).filter((file) => file.inTrust)

/** A scan’s work goes by an id made of its name, so that nobody asks for the same one twice. */
function workOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Asks for a scan unless somebody did; the answer is how far it has come. One that failed is tried again `afresh`. */
async function askForScan(
  viewer: Viewer,
  wanted: ScanWanted,
  name: string,
  afresh = false,
): Promise<JobProgress | undefined> {
  const { jobs } = viewer.house
  const known = await jobs.progress(viewer, workOf(name))
  if (known && !(afresh && known.state === 'failed') && known.state !== 'done') return known
  const asked = { trust: viewer.trust, person: 0 }
  await jobs.start(asked, job, wanted, known ? randomUUID() : workOf(name))
  return undefined
}

export type ScanState =
  | { readonly kind: 'sealed'; readonly scan: SealedScan }
  | { readonly kind: 'under way' }
  | { readonly kind: 'failed'; readonly trouble: string }

/**
 * The sealed scan of the whole trust at a drop as a snapshot has it; where it is not there yet it is asked for. It is of every
 * school, so whoever shows it must leave out what the viewer may not see.
 */
export async function scanAt(viewer: Viewer, drop: DropKnown, snapshot: number): Promise<ScanState> {
  const wanted = { drop: drop.id, snapshot }
  const name = scanName(viewer.trust, drop, await filesAt(viewer, wanted))
  const { lake } = viewer.house
  if (isSealed(lake, name)) return { kind: 'sealed', scan: await readScan(lake, name) }
  const progress = await askForScan(viewer, wanted, name)
  return progress?.state === 'failed'
    ? { kind: 'failed', trouble: progress.trouble ?? '' }
    : { kind: 'under way' }
}

/** The same, made now where it is not there: for the command line, which has nobody to do work later. */
export const scanNow = lookThrough

/** The scan of a drop, and the models of value added beside it. */
async function lookThrough(viewer: Viewer, drop: DropKnown, snapshot: number): Promise<void> {
  const files = await filesAt(viewer, { drop: drop.id, snapshot })
  await makeScan(viewer, drop, files)
  await makeModels(viewer, drop, files)
}

/** Drops that were locked, each as it was locked or last corrected and as the next one of its year sees it; newest first. */
async function lockedScans(viewer: Viewer): Promise<{ drop: DropKnown; snapshot: number; name: string }[]> {
  const [every, locks, made] = await Promise.all([drops(viewer), lockedSnapshots(viewer), snapshots(viewer)])
  if (locks.length === 0) return []
  const locked = every.filter(({ lock }) => lock).toSorted((a, b) => b.asAt.localeCompare(a.asAt))
  const shown = (drop: (typeof locked)[number]) =>
    made.find((one) => one.drop === drop.id && one.reason === 'correction')?.snapshot ?? drop.lock!.snapshot
  const wanted = locked.flatMap((drop) => {
    const before = locked.find(
      (one) => one.kind === drop.kind && one.academicYear === drop.academicYear && one.asAt < drop.asAt,
    )
    return [drop, ...(before ? [before] : [])].map((one) => ({ drop: one, snapshot: shown(drop) }))
  })
  const named = new Map<string, { drop: DropKnown; snapshot: number; name: string }>()
  for (const one of wanted) {
    const files = await filesAt(viewer, { drop: one.drop.id, snapshot: one.snapshot })
    if (files.length === 0) continue
    const name = scanName(viewer.trust, one.drop, files)
    if (!named.has(name)) named.set(name, { ...one, name })
  }
  return [...named.values()]
}

const missingScans = async (viewer: Viewer) =>
  (await lockedScans(viewer)).filter(({ name }) =>
    [name, modelsName(name)].some((one) => !isSealed(viewer.house.lake, one)),
  )

/** Asks for the scan of every locked drop that has none; for after a lock or a correction, and at start. */
export async function askForMissingScans(viewer: Viewer): Promise<void> {
  for (const { drop, snapshot, name } of await missingScans(viewer))
    await askForScan(viewer, { drop: drop.id, snapshot }, name, true)
}

/** Makes them now, one after another; for after a build. */
export async function makeMissingScans(viewer: Viewer): Promise<void> {
  for (const { drop, snapshot } of await missingScans(viewer)) await scanNow(viewer, drop, snapshot)
}
