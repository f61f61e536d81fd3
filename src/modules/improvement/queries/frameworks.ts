import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { NotHere } from '../../../kernel/refusal.ts'
import { read } from '../../../platform/database/door.ts'
import { keptUntilWritten } from '../../../platform/database/kept.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { type Framework, frameworkShape } from '../domain/framework.ts'

const folder = join(import.meta.dirname, '..', '..', '..', '..', 'frameworks')

/** The frameworks that everybody has, each a dated file; a later one stands beside an earlier and never replaces it. */
const common: readonly Framework[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => frameworkShape.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
  .toSorted((a, b) => b.from.localeCompare(a.from))

/** The common frameworks, newest first, and the trust's own. */
export const frameworks = (viewer: Viewer): Promise<readonly Framework[]> =>
  keptUntilWritten(viewer, 'frameworks', async () => {
    const rows = await read(viewer, (db) =>
      db
        .selectFrom('improvement.framework')
        .where('trust_id', '=', viewer.trust)
        .select('document')
        .orderBy('code')
        .execute(),
    )
    return [...common, ...rows.map((row) => frameworkShape.parse(row.document))]
  })

export const commonFrameworkCodes: readonly string[] = common.map((one) => one.code)

/** @throws NotHere */
export async function frameworkByCode(viewer: Viewer, code: string): Promise<Framework> {
  const found =
    common.find((one) => one.code === code) ?? (await frameworks(viewer)).find((one) => one.code === code)
  if (!found) throw new NotHere(`There is no framework ${code}.`)
  return found
}
