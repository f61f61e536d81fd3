import { read } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'

/** Under which readings stand among the remembered headings of columns. */
export const readingPrefix = 'reading: '

/** A text of an assessment: `5+` in GCSE mathematics. Case and spaces around it don’t count. */
export const readingKey = (assessment: string, text: string): string =>
  `${assessment}: ${text.trim().toLowerCase().slice(0, 60)}`

/** What this school’s texts off their scale meant, as a person said last time, by `readingKey`. */
export async function rememberedReadings(
  viewer: Viewer,
  school: number | null,
): Promise<ReadonlyMap<string, string>> {
  const rows = await read(viewer, (db) => {
    const all = db
      .selectFrom('evidence.remembered_mapping')
      .select(['heading', 'target'])
      .where('trust_id', '=', viewer.trust)
      .where('heading', 'like', `${readingPrefix}%`)
      .orderBy('at')
      .orderBy('remembered_mapping_id')
    return (
      school === null ? all.where('school_id', 'is', null) : all.where('school_id', '=', school)
    ).execute()
  })
  return new Map(
    rows.map(({ heading, target }) => [
      heading.slice(readingPrefix.length),
      (target as { readonly target: string }).target,
    ]),
  )
}
