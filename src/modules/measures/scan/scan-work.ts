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
import { isSealed, nameOf, readScan, type ScanInputs, type SealedScan, scanName } from './sealed-scan.ts'

const job = 'measures.scan'

interface ScanWanted {
  readonly drop: number
  readonly snapshot: number
}

/** Scans from now on what is asked for, one drop after another, outside any request. */
export const handleScans = (house: House): Promise<void> =>
  house.jobs.handle<ScanWanted>(job, async ({ trust, data }) => {
    const viewer = founderOf(house, trust, 'The trust’s data team')
    await lookThrough(viewer, data)
  })

/** The files of a drop as a snapshot lists them, and those of the drop before in its year. @throws NotHere */
async function inputsOf(viewer: Viewer, { drop: id, snapshot }: ScanWanted): Promise<ScanInputs> {
  const every = await drops(viewer)
  const drop = every.find((one) => one.id === id)
  if (!drop) throw new NotHere()
  const earlier = every
    .filter(
      ({ kind, academicYear, asAt }) =>
        kind === drop.kind && academicYear === drop.academicYear && asAt < drop.asAt,
    )
    .toSorted((a, b) => b.asAt.localeCompare(a.asAt))
  const files = await filesOf(viewer, snapshot, [drop.id, ...earlier.map((one) => one.id)])
  const of = (one: DropKnown) => files.get(one.id)!.filter(({ inTrust }) => inTrust)
  const before = earlier.find((one) => of(one).length > 0)
  return { drop, files: of(drop), ...(before ? { before: { drop: before, files: of(before) } } : {}) }
}

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
  const name = nameOf(viewer.trust, await inputsOf(viewer, wanted))
  const { lake } = viewer.house
  if (isSealed(lake, name)) return { kind: 'sealed', scan: await readScan(lake, name) }
  const progress = await askForScan(viewer, wanted, name)
  return progress?.state === 'failed'
    ? { kind: 'failed', trouble: progress.trouble ?? '' }
    : { kind: 'under way' }
}

/** The same where it is there already; nothing is asked for. */
export async function sealedScan(
  viewer: Viewer,
  drop: DropKnown,
  snapshot: number,
): Promise<SealedScan | undefined> {
  const name = nameOf(viewer.trust, await inputsOf(viewer, { drop: drop.id, snapshot }))
  const { lake } = viewer.house
  return isSealed(lake, name) ? readScan(lake, name) : undefined
}

/** The same, made now where it is not there: for the command line, which has nobody to do work later. */
export const scanNow = (viewer: Viewer, drop: DropKnown, snapshot: number): Promise<void> =>
  lookThrough(viewer, { drop: drop.id, snapshot })

/** The scan of a drop, and the models of value added beside it. */
async function lookThrough(viewer: Viewer, wanted: ScanWanted): Promise<void> {
  const inputs = await inputsOf(viewer, wanted)
  await makeScan(viewer, inputs)
  await makeModels(viewer, inputs.drop, inputs.files)
}

interface LockedScan {
  readonly drop: DropKnown
  readonly snapshot: number
  readonly name: string
  /** What it is sealed as, and its models. */
  readonly sealed: readonly string[]
}

/** Drops that were locked, each as it was locked or last corrected and as the next one of its year sees it; newest first. */
async function lockedScans(viewer: Viewer): Promise<LockedScan[]> {
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
  const named = new Map<string, LockedScan>()
  for (const one of wanted) {
    const inputs = await inputsOf(viewer, { drop: one.drop.id, snapshot: one.snapshot })
    if (inputs.files.length === 0) continue
    const name = nameOf(viewer.trust, inputs)
    const models = modelsName(scanName(viewer.trust, inputs.drop, inputs.files))
    if (!named.has(name)) named.set(name, { ...one, name, sealed: [name, models] })
  }
  return [...named.values()]
}

const missingScans = async (viewer: Viewer) =>
  (await lockedScans(viewer)).filter(({ sealed }) =>
    sealed.some((name) => !isSealed(viewer.house.lake, name)),
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
