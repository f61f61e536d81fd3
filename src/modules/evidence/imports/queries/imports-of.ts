import { read } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import type { Checked } from '../domain/words.ts'
import { maySeeFiles } from './import-row.ts'

/** One import in a list of a drop’s files. */
export interface ImportLine {
  readonly id: number
  readonly school: number | null
  readonly name: string
  readonly bytes: number
  readonly by: string | null
  readonly at: Date
  /** The last thing that was done with it. */
  readonly step: 'uploaded' | 'mapped' | 'checked' | 'published' | 'undone' | 'abandoned'
  readonly stepAt: Date
  readonly snapshot: number | null
  /** Problems that wait for an answer. */
  readonly open: number
}

/** The imports into a drop, latest first; of one school, or of all that the viewer may see files of. */
export async function importsOf(viewer: Viewer, drop: number, school?: number | null): Promise<ImportLine[]> {
  const { rows, steps } = await read(viewer, async (db) => {
    let query = db
      .selectFrom('evidence.import as i')
      .innerJoin('evidence.upload as u', (join) =>
        join.onRef('u.trust_id', '=', 'i.trust_id').onRef('u.upload_id', '=', 'i.upload_id'),
      )
      .leftJoin('organisation.person as p', (join) =>
        join.onRef('p.trust_id', '=', 'u.trust_id').onRef('p.person_id', '=', 'u.uploaded_by'),
      )
      .select([
        'i.import_id as id',
        'i.school_id as school',
        'u.name',
        'u.bytes',
        'p.name as by',
        'u.uploaded_at as at',
        'i.checked',
      ])
      .where('i.drop_id', '=', drop)
    if (school !== undefined)
      query = query.where('i.school_id', school === null ? 'is' : '=', school as never)
    const rows = await query.orderBy('i.import_id', 'desc').execute()
    const steps = rows.length
      ? await db
          .selectFrom('evidence.import_step')
          .select(['import_id', 'step', 'at', 'snapshot'])
          .where(
            'import_id',
            'in',
            rows.map((row) => row.id),
          )
          .orderBy('import_step_id')
          .execute()
      : []
    return { rows, steps }
  })
  return rows
    .filter((row) => maySeeFiles(viewer, row.school))
    .map(({ checked, ...row }) => {
      const last = steps.findLast((step) => step.import_id === row.id)
      return {
        ...row,
        step: last?.step ?? 'uploaded',
        stepAt: last?.at ?? row.at,
        snapshot: last?.snapshot ?? null,
        open: ((checked as Checked | null)?.groups ?? []).reduce((total, group) => total + group.open, 0),
      }
    })
}
