import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { schools as schoolsOf } from '../../organisation/index.ts'
import { type Drop, dropTitle } from '../drops/domain/drop.ts'
import { type Asked, askedIn } from '../drops/queries/assessments.ts'
import { drops } from '../drops/queries/drops.ts'
import { type LakeFile, latestSnapshot, snapshotFiles } from '../snapshots/index.ts'
import { type Question, withAnswers } from './answers.ts'
import { checks } from './catalogue.ts'
import { expectedSql, expectsSql, groupColumns, pupilsSql } from './coverage.ts'
import { layOut } from './facts.ts'
import type { CheckRow, Finding, Names } from './finding.ts'
import { folded } from './folded.ts'
import { askOfRecord } from './pupil-record.ts'
import { whereOf } from './words.ts'

/** How many of those who should have a result have one, for one assessment of one year group. */
export interface Coverage {
  readonly school: number
  readonly yearGroup: string
  readonly assessment: string
  /** With a result. */
  readonly n: number
  /** Without, but with a reason: absent, not taken, left. */
  readonly explained: number
  readonly of: number
}

/** Of a school's pupils on roll in the year groups asked for, how many have any result. */
export interface PupilsCovered {
  readonly school: number
  readonly n: number
  readonly of: number
}

/** An assessment that a school is expected to send of a year group. */
export interface Expected {
  readonly school: number
  readonly yearGroup: string
  readonly assessment: string
}

export interface Health {
  /** The snapshot that was looked at. */
  readonly snapshot: number
  /** The drop that it was compared with. */
  readonly before?: Drop
  readonly questions: readonly Question[]
  readonly coverage: readonly Coverage[]
  readonly pupils: readonly PupilsCovered[]
  /** What schools are expected to send, for those who sent something in the drop before. */
  readonly expected: readonly Expected[]
  /** Schools of which the drop before holds results. */
  readonly known: readonly number[]
}

/**
 * Every question that the checks ask of a drop's live results, unanswered ones that need an answer first, and how much
 * of what was asked for is there. Only for schools whose files the viewer may see.
 */
export async function health(viewer: Viewer, drop: Drop): Promise<Health> {
  const reach = schoolsWhere(viewer, 'see files')
  const schools = (await schoolsOf(viewer)).filter((school) => includesSchool(reach, school.id))
  const ids = schools.map((school) => school.id)
  const snapshot = drop.lock?.snapshot ?? (await latestSnapshot(viewer))
  const now = await snapshotFiles(viewer, snapshot, { drops: [drop.id], schools: ids })
  const before = await dropBefore(viewer, drop)
  const earlier = before ? await snapshotFiles(viewer, snapshot, { drops: [before.id], schools: ids }) : []
  const compared = earlier.filter(
    (file) => file.fact === 'result' || before?.academicYear === drop.academicYear,
  )
  const asked = await askedIn(viewer, drop)
  const names = await namesFor(viewer, asked, schools, before)
  const facts = await lookedAt(viewer, { now, before: compared, asked, schools }, `${drop.id}/${reach}`)
  const fromFacts = facts.rows.flatMap(({ check: id, row }) => {
    const check = checks.find((one) => one.id === id)!
    return [
      {
        key: [
          id,
          row.school,
          row.year_group,
          row.assessment,
          row.class_id,
          row.pupil_group,
          row.sex,
          row.which,
          row.n,
        ]
          .filter((part) => part !== null && part !== undefined)
          .join('|'),
        check: id,
        weight: check.weight,
        school: row.school,
        question: check.ask(row, names),
        where: whereOf(row, names),
        n: row.n,
        of: row.of ?? null,
      } satisfies Finding,
    ]
  })
  const withResults = [...new Set(now.map((file) => file.school))]
  const found = [...fromFacts, ...(await askOfRecord(viewer, drop, withResults))].filter(
    (finding) => finding.school !== null || reach === 'all',
  )
  return {
    snapshot,
    ...(before ? { before } : {}),
    questions: await folded(found, (ones) => withAnswers(viewer, drop, ones)),
    coverage: facts.coverage,
    pupils: facts.pupils,
    expected: facts.expected,
    known: compared.filter((file) => file.fact === 'result').map((file) => file.school),
  }
}

