import { sql } from 'kysely'
import { NotHere } from '../../../kernel/refusal.ts'
import { includesSchool, mayAnywhere, schoolsWhere } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import { keptUntilWritten } from '../../../platform/database/kept.ts'
import type { Database } from '../../../platform/database/open.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { type Drop, drops } from '../../evidence/index.ts'
import { type School, schools, type Trust, trustOf } from '../../organisation/index.ts'

/** What stands around every figure that is asked for: the trust, its schools, its drops and the snapshot. */
export interface Scene {
  readonly trust: Trust
  readonly schools: readonly School[]
  /** The schools of which the viewer sees anything. */
  readonly seen: readonly School[]
  readonly drops: readonly Drop[]
  readonly latest: number
  readonly snapshot: number
}

interface Backdrop {
  readonly written: string
  readonly trust: Trust
  readonly schools: readonly School[]
  readonly drops: readonly Drop[]
}

/** The trust's own words, by trust: the same for all of its viewers, and good until something is written. */
const backdrops = new WeakMap<Database, Map<number, Backdrop>>()

/** The latest snapshot, and what tells whether anything has been written since: every write leaves a line of history. */
const moment = (viewer: Viewer) => keptUntilWritten(viewer, 'moment', () => momentAsked(viewer))

async function momentAsked(viewer: Viewer): Promise<{ latest: number; written: string }> {
  const { rows } = await read(viewer, (db) =>
    sql<{ latest: number; line: number }>`
      select coalesce((select max(snapshot) from evidence.snapshot), 0) as latest,
        coalesce((select max(history_id) from platform.history), 0) as line`.execute(db as never),
  )
  const { latest, line } = rows[0]!
  return { latest, written: `${latest} ${line}` }
}

async function backdropOf(viewer: Viewer, written: string): Promise<Backdrop> {
  const known = backdrops.get(viewer.house.database) ?? new Map<number, Backdrop>()
  backdrops.set(viewer.house.database, known)
  const before = known.get(viewer.trust)
  if (before?.written === written) return before
  const made = {
    written,
    trust: await trustOf(viewer),
    schools: await schools(viewer),
    drops: await drops(viewer),
  }
  known.set(viewer.trust, made)
  return made
}

/** @throws NotHere for who sees no figures at all, and for a snapshot that is not there. */
export async function sceneFor(viewer: Viewer, snapshot?: number): Promise<Scene> {
  if (!mayAnywhere(viewer, 'see figures')) throw new NotHere()
  const { latest, written } = await moment(viewer)
  const asked = snapshot ?? latest
  if (!Number.isInteger(asked) || asked < 0 || asked > latest)
    throw new NotHere(`There is no snapshot ${asked}.`)
  const { trust, schools: everySchool, drops: everyDrop } = await backdropOf(viewer, written)
  const reach = schoolsWhere(viewer, 'see figures')
  return {
    trust,
    schools: everySchool,
    seen: everySchool.filter((school) => includesSchool(reach, school.id)),
    drops: everyDrop,
    latest,
    snapshot: asked,
  }
}

/** @throws NotHere */
export function dropOf(scene: Scene, code: string): Drop {
  const drop = scene.drops.find((one) => one.code === code)
  if (!drop) throw new NotHere(`There is no drop ${code}.`)
  return drop
}
