import { NotHere } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { literal } from '../../../platform/lake/duck.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { whoLookedAt } from '../../access/index.ts'
import { everyFile, type ListedFile } from '../../evidence/index.ts'
import { type PupilPage, pupilById } from '../../organisation/index.ts'

/** A row of the lake about the pupil, with the snapshots that hold it. */
export interface HeldRow {
  readonly fact: ListedFile['fact']
  readonly drop: string
  readonly fromSnapshot: number
  /** The snapshot that no longer holds it; null while it stands. */
  readonly untilSnapshot: number | null
  readonly row: Readonly<Record<string, string | number | boolean | null>>
}

/** All that the trust holds of one pupil. Nobody else's name is in it. */
export interface WholeRecord {
  readonly pupil: PupilPage
  readonly held: readonly HeldRow[]
  /** When the record was looked at, and what was done; by whom is left out. */
  readonly looks: readonly { readonly at: Date; readonly deed: string }[]
}

const mostLooks = 5000

/** May the viewer take the pupil’s whole record away? Whoever sees the pupils and reads the trail of every school they were at. */
const mayTakeRecord = (viewer: Viewer, schools: readonly number[]): boolean =>
  schools.length > 0 &&
  schools.every((school) => may(viewer, 'see pupils', { school }) && may(viewer, 'see audit', { school }))

/** Gathers the whole record. @throws NotHere for who may not see all of it. */
export async function wholeRecord(viewer: Viewer, id: number): Promise<WholeRecord> {
  const pupil = await pupilById(viewer, id)
  const schools = [...new Set(pupil.enrolments.map(({ school }) => school))]
  if (!mayTakeRecord(viewer, schools)) throw new NotHere()
  const looks = await whoLookedAt(viewer, id, mostLooks)
  return {
    pupil,
    held: await heldIn(viewer, id, await everyFile(viewer, schools)),
    looks: looks.map(({ at, deed }) => ({ at, deed })),
  }
}

async function heldIn(viewer: Viewer, pupil: number, files: readonly ListedFile[]): Promise<HeldRow[]> {
  const bench = await viewer.house.lake.duck.workbench()
  const held: HeldRow[] = []
  try {
    for (const file of files) {
      const rows = await bench.rows<Record<string, unknown>>(
        `select * from read_parquet(${literal(viewer.house.lake.path(file.path))}) where pupil = ${Number(pupil)}`,
      )
      for (const row of rows)
        held.push({
          fact: file.fact,
          drop: file.drop,
          fromSnapshot: file.addedIn,
          untilSnapshot: file.removedIn,
          row: plain(row),
        })
    }
  } finally {
    bench.close()
  }
  return held
}

/** Our own numbers of schools, classes and drops mean nothing outside; the drop’s code stands beside the row. */
const ours = new Set(['pupil', 'school', 'drop_id', 'class_id'])

const plain = (row: Record<string, unknown>): HeldRow['row'] =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !ours.has(name))
      .map(([name, value]) => [
        name,
        typeof value === 'bigint'
          ? Number(value)
          : ((value as string | number | boolean | null | undefined) ?? null),
      ]),
  )