/** The drop of the same kind that came last before this one. */
async function dropBefore(viewer: Viewer, drop: Drop): Promise<Drop | undefined> {
  const order = (one: Drop) => `${one.academicYear} ${one.term} ${one.asAt}`
  return (await drops(viewer)).find((one) => one.kind === drop.kind && order(one) < order(drop))
}

async function namesFor(
  viewer: Viewer,
  asked: readonly Asked[],
  schools: readonly { readonly id: number; readonly shortName: string }[],
  before: Drop | undefined,
): Promise<Names> {
  const classes = await read(viewer, (db) =>
    db
      .selectFrom('organisation.class')
      .where('trust_id', '=', viewer.trust)
      .select(['class_id', 'name'])
      .execute(),
  )
  const className = new Map(classes.map((one) => [one.class_id, one.name]))
  const schoolName = new Map(schools.map((one) => [one.id, one.shortName]))
  const assessment = new Map(asked.map((one) => [one.assessment.code, one.assessment.name]))
  return {
    school: (id) => schoolName.get(id ?? 0) ?? 'another school',
    assessment: (code) => assessment.get(code ?? '') ?? code ?? '',
    className: (row) =>
      row.class_id ? (className.get(row.class_id) ?? row.form ?? undefined) : (row.form ?? undefined),
    before: before ? dropTitle(before) : 'the last drop',
  }
}

interface LookedAt {
  readonly rows: readonly { readonly check: string; readonly row: CheckRow }[]
  readonly coverage: readonly Coverage[]
  readonly pupils: readonly PupilsCovered[]
  readonly expected: readonly Expected[]
}

const kept = new Map<string, Promise<LookedAt>>()
const most = 40

/** Sealed files never change, so what the checks find in them is kept. */
function lookedAt(viewer: Viewer, facts: Parameters<typeof layOut>[2], about: string): Promise<LookedAt> {
  const key = JSON.stringify([
    viewer.house.lake.folder,
    viewer.trust,
    about,
    [...facts.now, ...facts.before].map((file: LakeFile) => file.id),
    facts.asked.map((one) => [one.assessment.code, one.yearGroup]),
    facts.schools,
  ])
  const known = kept.get(key)
  if (known) return known
  const made = look(viewer, facts)
  kept.set(key, made)
  made.catch(() => kept.delete(key))
  if (kept.size > most) kept.delete(kept.keys().next().value!)
  return made
}

async function look(viewer: Viewer, facts: Parameters<typeof layOut>[2]): Promise<LookedAt> {
  if (!facts.now.length && !facts.before.length) return { rows: [], coverage: [], pupils: [], expected: [] }
  const bench = await viewer.house.lake.duck.workbench()
  try {
    await layOut(bench, viewer, facts)
    await bench.run(`create or replace temp table state as select *, ${groupColumns} from state`)
    await bench.run(expectsSql)
    const rows: { check: string; row: CheckRow }[] = []
    for (const check of facts.now.length ? checks : []) {
      if (check.compares && !facts.before.length) continue
      for (const row of await bench.rows<CheckRow>(check.sql)) rows.push({ check: check.id, row })
    }
    const coverage = await bench.rows<Coverage>(`select school, year_group as "yearGroup", assessment,
        count(*) filter (where has_result) as n,
        count(*) filter (where not has_result and not has_nothing) as explained, count(*) as of
      from (${expectedSql}) group by all order by school, assessment, year_group`)
    const pupils = await bench.rows<PupilsCovered>(pupilsSql)
    const expected = await bench.rows<Expected>(
      'select distinct school, year_group as "yearGroup", assessment from expects',
    )
    return { rows, coverage, pupils, expected }
  } finally {
    bench.close()
  }
}
