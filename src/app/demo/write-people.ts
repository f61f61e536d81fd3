import { addPerson } from '../../modules/organisation/index.ts'
import { write } from '../../platform/database/door.ts'
import { insertMany, takeIds } from '../../platform/database/insert-many.ts'
import type { Viewer } from '../../platform/viewer.ts'
import type { DemoSchool } from './intakes.ts'
import { type DemoPerson, emailOf } from './people.ts'
import type { DemoTeacher } from './staff.ts'

/** People with a part in the demo, by key; the answer: their ids. */
export async function writePeople(
  founder: Viewer,
  people: readonly DemoPerson[],
  schools: readonly DemoSchool[],
  schoolIds: readonly number[],
  since: string,
): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  for (const one of people) {
    const at = schools.findIndex((school) => school.slug === one.school)
    ids.set(
      one.key,
      await addPerson(founder, {
        name: one.name,
        email: emailOf(one.name),
        title: one.title,
        school: schoolIds[at],
        from: since,
      }),
    )
  }
  return ids
}

/** All teachers in one go; the answer: their ids in the same order. */
export const writeTeachers = (
  founder: Viewer,
  teachers: readonly DemoTeacher[],
  schoolIds: readonly number[],
  since: string,
): Promise<number[]> =>
  write(founder, async (tx) => {
    const ids = await takeIds(tx, 'organisation.person', 'person_id', teachers.length)
    const trust_id = founder.trust
    await insertMany(
      tx,
      'organisation.person',
      { trust_id: 'integer', person_id: 'integer', name: 'text', email: 'text', title: 'text' },
      teachers.map((one, at) => ({
        trust_id,
        person_id: ids[at]!,
        name: one.name,
        email: one.email,
        title: one.title,
      })),
    )
    await insertMany(
      tx,
      'organisation.post',
      { trust_id: 'integer', person_id: 'integer', school_id: 'integer', title: 'text', from_day: 'date' },
      teachers.map((one, at) => ({
        trust_id,
        person_id: ids[at]!,
        school_id: schoolIds[one.school]!,
        title: one.title,
        from_day: since,
      })),
    )
    return ids
  })

/** The roles of the demo's people, each at the node of the tree where it is held. */
export const writeRoles = (
  founder: Viewer,
  people: readonly DemoPerson[],
  ids: ReadonlyMap<string, number>,
  place: (person: DemoPerson) => { school?: number; department?: number; class?: number },
  since: string,
): Promise<unknown> =>
  write(founder, (tx) =>
    tx
      .insertInto('access.role_grant')
      .values(
        people.map((person) => {
          const where = place(person)
          return {
            trust_id: founder.trust,
            person_id: ids.get(person.key)!,
            role: person.role,
            node: where.class
              ? ('class' as const)
              : where.department
                ? ('department' as const)
                : where.school
                  ? ('school' as const)
                  : ('trust' as const),
            school_id: where.school ?? null,
            department_id: where.department ?? null,
            class_id: where.class ?? null,
            from_day: since,
            given_by: ids.get('priya') ?? null,
          }
        }),
      )
      .execute(),
  )
