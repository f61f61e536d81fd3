import { literal, type Workbench } from '../../../../platform/lake/duck.ts'
import type { Lake } from '../../../../platform/lake/lake.ts'
import type { LakeFile } from '../../snapshots/queries.ts'
import type { Counts, Mapping, Reading } from '../domain/words.ts'
import { states } from './lay-results.ts'
import type { Standings } from './place-persons.ts'

const pathsOf = (lake: Pick<Lake, 'path'>, files: readonly LakeFile[], fact: string) =>
  files.filter((file) => file.fact === fact).map((file) => literal(lake.path(file.path)))

/** What a publish would do now: the rows of the bench against what is live. */
export async function countChanges(
  bench: Workbench,
  lake: Pick<Lake, 'path'>,
  reading: Reading,
  mapping: Mapping,
  standings: Standings,
  files: readonly LakeFile[],
  touched: readonly number[],
): Promise<Counts> {
  const results = pathsOf(lake, files, 'result')
  await bench.run(
    results.length
      ? `create or replace temp view live as select pupil, assessment, value, grade, status, school from read_parquet([${results.join(', ')}])`
      : 'create or replace temp view live as select null::bigint as pupil, null::varchar as assessment, null::double as value, null::varchar as grade, null::varchar as status, null::integer as school where false',
  )
  const [changes] = results.length
    ? await bench.rows<{ added: number; changed: number; unchanged: number }>(`
      select count(*) filter (l.pupil is null)::integer as added,
        count(*) filter (l.pupil is not null and (l.value, l.grade, l.status) is distinct from (m.value, m.grade, m.status))::integer as changed,
        count(*) filter (l.pupil is not null and (l.value, l.grade, l.status) is not distinct from (m.value, m.grade, m.status))::integer as unchanged
      from found f join meaning m using (said) join assess a on a.assess = f.assess left join live l on l.pupil = f.pupil and l.assessment = a.code`)
    : await bench.rows<{ added: number; changed: number; unchanged: number }>(
        'select count(*)::integer as added, 0 as changed, 0 as unchanged from found',
      )
  const [gone] =
    mapping.replace && results.length
      ? await bench.rows<{ removed: number }>(`
        select count(*)::integer as removed from live l where l.assessment in (select code from assess where assess in (select distinct assess from found))
        and (l.pupil, l.assessment) not in (select (f.pupil, a.code) from found f join assess a using (assess))`)
      : [{ removed: 0 }]
  const attendance = pathsOf(lake, files, 'attendance')
  const [sessions] = await bench.rows<{ many: number }>(
    attendance.length
      ? `select count(*)::integer as many from attended n left join read_parquet([${attendance.join(', ')}]) l on l.pupil = n.pupil
         where l.pupil is null or (l.possible, l.authorised, l.unauthorised) is distinct from (n.possible, n.authorised, n.unauthorised)`
      : 'select count(*)::integer as many from attended',
  )
  const [rows] = await bench.rows<{ bad: number; open: number; out: number }>(`
    select count(distinct "row")::integer as bad, count(distinct "row") filter (state = ${states.open})::integer as open,
      count(distinct "row") filter (state = ${states['left out']})::integer as "out" from refused`)
  const standing = (wanted: string) =>
    new Set(
      standings.persons.flatMap((one) =>
        one.placing.standing === wanted
          ? [one.placing.standing === 'matched' ? one.placing.pupil : -one.of.person]
          : [],
      ),
    ).size
  return {
    rows: reading.rows,
    accepted: reading.rows - rows!.bad,
    added: changes!.added,
    changed: changes!.changed,
    unchanged: changes!.unchanged,
    removed: gone!.removed,
    unplaced: rows!.open,
    leftOut: rows!.out,
    pupils: { matched: standing('matched'), new: standing('new'), missing: 0 },
    attendance: sessions!.many,
    schools: touched.length,
  }
}
