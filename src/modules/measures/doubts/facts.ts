import { literal, type Workbench } from '../../../platform/lake/duck.ts'
import type { Lake } from '../../../platform/lake/lake.ts'
import type { LakeFile } from '../../evidence/index.ts'
import { lakeColumns } from '../cells/lake-tables.ts'
import type { DoubtPlace } from '../domain/doubts/doubt.ts'
import type { ClassMarks, Repeated } from '../domain/doubts/marks.ts'
import type { Moved, Roll } from '../domain/doubts/moves.ts'

type Ids = {
  readonly school: number
  readonly year_group?: string
  readonly class_id?: number
  readonly assessment?: string
}

const placeOf = ({ school, year_group, class_id, assessment }: Ids): DoubtPlace => ({
  school,
  ...(year_group ? { year: year_group } : {}),
  ...(class_id === undefined ? {} : { class: class_id }),
  ...(assessment ? { assessment } : {}),
})

/** What the questions about a drop are asked of: its facts as `now_…`, and those of the drop before in the same year as `then_…`. */
export async function layOutDoubts(
  bench: Workbench,
  lake: Lake,
  now: readonly LakeFile[],
  then: readonly LakeFile[],
  assessments: readonly { readonly code: string; readonly kind: string; readonly span: number }[],
): Promise<void> {
  for (const [prefix, files] of [
    ['now', now],
    ['then', then],
  ] as const)
    for (const fact of ['result', 'pupil_state'] as const) {
      const paths = files.filter((file) => file.fact === fact).map(({ path }) => literal(lake.path(path)))
      const columns = Object.entries(lakeColumns[fact])
      await bench.run(
        paths.length > 0
          ? `create temporary view ${prefix}_${fact} as select ${columns.map(([name]) => name).join(', ')} from read_parquet([${paths.join(', ')}])`
          : `create temporary table ${prefix}_${fact} (${columns.map(([name, type]) => `${name} ${type}`).join(', ')})`,
      )
    }
  await bench.run('create temporary table assessed (assessment varchar, kind varchar, span double)')
  for (const { code, kind, span } of assessments)
    await bench.run(`insert into assessed values (${literal(code)}, ${literal(kind)}, ${span})`)
}

/** How often each score was given at each school, by assessment: of whole numbers only. */
export async function scoresIn(bench: Workbench) {
  const rows = await bench.rows<Ids & { assessment: string; value: number; n: number }>(
    `select school, assessment, value, count(*)::integer as n from now_result join assessed using (assessment)
     where kind = 'number' and status = 'result' and value is not null group by all`,
  )
  return [...Map.groupBy(rows, ({ assessment }) => assessment)].map(([assessment, all]) => ({
    assessment,
    whole: all.every(({ value }) => Number.isInteger(value)),
    schools: [...Map.groupBy(all, ({ school }) => school)].map(([school, own]) => ({
      place: { school, assessment },
      counts: new Map(own.map(({ value, n }) => [value, n])),
    })),
  }))
}

/** The marks of each class in each assessment, and of everyone else in that year group and assessment. */
export async function classMarksIn(bench: Workbench): Promise<ClassMarks[]> {
  const rows = await bench.rows<Required<Ids> & { mark: string; n: number }>(
    `select school, year_group, class_id, assessment, coalesce(grade, value::integer::varchar) as mark, count(*)::integer as n
     from now_result where status = 'result' and class_id is not null and coalesce(grade, value::varchar) is not null and year_group is not null
     group by all`,
  )
  return [...Map.groupBy(rows, (row) => `${row.year_group} ${row.assessment}`).values()].flatMap((all) => {
    const everyone = tally(all)
    return [...Map.groupBy(all, ({ class_id }) => class_id).values()].map((own): ClassMarks => {
      const counts = tally(own)
      const others = new Map([...everyone].map(([mark, n]) => [mark, n - (counts.get(mark) ?? 0)]))
      for (const [mark, n] of others) if (n === 0) others.delete(mark)
      return { place: placeOf({ ...own[0]! }), counts, others }
    })
  })
}

function tally(rows: readonly { readonly mark: string; readonly n: number }[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { mark, n } of rows) counts.set(mark, (counts.get(mark) ?? 0) + n)
  return counts
}

