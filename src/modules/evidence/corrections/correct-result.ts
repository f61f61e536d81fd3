import { enforce, NotHere, Refusal } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { read, record, type Writing, write } from '../../../platform/database/door.ts'
import { literal, type Workbench } from '../../../platform/lake/duck.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { auditIn } from '../../access/index.ts'
import { pupilIdByUpn } from '../../organisation/index.ts'
import type { Drop } from '../drops/domain/drop.ts'
import { assessments } from '../drops/queries/assessments.ts'
import { dropByCode } from '../drops/queries/drops.ts'
import { type Result, readResult } from '../imports/domain/read-result.ts'
import { inTurn, makeSnapshot } from '../snapshots/make-snapshot.ts'
import { filesIn, type LakeFile, latestIn } from '../snapshots/queries.ts'
import { canCorrect } from './can-correct.ts'

export interface AskedCorrection {
  readonly drop: string
  readonly upn: string
  readonly assessment: string
  /** The result as it should have been, written as a school writes it. */
  readonly result: string
  readonly why: string
}

export interface Corrected {
  readonly snapshot: number
  readonly pupil: number
  readonly before: string
  readonly now: string
}

/**
 * Corrects one result of a locked drop, as after a re-mark: a new snapshot holds it, and every earlier snapshot goes on saying
 * what it said. The file of the school is sealed anew beside the old one. @throws Refusal in a sentence, with nothing changed.
 */
export async function correctResult(viewer: Viewer, asked: AskedCorrection): Promise<Corrected> {
  const drop = await dropByCode(viewer, asked.drop)
  enforce(canCorrect({ may: may(viewer, 'lock drop'), locked: drop.lock !== undefined, why: asked.why }))
  const upn = asked.upn.trim().toUpperCase()
  const pupil = upn ? await pupilIdByUpn(viewer, upn) : undefined
  if (pupil === undefined)
    throw new Refusal(`No pupil of the trust has the UPN ${upn.slice(0, 20) || '(none given)'}.`)
  const assessment = (await assessments(viewer)).find((one) => one.code === asked.assessment)
  if (!assessment) throw new Refusal('Choose the assessment.')
  const result = readResult(asked.result, assessment.scale)
  if (result.kind === 'wrong') throw new Refusal(result.why)
  if (result.kind === 'none') throw new Refusal('Type the result as it should have been.')
  const about = {
    drop,
    pupil,
    assessment: assessment.code,
    name: assessment.name,
    raw: asked.result.trim(),
    result,
  }
  const bench = await viewer.house.lake.duck.workbench()
  try {
    const { file, before } = await standing(viewer, bench, about)
    if (before === about.raw) throw new Refusal(`It says ${before} already.`)
    const sealed = await viewer.house.lake.seal(bench, corrected(viewer, file, about), {
      trust: viewer.trust,
      fact: 'result',
      year: drop.academicYear,
      drop: drop.id,
      school: file.school,
    })
    const snapshot = await write(viewer, (tx) =>
      list(viewer, tx, { ...about, file, sealed, before, why: asked.why.trim() }),
    )
    return { snapshot, pupil, before, now: about.raw }
  } finally {
    bench.close()
  }
}

interface About {
  readonly drop: Drop
  readonly pupil: number
  readonly assessment: string
  readonly name: string
  readonly raw: string
  readonly result: Result
}

/** The live file that holds the result, and what it says. */
async function standing(viewer: Viewer, bench: Workbench, about: About) {
  const files = await read(viewer, async (db) =>
    filesIn(db, await latestIn(db), { fact: 'result', drops: [about.drop.id] }),
  )
  for (const file of files) {
    const [row] = await bench.rows<{ raw: string | null }>(
      `select raw from read_parquet(${literal(viewer.house.lake.path(file.path))}) where ${thisResult(about)}`,
    )
    if (row) return { file, before: row.raw ?? '' }
  }
  throw new Refusal(
    `That pupil has no result in ${about.name} in this drop. A correction changes a result that is there; what was never sent can’t be added after the lock.`,
  )
}

const thisResult = ({ pupil, assessment }: About) =>
  `pupil = ${Number(pupil)} and assessment = ${literal(assessment)}`

const corrected = (viewer: Viewer, file: LakeFile, about: About): string => {
  const { value, grade, status, expected, higher } = about.result
  const now: Record<string, string> = {
    raw: literal(about.raw),
    value: value === null ? 'null::double' : `${value}::double`,
    grade: grade === null ? 'null::varchar' : literal(grade),
    status: literal(status),
    expected: expected === null ? 'null::boolean' : String(expected),
    higher: higher === null ? 'null::boolean' : String(higher),
  }
  const replaced = Object.entries(now).map(
    ([column, is]) => `case when ${thisResult(about)} then ${is} else ${column} end as ${column}`,
  )
  return `select * replace (${replaced.join(', ')}) from read_parquet(${literal(viewer.house.lake.path(file.path))}) order by pupil, assessment`
}

async function list(
  viewer: Viewer,
  tx: Writing,
  about: About & {
    readonly file: LakeFile
    readonly sealed: { path: string; rows: number; bytes: number; sha256: string }
    readonly before: string
    readonly why: string
  },
): Promise<number> {
  const { drop, file, sealed } = about
  await inTurn(viewer, tx)
  const still = await tx
    .selectFrom('evidence.lake_file')
    .select('lake_file_id')
    .where('trust_id', '=', viewer.trust)
    .where('lake_file_id', '=', file.id)
    .where('removed_in', 'is', null)
    .executeTakeFirst()
  if (!still)
    throw new Refusal('Somebody else corrected this school’s results a moment ago. Look again, then correct.')
  const snapshot = await makeSnapshot(viewer, tx, {
    drop: drop.id,
    school: file.school,
    reason: 'correction',
    note: `${about.name}: ${about.why}`,
  })
  await tx
    .updateTable('evidence.lake_file')
    .set({ removed_in: snapshot })
    .where('trust_id', '=', viewer.trust)
    .where('lake_file_id', '=', file.id)
    .execute()
  await tx
    .insertInto('evidence.lake_file')
    .values({
      trust_id: viewer.trust,
      fact: 'result',
      academic_year: file.academicYear,
      drop_id: drop.id,
      school_id: file.school,
      import_id: file.import,
      ...sealed,
      added_in: snapshot,
      removed_in: null,
      in_trust: file.inTrust,
    })
    .execute()
  await record(viewer, tx, {
    subject: 'evidence.drop',
    id: drop.id,
    deed: 'corrected',
    school: file.school,
    detail: { snapshot, assessment: about.assessment, pupil: about.pupil, why: about.why },
  })
  await auditIn(viewer, tx, {
    deed: 'corrected result',
    subject: 'organisation.pupil',
    id: about.pupil,
    school: file.school,
    detail: { what: about.name, before: about.before, now: about.raw, why: about.why, snapshot },
  })
  return snapshot
}

/** May this viewer correct results of locked drops at all? @throws NotHere */
export const mustCorrect = (viewer: Viewer): void => {
  if (!may(viewer, 'lock drop')) throw new NotHere()
}
