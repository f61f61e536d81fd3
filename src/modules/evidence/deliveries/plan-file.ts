import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { schoolById } from '../../organisation/index.ts'
import { importerOf } from '../imports/formats/catalogue.ts'
import type { Change, FileRead, Importer, LeftOut, Plan, Wish } from '../imports/formats/contract.ts'
import { lookAt, type Seen } from '../imports/formats/look.ts'
import { readApart } from '../imports/formats/read-apart.ts'

/** What a delivery would do, as its page shows it and `evidence.delivery.planned` keeps it. */
export interface Planned {
  readonly changes: readonly Change[]
  readonly notes: readonly string[]
  readonly leftOut: readonly LeftOut[]
  /** It holds results as well, which a drop takes. */
  readonly results: number
}

export interface PlannedFile {
  readonly importer: Importer
  readonly read: FileRead
  readonly planned: Planned
  readonly plan: Plan
}

/** Those who may bring such a file in for the school, or for the trust. */
export const mayBring = (viewer: Viewer, { right }: Importer, school: number | null): boolean =>
  may(viewer, right, school === null ? {} : { school })

/** Which format a kept file is of. @throws Refusal when it is none, or the viewer may not bring it. */
export async function recognise(
  viewer: Viewer,
  sha256: string,
  wish: Wish,
): Promise<{ readonly importer: Importer; readonly seen: Seen }> {
  const { files } = viewer.house
  if (!files.has(sha256)) throw new Refusal('The file is no longer in the store of raw files. Send it again.')
  const seen = await lookAt(files.path(sha256))
  const importer = importerOf(seen)
  if (!importer)
    throw new Refusal(
      'This is none of the formats that are brought in whole. A mark sheet (CSV or Excel) is sent to a drop: open the drop, choose the school, and send it there.',
    )
  if (wish.school !== null)
    await schoolById(viewer, wish.school).catch((error) => {
      throw error instanceof NotHere ? new Refusal('There is no such school in this trust.') : error
    })
  if (!mayBring(viewer, importer, wish.school))
    throw new Refusal(
      importer.right === 'keep schools'
        ? 'Only the trust’s data lead or an administrator can bring in an extract of schools.'
        : wish.school === null
          ? 'Only the trust’s data lead may bring in a file of several schools.'
          : 'Only the school’s data manager, its headteacher or the trust’s data lead may bring in its files.',
    )
  return { importer, seen }
}

/**
 * Recognises a kept file, reads it and works out what it would change. Changes nothing.
 * @throws Refusal when it is no such file, the viewer may not bring it, or it can’t be read.
 */
export async function planFile(viewer: Viewer, sha256: string, wish: Wish): Promise<PlannedFile> {
  const { importer, seen } = await recognise(viewer, sha256, wish)
  const read = await readApart(importer, seen)
  if (!importer.plan || read.record === undefined)
    throw new Refusal(
      `${read.says}: it holds results and nothing else. Send it to a drop, which takes results.`,
    )
  const plan = await importer.plan(viewer, read.record as never, wish)
  return {
    importer,
    read,
    plan,
    planned: {
      changes: plan.changes,
      notes: [...read.notes, ...plan.notes],
      leftOut: [...read.leftOut, ...plan.leftOut],
      results: read.results?.rows.length ?? 0,
    },
  }
}

/** A wish with the file’s name as its title, where it has none. */
export const titled = (wish: Wish, name: string): Wish => ({
  ...wish,
  title: wish.title ?? name.replace(/\.[a-z0-9]{1,5}$/i, ''),
})

/** Would anything change? */
export const changesAnything = ({ changes }: Pick<Planned, 'changes'>): boolean =>
  changes.some(({ added, changed }) => added + changed > 0)
