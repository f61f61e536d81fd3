import { count } from '../../../kernel/numbers.ts'
import { enforce, Refusal } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { record, type Writing, write } from '../../../platform/database/door.ts'
import { literal, type Workbench } from '../../../platform/lake/duck.ts'
import type { SealedFile } from '../../../platform/lake/lake.ts'
import { pour } from '../../../platform/lake/pour.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { auditIn } from '../../access/index.ts'
import type { Drop } from '../drops/domain/drop.ts'
import { dropByCode } from '../drops/queries/drops.ts'
import { inTurn, makeSnapshot, takeOut } from '../snapshots/make-snapshot.ts'
import type { LakeFile } from '../snapshots/queries.ts'
import { canCorrect } from './can-correct.ts'
import { type AskedResult, type PlannedCorrections, planCorrections } from './plan-corrections.ts'

export interface AskedCorrections {
  readonly drop: string
  readonly results: readonly AskedResult[]
  readonly why: string
}

/** What correcting these results would do, before anything is done. @throws Refusal, NotHere */
export async function tryCorrections(viewer: Viewer, asked: AskedCorrections): Promise<PlannedCorrections> {
  const drop = await mustBeCorrectable(viewer, asked)
  const bench = await viewer.house.lake.duck.workbench()
  try {
    return await planCorrections(viewer, bench, drop, asked.results)
  } finally {
    bench.close()
  }
}

/**
 * Corrects results of a locked drop, and adds those that were never sent: one new snapshot holds them all, every earlier one goes on
 * saying what it said. What can’t be told is left out and listed. @throws Refusal when nothing would change.
 */
export async function correctResults(
  viewer: Viewer,
  asked: AskedCorrections,
): Promise<PlannedCorrections & { readonly snapshot: number }> {
  const drop = await mustBeCorrectable(viewer, asked)
  const bench = await viewer.house.lake.duck.workbench()
  try {
    const plan = await planCorrections(viewer, bench, drop, asked.results)
    if (plan.corrections.length === 0)
      throw new Refusal(
        plan.leftOut[0]?.why ??
          (plan.same ? 'Every one of these results says so already.' : 'There is no result to correct.'),
      )
    const sealed = await seal(viewer, bench, drop, plan)
    const snapshot = await write(viewer, (tx) => list(viewer, tx, drop, plan, sealed, asked.why.trim()))
    return { ...plan, snapshot }
  } finally {
    bench.close()
  }
}

async function mustBeCorrectable(viewer: Viewer, { drop: code, why }: AskedCorrections): Promise<Drop> {
  const drop = await dropByCode(viewer, code)
  enforce(canCorrect({ may: may(viewer, 'lock drop'), locked: drop.lock !== undefined, why }))
  return drop
}

interface Resealed extends SealedFile {
  readonly school: number
  readonly former: LakeFile | undefined
}

const columns = [
  ...['pupil', 'school', 'drop_id', 'academic_year', 'year_group', 'assessment', 'subject', 'class_id'],
  ...['raw', 'value', 'grade', 'status', 'expected', 'higher'],
]

