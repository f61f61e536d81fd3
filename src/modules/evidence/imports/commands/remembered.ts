import { type Reading as Door, read, type Writing } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import type { Remembered } from '../domain/guess-columns.ts'
import { fold } from '../domain/letters.ts'
import type { Mapping, Reading, Target } from '../domain/words.ts'
import { readingPrefix } from '../queries/remembered-readings.ts'

interface Kept {
  readonly target: Target
  readonly heading: string
}

const textOf = (text: string) => `assessment: ${fold(text)}`

/** What this school’s columns (and texts of assessments) were, last time. */
export async function rememberedFor(
  viewer: Viewer,
  school: number | null,
): Promise<{ columns: Remembered[]; assessments: Record<string, string> }> {
  const rows = await read(viewer, (db: Door) => {
    const all = db
      .selectFrom('evidence.remembered_mapping')
      .select(['heading', 'target'])
      .orderBy('at')
      .orderBy('remembered_mapping_id')
    return (
      school === null ? all.where('school_id', 'is', null) : all.where('school_id', '=', school)
    ).execute()
  })
  const latest = new Map(rows.map((row) => [row.heading, row.target as Kept]))
  const columns: Remembered[] = []
  const assessments: Record<string, string> = {}
  for (const [key, { target, heading }] of latest) {
    if (key.startsWith(readingPrefix)) continue
    if (key.startsWith('assessment: ')) assessments[heading] = target.replace(/^result:/, '')
    else columns.push({ heading, target })
  }
  return { columns, assessments }
}

/** Keeps what the columns were, in the publish’s own transaction; what stood under the same headings is forgotten. */
export async function remember(
  viewer: Viewer,
  tx: Writing,
  about: {
    readonly school: number | null
    readonly drop: number
    readonly reading: Reading
    readonly mapping: Mapping
    readonly assessments: Readonly<Record<string, string>>
    readonly readings: Readonly<Record<string, string>>
  },
): Promise<void> {
  const kept: Kept[] = about.reading.headingRow
    ? about.reading.columns
        .filter(({ heading, letter }) => heading !== `Column ${letter}`)
        .map(({ index, heading }) => ({ heading, target: about.mapping.columns[index] ?? 'leave out' }))
    : []
  const rows = [
    ...kept.map((one) => ({ key: fold(one.heading), ...one })),
    ...Object.entries(about.assessments).map(([heading, code]) => ({
      key: textOf(heading),
      heading,
      target: `result:${code}` as Target,
    })),
    ...Object.entries(about.readings).map(([key, answer]) => ({
      key: readingPrefix + key,
      heading: key,
      target: answer as Target,
    })),
  ]
  const byKey = [
    ...new Map(rows.filter(({ key }) => key !== '').map((row) => [row.key, row])).values(),
  ].slice(0, 2_000)
  if (byKey.length === 0) return
  const old = tx
    .deleteFrom('evidence.remembered_mapping')
    .where('trust_id', '=', viewer.trust)
    .where(
      'heading',
      'in',
      byKey.map(({ key }) => key),
    )
  await (about.school === null
    ? old.where('school_id', 'is', null)
    : old.where('school_id', '=', about.school)
  ).execute()
  await tx
    .insertInto('evidence.remembered_mapping')
    .values(
      byKey.map(({ key, heading, target }) => ({
        trust_id: viewer.trust,
        school_id: about.school,
        heading: key,
        target: JSON.stringify({ target, heading } satisfies Kept),
        from_drop: about.drop,
        at: viewer.house.clock.now(),
      })),
    )
    .execute()
}
