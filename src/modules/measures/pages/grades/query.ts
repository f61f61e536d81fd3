import { NotHere } from '../../../../kernel/refusal.ts'
import { may } from '../../../../kernel/viewer.ts'
import { literal } from '../../../../platform/lake/duck.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { type Subject, subjects } from '../../../organisation/index.ts'
import { gridGrades } from '../../benchmarks/transitions.ts'
import { filesOf } from '../../cells/manifest.ts'
import { type GridRow, gridOf, nationalGrid, type PupilGrade } from '../../domain/grade-grid.ts'
import { type SchoolSeen, type Setting, type SettingAsk, schoolIn, settingOf } from '../setting.ts'

export interface GradesPage {
  readonly setting: Setting
  readonly school: SchoolSeen
  readonly subject: Subject
  readonly year: string
  /** Years of this drop in which anyone has a grade. */
  readonly years: readonly string[]
  readonly grid: readonly GridRow[]
  readonly national?: readonly GridRow[]
}

/** May this viewer see counts of pupils by grade at the school, however small? */
export const seesGrades = (viewer: Viewer, school: number): boolean =>
  may(viewer, 'see small groups', { school })

/** Grades of a subject at a school, and how they follow from key stage 2. @throws NotHere for those who may not see small groups of it. */
export async function gradesPage(
  viewer: Viewer,
  slug: string,
  code: string,
  ask: SettingAsk & { readonly year?: string } = {},
): Promise<GradesPage> {
  const setting = await settingOf(viewer, ask)
  const school = schoolIn(setting, slug)
  if (!seesGrades(viewer, school.id)) throw new NotHere()
  const subject = (await subjects(viewer)).find((one) => one.code === code)
  if (!subject) throw new NotHere(`There is no subject called ${code}.`)
  const rows = await gradesOf(viewer, setting, school.id, code)
  const years = ['11', '10'].filter((year) => rows.some((row) => row.year === year))
  const year = ask.year && years.includes(ask.year) ? ask.year : (years[0] ?? '11')
  const national = nationalGrid(code)
  return {
    setting,
    school,
    subject,
    year,
    years,
    grid: gridOf(rows.filter((row) => row.year === year)),
    ...(national ? { national } : {}),
  }
}

/** Every pupil of Years 10 and 11 with a grade from 9 to U in the subject, once each. */
async function gradesOf(
  viewer: Viewer,
  { drop, snapshot }: Setting,
  school: number,
  subject: string,
): Promise<(PupilGrade & { readonly year: string })[]> {
  if (!drop || snapshot === 0) return []
  const { lake } = viewer.house
  const files = (await filesOf(viewer, snapshot, [drop.id]))
    .get(drop.id)!
    .filter((file) => file.school === school)
  const of = (fact: string) =>
    files.filter((file) => file.fact === fact).map(({ path }) => literal(lake.path(path)))
  const [results, states] = [of('result'), of('pupil_state')]
  if (results.length === 0 || states.length === 0) return []
  const bench = await lake.duck.workbench()
  try {
    return await bench.rows(
      `select p.year_group as year, p.prior, r.grade
      from read_parquet([${states.join(', ')}]) p
      join (select pupil, max_by(grade, value) as grade from read_parquet([${results.join(', ')}])
        where subject = $subject and status = 'result' and grade in (${gridGrades.map(literal).join(', ')}) group by pupil) r on r.pupil = p.pupil
      where p.year_group in ('10', '11')`,
      { subject },
    )
  } finally {
    bench.close()
  }
}
