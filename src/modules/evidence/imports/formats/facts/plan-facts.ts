import { academicYearOf } from '../../../../../kernel/academic-year.ts'
import { count } from '../../../../../kernel/numbers.ts'
import { Refusal } from '../../../../../kernel/refusal.ts'
import { read, type Writing } from '../../../../../platform/database/door.ts'
import { literal } from '../../../../../platform/lake/duck.ts'
import type { SealedFile } from '../../../../../platform/lake/lake.ts'
import { type Cells, type Columns, pour } from '../../../../../platform/lake/pour.ts'
import type { Viewer } from '../../../../../platform/viewer.ts'
import { pupilStatesOf, pupilsForMatching, schoolById } from '../../../../organisation/index.ts'
import { type Drop, dropTitle } from '../../../drops/domain/drop.ts'
import { drops } from '../../../drops/queries/drops.ts'
import { rewritings } from '../../../letting-go/rewritings.ts'
import { tally } from '../../../registers/session-codes.ts'
import { inTrustAt } from '../../../snapshots/in-trust.ts'
import { makeSnapshot, takeOut } from '../../../snapshots/make-snapshot.ts'
import { filesIn, type LakeFile, latestIn } from '../../../snapshots/queries.ts'
import type { Fact } from '../../../tables.ts'
import { stateColumns, stateRow } from '../../commands/seal-files.ts'
import { withdrawSignOffs } from '../../commands/withdraw-sign-offs.ts'
import type { LeftOut, Plan, Wish } from '../contract.ts'
import type { DatedFact } from './read-facts.ts'

export type FactKind = 'session_code' | 'behaviour' | 'exclusion'

/** What a file of such facts holds. */
export interface FactsOfKind {
  readonly kind: FactKind
  readonly facts: readonly DatedFact[]
}

const common = {
  pupil: 'BIGINT',
  school: 'INTEGER',
  drop_id: 'INTEGER',
  academic_year: 'INTEGER',
  year_group: 'VARCHAR',
} as const satisfies Columns

/** Columns of the lake’s facts that these files make, after the common ones. */
const own: Readonly<Record<FactKind | 'attendance', Columns>> = {
  session_code: { code: 'VARCHAR', sessions: 'INTEGER' },
  attendance: { possible: 'INTEGER', authorised: 'INTEGER', unauthorised: 'INTEGER' },
  behaviour: { kind: 'VARCHAR', events: 'INTEGER' },
  exclusion: { suspensions: 'INTEGER', permanent: 'INTEGER', reasons: 'VARCHAR' },
}

/** Everyone on roll at a drop, by UPN where there is one. */
interface Roll {
  readonly pupils: readonly {
    readonly pupil: number
    readonly upn: string | null
    readonly yearGroup: string | null
  }[]
  readonly byUpn: ReadonlyMap<string, number>
}

type OwnRows = readonly (readonly [pupil: number, ...cells: Cells])[]

/** The rows of each fact that a file makes of the pupils on roll. Pure. */
function rowsOf(
  kind: FactKind,
  facts: readonly DatedFact[],
  roll: Roll,
  day: string,
): Partial<Record<Fact, OwnRows>> {
  const of = Map.groupBy(facts, ({ upn }) => roll.byUpn.get(upn))
  if (kind === 'session_code') {
    const codes: [number, ...Cells][] = []
    const sums: [number, ...Cells][] = []
    for (const [pupil, many] of of) {
      if (pupil === undefined) continue
      const byCode = new Map<string, number>()
      for (const { what, many: sessions } of many) byCode.set(what, (byCode.get(what) ?? 0) + sessions)
      for (const [code, sessions] of [...byCode].sort()) codes.push([pupil, code, sessions])
      const sum = { possible: 0, authorised: 0, unauthorised: 0 }
      for (const one of many) {
        const counted = tally([[one.what, one.many]], one.day ?? day)
        sum.possible += counted.possible
        sum.authorised += counted.authorised
        sum.unauthorised += counted.unauthorised
      }
      sums.push([pupil, sum.possible, sum.authorised, sum.unauthorised])
    }
    return { session_code: codes, attendance: sums }
  }
  if (kind === 'behaviour') {
    const kinds = [...new Set(facts.map(({ what }) => what))].sort()
    return {
      behaviour: roll.pupils.flatMap(({ pupil }) =>
        kinds.map((what): [number, ...Cells] => [
          pupil,
          what,
          (of.get(pupil) ?? []).filter((one) => one.what === what).length,
        ]),
      ),
    }
  }
  return {
    exclusion: roll.pupils.map(({ pupil }): [number, ...Cells] => {
      const events = of.get(pupil) ?? []
      const permanent = events.filter(({ what }) => what === 'permanent').length
      return [
        pupil,
        events.length - permanent,
        permanent,
        events.flatMap(({ reasons }) => reasons ?? []).join(' '),
      ]
    }),
  }
}

