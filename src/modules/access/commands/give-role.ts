import { enforce, NotHere } from '../../../kernel/refusal.ts'
import { type Reading, read, record, type Writing, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { type AskedRole, canGive } from '../domain/can-give.ts'
import type { RolePlace } from '../domain/role-places.ts'
import { rolesOf, schoolsOfClusters, schoolsOfPerson } from '../queries/roles-held.ts'
import { auditIn } from './audit.ts'

/**
 * Gives a person a role somewhere, from a day to a day; the answer is the grant's id.
 * @throws Refusal when this viewer may not give it. @throws NotHere when there is no such person or place.
 */
export const giveRole = (viewer: Viewer, asked: AskedRole): Promise<number> =>
  write(viewer, async (tx) => {
    const person = await tx
      .selectFrom('organisation.person')
      .where('trust_id', '=', viewer.trust)
      .where('person_id', '=', asked.person)
      .select('left_on')
      .executeTakeFirst()
    if (!person || !(await stands(viewer, tx, asked.place))) throw new NotHere()
    enforce(
      canGive(viewer, asked, {
        schoolsOfPerson: await schoolsOfPerson(tx, viewer, asked.person),
        schoolsOfCluster: await schoolsUnder(viewer, tx, asked.place),
        held: await rolesOf(tx, viewer.trust, asked.person),
        leftOn: person.left_on,
      }),
    )
    return await insertGrant(viewer, tx, asked)
  })

/** Could this viewer give the role to somebody new there? @throws Refusal when not, NotHere when there is no such place. */
export const checkRole = (viewer: Viewer, asked: Omit<AskedRole, 'person'>): Promise<void> =>
  read(viewer, async (db) => {
    if (!(await stands(viewer, db, asked.place))) throw new NotHere()
    enforce(
      canGive(
        viewer,
        { ...asked, person: 0 },
        {
          schoolsOfPerson: 'school' in asked.place ? [asked.place.school] : [],
          schoolsOfCluster: await schoolsUnder(viewer, db, asked.place),
          held: [],
          leftOn: null,
        },
      ),
    )
  })

const schoolsUnder = async ({ trust }: Viewer, db: Reading, place: RolePlace): Promise<number[]> =>
  place.node === 'cluster' ? ((await schoolsOfClusters(db, trust)).get(place.cluster) ?? []) : []

async function insertGrant(viewer: Viewer, tx: Writing, asked: AskedRole): Promise<number> {
  const { place } = asked
  const school = 'school' in place ? place.school : null
  const { grant_id: id } = await tx
    .insertInto('access.role_grant')
    .values({
      trust_id: viewer.trust,
      person_id: asked.person,
      role: asked.role,
      node: place.node,
      cluster_id: 'cluster' in place ? place.cluster : null,
      school_id: school,
      department_id: 'department' in place ? place.department : null,
      class_id: 'class' in place ? place.class : null,
      from_day: asked.from,
      to_day: asked.to,
      given_by: viewer.person || null,
      given_at: viewer.house.clock.now(),
      ended_by: null,
      ended_at: null,
    })
    .returning('grant_id')
    .executeTakeFirstOrThrow()
  const detail = { grant: id, role: asked.role, place: { ...place }, from: asked.from, to: asked.to }
  const history = { ...detail, person: asked.person }
  await record(viewer, tx, { subject: 'access.role_grant', id, deed: 'gave', school, detail: history })
  await auditIn(viewer, tx, {
    deed: 'gave role',
    subject: 'organisation.person',
    id: asked.person,
    school,
    detail,
  })
  return id
}

/** Does the place exist in this trust, where this viewer reaches? */
async function stands({ trust }: Viewer, db: Reading, place: RolePlace): Promise<boolean> {
  switch (place.node) {
    case 'trust':
      return true
    case 'cluster':
      return !!(await db
        .selectFrom('organisation.cluster')
        .where('trust_id', '=', trust)
        .where('cluster_id', '=', place.cluster)
        .select('cluster_id')
        .executeTakeFirst())
    case 'school':
      return !!(await db
        .selectFrom('organisation.school')
        .where('trust_id', '=', trust)
        .where('school_id', '=', place.school)
        .select('school_id')
        .executeTakeFirst())
    case 'department':
      return !!(await db
        .selectFrom('organisation.department')
        .where('trust_id', '=', trust)
        .where('school_id', '=', place.school)
        .where('department_id', '=', place.department)
        .select('department_id')
        .executeTakeFirst())
    case 'class':
      return !!(await db
        .selectFrom('organisation.class')
        .where('trust_id', '=', trust)
        .where('school_id', '=', place.school)
        .where('class_id', '=', place.class)
        .select('class_id')
        .executeTakeFirst())
  }
}
