import { may } from '../../../../kernel/viewer.ts'
import { read } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { type PupilForMatching, pupilsForMatching, schools } from '../../../organisation/index.ts'
import type { Drop } from '../../drops/domain/drop.ts'
import { askedIn } from '../../drops/queries/assessments.ts'
import { rewritings } from '../../letting-go/rewritings.ts'
import { filesIn, type LakeFile, latestIn } from '../../snapshots/queries.ts'
import type { AskedFor } from '../domain/match-assessment.ts'
import type { KnownSchool } from '../domain/match-schools.ts'
import { rememberedReadings } from '../queries/remembered-readings.ts'

/** An asked assessment with its number on the bench and the year groups that it is asked of. */
export interface Asked extends AskedFor {
  readonly years: readonly string[]
}

/** What a check holds the file against. */
export interface Setting {
  readonly drop: Drop
  /** Null for a file of the whole trust. */
  readonly school: number | null
  readonly asked: readonly Asked[]
  readonly schools: readonly KnownSchool[]
  readonly mayAddSchools: boolean
  /** How often rows had been let go from sealed files by then: what is worked out from this holds until it moves. */
  readonly rewritings: number
  /** What texts off their scale meant last time, by `readingKey`. */
  readonly readings: ReadonlyMap<string, string>
  readonly roll: (schools: readonly number[]) => Promise<readonly PupilForMatching[]>
  readonly live: (
    schools: readonly number[],
  ) => Promise<{ readonly files: readonly LakeFile[]; readonly snapshot: number }>
}

export async function askedOf(viewer: Viewer, drop: Drop): Promise<Asked[]> {
  const byId = new Map<number, Asked & { years: string[] }>()
  for (const { assessment, yearGroup } of await askedIn(viewer, drop)) {
    const known = byId.get(assessment.id)
    if (known) known.years.push(yearGroup)
    else
      byId.set(assessment.id, {
        code: assessment.code,
        name: assessment.name,
        subject: assessment.subject.name,
        subjectCode: assessment.subject.code,
        scale: assessment.scale,
        years: [yearGroup],
      })
  }
  return [...byId.values()]
}

export async function settingOf(viewer: Viewer, drop: Drop, school: number | null): Promise<Setting> {
  const [asked, known] = [await askedOf(viewer, drop), await schools(viewer)]
  return {
    drop,
    school,
    asked,
    schools: known,
    mayAddSchools: may(viewer, 'open drop'),
    rewritings: await rewritings(viewer),
    readings: await rememberedReadings(viewer, school),
    roll: (touched) => pupilsForMatching(viewer, touched, drop.academicYear, drop.asAt),
    live: (touched) =>
      read(viewer, async (db) => {
        const snapshot = await latestIn(db)
        return { snapshot, files: await filesIn(db, snapshot, { drops: [drop.id], schools: touched }) }
      }),
  }
}