interface DropPlan {
  readonly drop: Drop
  readonly live: readonly LakeFile[]
  readonly rows: Partial<Record<Fact, OwnRows>>
  readonly yearGroups: ReadonlyMap<number, string | null>
}

/** Where facts of the year so far belong: the termly drops of it that stand open. */
async function openDrops(viewer: Viewer, facts: readonly DatedFact[]): Promise<Drop[]> {
  const years = new Set(facts.map(({ day }) => academicYearOf(day ?? viewer.today)))
  const dated = facts.some(({ day }) => day !== undefined)
  const open = (await drops(viewer)).filter(
    (drop) =>
      drop.kind === 'termly' && !drop.lock && drop.opens <= viewer.today && years.has(drop.academicYear),
  )
  return dated ? open : open.slice(0, 1)
}

/**
 * Dated facts of a school’s pupils, put where figures are read: with each open termly drop of their year, those up to the
 * day of the drop. A file is the year so far: what it made before is replaced, and old snapshots keep what they had.
 */
export async function planFacts(viewer: Viewer, { kind, facts }: FactsOfKind, wish: Wish): Promise<Plan> {
  if (wish.school === null)
    throw new Refusal('Say whose file this is: registers and events are read for one school.')
  const school = await schoolById(viewer, wish.school)
  const since = await rewritings(viewer)
  const targets = await openDrops(viewer, facts)
  if (targets.length === 0)
    throw new Refusal(
      'No termly drop of this file’s academic year stands open, and its figures are read at drops. Open one first, or send the file before the drop is locked.',
    )
  const leftOut: LeftOut[] = []
  const unknown = new Set<string>()
  const plans: DropPlan[] = []
  const notes: string[] = []
  const counts = { added: 0, changed: 0, same: 0 }
  for (const drop of targets) {
    const roll = await rollAt(viewer, school.id, drop)
    const until = facts.filter(
      ({ day }) => day === undefined || (day <= drop.asAt && academicYearOf(day) === drop.academicYear),
    )
    for (const one of until)
      if (!roll.byUpn.has(one.upn) && !unknown.has(one.upn)) {
        unknown.add(one.upn)
        leftOut.push({
          row: one.row,
          column: 'UPN',
          value: one.upn,
          why: `No pupil on roll at ${school.name} on ${drop.asAt} has this UPN.`,
        })
      }
    const rows = rowsOf(kind, until, roll, viewer.today)
    if (until.length === 0) continue
    const live = await read(viewer, async (db) =>
      filesIn(db, await latestIn(db), { drops: [drop.id], schools: [school.id] }),
    )
    const plan = {
      drop,
      live,
      rows,
      yearGroups: new Map(roll.pupils.map((one) => [one.pupil, one.yearGroup])),
    }
    const compared = await compare(viewer, school.id, kind, plan)
    counts.added += compared.added
    counts.changed += compared.changed
    counts.same += compared.same
    notes.push(
      `${dropTitle(drop)}: ${count(
        until.reduce((sum, one) => sum + one.many, 0),
        kind === 'session_code' ? 'session' : 'event',
      )} up to ${drop.asAt}.`,
    )
    if (compared.added + compared.changed > 0) plans.push(plan)
  }
  const sealed = new Map<DropPlan, readonly (SealedFile & { readonly fact: Fact })[]>()
  return {
    changes: [{ what: 'pupil', ...counts }],
    notes: [
      ...notes,
      'The file is the year so far: what an earlier one said is replaced, and earlier snapshots keep it.',
    ],
    leftOut,
    ready: async () => {
      for (const plan of plans) sealed.set(plan, await seal(viewer, school.id, plan))
    },
    put: async (here, tx) => {
      if ((await rewritings(here)) !== since)
        throw new Refusal('A pupil’s record was let go while this was being put in. Send the file again.')
      for (const plan of plans) await list(here, tx, school.id, plan, sealed.get(plan) ?? [])
    },
  }
}

async function rollAt(viewer: Viewer, school: number, drop: Drop): Promise<Roll> {
  const pupils = await pupilsForMatching(viewer, [school], drop.academicYear, drop.asAt)
  return {
    pupils,
    byUpn: new Map(
      pupils.flatMap(({ upn, formerUpns = [], pupil }) =>
        [...formerUpns, ...(upn ? [upn] : [])].map((one) => [one, pupil] as const),
      ),
    ),
  }
}

const columnsOf = (fact: Fact): Columns => ({ ...common, ...own[fact as FactKind] })

/** Lays a fact’s rows on a bench, as they will be sealed. */
async function lay(
  bench: Awaited<ReturnType<Viewer['house']['lake']['duck']['workbench']>>,
  school: number,
  plan: DropPlan,
  fact: Fact,
) {
  const { drop, yearGroups, rows } = plan
  await pour(
    bench,
    `new_${fact}`,
    columnsOf(fact),
    rows[fact]!.map(([pupil, ...cells]) => [
      pupil,
      school,
      drop.id,
      drop.academicYear,
      yearGroups.get(pupil) ?? null,
      ...cells,
    ]),
  )
}

