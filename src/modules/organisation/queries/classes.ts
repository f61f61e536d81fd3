import { NotHere } from '../../../kernel/refusal.ts'
import { yearGroupOrder } from '../../../kernel/year-group.ts'
import { type Reading, read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

export interface Class {
  readonly id: number
  readonly school: number
  readonly academicYear: number
  readonly name: string
  readonly yearGroup: string
  readonly kind: 'form' | 'teaching'
  readonly subject: number | null
  readonly department: number | null
}

const select = (db: Reading) =>
  db
    .selectFrom('organisation.class')
    .select([
      'class_id as id',
      'school_id as school',
      'academic_year as academicYear',
      'name',
      'year_group as yearGroup',
      'kind',
      'subject_id as subject',
      'department_id as department',
    ])

/** The forms and teaching classes of a school in one academic year, or ever, youngest first. */
export async function classesOf(viewer: Viewer, school: number, academicYear?: number): Promise<Class[]> {
  const found: Class[] = await read(viewer, (db) => {
    const all = select(db).where('school_id', '=', school)
    return (academicYear === undefined ? all : all.where('academic_year', '=', academicYear)).execute()
  })
  return found.sort(
    (a, b) =>
      yearGroupOrder(a.yearGroup) - yearGroupOrder(b.yearGroup) ||
      a.name.localeCompare(b.name, 'en', { numeric: true }),
  )
}

export interface ClassWithTeachers extends Class {
  readonly teachers: readonly { readonly person: number; readonly name: string }[]
}

/** A class and who teaches it today. @throws NotHere */
export async function classById(viewer: Viewer, id: number): Promise<ClassWithTeachers> {
  const found = await read(viewer, async (db) => {
    const row = await select(db).where('class_id', '=', id).executeTakeFirst()
    const teachers = await db
      .selectFrom('organisation.class_teacher as t')
      .innerJoin('organisation.person as p', (join) =>
        join.onRef('p.trust_id', '=', 't.trust_id').onRef('p.person_id', '=', 't.person_id'),
      )
      .select(['p.person_id as person', 'p.name'])
      .where('t.class_id', '=', id)
      .where((find) => find.or([find('t.to_day', 'is', null), find('t.to_day', '>=', viewer.today)]))
      .orderBy('p.name')
      .execute()
    return row && { ...row, teachers }
  })
  if (!found) throw new NotHere()
  return found
}

export interface Subject {
  readonly id: number
  readonly code: string
  readonly name: string
}

export const subjects = (viewer: Viewer): Promise<Subject[]> =>
  read(viewer, (db) =>
    db
      .selectFrom('organisation.subject')
      .select(['subject_id as id', 'code', 'name'])
      .orderBy('subject_id')
      .execute(),
  )

export interface Department {
  readonly id: number
  readonly school: number
  readonly name: string
  readonly subjects: readonly number[]
}

export const departments = (viewer: Viewer, school: number): Promise<Department[]> =>
  read(viewer, async (db) => {
    const rows = await db
      .selectFrom('organisation.department')
      .select(['department_id as id', 'school_id as school', 'name'])
      .where('school_id', '=', school)
      .orderBy('name')
      .execute()
    const taught = await db
      .selectFrom('organisation.department_subject')
      .select(['department_id', 'subject_id'])
      .where('school_id', '=', school)
      .execute()
    return rows.map((row) => ({
      ...row,
      subjects: taught.filter((link) => link.department_id === row.id).map((link) => link.subject_id),
    }))
  })
