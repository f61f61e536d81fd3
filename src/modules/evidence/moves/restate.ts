import { Refusal } from '../../../kernel/refusal.ts'
import { acrossTheTrust } from '../../../kernel/viewer.ts'
import { read, type Writing, write } from '../../../platform/database/door.ts'
import { literal, type Workbench } from '../../../platform/lake/duck.ts'
import type { SealedFile } from '../../../platform/lake/lake.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { pupilStatesOf } from '../../organisation/index.ts'
import { type Drop, dropState } from '../drops/domain/drop.ts'
import { drops } from '../drops/queries/drops.ts'
import { stateColumns, stateRow } from '../imports/commands/seal-files.ts'
import { withdrawSignOffs } from '../imports/commands/withdraw-sign-offs.ts'
import { pour } from '../imports/reading/pour.ts'
import { inTrustAt } from '../snapshots/in-trust.ts'
import { inTurn, makeSnapshot, takeOut } from '../snapshots/make-snapshot.ts'
import { filesIn, type LakeFile, latestIn } from '../snapshots/queries.ts'
import type { Fact } from '../tables.ts'

/** What goes with a change of who is where. */
export interface Restating {
  readonly schools: readonly number[]
  /** A sentence for the snapshots: without a name. */
  readonly why: string
  /** Pupils whose results go with them from one school’s file to the other’s. */
  readonly carry?: readonly { readonly pupil: number; readonly from: number; readonly to: number }[]
  /** A pupil of a school who has another record from now on. */
  readonly parted?: { readonly pupil: number; readonly school: number; readonly now: number }
  /** Moves between classes hold in drops of this day or later; others keep the class of their day. */
  readonly from?: string
  /** Pupils who went from one class to another of their school. */
  readonly classes?: readonly { readonly pupil: number; readonly from: number; readonly to: number }[]
}

const tries = 3

/**
 * Says anew who counts where, in every drop that stands open and has something of these schools: their rolls as they are now on
 * the drop’s day, and results that go with their pupils. Each makes a snapshot; locked drops stay as they are. The answer: the
 * drops that changed.
 */
export async function restate(viewer: Viewer, what: Restating): Promise<string[]> {
  const changed: string[] = []
  // What follows of itself: whoever moved a pupil may reach only one of the two schools.
  const wide = acrossTheTrust(viewer)
  for (const drop of await drops(wide)) {
    if (dropState(drop, viewer.today) === 'locked') continue
    for (let turn = 1; ; turn++)
      try {
        if (await restateDrop(wide, drop, what)) changed.push(drop.code)
        break
      } catch (error) {
        if (!(error instanceof Refusal) || turn === tries) throw error
      }
  }
  return changed
}

interface Resealed extends SealedFile {
  readonly fact: Fact
  readonly school: number
}

async function restateDrop(viewer: Viewer, drop: Drop, what: Restating): Promise<boolean> {
  const live = await read(viewer, async (db) =>
    filesIn(db, await latestIn(db), { drops: [drop.id], schools: what.schools }),
  )
  if (live.length === 0) return false
  const bench = await viewer.house.lake.duck.workbench()
  try {
    const sealed = await seal(viewer, bench, drop, live, what)
    const differing = sealed.filter((file) => before(live, file.fact, file.school)?.sha256 !== file.sha256)
    if (differing.length === 0) return false
    await write(viewer, (tx) => list(viewer, tx, drop, live, differing, what.why))
    return true
  } finally {
    bench.close()
  }
}

const before = (live: readonly LakeFile[], fact: Fact, school: number) =>
  live.find((file) => file.fact === fact && file.school === school)

async function seal(
  viewer: Viewer,
  bench: Workbench,
  drop: Drop,
  live: readonly LakeFile[],
  what: Restating,
): Promise<Resealed[]> {
  const { lake } = viewer.house
  const held = await withResults(viewer, bench, live, what.carry ?? [])
  // A mark that goes to a school which has sent nothing yet is the first that it has.
  const schools = [...new Set([...live.map(({ school }) => school), ...held.map(({ to }) => to)])]
  const states = await pupilStatesOf(viewer, schools, drop.asAt, drop.academicYear)
  await pour(
    bench,
    'state',
    stateColumns,
    states.toSorted((a, b) => a.school - b.school || a.pupil - b.pupil).map((state) => stateRow(state, drop)),
  )
  // Only who is on roll at the new school on the drop’s day takes results along.
  const here = new Set(states.map(({ pupil, school }) => `${pupil} ${school}`))
  const carry = held.filter(({ pupil, to }) => here.has(`${pupil} ${to}`))
  const coming = new Set(carry.map(({ to }) => to))
  const wanted = schools.flatMap((school) => {
    const of = (fact: Fact, select: string) => ({
      fact,
      school,
      select,
      place: { trust: viewer.trust, year: drop.academicYear, drop: drop.id, school, fact },
    })
    const classes = what.from !== undefined && drop.asAt < what.from ? [] : what.classes
    const results = resultsOf(viewer, school, live, { ...what, carry, classes })
    return [
      ...(before(live, 'pupil_state', school) || coming.has(school)
        ? [of('pupil_state', `select * from state where school = ${school}`)]
        : []),
      ...(results ? [of('result', results)] : []),
    ]
  })
  const files = await lake.sealAll(bench, wanted)
  return files.map((file, at) => ({ ...file, fact: wanted[at]!.fact, school: wanted[at]!.school }))
}

