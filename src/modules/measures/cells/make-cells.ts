import { literal, type Workbench } from '../../../platform/lake/duck.ts'
import type { Lake } from '../../../platform/lake/lake.ts'
import type { LakeFile } from '../../evidence/index.ts'
import { catalogue } from '../catalogue/catalogue.ts'
import { cellsSql } from './cells-sql.ts'
import { groupSlugs } from './groups-sql.ts'
import { type KeyStage4Row, keyStage4Sql, keyStage4Values } from './key-stage-4-values.ts'
import { createTable, factNames, lakeColumns } from './lake-tables.ts'
import { asTable, valueSteps } from './values-sql.ts'

/** The drop that cells are worked out for. */
export interface DropKnown {
  readonly id: number
  readonly kind: 'termly' | 'statutory'
}

/** Cells of one school at a drop: the sealed files they are made of, and the name they are kept by. */
export interface CellsWanted {
  readonly drop: DropKnown
  readonly school: number
  readonly name: string
  readonly files: readonly LakeFile[]
}

/** Lays out the facts of some schools at some drops as the tables that the measures' SQL reads. */
export async function layOut(
  bench: Workbench,
  lake: Lake,
  drops: readonly DropKnown[],
  files: readonly LakeFile[],
): Promise<void> {
  for (const fact of factNames) {
    const paths = files.filter((file) => file.fact === fact).map((file) => literal(lake.path(file.path)))
    await bench.run(
      paths.length > 0
        ? `create temporary view ${fact} as select ${Object.keys(lakeColumns[fact]).join(', ')} from read_parquet([${paths.join(', ')}])`
        : createTable(fact),
    )
  }
  await bench.run(
    `create temporary table drop_kind as select * from (values ${drops
      .map(({ id, kind }) => `(${id}, ${literal(kind)})`)
      .join(', ')}) as d(drop_id, kind)`,
  )
  await bench.run(
    'create temporary table key_stage_4_value (drop_id integer, school integer, pupil bigint, measure varchar, v double)',
  )
  const rows = keyStage4Values(await bench.rows<KeyStage4Row>(keyStage4Sql))
  const appender = await bench.connection.createAppender('key_stage_4_value')
  for (const row of rows) {
    appender.appendInteger(row.drop_id)
    appender.appendInteger(row.school)
    appender.appendBigInt(BigInt(row.pupil))
    appender.appendVarchar(row.measure)
    if (row.v === null) appender.appendNull()
    else appender.appendDouble(row.v)
    appender.endRow()
  }
  appender.closeSync()
  for (const step of valueSteps(catalogue)) await bench.run(asTable(step))
}

const place = `case pupil_group ${groupSlugs.map((slug, index) => `when ${literal(slug)} then ${index}`).join(' ')} end`

/** Works out the cells of some schools at some drops in one pass, and seals them one by one. */
export async function makeCells(lake: Lake, wanted: readonly CellsWanted[]): Promise<void> {
  const bench = await lake.duck.workbench()
  try {
    const drops = [...new Map(wanted.map(({ drop }) => [drop.id, drop])).values()]
    await layOut(
      bench,
      lake,
      drops,
      wanted.flatMap((one) => one.files),
    )
    await bench.run(`create temporary table cell as select * from (${cellsSql}) order by drop_id, school`)
    for (const { drop, school, name } of wanted)
      await lake.sealDerived(
        bench,
        `select measure, year_group, cast(${place} as double) as pupil_group, cast(class_id as double) as class_id,
          cast(form as double) as form, cast(population as double) as population, cast(n as double) as n, v, vv, w, ww, vw
        from cell where drop_id = ${drop.id} and school = ${school}
        order by measure, year_group, pupil_group, class_id`,
        name,
      )
  } finally {
    bench.close()
  }
}
