import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import { type Reading, read } from '../../../platform/database/door.ts'
import { keptUntilWritten, ofPeople } from '../../../platform/database/kept.ts'
import { manyRows } from '../../../platform/database/many-rows.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** Who a row of a school's file may be: one row for each pupil on roll there on the day. */
export interface PupilForMatching {
  readonly pupil: number
  readonly school: number
  readonly upn: string | null
  readonly localId: string | null
  /** Numbers that they had before. */
  readonly formerUpns?: readonly string[]
  readonly surname: string
  readonly forename: string
  readonly born: string | null
  readonly yearGroup: string | null
  /** The form, `4C`. */
  readonly classId: number | null
  readonly form: string | null
}

/** Everyone on roll at the schools on the day. Only for those who may send these schools' results; others get nothing. */
export async function pupilsForMatching(
  viewer: Viewer,
  schools: readonly number[],
  academicYear: number,
  day: string,
): Promise<readonly PupilForMatching[]> {
  const reach = schoolsWhere(viewer, 'send results')
  const asked = schools.filter((school) => includesSchool(reach, school))
  if (asked.length === 0) return []
  return keptUntilWritten(
    viewer,
    `roll ${academicYear} ${day} ${asked.join(',')}`,
    () => rollOf(viewer, asked, academicYear, day),
    ofPeople,
  )
}

async function rollOf(
  viewer: Viewer,
  asked: readonly number[],
  academicYear: number,
  day: string,
): Promise<PupilForMatching[]> {
  const { onRoll, placed, former, forms } = await read(viewer, async (db) => ({
    onRoll: await manyRows(
      db,
      db
        .selectFrom('organisation.enrolment as e')
        .innerJoin('organisation.pupil as p', (join) =>
          join.onRef('p.trust_id', '=', 'e.trust_id').onRef('p.pupil_id', '=', 'e.pupil_id'),
        )
        .select([
          'e.pupil_id as pupil',
          'e.school_id as school',
          'p.upn',
          'p.local_id as localId',
          'p.surname',
          'p.forename',
          'p.born',
        ])
        .where('e.trust_id', '=', viewer.trust)
        .where('e.school_id', 'in', asked)
        .where('e.from_day', '<=', day)
        .where((find) => find.or([find('e.to_day', 'is', null), find('e.to_day', '>=', day)])),
      {
        pupil: 'number',
        school: 'number',
        upn: 'text',
        localId: 'text',
        surname: 'text',
        forename: 'text',
        born: 'code',
      },
    ),
    placed: await manyRows(
      db,
      db
        .selectFrom('organisation.year_placement')
        .select(['school_id as school', 'pupil_id as pupil', 'year_group as yearGroup'])
        .where('trust_id', '=', viewer.trust)
        .where('school_id', 'in', asked)
        .where('academic_year', '=', academicYear),
      { school: 'number', pupil: 'number', yearGroup: 'code' },
    ),
    former: await db
      .selectFrom('organisation.former_upn as f')
      .innerJoin('organisation.enrolment as e', (join) =>
        join.onRef('e.trust_id', '=', 'f.trust_id').onRef('e.pupil_id', '=', 'f.pupil_id'),
      )
      .select(['f.pupil_id as pupil', 'f.upn'])
      .distinct()
      .where('f.trust_id', '=', viewer.trust)
      .where('e.school_id', 'in', asked)
      .execute(),
    forms: await formsOn(db, viewer.trust, asked, academicYear, day),
  }))
  const yearGroups = new Map(placed.map((row) => [`${row.school} ${row.pupil}`, row.yearGroup]))
  const formerUpns = Map.groupBy(former, ({ pupil }) => pupil)
  const rows = new Map<string, PupilForMatching>()
  for (const row of onRoll) {
    const key = `${row.school} ${row.pupil}`
    const form = forms.get(key)
    rows.set(key, {
      ...row,
      ...(formerUpns.has(row.pupil) ? { formerUpns: formerUpns.get(row.pupil)!.map(({ upn }) => upn) } : {}),
      yearGroup: yearGroups.get(key) ?? null,
      classId: form?.classId ?? null,
      form: form?.form ?? null,
    })
  }
  return [...rows.values()].sort((a, b) => a.school - b.school || a.pupil - b.pupil)
}

/** The form each pupil is in on the day. Put together here, not by a join: an embedded database plans such joins badly until it has counted its tables. */
async function formsOn(
  db: Reading,
  trust: number,
  schools: readonly number[],
  academicYear: number,
  day: string,
) {
  const forms = await db
    .selectFrom('organisation.class')
    .select(['class_id', 'name'])
    .where('trust_id', '=', trust)
    .where('school_id', 'in', schools)
    .where('academic_year', '=', academicYear)
    .where('kind', '=', 'form')
    .execute()
  const names = new Map(forms.map((row) => [row.class_id, row.name]))
  const members = forms.length
    ? await manyRows(
        db,
        db
          .selectFrom('organisation.class_member')
          .select(['school_id', 'pupil_id', 'class_id'])
          .where('trust_id', '=', trust)
          .where('school_id', 'in', schools)
          .where('class_id', 'in', [...names.keys()])
          .where('from_day', '<=', day)
          .where((find) => find.or([find('to_day', 'is', null), find('to_day', '>=', day)])),
        { school_id: 'number', pupil_id: 'number', class_id: 'number' },
      )
    : []
  return new Map(
    members.map((row) => [
      `${row.school_id} ${row.pupil_id}`,
      { classId: row.class_id, form: names.get(row.class_id)! },
    ]),
  )
}
