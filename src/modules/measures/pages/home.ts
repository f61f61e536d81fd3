import type { Role } from '../../../kernel/roles.ts'
import type { Grant, Sight } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** Whose day decides where they land, when someone holds several roles: the widest first. */
const order: readonly Role[] = [
  'director',
  'data-lead',
  'trustee',
  'headteacher',
  'data-manager',
  'subject-leader',
  'class-teacher',
  'local-governor',
  'clerk',
  'administrator',
]

/** The grant that decides: none for somebody without a role today. */
const leadingGrant = ({ grants }: Pick<Sight, 'grants'>): Grant | undefined =>
  grants.filter(({ opened }) => !opened).toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role))[0]

/** Where the viewer's day starts: the trust, their school, their task, their subject or their class. */
export async function homeFor(viewer: Viewer): Promise<string> {
  const grant = leadingGrant(viewer)
  if (!grant) return '/account'
  if (grant.role === 'administrator') return '/people'
  if (grant.role === 'data-lead') return (await openDropPath(viewer)) ?? '/trust'
  const [only, ...others] = grant.schools === 'all' ? [] : grant.schools
  if (only === undefined || others.length > 0) return '/trust'
  const slug = await slugOf(viewer, only)
  if (!slug) return '/trust'
  if (grant.role === 'data-manager') return (await openTaskPath(viewer, only, slug)) ?? `/schools/${slug}`
  if (grant.class !== undefined) return `/schools/${slug}/classes/${grant.class}`
  if (grant.department !== undefined)
    return (await subjectPath(viewer, only, slug, grant.department)) ?? `/schools/${slug}`
  return `/schools/${slug}`
}

const slugOf = (viewer: Viewer, school: number): Promise<string | undefined> =>
  read(
    viewer,
    async (db) =>
      (
        await db
          .selectFrom('organisation.school')
          .select('slug')
          .where('trust_id', '=', viewer.trust)
          .where('school_id', '=', school)
          .executeTakeFirst()
      )?.slug,
  )

const openDrop = (viewer: Viewer, school?: number) =>
  read(viewer, (db) => {
    let query = db
      .selectFrom('evidence.drop as d')
      .leftJoin('evidence.drop_lock as l', (join) =>
        join.onRef('l.trust_id', '=', 'd.trust_id').onRef('l.drop_id', '=', 'd.drop_id'),
      )
      .select('d.code')
      .where('d.trust_id', '=', viewer.trust)
      .where('d.opens', '<=', viewer.today)
      .where('l.snapshot', 'is', null)
    if (school !== undefined)
      query = query.where((find) =>
        find.exists(
          find
            .selectFrom('evidence.drop_request as r')
            .select('r.drop_id')
            .whereRef('r.trust_id', '=', 'd.trust_id')
            .whereRef('r.drop_id', '=', 'd.drop_id')
            .where('r.school_id', '=', school),
        ),
      )
    return query.orderBy('d.due').executeTakeFirst()
  })

const openDropPath = async (viewer: Viewer): Promise<string | undefined> => {
  const drop = await openDrop(viewer)
  return drop && `/drops/${drop.code}`
}

const openTaskPath = async (viewer: Viewer, school: number, slug: string): Promise<string | undefined> => {
  const drop = await openDrop(viewer, school)
  return drop && `/drops/${drop.code}/schools/${slug}`
}

/** A department with one subject opens on it; with several, on the school's page where they are listed. */
const subjectPath = (
  viewer: Viewer,
  school: number,
  slug: string,
  department: number,
): Promise<string | undefined> =>
  read(viewer, async (db) => {
    const found = await db
      .selectFrom('organisation.department_subject as d')
      .innerJoin('organisation.subject as s', (join) =>
        join.onRef('s.trust_id', '=', 'd.trust_id').onRef('s.subject_id', '=', 'd.subject_id'),
      )
      .select('s.code')
      .where('d.trust_id', '=', viewer.trust)
      .where('d.school_id', '=', school)
      .where('d.department_id', '=', department)
      .orderBy('s.subject_id')
      .execute()
    return found[0] && `/schools/${slug}/subjects/${found[0].code}`
  })
