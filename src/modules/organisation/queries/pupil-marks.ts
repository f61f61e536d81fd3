import { sql } from 'kysely'
import { schoolsWhere } from '../../../kernel/viewer.ts'
import { type Reading, read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** A pupil as files and texts may know them. */
export interface PupilMarks {
  readonly pupil: number
  /** Theirs first, then those they had before. */
  readonly upns: readonly string[]
  readonly localId: string | null
  readonly surname: string
  readonly forename: string
  readonly born: string | null
  /** Somebody else in the trust has the same name: it alone does not say who it is. */
  readonly namesakes: boolean
  /** Wherever they are or were on roll. */
  readonly schools: readonly number[]
}

/** Those of these pupils who are on record. Only for those who may let records of the whole trust go; others get nobody. */
export const pupilMarks = async (viewer: Viewer, pupils: readonly number[]): Promise<PupilMarks[]> =>
  schoolsWhere(viewer, 'let go') !== 'all' || pupils.length === 0
    ? []
    : read(viewer, (db) => marksIn(db, viewer.trust, pupils))

async function marksIn(db: Reading, trust: number, pupils: readonly number[]): Promise<PupilMarks[]> {
  const { rows } = await sql<{
    pupil: number
    upn: string | null
    former: string[]
    localId: string | null
    surname: string
    forename: string
    born: string | null
    namesakes: boolean
    schools: number[]
  }>`select p.pupil_id as pupil, p.upn, p.local_id as "localId", p.surname, p.forename, p.born,
      coalesce((select json_agg(f.upn order by f.upn) from organisation.former_upn f
        where f.trust_id = p.trust_id and f.pupil_id = p.pupil_id), '[]') as former,
      exists (select from organisation.pupil o where o.trust_id = p.trust_id and o.pupil_id <> p.pupil_id
        and lower(o.surname) = lower(p.surname) and lower(o.forename) = lower(p.forename)) as namesakes,
      coalesce((select json_agg(distinct e.school_id) from organisation.enrolment e
        where e.trust_id = p.trust_id and e.pupil_id = p.pupil_id), '[]') as schools
    from organisation.pupil p where p.trust_id = ${trust} and p.pupil_id = any (${[...pupils]}::integer[])
    order by p.pupil_id`.execute(db)
  return rows.map(({ upn, former, ...row }) => ({ ...row, upns: [...(upn ? [upn] : []), ...former] }))
}
