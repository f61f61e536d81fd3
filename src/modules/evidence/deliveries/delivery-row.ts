import { NotHere } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { type Reading as Door, read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { importers } from '../imports/formats/catalogue.ts'
import type { Wish } from '../imports/formats/contract.ts'
import type { DeliveryStep } from '../tables.ts'
import { mayBring, type Planned } from './plan-file.ts'

/** A file that was brought in, with what stands about it. */
export interface DeliveryRow {
  readonly id: number
  readonly school: number | null
  readonly upload: {
    readonly name: string
    readonly sha256: string
    readonly bytes: number
    readonly at: Date
    readonly by: string | null
  }
  /** `gias` */
  readonly code: string
  /** `Extract of Get Information about Schools (GIAS)` */
  readonly format: string
  readonly says: string
  readonly wish: Wish
  readonly planned: Planned
  readonly ended?: { readonly step: DeliveryStep; readonly at: Date; readonly by: string | null }
  readonly undone?: { readonly at: Date; readonly by: string | null }
  readonly mayBring: boolean
}

const all = (db: Door) =>
  db
    .selectFrom('evidence.delivery as d')
    .innerJoin('evidence.upload as u', (join) =>
      join.onRef('u.trust_id', '=', 'd.trust_id').onRef('u.upload_id', '=', 'd.upload_id'),
    )
    .leftJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 'u.trust_id').onRef('p.person_id', '=', 'u.uploaded_by'),
    )
    .leftJoin('evidence.delivery_step as s', (join) =>
      join
        .onRef('s.trust_id', '=', 'd.trust_id')
        .onRef('s.delivery_id', '=', 'd.delivery_id')
        .on('s.step', 'in', ['put in', 'set aside']),
    )
    .leftJoin('evidence.delivery_step as x', (join) =>
      join
        .onRef('x.trust_id', '=', 'd.trust_id')
        .onRef('x.delivery_id', '=', 'd.delivery_id')
        .on('x.step', '=', 'undone'),
    )
    .leftJoin('organisation.person as xp', (join) =>
      join.onRef('xp.trust_id', '=', 'x.trust_id').onRef('xp.person_id', '=', 'x.person_id'),
    )
    .leftJoin('organisation.person as e', (join) =>
      join.onRef('e.trust_id', '=', 's.trust_id').onRef('e.person_id', '=', 's.person_id'),
    )
    .select([
      'd.delivery_id as id',
      'd.school_id as school',
      'd.format',
      'd.says',
      'd.wish',
      'd.planned',
      'u.name',
      'u.sha256',
      'u.bytes',
      'u.uploaded_at as at',
      'p.name as by',
      's.step',
      's.at as endedAt',
      'e.name as endedBy',
      'x.at as undoneAt',
      'xp.name as undoneBy',
    ])

type Found = Awaited<ReturnType<ReturnType<typeof all>['execute']>>[number]

function rowOf(viewer: Viewer, found: Found): DeliveryRow | undefined {
  const importer = importers.find(({ code }) => code === found.format)
  if (!importer) return undefined
  const mine = mayBring(viewer, importer, found.school)
  const seen = mine || may(viewer, 'see files', found.school === null ? {} : { school: found.school })
  if (!seen) return undefined
  return {
    id: found.id,
    school: found.school,
    upload: {
      name: found.name,
      sha256: found.sha256,
      bytes: Number(found.bytes),
      at: found.at,
      by: found.by,
    },
    code: importer.code,
    format: importer.name,
    says: found.says,
    wish: found.wish as Wish,
    planned: found.planned as Planned,
    ended: found.step ? { step: found.step, at: found.endedAt!, by: found.endedBy } : undefined,
    undone: found.undoneAt ? { at: found.undoneAt, by: found.undoneBy } : undefined,
    mayBring: mine,
  }
}

/** @throws NotHere when there is no such delivery, or the viewer may not see it. */
export async function deliveryIn(db: Door, viewer: Viewer, id: number): Promise<DeliveryRow> {
  const found = await all(db).where('d.delivery_id', '=', id).executeTakeFirst()
  const row = found && rowOf(viewer, found)
  if (!row) throw new NotHere()
  return row
}

/** One delivery, for its page. @throws NotHere */
export const delivery = (viewer: Viewer, id: number): Promise<DeliveryRow> =>
  read(viewer, (db) => deliveryIn(db, viewer, id))

/** What was brought in, the latest first. */
export async function deliveries(viewer: Viewer, most = 100): Promise<DeliveryRow[]> {
  const found = await read(viewer, (db) => all(db).orderBy('d.delivery_id', 'desc').limit(most).execute())
  return found.flatMap((one) => rowOf(viewer, one) ?? [])
}
