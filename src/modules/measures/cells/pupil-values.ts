import { literal } from '../../../platform/lake/duck.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { LakeFile } from '../../evidence/index.ts'
import { groupBySlug } from '../../organisation/index.ts'
import type { Measure } from '../domain/measure.ts'
import { type DropKnown, layOut } from './make-cells.ts'
import { oneResult } from './values-sql.ts'

export interface PupilValue {
  readonly pupil: number
  readonly school: number
  readonly class_id: number | null
  readonly year_group: string
  readonly v: number | null
  readonly w: number | null
  readonly raw: string | null
  readonly status: string | null
}

/** The one subject or assessment whose row says what the school wrote, if the measure rests on a single one. */
const rowBehind = ({ rule }: Measure): { by: 'subject' | 'assessment'; code: string } | undefined => {
  if (rule.kind === 'share' && rule.subjects.length === 1) return { by: 'subject', code: rule.subjects[0]! }
  if (rule.kind === 'mean') return { by: 'subject', code: rule.subject }
  if (rule.kind === 'assessment mean' || rule.kind === 'assessment share')
    return { by: 'assessment', code: rule.assessment }
  return undefined
}

export interface PupilsAsked {
  readonly measure: Measure
  readonly year: string
  readonly group: string
  readonly class?: number
}

/** Every pupil of a figure's population with their value, read from the sealed files that it was made of. */
export async function pupilValues(
  viewer: Viewer,
  drop: DropKnown,
  files: readonly LakeFile[],
  { measure, year, group, class: classId }: PupilsAsked,
): Promise<PupilValue[]> {
  const { lake } = viewer.house
  const bench = await lake.duck.workbench()
  try {
    await layOut(bench, lake, [drop], files)
    const behind = rowBehind(measure)
    const written = behind
      ? `left join (${oneResult(behind.by)}) r on r.school = x.school and r.pupil = x.pupil and r.${behind.by} = ${literal(behind.code)}`
      : 'left join (select null as raw, null as status) r on false'
    return await bench.rows<PupilValue>(
      `select x.pupil, x.school, coalesce(x.class_id, p.class_id) as class_id, coalesce(p.year_group, 'X') as year_group,
        x.v, x.w, r.raw, r.status
      from pupil_value x
      join pupil_state p on p.school = x.school and p.pupil = x.pupil
      ${written}
      where x.measure = $measure and ($year = 'all' or coalesce(p.year_group, 'X') = $year)
        and ($class = -1 or p.class_id = $class or x.class_id = $class) and (${groupBySlug(group)!.condition})
      order by x.school, x.pupil`,
      { measure: measure.id, year, class: classId ?? -1 },
    )
  } finally {
    bench.close()
  }
}
