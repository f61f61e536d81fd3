import { NotHere } from '../../../kernel/refusal.ts'
import { includesSchool, mayAnywhere, schoolsWhere } from '../../../kernel/viewer.ts'
import { type Reading, read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { belongedOn, latestMembership } from '../../organisation/index.ts'
import type { Phase } from '../domain/measure.ts'
import { remember, stampOf } from './remember.ts'

export interface SchoolSeen {
  readonly id: number
  readonly urn: string
  readonly slug: string
  readonly name: string
  readonly shortName: string
  readonly phase: Phase
  readonly motto: string | null
  readonly lowAge: number | null
  readonly highAge: number | null
  readonly cluster: string | null
  /** First day in the trust, where somebody has said it, and last. */
  readonly joined: string | null
  readonly left: string | null
}

export interface DropSeen {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly academicYear: number
  readonly term: number
  readonly kind: 'termly' | 'statutory'
  readonly purpose: string
  readonly decides: string
  readonly opens: string
  readonly due: string
  readonly asAt: string
  /** Has it files in the snapshot that the page shows? */
  readonly filled: boolean
  readonly lock?: { readonly snapshot: number; readonly at: Date; readonly by: string }
}

/** What every page of figures stands on: the trust, the schools that the viewer reaches, the drops and the snapshot. */
export interface Setting {
  readonly trust: { readonly slug: string; readonly name: string; readonly vision: string | null }
  readonly schools: readonly SchoolSeen[]
  /** Newest first. */
  readonly drops: readonly DropSeen[]
  /** The snapshot that the page shows, and the latest there is; 0 before the first. */
  readonly snapshot: number
  readonly latest: number
  readonly madeAt?: Date
  /** The drop that the page is about: the one asked for, or else the newest termly one that is locked, or has results. */
  readonly drop?: DropSeen
  /** A newer drop that is still open and has some results: `?drop=` shows them so far. */
  readonly underWay?: DropSeen
  /** The newest statutory results. */
  readonly results?: DropSeen
  /** The state of the record that this was read in: what is remembered under it holds until the next. */
  readonly stamp: string
}

export interface SettingAsk {
  readonly drop?: string
  readonly snapshot?: number
}

/** @throws NotHere for a viewer without any figures to see, an unknown drop, or a snapshot that has not been made. */
export async function settingOf(viewer: Viewer, ask: SettingAsk = {}): Promise<Setting> {
  if (!mayAnywhere(viewer, 'see figures')) throw new NotHere()
  const stamp = await stampOf(viewer)
  return remember(viewer, `setting|${stamp}|${ask.drop ?? ''}|${ask.snapshot ?? ''}`, async () => ({
    ...settled(viewer, await read(viewer, (db) => rowsOf(db, viewer, ask)), ask),
    stamp,
  }))
}

async function rowsOf(db: Reading, viewer: Viewer, ask: SettingAsk) {
  const trust = await db
    .selectFrom('organisation.trust')
    .select(['slug', 'name', 'vision'])
    .where('trust_id', '=', viewer.trust)
    .executeTakeFirst()
  const schools = await db
    .selectFrom('organisation.school as s')
    .leftJoin('organisation.cluster as c', (join) =>
      join.onRef('c.trust_id', '=', 's.trust_id').onRef('c.cluster_id', '=', 's.cluster_id'),
    )
    .select([
      's.school_id as id',
      's.urn',
      's.slug',
      's.name',
      's.short_name as shortName',
      's.phase',
      's.motto',
    ])
    .leftJoin('organisation.membership as m', (join) =>
      join
        .onRef('m.trust_id', '=', 's.trust_id')
        .onRef('m.school_id', '=', 's.school_id')
        .on(latestMembership),
    )
    .select(['s.low_age as lowAge', 's.high_age as highAge', 'c.name as cluster', 'm.to_day as left'])
    .select((find) =>
      find
        .case()
        .when('m.joining_known', '=', true)
        .then(find.ref('m.from_day'))
        .else(null)
        .end()
        .as('joined'),
    )
    .where('s.trust_id', '=', viewer.trust)
    .orderBy('s.name')
    .execute()
  const snapshots = await db
    .selectFrom('evidence.snapshot')
    .select(['snapshot', 'at'])
    .where('trust_id', '=', viewer.trust)
    .orderBy('snapshot', 'desc')
    .execute()
  const locks = await db
    .selectFrom('evidence.drop_lock as l')
    .innerJoin('evidence.drop as d', (join) =>
      join.onRef('d.trust_id', '=', 'l.trust_id').onRef('d.drop_id', '=', 'l.drop_id'),
    )
    .select(['d.code', 'd.kind', 'l.snapshot'])
    .where('l.trust_id', '=', viewer.trust)
    .orderBy('d.as_at', 'desc')
    .execute()
  // What is locked is what may be cited: without a drop or snapshot asked for, the newest locked drop as it was locked.
  const latest = snapshots[0]?.snapshot ?? 0
  const lock = ask.drop
    ? locks.find((one) => one.code === ask.drop)
    : locks.find((one) => one.kind === 'termly')
  // A correction after the lock, and the history of a school that joined, is a snapshot of its own; whoever cites the lock’s still reads the lock’s.
  const corrected = lock
    ? (
        await db
          .selectFrom('evidence.snapshot as s')
          .innerJoin('evidence.drop as d', (join) =>
            join.onRef('d.trust_id', '=', 's.trust_id').onRef('d.drop_id', '=', 's.drop_id'),
          )
          .select((find) => find.fn.max('s.snapshot').as('snapshot'))
          .where('s.trust_id', '=', viewer.trust)
          .where((find) =>
            find.or([
              find.and([find('d.code', '=', lock.code), find('s.reason', '=', 'correction')]),
              find('s.reason', '=', 'history'),
            ]),
          )
          .executeTakeFirst()
      )?.snapshot
    : undefined
  const shown = ask.snapshot ?? corrected ?? lock?.snapshot ?? latest
  const soFar = await db
    .selectFrom('evidence.lake_file as f')
    .select('f.drop_id')
    .distinct()
    .where('f.trust_id', '=', viewer.trust)
    .where('f.removed_in', 'is', null)
    .where('f.added_in', '>', shown)
    .execute()
  const drops = await db
    .selectFrom('evidence.drop as d')
    .leftJoin('evidence.drop_lock as l', (join) =>
      join.onRef('l.trust_id', '=', 'd.trust_id').onRef('l.drop_id', '=', 'd.drop_id'),
    )
    .leftJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 'l.trust_id').onRef('p.person_id', '=', 'l.person_id'),
    )
    .select(['d.drop_id as id', 'd.code', 'd.name', 'd.academic_year as academicYear', 'd.term', 'd.kind'])
    .select(['d.purpose', 'd.decides', 'd.opens', 'd.due', 'd.as_at as asAt'])
    .select(['l.snapshot as lockSnapshot', 'l.at as lockedAt', 'p.name as lockedBy'])
    .select((find) =>
      find
        .exists(
          find
            .selectFrom('evidence.lake_file as f')
            .select('f.lake_file_id')
            .whereRef('f.trust_id', '=', 'd.trust_id')
            .whereRef('f.drop_id', '=', 'd.drop_id')
            .where('f.fact', '<>', 'pupil_state')
            .where('f.added_in', '<=', shown)
            .where((or) => or.or([or('f.removed_in', 'is', null), or('f.removed_in', '>', shown)])),
        )
        .as('filled'),
    )
    .where('d.trust_id', '=', viewer.trust)
    .orderBy('d.academic_year', 'desc')
    .orderBy('d.term', 'desc')
    .orderBy('d.as_at', 'desc')
    .execute()
  return {
    trust,
    schools,
    snapshots,
    drops,
    shown,
    lockedDrop: ask.snapshot ? undefined : lock?.code,
    soFar: new Set(soFar.map((row) => row.drop_id)),
  }
}