/** Those of whom the school that they leave holds a result in this drop. */
async function withResults(
  viewer: Viewer,
  bench: Workbench,
  live: readonly LakeFile[],
  carry: NonNullable<Restating['carry']>,
) {
  const held = new Set<string>()
  for (const from of new Set(carry.map((one) => one.from))) {
    const file = before(live, 'result', from)
    if (!file) continue
    const rows = await bench.rows<{ pupil: number }>(
      `select distinct pupil from read_parquet(${literal(viewer.house.lake.path(file.path))})`,
    )
    for (const { pupil } of rows) held.add(`${from} ${Number(pupil)}`)
  }
  return carry.filter(({ from, pupil }) => held.has(`${from} ${pupil}`))
}

/** The results of a school: without those that went, with those that came (its own go before), under the right pupil and class. */
function resultsOf(
  viewer: Viewer,
  school: number,
  live: readonly LakeFile[],
  what: Restating,
): string | undefined {
  const { lake } = viewer.house
  const own = before(live, 'result', school)
  const from = (file: LakeFile) => `read_parquet(${literal(lake.path(file.path))})`
  const gone = (what.carry ?? []).filter((one) => one.from === school).map(({ pupil }) => Number(pupil))
  const come = (what.carry ?? []).filter((one) => one.to === school)
  const stayed = own
    ? `select * from ${from(own)} where ${gone.length ? `pupil not in (${gone.join(', ')})` : 'true'}`
    : undefined
  const came = [...Map.groupBy(come, (one) => one.from)].flatMap(([origin, ones]) => {
    const file = before(live, 'result', origin)
    if (!file) return []
    const ids = ones.map(({ pupil }) => Number(pupil)).join(', ')
    return [
      `select r.* replace (${school}::integer as school, s.year_group as year_group, s.class_id as class_id)
        from ${from(file)} r join state s on s.pupil = r.pupil and s.school = ${school} where r.pupil in (${ids})
        ${own ? `and (r.pupil, r.assessment) not in (select (pupil, assessment) from ${from(own)})` : ''}`,
    ]
  })
  const { parted } = what
  const classes = what.classes ?? []
  const parts = [stayed, ...came].filter((one) => one !== undefined)
  if (parts.length === 0 || (gone.length === 0 && came.length === 0 && !parted && classes.length === 0))
    return undefined
  const pupil =
    parted?.school === school
      ? `case when pupil = ${Number(parted.pupil)} then ${Number(parted.now)}::bigint else pupil end`
      : 'pupil'
  const classId = classes.length
    ? `case ${classes.map((one) => `when pupil = ${Number(one.pupil)} and class_id = ${Number(one.from)} then ${Number(one.to)}::integer`).join(' ')} else class_id end`
    : 'class_id'
  return `select * replace (${pupil} as pupil, ${classId} as class_id) from (${parts.join(' union all by name ')}) order by pupil, assessment`
}

/** @throws Refusal when somebody published, or locked, in the meantime. */
async function list(
  viewer: Viewer,
  tx: Writing,
  drop: Drop,
  live: readonly LakeFile[],
  sealed: readonly Resealed[],
  why: string,
): Promise<void> {
  await inTurn(viewer, tx)
  const schools = [...new Set(live.map(({ school }) => school))]
  const now = await filesIn(tx, await latestIn(tx), { drops: [drop.id], schools })
  const lock = await tx
    .selectFrom('evidence.drop_lock')
    .select('drop_id')
    .where('trust_id', '=', viewer.trust)
    .where('drop_id', '=', drop.id)
    .executeTakeFirst()
  if (lock || now.map(({ id }) => id).join() !== live.map(({ id }) => id).join())
    throw new Refusal('Something was published for the same school a moment ago. Do it again.')
  const touched = [...new Set(sealed.map(({ school }) => school))]
  const inTrust = await inTrustAt(tx, viewer.trust, drop)
  const snapshot = await makeSnapshot(viewer, tx, {
    drop: drop.id,
    school: touched.length === 1 ? touched[0]! : null,
    reason: 'move',
    note: why,
  })
  const superseded = live.filter((file) =>
    sealed.some((one) => one.fact === file.fact && one.school === file.school),
  )
  await takeOut(
    viewer,
    tx,
    superseded.map(({ id }) => id),
    snapshot,
  )
  await tx
    .insertInto('evidence.lake_file')
    .values(
      sealed.map(({ fact, school, path, rows, bytes, sha256 }) => ({
        trust_id: viewer.trust,
        fact,
        academic_year: drop.academicYear,
        drop_id: drop.id,
        school_id: school,
        import_id: before(live, fact, school)?.import ?? null,
        path,
        rows,
        bytes,
        sha256,
        added_in: snapshot,
        removed_in: null,
        in_trust: inTrust(school),
      })),
    )
    .execute()
  await withdrawSignOffs(viewer, tx, drop.id, touched, `${why} That made snapshot ${snapshot}.`)
}
