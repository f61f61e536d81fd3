import { createReadStream } from 'node:fs'
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { auditIn } from '../../access/index.ts'
import { type School, schools } from '../../organisation/index.ts'
import { type Receipt, receive } from './receive.ts'

/** What became of one file of the folder. */
export interface Taken {
  /** Within the folder: `199001/marks.csv`. */
  readonly file: string
  readonly receipts: readonly Receipt[]
  /** The sentence that refused it. */
  readonly refused?: string
}

/** Sizes and times as they stood at the last look: a file that has changed since is still being written. */
export type Stood = Map<string, string>

const doneFolder = 'done'
const refusedFolder = 'refused'

/**
 * Takes the files of a watched folder, once. A file at its top is of the whole trust; one in a folder named by a URN (or a school’s short
 * address) is of that school; a folder in that, of a drop. What was taken moves to `done`, what was refused to `refused`, each with a
 * sentence beside it. A file is left alone until it has stood still since the look before.
 */
export async function takeFromFolder(
  viewer: Viewer,
  folder: string,
  { stood, publishes }: { readonly stood: Stood; readonly publishes: boolean },
): Promise<Taken[]> {
  const known = await schools(viewer)
  const taken: Taken[] = []
  const seen = new Map<string, string>()
  for (const found of await filesIn(folder, known)) {
    const { size, mtimeMs } = await stat(join(folder, found.path)).catch(() => ({ size: -1, mtimeMs: 0 }))
    const now = `${size} ${mtimeMs}`
    seen.set(found.path, now)
    if (size < 0 || stood.get(found.path) !== now) continue
    taken.push(await takeOne(viewer, folder, found, publishes))
    seen.delete(found.path)
  }
  stood.clear()
  for (const [path, now] of seen) stood.set(path, now)
  return taken
}

interface Found {
  readonly path: string
  /** None when its folder names no school of the trust. */
  readonly school: School | null | undefined
  readonly drop?: string
}

/** Files at the top, in a school’s folder, and in a drop’s folder in that. Names that begin with a dot, and parts of downloads, are left alone. */
async function filesIn(folder: string, known: readonly School[]): Promise<Found[]> {
  const found: Found[] = []
  const look = async (
    path: string,
    school: School | null | undefined,
    drop: string | undefined,
    depth: number,
  ) => {
    for (const entry of await readdir(join(folder, path), { withFileTypes: true })) {
      const name = entry.name
      if (/^[.~]|\.(part|tmp|crdownload|filepart)$/i.test(name)) continue
      if (depth === 0 && [doneFolder, refusedFolder].includes(name)) continue
      const inner = join(path, name)
      if (entry.isFile()) found.push({ path: inner, school, drop })
      else if (entry.isDirectory() && depth === 0)
        await look(
          inner,
          known.find(({ urn, slug }) => urn === name || slug === name),
          undefined,
          1,
        )
      else if (entry.isDirectory() && depth === 1) await look(inner, school, name, 2)
    }
  }
  await look('', null, undefined, 0)
  return found
}

async function takeOne(
  viewer: Viewer,
  folder: string,
  { path, school, drop }: Found,
  publishes: boolean,
): Promise<Taken> {
  const name = basename(path)
  const file = path.replaceAll('\\', '/')
  let taken: Taken
  try {
    if (school === undefined)
      throw new Refusal(
        `The folder “${file.split('/')[0]}” is named after no school of the trust. Name it by the school’s URN.`,
      )
    const kept = await viewer.house.files.keep(createReadStream(join(folder, path)))
    const receipts = await receive(viewer, {
      upload: { name, ...kept },
      school: school?.id ?? null,
      drop,
      publishes,
    })
    taken = { file, receipts }
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof NotHere)) throw error
    taken = { file, receipts: [], refused: error.message }
  }
  await write(viewer, (tx) =>
    auditIn(viewer, tx, {
      deed: 'took file from folder',
      subject: 'evidence.folder',
      id: file.slice(0, 200),
      school: school?.id ?? null,
      detail: { file, ...(taken.refused ? { refused: taken.refused } : {}) },
    }),
  )
  await moveAway(viewer, folder, path, taken)
  return taken
}

/** Moved under the moment at which it was taken, so that tomorrow’s file of the same name does not replace it. */
async function moveAway(viewer: Viewer, folder: string, path: string, taken: Taken): Promise<void> {
  const moment = viewer.house.clock.now().toISOString().slice(0, 19).replaceAll(':', '')
  const into = join(folder, taken.refused ? refusedFolder : doneFolder)
  await mkdir(into, { recursive: true })
  const moved = join(into, `${moment} ${path.replaceAll(/[\\/]/g, ' ')}`)
  await rename(join(folder, path), moved)
  await writeFile(`${moved}.txt`, `${wordsOf(taken)}\n`)
}

export const wordsOf = ({ receipts, refused }: Pick<Taken, 'receipts' | 'refused'>): string =>
  refused ??
  receipts
    .map(({ says, state, snapshot, why, leftOut }) =>
      [
        `${says}: ${state}${snapshot ? ` as snapshot ${snapshot}` : ''}.`,
        why,
        leftOut ? `${leftOut} left out.` : undefined,
      ]
        .filter(Boolean)
        .join(' '),
    )
    .join('\n')
