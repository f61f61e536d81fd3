import type { Viewer } from '../../../platform/viewer.ts'
import { schoolById } from '../../organisation/index.ts'
import { bringIn, changesAnything, putIn } from '../deliveries/index.ts'
import { planFile, titled } from '../deliveries/plan-file.ts'
import { importerOf } from '../imports/formats/catalogue.ts'
import { lookAt } from '../imports/formats/look.ts'
import { readApart } from '../imports/formats/read-apart.ts'
import { importPage, publishImport, SameFile, startImport } from '../imports/index.ts'
import { dropFor } from './drop-for.ts'

export interface Sent {
  readonly upload: { readonly name: string; readonly sha256: string; readonly bytes: number }
  readonly school: number | null
  /** The drop’s code; when left out, the only open drop that asks this school. */
  readonly drop?: string
  /** What needs nobody goes in by itself; otherwise everything waits for a person. */
  readonly publishes: boolean
}

/** What became of one file that came without a person: results go to a drop, anything else on to the record; a package may do both. */
export interface Receipt {
  readonly kind: 'results' | 'record'
  readonly state: 'published' | 'put in' | 'waits' | 'nothing new'
  /** `OneRoster 1.2: 2 schools …`, or the file’s name. */
  readonly says: string
  /** Where a person sees it: `/files/12`. None when nothing was new. */
  readonly page?: string
  readonly snapshot?: number
  /** Why it waits, or what is worth knowing, in a sentence. */
  readonly why?: string
  readonly leftOut: number
}

/** Takes a kept file that nobody stands beside. @throws Refusal with the sentence that a page would show. */
export async function receive(viewer: Viewer, sent: Sent): Promise<Receipt[]> {
  const seen = await lookAt(viewer.house.files.path(sent.upload.sha256))
  const importer = importerOf(seen)
  if (!importer) return [await receiveResults(viewer, sent)]
  const { record, results } = await readApart(importer, seen)
  const receipts: Receipt[] = []
  if (record !== undefined) receipts.push(await receiveRecord(viewer, sent))
  if (results && (sent.drop || record === undefined)) receipts.push(await receiveResults(viewer, sent))
  return receipts
}

async function receiveRecord(viewer: Viewer, { upload, school, publishes }: Sent): Promise<Receipt> {
  const { read, planned } = await planFile(viewer, upload.sha256, titled({ school }, upload.name))
  const about = { kind: 'record', says: read.says, leftOut: planned.leftOut.length } as const
  if (!changesAnything(planned))
    return { ...about, state: 'nothing new', why: 'All of it is on record already.' }
  const id = await bringIn(viewer, { upload, wish: { school } })
  const page = `/files/${id}`
  if (!publishes)
    return { ...about, state: 'waits', page, why: 'Somebody has to look at it and put it on record.' }
  await putIn(viewer, id)
  return { ...about, state: 'put in', page }
}

async function receiveResults(viewer: Viewer, { upload, school, drop, publishes }: Sent): Promise<Receipt> {
  const code = await dropFor(viewer, drop, school)
  const under = school === null ? '' : `/schools/${(await schoolById(viewer, school)).slug}`
  let id: number
  try {
    id = await startImport(viewer, { drop: code, school, upload })
  } catch (error) {
    if (!(error instanceof SameFile)) throw error
    return {
      kind: 'results',
      state: 'nothing new',
      says: upload.name,
      page: `/drops/${code}${under}/imports/${error.earlier}`,
      why: error.message,
      leftOut: 0,
    }
  }
  const page = await importPage(viewer, id)
  const about = {
    kind: 'results',
    says: upload.name,
    page: `/drops/${code}${under}/imports/${id}`,
    leftOut: page.checked?.counts.leftOut ?? 0,
  } as const
  const verdict = page.steps.publishable
  if (!verdict.ok) return { ...about, state: 'waits', why: verdict.because }
  if (!publishes) return { ...about, state: 'waits', why: 'Somebody has to look at it and publish it.' }
  return { ...about, state: 'published', ...(await publishImport(viewer, id)) }
}
