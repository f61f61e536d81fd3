import { mayAnywhere } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { mayBeSeen } from './seen-pupils.ts'

/**
 * Names of everybody here but one pupil: other pupils as far as the viewer may see them, and people of the trust, a person’s
 * first word as the forename. For leaving them out of texts; nothing for who may see no pupil.
 */
export async function namesKnown(
  viewer: Viewer,
  but: number,
): Promise<{ readonly forename: string; readonly surname: string }[]> {
  if (!mayAnywhere(viewer, 'see pupils')) return []
  return read(viewer, async (db) => {
    const pupils = await db
      .selectFrom('organisation.pupil as p')
      .select(['p.forename', 'p.surname'])
      .distinct()
      .where('p.trust_id', '=', viewer.trust)
      .where('p.pupil_id', '<>', but)
      .where(mayBeSeen(viewer))
      .execute()
    const people = await db
      .selectFrom('organisation.person')
      .select('name')
      .where('trust_id', '=', viewer.trust)
      .execute()
    return [
      ...pupils,
      ...people.map(({ name }) => {
        const [forename = '', ...surname] = name.trim().split(/\s+/)
        return { forename, surname: surname.join(' ') }
      }),
    ]
  })
}
