import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Lake } from '../../../platform/lake/lake.ts'
import type { LakeFile } from '../../evidence/index.ts'
import { catalogue, catalogueVersion } from '../catalogue/catalogue.ts'
import { nationalProgress } from '../domain/key-stage-4/national-progress.ts'
import type { CellSet } from './cell-set.ts'
import { cellsSql } from './cells-sql.ts'
import { type CellsWanted, type DropKnown, makeCells } from './make-cells.ts'
import { derivedPath, readCells } from './read-cells.ts'
import { valueSteps } from './values-sql.ts'

/** Raised when derived files are laid out in another way. */
const layoutVersion = 2

/** Changes with anything that could change a cell: the rules, the groups, the national estimates. */
export const cellRules = createHash('sha256')
  .update(
    JSON.stringify([catalogueVersion, layoutVersion, valueSteps(catalogue), cellsSql, nationalProgress]),
  )
  .digest('hex')
  .slice(0, 16)

/** The same sealed files under the same rules have the same cells, so they are kept under this name. */
const cellsName = (drop: DropKnown, files: readonly LakeFile[]): string => {
  const hash = createHash('sha256').update(`${cellRules} ${drop.kind}`)
  for (const sha256 of files.map((file) => `${file.fact} ${file.sha256}`).toSorted())
    hash.update(`\n${sha256}`)
  return `cells-${hash.digest('hex').slice(0, 40)}`
}

const mostBytes = 200_000_000

/** Cells in memory, least lately used out first, with those on their way shared by all who wait for them. */
class Keep {
  readonly #sets = new Map<string, CellSet>()
  readonly #coming = new Map<string, Promise<CellSet>>()
  #bytes = 0

  get(name: string): CellSet | undefined {
    const found = this.#sets.get(name)
    if (found) {
      this.#sets.delete(name)
      this.#sets.set(name, found)
    }
    return found
  }

  put(name: string, set: CellSet): void {
    if (this.#sets.has(name)) return
    this.#sets.set(name, set)
    this.#bytes += set.bytes
    for (const [oldest, old] of this.#sets) {
      if (this.#bytes <= mostBytes) break
      this.#sets.delete(oldest)
      this.#bytes -= old.bytes
    }
  }

  coming(name: string): Promise<CellSet> | undefined {
    return this.#coming.get(name)
  }

  expect(name: string, set: Promise<CellSet>): void {
    this.#coming.set(name, set)
    set.then(
      (made) => {
        this.put(name, made)
        this.#coming.delete(name)
      },
      () => this.#coming.delete(name),
    )
  }
}

const keeps = new WeakMap<Lake, Keep>()
const keepOf = (lake: Lake): Keep => {
  const keep = keeps.get(lake) ?? new Keep()
  keeps.set(lake, keep)
  return keep
}

export const forgetCells = (lake: Lake): boolean => keeps.delete(lake)

/** Lists of files are handed round and never change, so the cells they need are named once. */
const wantedOf = new WeakMap<readonly LakeFile[], CellsWanted[]>()

const wantedFor = (drop: DropKnown, files: readonly LakeFile[]): CellsWanted[] => {
  const known =
    wantedOf.get(files) ??
    [...Map.groupBy(files, (file) => file.school)].map(
      ([school, own]): CellsWanted => ({ drop, school, files: own, name: cellsName(drop, own) }),
    )
  wantedOf.set(files, known)
  return known
}

/** The cells of each school with files at a drop: from memory, or from their derived files, or worked out now. */
export async function cellsOfFiles(
  lake: Lake,
  drop: DropKnown,
  files: readonly LakeFile[],
): Promise<Map<number, CellSet>> {
  const keep = keepOf(lake)
  const wanted = wantedFor(drop, files)
  const found = new Map<number, CellSet>()
  const coming: CellsWanted[] = []
  for (const one of wanted) {
    const kept = keep.get(one.name)
    if (kept) found.set(one.school, kept)
    else coming.push(one)
  }
  const missing = coming.filter(({ name }) => !keep.coming(name))
  if (missing.length > 0) {
    const ready = fetchCells(lake, missing)
    missing.forEach(({ name }, index) => {
      keep.expect(
        name,
        ready.then((sets) => sets[index]!),
      )
    })
  }
  const arriving = coming.map(({ school, name }) => [school, keep.coming(name)!] as const)
  for (const [school, set] of arriving) found.set(school, await set)
  return found
}

/** Rows that one pass takes on at most: more is done in several. */
const rowsInOnePass = 400_000

/** Works out what has not been yet, of many drops together; the answer is how many files of cells were made. */
export async function makeMissingCells(
  lake: Lake,
  every: readonly { readonly drop: DropKnown; readonly files: readonly LakeFile[] }[],
): Promise<number> {
  const missing = every
    .flatMap(({ drop, files }) => wantedFor(drop, files))
    .filter(({ name }) => !keepOf(lake).get(name) && !existsSync(derivedPath(lake, name)))
  let pass: CellsWanted[] = []
  let rows = 0
  for (const one of missing) {
    const more = one.files.reduce((sum, file) => sum + file.rows, 0)
    if (pass.length > 0 && rows + more > rowsInOnePass) {
      await makeCells(lake, pass)
      pass = []
      rows = 0
    }
    pass.push(one)
    rows += more
  }
  if (pass.length > 0) await makeCells(lake, pass)
  return missing.length
}

async function fetchCells(lake: Lake, wanted: readonly CellsWanted[]): Promise<CellSet[]> {
  const unmade = wanted.filter(({ name }) => !existsSync(derivedPath(lake, name)))
  if (unmade.length > 0) await makeCells(lake, unmade)
  const read = await readCells(
    lake,
    wanted.map(({ name }) => name),
  )
  return wanted.map(({ name }) => read.get(name)!)
}
