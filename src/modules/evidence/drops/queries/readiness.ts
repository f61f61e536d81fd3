import { NotHere } from '../../../../kernel/refusal.ts'
import { includesSchool, may, schoolsWhere } from '../../../../kernel/viewer.ts'
import { type Reading, read } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { isHistory } from '../../snapshots/in-trust.ts'
import type { Drop } from '../domain/drop.ts'
import type { SchoolReadiness, Standing } from '../domain/standing.ts'

const order: Record<Standing, number> = { 'nothing yet': 0, 'in hand': 1, published: 2, 'signed off': 3 }

/** Every school that was asked, the latest and least ready first. Schools that the viewer doesn't reach are not in it. */
export const readiness = (viewer: Viewer, drop: Pick<Drop, 'id'>): Promise<SchoolReadiness[]> =>
  read(viewer, (db) => readinessIn(db, viewer, drop))

/** One school's place in the drop. @throws NotHere */
export async function schoolReadiness(
  viewer: Viewer,
  drop: Pick<Drop, 'id'>,
  slug: string,
): Promise<SchoolReadiness> {
  const asked = await read(viewer, (db) => readinessIn(db, viewer, drop))
  const found = asked.find((one) => one.school.slug === slug) ?? (await historyReadiness(viewer, drop, slug))
  if (!found || !may(viewer, 'see figures', { school: found.school.id })) throw new NotHere()
  return found
}

/** A school that joined after the drop’s day is not asked, and yet sends its history. */
async function historyReadiness(
  viewer: Viewer,
  drop: Pick<Drop, 'id'>,
  slug: string,
): Promise<SchoolReadiness | undefined> {
  return read(viewer, async (db) => {
    const school = await db
      .selectFrom('organisation.school')
      .select('school_id as id')
      .where('trust_id', '=', viewer.trust)
      .where('slug', '=', slug)
      .executeTakeFirst()
    const of = await db
      .selectFrom('evidence.drop')
      .select('as_at as asAt')
      .where('trust_id', '=', viewer.trust)
      .where('drop_id', '=', drop.id)
      .executeTakeFirst()
    if (!school || !of || !(await isHistory(db, viewer.trust, of, school.id))) return undefined
    return (await readinessIn(db, viewer, drop, [school.id])).find((one) => one.school.slug === slug)
  })
}

