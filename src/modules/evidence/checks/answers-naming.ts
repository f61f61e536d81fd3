import type { NameRemover } from '../../../kernel/names-in-text.ts'
import { may } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** Answers to checks of these schools that name somebody, oldest first; those of schools whose files the viewer may not see are left out. */
export async function answersNaming(
  viewer: Viewer,
  schools: readonly number[],
  somebody: NameRemover,
): Promise<{ readonly at: Date; readonly words: string }[]> {
  const seen = schools.filter((school) => may(viewer, 'see files', { school }))
  if (seen.length === 0) return []
  const rows = await read(viewer, (db) =>
    db
      .selectFrom('evidence.check_answer')
      .select(['at', 'answer as words'])
      .where('trust_id', '=', viewer.trust)
      .where('school_id', 'in', seen)
      .orderBy('check_answer_id')
      .execute(),
  )
  return rows.filter(({ words }) => somebody.names(words))
}