const both = `now_result n join then_result t on t.pupil = n.pupil and t.assessment = n.assessment join assessed a on a.assessment = n.assessment
  where n.status = 'result' and t.status = 'result' and n.year_group is not null`

/** Pupils with a score now and in the drop before, and how many have the very same one, by assessment. */
export async function repeatedIn(bench: Workbench): Promise<Repeated[][]> {
  const rows = await bench.rows<Required<Ids> & { met: number; of: number }>(
    `select n.school, n.year_group, n.assessment, count(*)::integer as of, count(*) filter (where n.value = t.value)::integer as met
     from ${both} and a.kind = 'number' and a.span >= 20 group by all`,
  )
  return byAssessment(rows, ({ met, of, ...ids }) => ({ place: placeOf(ids), met, of }))
}

/** How far the same pupils moved since the drop before, by assessment. */
export async function movedIn(bench: Workbench): Promise<Moved[][]> {
  const rows = await bench.rows<Required<Ids> & { n: number; mean: number; deviation: number }>(
    `select n.school, n.year_group, n.assessment, count(*)::integer as n, avg(n.value - t.value) as mean,
       coalesce(stddev_samp(n.value - t.value), 0) as deviation
     from ${both} and a.kind = 'number' and n.value is not null and t.value is not null group by all`,
  )
  return byAssessment(rows, ({ n, mean, deviation, ...ids }) => ({ place: placeOf(ids), n, mean, deviation }))
}

const byAssessment = <R extends Ids, T>(rows: readonly R[], as: (row: R) => T): T[][] =>
  [...Map.groupBy(rows, ({ assessment }) => assessment).values()].map((some) => some.map(as))

/** Who was on roll at the drop before, who came since and who left: at schools that are in both. */
export async function rollsIn(bench: Workbench): Promise<Roll[]> {
  const rows = await bench.rows<{ school: number; was: number; came: number; gone: number }>(
    `select coalesce(n.school, t.school) as school, count(t.pupil)::integer as was,
       count(*) filter (where t.pupil is null)::integer as came, count(*) filter (where n.pupil is null)::integer as gone
     from (select distinct school, pupil from now_pupil_state where school in (select school from then_pupil_state)) n
     full join (select distinct school, pupil from then_pupil_state where school in (select school from now_pupil_state)) t
       on t.school = n.school and t.pupil = n.pupil
     group by 1 order by 1`,
  )
  return rows.map(({ school, was, came, gone }) => ({ place: { school }, was, came, gone }))
}

/** Share at the standard by teachers’ grades less what the tests of the same pupil would say, in percentage points. */
const beyondTests = (prefix: string) => `
  (select p.pupil, p.school, 100 * (p.y - (regr_intercept(p.y, p.x) over years + regr_slope(p.y, p.x) over years * p.x)) as beyond
   from (select r.pupil, r.school, r.year_group,
       avg(case when r.expected then 1.0 else 0.0 end) filter (where a.kind = 'grade' and r.expected is not null) as y,
       avg((r.value - r.mean) / nullif(r.deviation, 0)) filter (where a.kind = 'number') as x
     from (select *, avg(value) over (partition by assessment, year_group) as mean,
         stddev_samp(value) over (partition by assessment, year_group) as deviation
       from ${prefix}_result where status = 'result' and year_group is not null) r
     join assessed a using (assessment) group by all) p
   where p.y is not null and p.x is not null
   window years as (partition by p.year_group))`

/** How far teachers’ grades moved against the tests of the same pupils since the drop before, by school. */
export async function driftIn(bench: Workbench): Promise<Moved[]> {
  const rows = await bench.rows<{ school: number; n: number; mean: number; deviation: number }>(
    `select n.school, count(*)::integer as n, avg(n.beyond - t.beyond) as mean, coalesce(stddev_samp(n.beyond - t.beyond), 0) as deviation
     from ${beyondTests('now')} n join ${beyondTests('then')} t on t.pupil = n.pupil and t.school = n.school
     where isfinite(n.beyond) and isfinite(t.beyond) group by 1 order by 1`,
  )
  return rows.map(({ school, ...moved }) => ({ place: { school }, ...moved }))
}
