import { randomUUID } from 'node:crypto'
import { read, write } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { dropByCode } from '../../drops/queries/drops.ts'
import { mustBeOpen } from '../commands/at-bench.ts'
import { type NewImport, refuseSameFile } from '../commands/start-import.ts'
import { importIn } from '../queries/import-row.ts'
import type { FileWish } from './wish.ts'

export const fileWork = 'evidence.file'

/** Asks that a kept file be read, outside the request; the answer is the work’s id. @throws Refusal, SameFile */
export async function askToRead(
  viewer: Viewer,
  { drop: code, school, upload, again, sheet }: NewImport,
  insteadOf?: number,
): Promise<string> {
  const drop = await dropByCode(viewer, code)
  await mustBeOpen(viewer, drop, school)
  if (!again) await refuseSameFile(viewer, drop, school, upload.sha256)
  const { name, sha256, bytes } = upload
  return ask(
    viewer,
    { drop: drop.id, school, import: null, file: name },
    { deed: 'read', sha256, bytes, again, sheet, insteadOf },
  )
}

/** Asks that something be done with an import, outside the request; the answer is the work’s id. @throws NotHere */
export async function askOfImport(
  viewer: Viewer,
  id: number,
  wish: Exclude<FileWish, { deed: 'read' }>,
): Promise<string> {
  const row = await read(viewer, (db) => importIn(db, viewer, id))
  return ask(viewer, { drop: row.drop.id, school: row.school, import: id, file: row.upload.name }, wish)
}

interface About {
  readonly drop: number
  readonly school: number | null
  readonly import: number | null
  readonly file: string
}

async function ask(viewer: Viewer, about: About, { deed, ...wish }: FileWish): Promise<string> {
  const job_id = randomUUID()
  await write(viewer, (tx) =>
    tx
      .insertInto('evidence.file_work')
      .values({
        trust_id: viewer.trust,
        job_id,
        drop_id: about.drop,
        school_id: about.school,
        import_id: about.import,
        deed,
        file: about.file.slice(0, 300),
        wish: JSON.stringify(wish),
        person_id: viewer.person || null,
        asked_at: viewer.house.clock.now(),
        told_at: null,
      })
      .execute(),
  )
  return viewer.house.jobs.start(viewer, fileWork, {}, job_id)
}
