import { Refusal } from '../../../kernel/refusal.ts'
import { record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { groupBySchool, mustSend } from './must-send.ts'

/** What is so now of a pupil on roll; what is not said stays as it is. */
export interface PupilRevision {
  readonly pupil: number
  readonly school: number
  readonly upn?: string
  readonly localId?: string
  readonly surname?: string
  readonly forename?: string
  readonly born?: string
  readonly placement?: { readonly academicYear: number; readonly yearGroup: string }
}

/** Corrects the names, numbers, birth dates and year groups of pupils on roll. @throws Refusal for a UPN that another pupil has. */
export async function revisePupils(viewer: Viewer, revisions: readonly PupilRevision[]): Promise<void> {
  mustSend(viewer, new Set(revisions.map(({ school }) => school)))
  if (revisions.length === 0) return
  await write(viewer, async (tx) => {
    for (const { pupil, school, placement, ...now } of revisions) {
      const set = {
        ...(now.upn === undefined ? {} : { upn: now.upn }),
        ...(now.localId === undefined ? {} : { local_id: now.localId }),
        ...(now.surname === undefined ? {} : { surname: now.surname }),
        ...(now.forename === undefined ? {} : { forename: now.forename }),
        ...(now.born === undefined ? {} : { born: now.born }),
      }
      if (Object.keys(set).length)
        await tx
          .updateTable('organisation.pupil')
          .set(set)
          .where('trust_id', '=', viewer.trust)
          .where('pupil_id', '=', pupil)
          .execute()
          .catch((error: Error) => {
            if (/pupil_upn/.test(error.message))
              throw new Refusal(`Another pupil of the trust has the UPN ${now.upn}.`)
            throw error
          })
      if (placement)
        await tx
          .insertInto('organisation.year_placement')
          .values({
            trust_id: viewer.trust,
            school_id: school,
            pupil_id: pupil,
            academic_year: placement.academicYear,
            year_group: placement.yearGroup,
          })
          .onConflict((on) =>
            on
              .columns(['trust_id', 'school_id', 'pupil_id', 'academic_year'])
              .doUpdateSet({ year_group: placement.yearGroup }),
          )
          .execute()
    }
    for (const [school, many] of groupBySchool(revisions))
      await record(viewer, tx, {
        subject: 'organisation.pupil',
        id: revisions[0]!.pupil,
        deed: 'revised',
        school,
        detail: { pupils: many },
      })
  })
}