export async function readinessIn(
  db: Reading,
  viewer: Viewer,
  drop: Pick<Drop, 'id'>,
  also: readonly number[] = [],
): Promise<SchoolReadiness[]> {
  const asked = await db
    .selectFrom('evidence.drop_request as r')
    .leftJoin('organisation.person as p', (on) =>
      on.onRef('p.trust_id', '=', 'r.trust_id').onRef('p.person_id', '=', 'r.person_id'),
    )
    .where('r.trust_id', '=', viewer.trust)
    .where('r.drop_id', '=', drop.id)
    .select(['r.school_id', 'r.due', 'p.person_id', 'p.name as person', 'p.email'])
    .execute()
  const files = await db
    .selectFrom('evidence.lake_file as f')
    .innerJoin('evidence.snapshot as n', (on) =>
      on.onRef('n.trust_id', '=', 'f.trust_id').onRef('n.snapshot', '=', 'f.added_in'),
    )
    .where('f.trust_id', '=', viewer.trust)
    .where('f.drop_id', '=', drop.id)
    .select(['f.school_id', 'f.fact', 'f.rows', 'f.added_in', 'f.removed_in', 'n.at'])
    .execute()
  const imports = await importsInHand(db, viewer, drop)
  const signed = await db
    .selectFrom('evidence.sign_off as o')
    .leftJoin('organisation.person as p', (on) =>
      on.onRef('p.trust_id', '=', 'o.trust_id').onRef('p.person_id', '=', 'o.person_id'),
    )
    .where('o.trust_id', '=', viewer.trust)
    .where('o.drop_id', '=', drop.id)
    .where('o.withdrawn_at', 'is', null)
    .select(['o.school_id', 'o.at', 'o.snapshot', 'p.name'])
    .execute()
  const reminders = await db
    .selectFrom('evidence.reminder as m')
    .innerJoin('organisation.person as p', (on) =>
      on.onRef('p.trust_id', '=', 'm.trust_id').onRef('p.person_id', '=', 'm.to_person'),
    )
    .where('m.trust_id', '=', viewer.trust)
    .where('m.drop_id', '=', drop.id)
    .select(['m.school_id', 'm.to_person', 'm.at', 'p.name'])
    .orderBy('m.at', 'desc')
    .execute()
  const requests = await schoolsIn(db, viewer, drop, asked, [
    ...files,
    ...also.map((school_id) => ({ school_id })),
  ])
  return requests
    .map((request): SchoolReadiness => {
      const all = files.filter((file) => file.school_id === request.school_id)
      const mine = all.filter((file) => file.removed_in === null)
      const changedIn = Math.max(0, ...all.map((file) => file.removed_in ?? file.added_in))
      const results = mine.filter((file) => file.fact === 'result')
      const inHand = imports.filter((one) => one.school_id === request.school_id)
      const signature = signed.find((one) => one.school_id === request.school_id)
      const sign = signature && signature.snapshot >= changedIn ? signature : undefined
      const standing: Standing = sign
        ? 'signed off'
        : inHand.length
          ? 'in hand'
          : results.length
            ? 'published'
            : 'nothing yet'
      return {
        school: {
          id: request.school_id,
          slug: request.slug,
          name: request.name,
          shortName: request.short_name,
          phase: request.phase,
        },
        due: request.due,
        standing,
        late: !sign && viewer.today > request.due,
        ...(request.person_id
          ? { person: { id: request.person_id, name: request.person!, email: request.email! } }
          : {}),
        inHand: inHand.map((one) => ({ id: one.import_id, name: one.name, at: one.uploaded_at })),
        results: results.reduce((sum, file) => sum + file.rows, 0),
        pupils: mine.filter((file) => file.fact === 'pupil_state').reduce((sum, file) => sum + file.rows, 0),
        ...(results.length
          ? { publishedAt: new Date(Math.max(...results.map((file) => file.at.getTime()))) }
          : {}),
        changedSinceSignOff: signature !== undefined && sign === undefined,
        ...(sign
          ? { signedOff: { by: sign.name ?? 'The command line', at: sign.at, snapshot: sign.snapshot } }
          : {}),
        reminders: reminders
          .filter((one) => one.school_id === request.school_id)
          .map((one) => ({ to: one.name, person: one.to_person, at: one.at })),
      }
    })
    .sort((a, b) => order[a.standing] - order[b.standing] || (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
}

interface AskedOf {
  readonly school_id: number
  readonly due: string
  readonly person_id: number | null
  readonly person: string | null
  readonly email: string | null
}

/** The schools asked, and those that were not but have something in the drop (a file of the whole trust brought it). */
async function schoolsIn(
  db: Reading,
  viewer: Viewer,
  drop: Pick<Drop, 'id'>,
  asked: readonly AskedOf[],
  files: readonly { readonly school_id: number }[],
) {
  const reach = schoolsWhere(viewer, 'see figures')
  const ids = [...new Set([...asked, ...files].map((one) => one.school_id))].filter((id) =>
    includesSchool(reach, id),
  )
  if (!ids.length) return []
  const { due } = await db
    .selectFrom('evidence.drop')
    .where('trust_id', '=', viewer.trust)
    .where('drop_id', '=', drop.id)
    .select('due')
    .executeTakeFirstOrThrow()
  const schools = await db
    .selectFrom('organisation.school')
    .where('trust_id', '=', viewer.trust)
    .where('school_id', 'in', ids)
    .select(['school_id', 'slug', 'name', 'short_name', 'phase'])
    .orderBy('short_name')
    .execute()
  const of = new Map(asked.map((one) => [one.school_id, one]))
  const nobody = { due, person_id: null, person: null, email: null }
  return schools.map((school) => ({ ...nobody, ...of.get(school.school_id), ...school }))
}

/** Imports of the drop that are neither published nor undone nor abandoned; a file of the whole trust has no school. */
async function importsInHand(db: Reading, viewer: Viewer, drop: Pick<Drop, 'id'>) {
  return db
    .selectFrom('evidence.import as i')
    .innerJoin('evidence.upload as u', (on) =>
      on.onRef('u.trust_id', '=', 'i.trust_id').onRef('u.upload_id', '=', 'i.upload_id'),
    )
    .where('i.trust_id', '=', viewer.trust)
    .where('i.drop_id', '=', drop.id)
    .innerJoin('evidence.import_step as last', (on) =>
      on.onRef('last.trust_id', '=', 'i.trust_id').onRef('last.import_id', '=', 'i.import_id'),
    )
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('evidence.import_step as later')
            .whereRef('later.trust_id', '=', 'last.trust_id')
            .whereRef('later.import_id', '=', 'last.import_id')
            .whereRef('later.import_step_id', '>', 'last.import_step_id')
            .select('later.import_step_id'),
        ),
      ),
    )
    .where('last.step', 'in', ['uploaded', 'mapped', 'checked'])
    .select(['i.import_id', 'i.school_id', 'u.name', 'u.uploaded_at'])
    .orderBy('i.import_id')
    .execute()
}
