import { literal } from '../../../platform/lake/duck.ts'
import type { Lake } from '../../../platform/lake/lake.ts'
import { type CellColumns, type CellRun, CellSet } from './cell-set.ts'

/** Where the cells of a name lie. */
export const derivedPath = (lake: Lake, name: string): string => lake.path(`derived/${name}.parquet`)

interface RunRow {
  readonly filename: string
  readonly measure: string
  readonly year_group: string
  readonly rows: number
}

const numbers = ['pupil_group', 'class_id', 'form', 'population', 'n', 'v', 'vv', 'w', 'ww', 'vw']

/**
 * Reads derived files back. Numbers come as whole columns and words once a run of rows; both keep the order of the files,
 * which were written sorted by measure and year group.
 */
export async function readCells(lake: Lake, names: readonly string[]): Promise<Map<string, CellSet>> {
  const bench = await lake.duck.workbench()
  try {
    const inOrder = names.toSorted((a, b) => (derivedPath(lake, a) < derivedPath(lake, b) ? -1 : 1))
    const from = `read_parquet([${inOrder.map((name) => literal(derivedPath(lake, name))).join(', ')}], filename = true)`
    const rows = await bench.rows<RunRow>(
      `select filename, measure, year_group, cast(count(*) as integer) as rows from ${from}
      group by filename, measure, year_group order by filename, measure, year_group`,
    )
    const columns = await numberColumns(bench, from)
    const runs = new Map<string, CellRun[]>()
    let at = 0
    for (const { filename, measure, year_group, rows: count } of rows) {
      const run = { measure, year: year_group, from: at, to: at + count }
      at += count
      const known = runs.get(filename)
      if (known) known.push(run)
      else runs.set(filename, [run])
    }
    return new Map(
      inOrder.map((name) => [name, new CellSet(columns, runs.get(derivedPath(lake, name)) ?? [])]),
    )
  } finally {
    bench.close()
  }
}

async function numberColumns(
  bench: Awaited<ReturnType<Lake['duck']['workbench']>>,
  from: string,
): Promise<CellColumns> {
  const result = await bench.connection.run(`select ${numbers.join(', ')} from ${from}`)
  const chunks = await result.fetchAllChunks()
  const length = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0)
  const columns = numbers.map((_, column) => {
    const whole = new Float64Array(length)
    let at = 0
    for (const chunk of chunks) {
      const { items } = chunk.getColumnVector(column) as unknown as { readonly items: Float64Array }
      whole.set(items.subarray(0, chunk.rowCount), at)
      at += chunk.rowCount
    }
    return whole
  })
  const [group, classId, form, ...statistics] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    ...Float64Array[],
  ]
  return { group, class: classId, form, statistics }
}
