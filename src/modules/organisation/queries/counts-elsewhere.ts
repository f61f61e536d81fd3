import { sql } from 'kysely'
import type { Reading } from '../../../platform/database/door.ts'

/**
 * Of pupils who stand on two rolls, those who count at the other school on the day: `school pupil`. By what was answered, or
 * until then at the school where they were before.
 */
export async function countElsewhere(
  db: Reading,
  trust: number,
  schools: readonly number[],
  day: string,
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ school: number; other: number; pupil: number; main: number }>`
    select q.school_id as school, q.other_school_id as other, p.pupil_id as pupil, coalesce(a.main_school_id, q.main_school_id) as main
    from organisation.roll_question q
    join organisation.roll_question_pupil p on p.trust_id = q.trust_id and p.roll_question_id = q.roll_question_id
    left join organisation.roll_answer a on a.trust_id = q.trust_id and a.roll_question_id = q.roll_question_id and a.takes_effect
    where q.trust_id = ${trust} and q.kind = 'two rolls' and (a.says is null or a.says = 'dual')
      and q.day <= ${day}::date and (q.until_day is null or q.until_day >= ${day}::date)
      and (q.school_id in (${sql.join(schools)}) or q.other_school_id in (${sql.join(schools)}))`.execute(
    db as never,
  )
  return new Set(
    rows.flatMap(({ school, other, pupil, main }) =>
      [school, other].filter((one) => one !== main).map((one) => `${one} ${pupil}`),
    ),
  )
}