/** Seals the results of each school anew, beside the old file: those corrected in place of what stood, those never sent with the pupil’s year and form. */
async function seal(
  viewer: Viewer,
  bench: Workbench,
  drop: Drop,
  { corrections, live }: PlannedCorrections,
): Promise<Resealed[]> {
  const { lake } = viewer.house
  await pour(
    bench,
    'correction',
    {
      pupil: 'BIGINT',
      school: 'INTEGER',
      assessment: 'VARCHAR',
      subject: 'VARCHAR',
      raw: 'VARCHAR',
      value: 'DOUBLE',
      grade: 'VARCHAR',
      status: 'VARCHAR',
      expected: 'BOOLEAN',
      higher: 'BOOLEAN',
    },
    corrections.map(({ pupil, school, assessment, raw, result }) => [
      pupil,
      school,
      assessment.code,
      assessment.subject.code,
      raw,
      result.value,
      result.grade,
      result.status,
      result.expected,
      result.higher,
    ]),
  )
  const schools = [...new Set(corrections.map(({ school }) => school))]
  const of = (school: number, fact: string) =>
    live.find((file) => file.school === school && file.fact === fact)
  const from = (file: LakeFile) => `read_parquet(${literal(lake.path(file.path))})`
  const wanted = schools.map((school) => {
    const [results, states] = [of(school, 'result'), of(school, 'pupil_state')!]
    const here = `select * from correction where school = ${school}`
    const added = `select s.pupil, s.school, s.drop_id, s.academic_year, s.year_group, c.assessment, c.subject, s.class_id,
        c.raw, c.value, c.grade, c.status, c.expected, c.higher
      from (${here}) c join ${from(states)} s on s.pupil = c.pupil
      ${results ? `where (c.pupil, c.assessment) not in (select (pupil, assessment) from ${from(results)})` : ''}`
    const stood = results
      ? `select ${columns.map((name) => (['raw', 'value', 'grade', 'status', 'expected', 'higher'].includes(name) ? `case when c.pupil is null then r.${name} else c.${name} end as ${name}` : `r.${name}`)).join(', ')}
        from ${from(results)} r left join (${here}) c on c.pupil = r.pupil and c.assessment = r.assessment`
      : undefined
    return {
      select: `select ${columns.join(', ')} from (${[stood, added].filter(Boolean).join(' union all by name ')}) order by pupil, assessment`,
      place: {
        trust: viewer.trust,
        fact: 'result',
        year: drop.academicYear,
        drop: drop.id,
        school,
      },
    }
  })
  const files = await lake.sealAll(bench, wanted)
  return files.map((file, at) => ({ ...file, school: schools[at]!, former: of(schools[at]!, 'result') }))
}

async function list(
  viewer: Viewer,
  tx: Writing,
  drop: Drop,
  { corrections, live }: PlannedCorrections,
  sealed: readonly Resealed[],
  why: string,
): Promise<number> {
  await inTurn(viewer, tx)
  const schools = sealed.map(({ school }) => school)
  const still = await tx
    .selectFrom('evidence.lake_file')
    .select('lake_file_id as id')
    .where('trust_id', '=', viewer.trust)
    .where('drop_id', '=', drop.id)
    .where('school_id', 'in', schools)
    .where('fact', '=', 'result')
    .where('removed_in', 'is', null)
    .execute()
  const former = new Set(sealed.flatMap((one) => one.former?.id ?? []))
  if (still.length !== former.size || still.some(({ id }) => !former.has(id)))
    throw new Refusal('Somebody else corrected this school’s results a moment ago. Look again, then correct.')
  const names = [...new Set(corrections.map(({ assessment }) => assessment.name))]
  const snapshot = await makeSnapshot(viewer, tx, {
    drop: drop.id,
    school: schools.length === 1 ? schools[0]! : null,
    reason: 'correction',
    note: `${names.length === 1 ? names[0] : count(corrections.length, 'result')}: ${why}`,
  })
  await takeOut(viewer, tx, [...former], snapshot)
  await tx
    .insertInto('evidence.lake_file')
    .values(
      sealed.map(({ school, former: before, path, rows, bytes, sha256 }) => ({
        trust_id: viewer.trust,
        fact: 'result' as const,
        academic_year: drop.academicYear,
        drop_id: drop.id,
        school_id: school,
        import_id: before?.import ?? null,
        path,
        rows,
        bytes,
        sha256,
        added_in: snapshot,
        removed_in: null,
        in_trust: live.find((file) => file.school === school)!.inTrust,
      })),
    )
    .execute()
  for (const school of schools)
    await record(viewer, tx, {
      subject: 'evidence.drop',
      id: drop.id,
      deed: 'corrected',
      school,
      detail: { snapshot, results: corrections.filter((one) => one.school === school).length, why },
    })
  for (const { pupil, school, assessment, before, raw } of corrections)
    await auditIn(viewer, tx, {
      deed: 'corrected result',
      subject: 'organisation.pupil',
      id: pupil,
      school,
      detail: { what: assessment.name, before: before ?? 'nothing', now: raw, why, snapshot },
    })
  return snapshot
}