/** Pupils of whom the file says something new, something else, or the same as what is live. */
async function compare(viewer: Viewer, school: number, kind: FactKind, plan: DropPlan) {
  const { lake } = viewer.house
  const before = plan.live.find(({ fact }) => fact === kind)
  const about = new Set(plan.rows[kind]!.map(([pupil]) => pupil))
  if (!before) return { added: about.size, changed: 0, same: 0 }
  const bench = await lake.duck.workbench()
  try {
    await lay(bench, school, plan, kind)
    const columns = Object.keys(columnsOf(kind)).join(', ')
    const old = `select ${columns} from read_parquet(${literal(lake.path(before.path))})`
    const fresh = `select ${columns} from new_${kind}`
    const changed = await bench.rows<{ pupil: number; known: boolean }>(
      `select pupil, bool_or(pupil in (select pupil from (${old}))) as known
      from ((${fresh} except ${old}) union all (${old} except ${fresh})) as differing group by pupil`,
    )
    const added = changed.filter(({ known }) => !known).length
    return {
      added,
      changed: changed.length - added,
      same: Math.max(0, about.size - changed.filter(({ pupil }) => about.has(pupil)).length),
    }
  } finally {
    bench.close()
  }
}

async function seal(viewer: Viewer, school: number, plan: DropPlan) {
  const { drop, live } = plan
  const { lake } = viewer.house
  const bench = await lake.duck.workbench()
  const place = (fact: Fact) => ({
    trust: viewer.trust,
    fact,
    year: drop.academicYear,
    drop: drop.id,
    school,
  })
  try {
    const wanted: { fact: Fact; select: string }[] = []
    for (const fact of Object.keys(plan.rows) as Fact[]) {
      await lay(bench, school, plan, fact)
      wanted.push({ fact, select: `select * from new_${fact} order by all` })
    }
    if (!live.some(({ fact }) => fact === 'pupil_state')) {
      const states = await pupilStatesOf(viewer, [school], drop.asAt, drop.academicYear)
      const kinds = Object.fromEntries(
        Object.entries(stateColumns).map(([name, type]) => [
          name,
          type === 'text' ? 'VARCHAR' : type.toUpperCase(),
        ]),
      ) as Columns
      await pour(
        bench,
        'state',
        kinds,
        states.map(
          (state) =>
            stateRow(state, drop).map((cell) => (typeof cell === 'bigint' ? Number(cell) : cell)) as Cells,
        ),
      )
      wanted.push({ fact: 'pupil_state', select: 'select * from state order by pupil' })
    }
    const files = await lake.sealAll(
      bench,
      wanted.map(({ fact, select }) => ({ select, place: place(fact) })),
    )
    return files.map((file, at) => ({ ...file, fact: wanted[at]!.fact }))
  } finally {
    bench.close()
  }
}

/** Lists the sealed files in a new snapshot, in the caller’s transaction. @throws Refusal when the drop was locked, or its files have changed. */
async function list(
  viewer: Viewer,
  tx: Writing,
  school: number,
  { drop, live }: DropPlan,
  sealed: readonly (SealedFile & { readonly fact: Fact })[],
): Promise<void> {
  const lock = await tx
    .selectFrom('evidence.drop_lock')
    .select('drop_id')
    .where('drop_id', '=', drop.id)
    .executeTakeFirst()
  if (lock) throw new Refusal(`The ${dropTitle(drop)} drop was locked a moment ago. Nothing has changed.`)
  const now = await filesIn(tx, await latestIn(tx), { drops: [drop.id], schools: [school] })
  if (now.map(({ id }) => id).join() !== live.map(({ id }) => id).join())
    throw new Refusal(
      'Something was published for the same school while this was being put in. Send the file again.',
    )
  const inTrust = await inTrustAt(tx, viewer.trust, drop)
  const snapshot = await makeSnapshot(viewer, tx, { drop: drop.id, school, reason: 'publish' })
  const superseded = live.filter((file) => sealed.some(({ fact }) => fact === file.fact)).map(({ id }) => id)
  await takeOut(viewer, tx, superseded, snapshot)
  await tx
    .insertInto('evidence.lake_file')
    .values(
      sealed.map(({ fact, path, rows, bytes, sha256 }) => ({
        trust_id: viewer.trust,
        fact,
        academic_year: drop.academicYear,
        drop_id: drop.id,
        school_id: school,
        import_id: null,
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
  await withdrawSignOffs(
    viewer,
    tx,
    drop.id,
    [school],
    `Facts of the year were put on record, as snapshot ${snapshot}.`,
  )
}
