import { sql } from 'kysely'
import { academicYearOf } from '../../../kernel/academic-year.ts'
import { mayAnywhere } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { type School, schools } from './schools.ts'
import { mayBeSeen } from './seen-pupils.ts'

const folded = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[’']/g, '').toLowerCase().trim()

/** Schools whose name, short name, URN or local code holds every word asked for. */
export async function searchSchools(viewer: Viewer, words: string): Promise<School[]> {
  const asked = folded(words).split(/\s+/).filter(Boolean)
  if (asked.length === 0) return []
  const known = await schools(viewer)
  return known.filter((school) => {
    const text = folded([school.name, school.shortName, school.urn, school.localCode ?? ''].join(' '))
    return asked.every((word) => text.includes(word))
  })
}

export interface FoundPupil {
  readonly pupil: number
  readonly surname: string
  readonly forename: string
  readonly schoolName: string
  readonly yearGroup: string | null
}

const atMost = 30

/** Pupils on roll whose name or UPN holds every word asked for, however accents are typed; nobody for a viewer who may not see pupils. */
export async function searchPupils(viewer: Viewer, words: string): Promise<FoundPupil[]> {
  const asked = words
    .trim()
    .split(/[\s,]+/)
    .filter(Boolean)
    .slice(0, 5)
  if (asked.length === 0 || !mayAnywhere(viewer, 'see pupils')) return []
  const holds = asked.map((word) => {
    const like = `%${folded(word).replace(/[\\%_]/g, '\\$&')}%`
    return sql<boolean>`(p.sought like ${like} or p.upn = ${word.toUpperCase()} or p.pupil_id in (select f.pupil_id from organisation.former_upn f
      where f.trust_id = p.trust_id and f.upn = ${word.toUpperCase()}) or p.local_id = ${word})`
  })
  return read(viewer, (db) =>
    db
      .with('found', (db) =>
        db
          .selectFrom('organisation.pupil as p')
          .innerJoin('organisation.enrolment as e', (join) =>
            join.onRef('e.trust_id', '=', 'p.trust_id').onRef('e.pupil_id', '=', 'p.pupil_id'),
          )
          .select(['p.trust_id', 'p.pupil_id', 'p.surname', 'p.forename', 'e.school_id'])
          .where(mayBeSeen(viewer))
          .where(sql<boolean>`${sql.join(holds, sql` and `)}`)
          .where('e.from_day', '<=', viewer.today)
          .where((find) => find.or([find('e.to_day', 'is', null), find('e.to_day', '>=', viewer.today)]))
          .orderBy('p.surname')
          .orderBy('p.forename')
          .limit(atMost),
      )
      .selectFrom('found as p')
      .innerJoin('organisation.school as s', (join) =>
        join.onRef('s.trust_id', '=', 'p.trust_id').onRef('s.school_id', '=', 'p.school_id'),
      )
      .leftJoin('organisation.year_placement as y', (join) =>
        join
          .onRef('y.trust_id', '=', 'p.trust_id')
          .onRef('y.school_id', '=', 'p.school_id')
          .onRef('y.pupil_id', '=', 'p.pupil_id')
          .on('y.academic_year', '=', academicYearOf(viewer.today)),
      )
      .select([
        'p.pupil_id as pupil',
        'p.surname',
        'p.forename',
        's.short_name as schoolName',
        'y.year_group as yearGroup',
      ])
      .orderBy('p.surname')
      .orderBy('p.forename')
      .execute(),
  )
}
