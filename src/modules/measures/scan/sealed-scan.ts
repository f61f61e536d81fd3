import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { literal } from '../../../platform/lake/duck.ts'
import type { Lake } from '../../../platform/lake/lake.ts'
import type { LakeFile } from '../../evidence/index.ts'
import { cellRules } from '../cells/kept-cells.ts'
import type { DropKnown } from '../cells/make-cells.ts'
import { derivedPath } from '../cells/read-cells.ts'
import type { Doubt } from '../domain/doubts/doubt.ts'
import type { Named } from '../domain/scan/cell-table.ts'
import { type DropInYear, doubtKey } from '../doubts/make-doubts.ts'
import { scanFactsSql } from './facts-sql.ts'

/** Raised when the scan would say something else of the same files, or is laid out in another way. */
const scanVersion = 4

const rules = createHash('sha256')
  .update(JSON.stringify([scanVersion, cellRules, scanFactsSql([])]))
  .digest('hex')

/** What a scan is made of: the sealed files of a drop, and those of the one before in the same year. */
export interface ScanInputs {
  readonly drop: DropKnown & DropInYear
  readonly files: readonly LakeFile[]
  readonly before?: { readonly drop: DropKnown & DropInYear; readonly files: readonly LakeFile[] }
}

/**
 * The same sealed files of a drop under the same rules have the same scan, so it is kept under this name; `before` are those of the
 * drop before, where what is kept rests on them too.
 */
export function scanName(
  trust: number,
  { id, kind }: DropKnown,
  files: readonly LakeFile[],
  before: readonly LakeFile[] = [],
): string {
  const hash = createHash('sha256').update(`${rules} ${trust} ${id} ${kind}`)
  for (const some of [files, before]) {
    hash.update('\n')
    for (const line of some.map(({ fact, school, sha256 }) => `${school} ${fact} ${sha256}`).toSorted())
      hash.update(`\n${line}`)
  }
  return `scan-${hash.digest('hex').slice(0, 40)}`
}

export const nameOf = (trust: number, { drop, files, before }: ScanInputs): string =>
  scanName(trust, drop, files, before?.files)

/** A finding as it is sealed: of every school, so whoever shows it leaves out what the viewer may not see. */
export interface SealedFinding {
  /** Names the same place and group at every drop: `average-reading-scaled|school=3|year=4|disadvantage=disadvantaged` */
  readonly key: string
  readonly measure: string
  readonly place: Named
  readonly group: Named
  /** Results and the pupils whose they are. */
  readonly n: number
  readonly pupils: number
  /** Pupils of the place and group who have no result. */
  readonly missing: number
  /** Pupils of the place with a result who are not of the group. */
  readonly rest: number
  readonly gap: number
  readonly low: number
  readonly high: number
  readonly shrunk: number
  readonly q: number
  readonly folded: number
  /** Their results, in no order, and the mean of these. */
  readonly values: readonly number[]
  readonly mean: number
}

export interface Gap {
  readonly gap: number
  readonly low: number
  readonly high: number
}

/** What a scan of one drop found, as it lies in the lake. */
export interface SealedScan {
  readonly family: number
  readonly tested: number
  readonly ordinary: number
  readonly fdr: number
  readonly measures: readonly {
    readonly id: string
    /** Share of the pupils with a value who also have a prior attainment. */
    readonly withPrior: number
  }[]
  /** Measures in which one school alone has results. */
  readonly alone: readonly string[]
  /** In the order in which to look. */
  readonly findings: readonly SealedFinding[]
  /** Questions about the data, kind by kind. */
  readonly doubts: readonly Doubt[]
  /** Of every place and group that could be told from chance, by key. */
  readonly gaps: ReadonlyMap<string, Gap>
}

export const keyOf = (measure: string, place: Named, group: Named): string =>
  [measure, ...Object.entries({ ...place, ...group }).map(([name, value]) => `${name}=${value}`)].join('|')

export const isSealed = (lake: Lake, name: string): boolean => existsSync(derivedPath(lake, name))

/** Seals a scan beside the cells; the rows of findings carry the whole finding. */
export async function sealScan(lake: Lake, name: string, scan: SealedScan): Promise<void> {
  const { findings, doubts, gaps, ...about } = scan
  const bench = await lake.duck.workbench()
  try {
    await bench.run(
      'create temporary table sealed (part varchar, key varchar, gap double, low double, high double, body varchar)',
    )
    const appender = await bench.connection.createAppender('sealed')
    const add = (part: string, key: string, gap?: Gap, body?: object) => {
      appender.appendVarchar(part)
      appender.appendVarchar(key)
      for (const number of gap ? [gap.gap, gap.low, gap.high] : [0, 0, 0]) appender.appendDouble(number)
      if (body) appender.appendVarchar(JSON.stringify(body))
      else appender.appendNull()
      appender.endRow()
    }
    add('about', '', undefined, about)
    for (const finding of findings) add('finding', finding.key, finding, finding)
    for (const doubt of doubts) add('doubt', doubtKey(doubt.kind, doubt.place), undefined, doubt)
    for (const [key, gap] of gaps) add('cell', key, gap)
    appender.closeSync()
    await lake.sealDerived(bench, 'select * from sealed', name)
  } finally {
    bench.close()
  }
}

interface Line {
  readonly part: 'about' | 'finding' | 'doubt' | 'cell'
  readonly key: string
  readonly gap: number
  readonly low: number
  readonly high: number
  readonly body: string | null
}

const most = 12
const kept = new WeakMap<Lake, Map<string, Promise<SealedScan>>>()

export const forgetScans = (lake: Lake): boolean => kept.delete(lake)

/** Reads a sealed scan, once: what is sealed never changes. */
export function readScan(lake: Lake, name: string): Promise<SealedScan> {
  const known = kept.get(lake) ?? new Map<string, Promise<SealedScan>>()
  kept.set(lake, known)
  const reading = known.get(name) ?? fetchScan(lake, name)
  known.delete(name)
  known.set(name, reading)
  reading.catch(() => known.delete(name))
  if (known.size > most) known.delete(known.keys().next().value!)
  return reading
}

async function fetchScan(lake: Lake, name: string): Promise<SealedScan> {
  const bench = await lake.duck.workbench()
  try {
    const lines = await bench.rows<Line>(`select * from read_parquet(${literal(derivedPath(lake, name))})`)
    const bodies = (part: Line['part']) =>
      lines.filter((line) => line.part === part).map(({ body }) => JSON.parse(body!))
    return {
      ...(bodies('about')[0] as Omit<SealedScan, 'findings' | 'doubts' | 'gaps'>),
      findings: bodies('finding') as SealedFinding[],
      doubts: bodies('doubt') as Doubt[],
      gaps: new Map(
        lines.flatMap(({ part, key, gap, low, high }) =>
          part === 'cell' ? [[key, { gap, low, high }]] : [],
        ),
      ),
    }
  } finally {
    bench.close()
  }
}
