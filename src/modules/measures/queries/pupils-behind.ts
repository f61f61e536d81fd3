import type { FigureKey } from '../../../kernel/figure.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { groupBySlug } from '../../organisation/index.ts'
import { filesOf } from '../cells/manifest.ts'
import { type PupilValue, pupilValues } from '../cells/pupil-values.ts'
import type { PupilBehind } from '../domain/ask.ts'
import type { Measure } from '../domain/measure.ts'
import { measureById } from './measures.ts'
import { mayInPlace, placeNamed } from './places.ts'
import { dropOf, sceneFor } from './scene.ts'

const statusOf = ({ status, v }: PupilValue): PupilBehind['status'] =>
  (status as PupilBehind['status'] | null) ?? (v === null ? 'no result' : 'result')

const valueIn = (measure: Measure, { v, w }: PupilValue): number | null =>
  v === null ? null : measure.interval === 'ratio' ? (w ? (100 * v) / w : null) : v

/**
 * The pupils whom a figure is about, for those who may see pupils there. By school and id; names are organisation's to
 * give, and the page says in the audit trail that it was looked at. @throws NotHere for everyone else.
 */
export async function pupilsBehind(viewer: Viewer, key: FigureKey): Promise<PupilBehind[]> {
  const scene = await sceneFor(viewer, key.snapshot)
  const measure = await measureById(viewer, key.measure)
  const drop = dropOf(scene, key.period)
  const place = await placeNamed(viewer, scene, key.place, drop.academicYear)
  if (!groupBySlug(key.group) || !mayInPlace(viewer, 'see pupils', place)) throw new NotHere()
  const every = (await filesOf(viewer, scene.snapshot, [drop.id])).get(drop.id)!
  const files =
    place.kind === 'trust'
      ? every.filter((file) => file.inTrust)
      : every.filter((file) => file.school === place.school.id)
  if (files.length === 0) return []
  const rows = await pupilValues(viewer, drop, files, {
    measure,
    year: key.year,
    group: key.group,
    ...(place.kind === 'class' ? { class: place.class.id } : {}),
  })
  return rows.map((row) => ({
    pupil: row.pupil,
    school: row.school,
    class: row.class_id,
    year: row.year_group,
    status: statusOf(row),
    value: valueIn(measure, row),
    raw: row.raw,
    counted: row.v !== null,
  }))
}

/** Those of them who are in the population and have no value to count. @throws NotHere */
export const missingFrom = async (viewer: Viewer, key: FigureKey): Promise<PupilBehind[]> =>
  (await pupilsBehind(viewer, key)).filter((pupil) => !pupil.counted)
