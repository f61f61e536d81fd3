import { academicYearOf } from '../../../../kernel/academic-year.ts'
import { NotHere } from '../../../../kernel/refusal.ts'
import { mayAnywhere } from '../../../../kernel/viewer.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { audit, whoLookedAt } from '../../../access/index.ts'
import { assessments } from '../../../evidence/index.ts'
import { type PupilPage as Known, pupilById } from '../../../organisation/index.ts'
import {
  type AttendanceRow,
  attendanceOfPupils,
  attendedShare,
  type ResultRow,
  resultsOfPupils,
} from '../results-of.ts'
import { type DropSeen, type Setting, settingOf } from '../setting.ts'

export interface SubjectHistory {
  readonly code: string
  readonly name: string
  readonly subject: string
  readonly scale: {
    readonly low: number | null
    readonly high: number | null
    readonly expected: number | null
    readonly kind: 'number' | 'grade'
  }
  /** One for each drop of the page, oldest first. */
  readonly results: readonly (ResultRow | undefined)[]
}

export interface Looked {
  readonly at: Date
  readonly name: string
  readonly sentence: string
}

export interface PupilPage {
  readonly setting: Setting
  readonly pupil: Known
  readonly name: string
  /** Where the pupil is today, or was last. */
  readonly school?: { readonly id: number; readonly slug: string; readonly name: string }
  readonly yearGroup?: string
  readonly form?: { readonly id: number; readonly name: string; readonly school: string }
  readonly drops: readonly DropSeen[]
  readonly subjects: readonly SubjectHistory[]
  readonly attendance: readonly {
    readonly drop: DropSeen
    readonly row: AttendanceRow
    readonly share?: number
  }[]
  /** Undefined for who may not read the audit trail. */
  readonly looked?: readonly Looked[]
}

/** All that the trust's record and drops say of one pupil. Being looked at is recorded. @throws NotHere */
export async function pupilPage(viewer: Viewer, id: number): Promise<PupilPage> {
  if (!Number.isInteger(id) || id < 1) throw new NotHere()
  const pupil = await pupilById(viewer, id)
  const setting = await settingOf(viewer)
  const schools = [...new Set(pupil.enrolments.map(({ school }) => school))]
  const now =
    pupil.enrolments.find(({ from, to }) => from <= viewer.today && (to === null || to >= viewer.today)) ??
    pupil.enrolments[0]
  await audit(viewer, { deed: 'saw pupil', subject: 'organisation.pupil', id, school: now?.school ?? null })
  const about = {
    snapshot: setting.latest,
    schools,
    drops: setting.drops.map((drop) => drop.id),
    whose: { pupil: id },
  } as const
  const [results, sessions, known, looked] = await Promise.all([
    setting.latest ? resultsOfPupils(viewer, about) : [],
    setting.latest ? attendanceOfPupils(viewer, about) : [],
    assessments(viewer),
    mayAnywhere(viewer, 'see audit') ? whoLookedAt(viewer, id, 20) : undefined,
  ])
  const drops = setting.drops.filter((drop) => results.some((row) => row.drop === drop.id)).toReversed()
  const year = academicYearOf(viewer.today)
  const place = pupil.years.find(({ academicYear }) => academicYear === year) ?? pupil.years[0]
  const form = pupil.classes.find((one) => one.kind === 'form' && one.academicYear === year)
  return {
    setting,
    pupil,
    name: `${pupil.forename} ${pupil.surname}`.trim() || `Pupil ${pupil.localId ?? pupil.id}`,
    ...(now ? { school: { id: now.school, slug: now.schoolSlug, name: now.schoolName } } : {}),
    yearGroup: place?.yearGroup,
    ...(form && now ? { form: { id: form.class, name: form.name, school: now.schoolSlug } } : {}),
    drops,
    subjects: known
      .filter((one) => results.some((row) => row.assessment === one.code))
      .map((one) => ({
        code: one.code,
        name: one.name,
        subject: one.subject.name,
        scale: one.scale,
        results: drops.map((drop) =>
          results.find((row) => row.assessment === one.code && row.drop === drop.id),
        ),
      })),
    attendance: setting.drops
      .flatMap((drop) => {
        const row = sessions.find((one) => one.drop === drop.id)
        return row ? [{ drop, row, share: attendedShare(row) }] : []
      })
      .toReversed(),
    looked,
  }
}
