import { existsSync } from 'node:fs'
import { literal } from '../../../platform/lake/duck.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { LakeFile } from '../../evidence/index.ts'
import type { DropKnown } from '../cells/make-cells.ts'
import { derivedPath } from '../cells/read-cells.ts'
import { scanName } from '../scan/sealed-scan.ts'
import type { ModelAsk, ModelAt } from './model-of.ts'

/** Raised when a model would say something else of the same files, or is laid out in another way. */
const modelsVersion = 1

/** Models lie beside the scan of the same sealed files, under its name. */
export const modelsName = (scan: string): string => `models-${modelsVersion}-${scan}`

const keyOf = (measure: string, { by, year }: ModelAsk): string => `${measure}|${by}|${year ?? ''}`

export interface SealedModel {
  readonly measure: string
  readonly ask: ModelAsk
  readonly model: ModelAt
}

export async function sealModels(
  { house: { lake } }: Viewer,
  name: string,
  models: readonly SealedModel[],
): Promise<void> {
  const bench = await lake.duck.workbench()
  try {
    await bench.run('create temporary table sealed (key varchar, body varchar)')
    const appender = await bench.connection.createAppender('sealed')
    for (const { measure, ask, model } of models) {
      appender.appendVarchar(keyOf(measure, ask))
      appender.appendVarchar(JSON.stringify(model))
      appender.endRow()
    }
    appender.closeSync()
    await lake.sealDerived(bench, 'select * from sealed', name)
  } finally {
    bench.close()
  }
}

/** One sealed model; undefined where none was made of these files. */
export async function readModel(
  { trust, house: { lake } }: Viewer,
  drop: DropKnown,
  files: readonly LakeFile[],
  measure: string,
  ask: ModelAsk,
): Promise<ModelAt | undefined> {
  const path = derivedPath(lake, modelsName(scanName(trust, drop, files)))
  if (!existsSync(path)) return undefined
  const bench = await lake.duck.workbench()
  try {
    const [row] = await bench.rows<{ body: string }>(
      `select body from read_parquet(${literal(path)}) where key = ${literal(keyOf(measure, ask))}`,
    )
    return row && (JSON.parse(row.body) as ModelAt)
  } finally {
    bench.close()
  }
}
