import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import type { Viewer } from '../../../platform/viewer.ts'
import { importerOf } from '../imports/formats/catalogue.ts'
import type { Wish } from '../imports/formats/contract.ts'
import { lookAt } from '../imports/formats/look.ts'
import { bringIn, putIn } from './bring-in.ts'
import { changesAnything, type Planned, planFile, titled } from './plan-file.ts'

export interface DeliveryRun extends Planned {
  readonly format: string
  readonly says: string
  /** Null after a dry run, or when nothing would change. */
  readonly delivery: number | null
}

/** Is it a file that goes on record by itself, rather than results for a drop? */
export async function isDelivery(path: string): Promise<boolean> {
  const seen = await lookAt(path)
  return importerOf(seen) !== undefined
}

/** Brings a file in without a conversation: what can’t be told is left out and listed, the rest goes in. @throws Refusal */
export async function runDelivery(
  viewer: Viewer,
  { file, wish: wanted, dryRun }: { readonly file: string; readonly wish: Wish; readonly dryRun?: boolean },
): Promise<DeliveryRun> {
  const upload = { name: basename(file), ...(await viewer.house.files.keep(createReadStream(file))) }
  const wish = titled(wanted, upload.name)
  const { importer, read, planned } = await planFile(viewer, upload.sha256, wish)
  const run = { format: importer.code, says: read.says, ...planned }
  if (dryRun || !changesAnything(planned)) return { ...run, delivery: null }
  const id = await bringIn(viewer, { upload, wish })
  await putIn(viewer, id)
  return { ...run, delivery: id }
}
