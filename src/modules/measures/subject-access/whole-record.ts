import { nameRemover } from '../../../kernel/names-in-text.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { literal } from '../../../platform/lake/duck.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { whoLookedAt, wordsAbout } from '../../access/index.ts'
import { answersNaming, everyFile, type ListedFile } from '../../evidence/index.ts'
import { type PupilPage, pupilById } from '../../organisation/index.ts'
import { type TextCleared, withoutOthers } from './names-left-out.ts'

/** A row of the lake about the pupil, with the snapshots that hold it. */
export interface HeldRow {
  readonly fact: ListedFile['fact']
  readonly drop: string
  readonly fromSnapshot: number
  /** The snapshot that no longer holds it; null while it stands. */
  readonly untilSnapshot: number | null
  readonly row: Readonly<Record<string, string | number | boolean | null>>
}

/** Something that somebody wrote about the pupil: a reason, an answer to a check. */
export interface Written {
  readonly what: string
  readonly at: Date
  readonly words: string
}

/** All that the trust holds of one pupil. Nobody else's name is in it, but for `cleared`. */
export interface WholeRecord {
  readonly pupil: PupilPage
  readonly held: readonly HeldRow[]
  readonly written: readonly Written[]
  /** Where names were left out, with the names: for whoever takes the record away to check, never to send on. */
  readonly cleared: readonly TextCleared[]
  /** When the record was looked at, and what was done; by whom is left out. */
  readonly looks: readonly { readonly at: Date; readonly deed: string }[]
}

const mostLooks = 5000

/** May the viewer take the pupil’s whole record away? Whoever sees the pupils and reads the trail of every school they were at. */
const mayTakeRecord = (viewer: Viewer, schools: readonly number[]): boolean =>
  schools.length > 0 &&
  schools.every((school) => may(viewer, 'see pupils', { school }) && may(viewer, 'see audit', { school }))

/** Gathers the whole record; `also` are ordinary words of which somebody said that they are names. @throws NotHere for who may not see all of it. */
export async function wholeRecord(
  viewer: Viewer,
  id: number,
  also: readonly string[] = [],
): Promise<WholeRecord> {
  const pupil = await pupilById(viewer, id)
  const schools = [...new Set(pupil.enrolments.map(({ school }) => school))]
  if (!mayTakeRecord(viewer, schools)) throw new NotHere()
  const looks = await whoLookedAt(viewer, id, mostLooks)
  const held = await heldIn(viewer, id, await everyFile(viewer, schools))
  const written = await writtenAbout(viewer, pupil, schools)
  return {
    ...(await withoutOthers(viewer, { pupil, held, written }, also)),
    looks: looks.map(({ at, deed }) => ({ at, deed })),
  }
}

const reasons: Readonly<Record<string, string>> = {
  'corrected result': 'Why a result was corrected',
  'corrected record': 'Why the name or number was put right',
  'broke glass': 'Why somebody broke the glass',
  'joined records': 'Why two records were joined',
}

async function writtenAbout(
  viewer: Viewer,
  pupil: PupilPage,
  schools: readonly number[],
): Promise<Written[]> {
  const named = nameRemover([{ ...pupil, numbers: pupil.upn ? [pupil.upn] : [] }])
  return [
    ...(await wordsAbout(viewer, pupil.id)).map(({ deed, at, words }) => ({
      what: reasons[deed] ?? `Reason: ${deed}`,
      at,
      words,
    })),
    ...(await answersNaming(viewer, schools, named)).map((one) => ({ what: 'Answer to a check', ...one })),
  ]
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