function settled(
  viewer: Viewer,
  rows: Awaited<ReturnType<typeof rowsOf>>,
  ask: SettingAsk,
): Omit<Setting, 'stamp'> {
  const reach = schoolsWhere(viewer, 'see figures')
  const made = rows.snapshots.find((one) => one.snapshot === rows.shown)
  if (!rows.trust || (ask.snapshot !== undefined && !made)) throw new NotHere()
  const drops = rows.drops.map(
    ({ lockSnapshot, lockedAt, lockedBy, filled, ...drop }): DropSeen => ({
      ...drop,
      filled: Boolean(filled),
      ...(lockSnapshot && lockedAt
        ? { lock: { snapshot: lockSnapshot, at: lockedAt, by: lockedBy ?? 'The command line' } }
        : {}),
    }),
  )
  const asked = ask.drop === undefined ? undefined : drops.find((drop) => drop.code === ask.drop)
  if (ask.drop !== undefined && !asked) throw new NotHere(`There is no drop ${ask.drop}.`)
  const filled = drops.filter((drop) => drop.filled)
  return {
    trust: rows.trust,
    schools: rows.schools.filter((school) => includesSchool(reach, school.id)),
    drops,
    snapshot: rows.shown,
    latest: rows.snapshots[0]?.snapshot ?? 0,
    madeAt: made?.at,
    drop:
      asked ??
      filled.find((drop) => drop.code === rows.lockedDrop) ??
      filled.find((drop) => drop.kind === 'termly') ??
      filled[0],
    results: filled.find((drop) => drop.kind === 'statutory'),
    underWay: drops.find(
      (drop) => drop.kind === 'termly' && !drop.lock && drop.code !== ask.drop && rows.soFar.has(drop.id),
    ),
  }
}

/** The schools that belonged to the trust on the drop’s day: those that its pages set side by side. */
export const schoolsAt = (setting: Setting, drop: Pick<DropSeen, 'asAt'> | undefined): SchoolSeen[] =>
  setting.schools.filter((school) => !drop || belongedOn(school, drop.asAt))

/** The school of the setting by its slug. @throws NotHere when the viewer does not reach it. */
export function schoolIn(setting: Setting, slug: string): SchoolSeen {
  const school = setting.schools.find((one) => one.slug === slug)
  if (!school) throw new NotHere('There is no such school that you can see.')
  return school
}

/** The drops of the same kind and year that come up to this one, oldest first: what a trend is drawn over. */
export function dropsUpTo(setting: Setting, drop: DropSeen, most = 6): DropSeen[] {
  return setting.drops
    .filter((one) => one.filled && one.kind === drop.kind && one.asAt <= drop.asAt)
    .slice(0, most)
    .reverse()
}
