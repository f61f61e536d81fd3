import { write } from '../../platform/database/door.ts'
import { literal } from '../../platform/lake/duck.ts'
import type { SealedFile } from '../../platform/lake/lake.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type Drop, makeSnapshot } from '../evidence/index.ts'
import { createTable, factNames, type LakeFact } from './cells/lake-tables.ts'

type Value = string | number | boolean | null
export type FactRows = Partial<Record<LakeFact, readonly Readonly<Record<string, Value>>[]>>

const asText = (value: Value): string =>
  value === null ? 'null' : typeof value === 'string' ? literal(value) : String(value)

/**
 * Publishes rows as they are to be found in the lake, without a file having been read: for tests of what is made of them.
 * A fact published again takes the place of the one before. The answer is the new snapshot.
 */
export async function publishFacts(
  viewer: Viewer,
  drop: Drop,
  school: number,
  facts: FactRows,
): Promise<number> {
  const bench = await viewer.house.lake.duck.workbench()
  const sealed: (SealedFile & { fact: LakeFact })[] = []
  for (const fact of factNames) {
    const rows = facts[fact]
    if (!rows) continue
    await bench.run(createTable(fact))
    for (const row of rows) {
      const whole = { school, drop_id: drop.id, academic_year: drop.academicYear, ...row }
      await bench.run(
        `insert into ${fact} (${Object.keys(whole).join(', ')}) values (${Object.values(whole).map(asText).join(', ')})`,
      )
    }
    const place = { trust: viewer.trust, fact, year: drop.academicYear, drop: drop.id, school }
    sealed.push({ fact, ...(await viewer.house.lake.seal(bench, `select * from ${fact}`, place)) })
  }
  bench.close()
  return write(viewer, async (tx) => {
    const snapshot = await makeSnapshot(viewer, tx, { drop: drop.id, school, reason: 'publish' })
    for (const file of sealed) {
      await tx
        .updateTable('evidence.lake_file')
        .set({ removed_in: snapshot })
        .where('drop_id', '=', drop.id)
        .where('school_id', '=', school)
        .where('fact', '=', file.fact)
        .where('removed_in', 'is', null)
        .execute()
      await tx
        .insertInto('evidence.lake_file')
        .values({
          trust_id: viewer.trust,
          academic_year: drop.academicYear,
          drop_id: drop.id,
          school_id: school,
          import_id: null,
          added_in: snapshot,
          removed_in: null,
          ...file,
        })
        .execute()
    }
    return snapshot
  })
}
