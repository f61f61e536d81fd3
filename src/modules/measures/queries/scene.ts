import { NotHere } from '../../../kernel/refusal.ts'
import { includesSchool, mayAnywhere, schoolsWhere } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { type Drop, drops, latestSnapshot } from '../../evidence/index.ts'
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

/** @throws NotHere for who sees no figures at all, and for a snapshot that is not there. */
export async function sceneFor(viewer: Viewer, snapshot?: number): Promise<Scene> {
  if (!mayAnywhere(viewer, 'see figures')) throw new NotHere()
  const [trust, everySchool, everyDrop, latest] = [
    await trustOf(viewer),
    await schools(viewer),
    await drops(viewer),
    await latestSnapshot(viewer),
  ]
  const asked = snapshot ?? latest
  if (!Number.isInteger(asked) || asked < 0 || asked > latest)
    throw new NotHere(`There is no snapshot ${asked}.`)
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
