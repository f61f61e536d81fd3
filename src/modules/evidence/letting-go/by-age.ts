import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { read, type Writing } from '../../../platform/database/door.ts'
import { literal } from '../../../platform/lake/duck.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { Fact } from '../tables.ts'
import { leave } from './leaving-files.ts'
import { everySealed, type Listed, listAnew, rowsIn, type SealedAnew, sealAnew } from './seal-anew.ts'

/** The last academic year, of each class, that was kept long enough; null where nothing is due. */
export interface EvidenceDue {
  readonly results: number | null
  readonly attendance: number | null
  readonly conduct: number | null
  readonly marks: number | null
  readonly files: number | null
}

export interface DueOfYear {
  readonly class: keyof EvidenceDue
  /** Academic year. */
  readonly year: number
  readonly many: number
  readonly pupils: number
}

const factsOf = {
  results: ['result', 'pupil_state'],
  attendance: ['attendance', 'session_code'],
  conduct: ['behaviour', 'exclusion'],
} as const satisfies Partial<Record<keyof EvidenceDue, readonly Fact[]>>
const classOf = (fact: Fact) =>
  (Object.keys(factsOf) as (keyof typeof factsOf)[]).find((name) =>
    (factsOf[name] as readonly Fact[]).includes(fact),
  )!

const isDue = (due: EvidenceDue, { fact, academicYear }: Listed): boolean => {
  const last = due[classOf(fact)]
  return last !== null && academicYear <= last
}

/** Rows that are still somebody’s. */
const somebodys = 'pupil >= 0'

/** What of marks and files is due, by academic year. A file is of the year in which it was sent. */
async function dueOnRecord(viewer: Viewer, { marks, files }: EvidenceDue): Promise<DueOfYear[]> {
  return read(viewer, async (db) => {
    const ofMarks =
      await sql<DueOfYear>`select 'marks' as class, p.academic_year as year, count(*)::integer as many, count(distinct m.pupil_id)::integer as pupils
      from evidence.question_mark m join evidence.paper p on p.trust_id = m.trust_id and p.paper_id = m.paper_id
      where m.trust_id = ${viewer.trust} and p.academic_year <= ${marks ?? -1} group by 2 order by 2`.execute(
        db,
      )
    const ofFiles =
      await sql<DueOfYear>`select 'files' as class, ${sentIn} as year, count(*)::integer as many, 0 as pupils
      from evidence.upload u where u.trust_id = ${viewer.trust} and u.let_go_at is null and ${sentIn} <= ${files ?? -1} group by 2 order by 2`.execute(
        db,
      )
    return [...ofMarks.rows, ...ofFiles.rows]
  })
}

const sentIn = sql`extract(year from (u.uploaded_at at time zone 'Europe/London') - interval '8 months')::integer`

/** What has been kept long enough, by class and academic year: rows, and pupils concerned. */
export async function evidenceDue(viewer: Viewer, due: EvidenceDue): Promise<DueOfYear[]> {
  const files = (await everySealed(viewer)).filter((file) => isDue(due, file))
  const bench = await viewer.house.lake.duck.workbench()
  try {
    const found = await rowsIn(viewer, bench, files, somebodys)
    const groups = Map.groupBy(
      files.filter(({ path }) => found.has(path)),
      ({ fact, academicYear }) => `${classOf(fact)} ${academicYear}`,
    )
    const sealed: DueOfYear[] = []
    for (const [key, of] of groups) {
      const [name, year] = key.split(' ') as [keyof EvidenceDue, string]
      const paths = of.map(({ path }) => literal(viewer.house.lake.path(path))).join(', ')
      const [who] = await bench.rows<{ pupils: number }>(
        `select count(distinct pupil) as pupils from read_parquet([${paths}], union_by_name = true) where ${somebodys}`,
      )
      const many = of.reduce((sum, { path }) => sum + found.get(path)!, 0)
      sealed.push({ class: name, year: Number(year), many, pupils: who!.pupils })
    }
    return [...sealed, ...(await dueOnRecord(viewer, due))].toSorted((a, b) => a.year - b.year)
  } finally {
    bench.close()
  }
}

/** The rows of a file as nobody’s: the same pupil has one number in all facts of this run, which nobody can work back. */
function asNobodys(fact: Fact, source: string, salt: string): string {
  const columns = {
    pupil: `case when ${somebodys} then -1 - (hash(pupil || ${literal(salt)}) % 140737488355328)::bigint else pupil end`,
    class_id: 'null::integer',
    ...(fact === 'result'
      ? { raw: 'coalesce(grade, value::varchar)' }
      : { form: 'null::varchar', ethnicity: 'null::varchar' }),
  }
  const replaced = Object.entries(columns).map(([name, is]) => `${is} as ${name}`)
  return `select * replace (${replaced.join(', ')}) from ${source} order by pupil`
}

/** Seals what is due anew, outside the transaction: results as nobody’s, attendance and conduct without rows. */
export async function readyByAge(viewer: Viewer, due: EvidenceDue): Promise<SealedAnew> {
  const salt = randomUUID()
  const files = await everySealed(viewer)
  const bench = await viewer.house.lake.duck.workbench()
  try {
    return await sealAnew(viewer, bench, files, somebodys, (file, source) => {
      if (!isDue(due, file)) return undefined
      return classOf(file.fact) === 'results'
        ? asNobodys(file.fact, source, salt)
        : `select * from ${source} where false`
    })
  } finally {
    bench.close()
  }
}

/** Lets what is due go, in a transaction that is open. */
export async function leaveByAge(
  viewer: Viewer,
  tx: Writing,
  sealed: SealedAnew,
  { marks, files }: EvidenceDue,
): Promise<void> {
  await listAnew(viewer, tx, sealed, 'kept long enough')
  await sql`delete from evidence.question_mark m using evidence.paper p where m.trust_id = ${viewer.trust}
    and p.trust_id = m.trust_id and p.paper_id = m.paper_id and p.academic_year <= ${marks ?? -1}`.execute(tx)
  const { rows } = await sql<{
    id: number
    sha256: string
  }>`update evidence.upload u set let_go_at = ${viewer.house.clock.now()}
    where u.trust_id = ${viewer.trust} and u.let_go_at is null and ${sentIn} <= ${files ?? -1}
    returning u.upload_id as id, u.sha256`.execute(tx)
  await leave(viewer, tx, 'files', [...new Set(rows.map(({ sha256 }) => sha256))])
  const ids = rows.map(({ id }) => id)
  await sql`update evidence.import set answers = '{}',
      reading = case when reading ? 'reading' and reading->'reading' ? 'columns' then jsonb_set(reading, '{reading,columns}', (
        select coalesce(jsonb_agg(c || '{"examples": []}'), '[]') from jsonb_array_elements(reading->'reading'->'columns') c)) else reading end,
      checked = case when checked is null then null else checked || '{"groups": [], "missing": []}' end
    where trust_id = ${viewer.trust} and upload_id = any (${ids}::integer[])`.execute(tx)
  await sql`update evidence.delivery set planned = planned || '{"leftOut": [], "notes": []}'
    where trust_id = ${viewer.trust} and upload_id = any (${ids}::integer[])`.execute(tx)
}
