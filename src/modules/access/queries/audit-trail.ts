import { sql } from 'kysely'
import type { Day } from '../../../kernel/days.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { includesSchool, mayAnywhere, schoolsWhere } from '../../../kernel/viewer.ts'
import { type Reading, read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { pupilNames } from '../../organisation/index.ts'
import { auditSentence } from '../domain/audit-sentence.ts'

export interface TrailLine {
  readonly seq: number
  readonly at: Date
  readonly person: number | null
  readonly name: string
  readonly deed: string
  readonly subject: string
  readonly id: string
  readonly school: number | null
  readonly schoolName: string | null
  readonly sentence: string
}

export interface TrailAsk {
  readonly school?: number
  readonly person?: number
  readonly pupil?: number
  readonly deed?: string
  readonly from?: Day
  readonly to?: Day
  /** Lines older than this one. */
  readonly before?: number
  readonly limit?: number
}

const londonDayOf = sql<Day>`(a.at at time zone 'Europe/London')::date`

const lines = (db: Reading, viewer: Viewer, schools: 'all' | readonly number[]) =>
  db
    .selectFrom('access.audit as a')
    .leftJoin('organisation.school as s', (join) =>
      join.onRef('s.trust_id', '=', 'a.trust_id').onRef('s.school_id', '=', 'a.school_id'),
    )
    .leftJoin('organisation.person as p', (join) =>
      join
        .onRef('p.trust_id', '=', 'a.trust_id')
        .on((eb) => eb(eb.cast('p.person_id', 'text'), '=', eb.ref('a.subject_id'))),
    )
    .where('a.trust_id', '=', viewer.trust)
    .$if(schools !== 'all', (query) =>
      query.where('a.school_id', 'in', [...(schools as readonly number[]), -1]),
    )
    .select([
      'a.seq',
      'a.at',
      'a.person_id as person',
      'a.person_name as name',
      'a.deed',
      'a.subject',
      'a.subject_id as id',
    ])
    .select(['a.school_id as school', 's.short_name as schoolName', 'a.detail', 'p.name as personAbout'])
    .orderBy('a.seq', 'desc')

/** Lines that name the pupil, alone or in a list. */
const naming = (db: Reading, viewer: Viewer, pupil: number) =>
  db
    .selectFrom('access.audit_pupil')
    .where('trust_id', '=', viewer.trust)
    .where('pupil_id', '=', pupil)
    .select('seq')

type Found = Awaited<ReturnType<ReturnType<typeof lines>['execute']>>

/**
 * Who did what, latest first: in the whole trust, or in the schools whose trail the viewer may read.
 * @throws NotHere when they may read none.
 */
export async function auditTrail(
  viewer: Viewer,
  ask: TrailAsk = {},
): Promise<{ lines: TrailLine[]; more: boolean }> {
  if (!mayAnywhere(viewer, 'see audit')) throw new NotHere()
  const reach = schoolsWhere(viewer, 'see audit')
  if (ask.school !== undefined && !includesSchool(reach, ask.school)) throw new NotHere()
  const limit = ask.limit ?? 100
  const found = await read(viewer, (db) => {
    let query = lines(db, viewer, ask.school === undefined ? reach : [ask.school])
    if (ask.person !== undefined) query = query.where('a.person_id', '=', ask.person)
    if (ask.pupil !== undefined) query = query.where('a.seq', 'in', naming(db, viewer, ask.pupil))
    if (ask.deed !== undefined) query = query.where('a.deed', '=', ask.deed)
    if (ask.from !== undefined) query = query.where(londonDayOf, '>=', ask.from)
    if (ask.to !== undefined) query = query.where(londonDayOf, '<=', ask.to)
    if (ask.before !== undefined) query = query.where('a.seq', '<', ask.before)
    return query.limit(limit + 1).execute()
  })
  return { lines: await named(viewer, found.slice(0, limit)), more: found.length > limit }
}

/** Who looked at this pupil, latest first, in the schools whose trail the viewer may read; nothing for those who may read none. */
export async function whoLookedAt(viewer: Viewer, pupil: number, limit = 50): Promise<TrailLine[]> {
  if (!mayAnywhere(viewer, 'see audit')) return []
  return (await auditTrail(viewer, { pupil, limit })).lines
}

/** Is the line about one pupil? A search is about none. */
const isPupil = (line: { subject: string; id: string }) =>
  line.subject === 'organisation.pupil' && /^\d{1,9}$/.test(line.id)

async function named(viewer: Viewer, found: Found): Promise<TrailLine[]> {
  const pupils = found.filter(isPupil).map((line) => Number(line.id))
  const names = await pupilNames(viewer, [...new Set(pupils)])
  return found.map(({ personAbout, detail, ...line }) => {
    const pupil = isPupil(line) ? names.get(Number(line.id)) : undefined
    const about = pupil
      ? `${pupil.forename} ${pupil.surname}`
      : line.subject === 'organisation.person'
        ? personAbout
        : null
    const ownDeed = line.subject === 'organisation.person' && String(line.person) === line.id
    const name = line.person === null ? 'The machine’s operator' : line.name
    return { ...line, name, sentence: auditSentence({ ...line, name, about, ownDeed, detail }) }
  })
}

/** Who has done anything that the viewer may read of, and what kinds of things. */
export async function trailFilters(viewer: Viewer) {
  const reach = schoolsWhere(viewer, 'see audit')
  return await read(viewer, async (db) => {
    const seen = db
      .selectFrom('access.audit as a')
      .where('a.trust_id', '=', viewer.trust)
      .$if(reach !== 'all', (query) =>
        query.where('a.school_id', 'in', [...(reach as readonly number[]), -1]),
      )
    const people = await seen
      .where('a.person_id', 'is not', null)
      .select((eb) => ['a.person_id as id', eb.fn.max('a.person_name').as('name')])
      .groupBy('a.person_id')
      .orderBy('name')
      .execute()
    const deeds = await seen.select('a.deed').distinct().orderBy('a.deed').execute()
    return {
      people: people.map(({ id, name }) => ({ id: id!, name })),
      deeds: deeds.map((row) => row.deed),
    }
  })
}
