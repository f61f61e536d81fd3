import { mayAnywhere, schoolsWhere } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** Something that somebody wrote about a pupil, as a reason for what they did. */
export interface WrittenAbout {
  readonly at: Date
  readonly deed: string
  readonly words: string
}

/** Reasons that were written about one pupil, oldest first, in the schools whose trail the viewer may read; nothing for others. */
export async function wordsAbout(viewer: Viewer, pupil: number): Promise<WrittenAbout[]> {
  if (!mayAnywhere(viewer, 'see audit')) return []
  const reach = schoolsWhere(viewer, 'see audit')
  const rows = await read(viewer, (db) =>
    db
      .selectFrom('access.audit')
      .select(['at', 'deed', 'detail'])
      .where('trust_id', '=', viewer.trust)
      .where('subject', '=', 'organisation.pupil')
      .where('subject_id', '=', String(pupil))
      .$if(reach !== 'all', (query) => query.where('school_id', 'in', [...(reach as readonly number[]), -1]))
      .orderBy('seq')
      .execute(),
  )
  return rows.flatMap(({ at, deed, detail }) => {
    const { why, reason } = detail as { why?: unknown; reason?: unknown }
    const words = typeof why === 'string' ? why : reason
    return typeof words === 'string' && words ? [{ at, deed, words }] : []
  })
}
