import { sql } from 'kysely'
import { read, type Writing } from '../../../platform/database/door.ts'
import type { Workbench } from '../../../platform/lake/duck.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { Two } from '../../organisation/index.ts'
import type { Fact } from '../tables.ts'
import { everySealed, type Listed, listAnew, type SealedAnew, sealAnew, sourceOf } from './seal-anew.ts'

/** The same thing said of both in one drop, and otherwise. */
export interface SealedClash {
  readonly fact: Fact
  readonly drop: number
  readonly dropName: string
  /** The assessment of a result; empty for what a pupil has once at a drop. */
  readonly key: string
  readonly stays: string
  readonly comes: string
}

export const clashName = ({ fact, drop, key }: Pick<SealedClash, 'fact' | 'drop' | 'key'>): string =>
  [fact, drop, key].join('|')

/** What a pupil has once at a drop, as words to compare. */
const said: Readonly<Record<Fact, { readonly key: string; readonly words: string }>> = {
  result: { key: 'assessment', words: "coalesce(raw, '')" },
  attendance: {
    key: "''",
    words: "concat(possible, ' sessions, ', authorised, ' and ', unauthorised, ' absent')",
  },
  session_code: { key: "''", words: "string_agg(code || ' ' || sessions, ', ' order by code)" },
  behaviour: { key: "''", words: "string_agg(kind || ' ' || events, ', ' order by kind)" },
  exclusion: { key: "''", words: "concat(suspensions, ' suspensions, ', permanent, ' permanent')" },
  pupil_state: { key: "''", words: "concat_ws(', ', year_group, form)" },
}
const summed = (fact: Fact) => fact === 'session_code' || fact === 'behaviour'

async function liveFiles(viewer: Viewer) {
  return read(viewer, (db) =>
    db
      .selectFrom('evidence.lake_file as f')
      .innerJoin('evidence.drop as d', (join) =>
        join.onRef('d.trust_id', '=', 'f.trust_id').onRef('d.drop_id', '=', 'f.drop_id'),
      )
      .select(['f.path', 'f.fact', 'f.drop_id as drop', 'd.name', 'd.academic_year as year'])
      .where('f.trust_id', '=', viewer.trust)
      .where('f.removed_in', 'is', null)
      .execute(),
  )
}

async function saidIn(viewer: Viewer, bench: Workbench, { stays, comes }: Two) {
  const lines: { fact: Fact; drop: number; name: string; pupil: number; key: string; words: string }[] = []
  for (const { path, fact, drop, name, year } of await liveFiles(viewer)) {
    const { key, words } = said[fact]
    const rows = await bench.rows<{ pupil: number; key: string; words: string }>(
      `select pupil, ${key} as key, ${words} as words from ${sourceOf(viewer, path)} where pupil in (${Number(stays)}, ${Number(comes)})${summed(fact) ? ' group by pupil' : ''}`,
    )
    for (const row of rows)
      lines.push({ ...row, fact, drop, name: `${name} ${year}/${String((year + 1) % 100).padStart(2, '0')}` })
  }
  return lines
}

/** What both have in one drop, as it stands now, and what each record would bring. */
export async function sealedTwos(
  viewer: Viewer,
  two: Two,
): Promise<{ clashes: SealedClash[]; stays: number; comes: number }> {
  const bench = await viewer.house.lake.duck.workbench()
  try {
    const lines = await saidIn(viewer, bench, two)
    const clashes: SealedClash[] = []
    for (const of of Map.groupBy(lines, (line) => clashName(line)).values()) {
      const [a, b] = [two.stays, two.comes].map((pupil) => of.find((line) => line.pupil === pupil))
      if (!a || !b || a.words === b.words || a.fact === 'pupil_state') continue
      clashes.push({
        fact: a.fact,
        drop: a.drop,
        dropName: a.name,
        key: a.key,
        stays: a.words,
        comes: b.words,
      })
    }
    const many = (pupil: number) => lines.filter((line) => line.pupil === pupil).length
    return { clashes, stays: many(two.stays), comes: many(two.comes) }
  } finally {
    bench.close()
  }
}

/** The rows of a file when two pupils become one: of what both have, the row that was chosen, or that of the record that stays. */
function asOne(
  { fact, drop }: Listed,
  source: string,
  { stays, comes }: Two,
  takes: ReadonlySet<string>,
): string {
  const { key } = said[fact]
  const taken = [...takes].flatMap((name) => {
    const [of, at, what] = name.split('|')
    return of === fact && Number(at) === drop ? [`'${(what ?? '').replaceAll("'", "''")}'`] : []
  })
  const chosen = taken.length > 0 ? `${key} in (${taken.join(', ')})` : 'false'
  const has = (pupil: number) => `(${key}) in (select ${key} from ${source} where pupil = ${pupil})`
  return `select * replace (case when pupil = ${comes} then ${stays} else pupil end as pupil) from ${source}
    where not (pupil = ${comes} and ${has(stays)} and not (${chosen}))
      and not (pupil = ${stays} and ${has(comes)} and ${chosen}) order by pupil`
}

/** Seals every file anew that holds the record which goes, outside the transaction. */
export async function readyToJoin(viewer: Viewer, two: Two, takes: ReadonlySet<string>): Promise<SealedAnew> {
  const ids = { stays: Number(two.stays), comes: Number(two.comes) }
  const bench = await viewer.house.lake.duck.workbench()
  try {
    return await sealAnew(viewer, bench, await everySealed(viewer), `pupil = ${ids.comes}`, (file, source) =>
      asOne(file, source, ids, takes),
    )
  } finally {
    bench.close()
  }
}

/** Brings facts, marks and what was answered about files over, in the transaction that joins the record. */
export async function joinEvidence(
  viewer: Viewer,
  tx: Writing,
  sealed: SealedAnew,
  { stays, comes }: Two,
): Promise<void> {
  const t = viewer.trust
  await listAnew(viewer, tx, sealed, 'records joined')
  await sql`insert into evidence.question_mark (trust_id, school_id, paper_id, pupil_id, place, mark)
    select trust_id, school_id, paper_id, ${stays}::integer, place, mark from evidence.question_mark
    where trust_id = ${t} and pupil_id = ${comes} on conflict do nothing`.execute(tx)
  await sql`delete from evidence.question_mark where trust_id = ${t} and pupil_id = ${comes}`.execute(tx)
  await sql`update evidence.import set answers = (select coalesce(jsonb_object_agg(a.key,
        case when a.value = to_jsonb(${`pupil:${comes}`}::text) then to_jsonb(${`pupil:${stays}`}::text) else a.value end), '{}')
      from jsonb_each(answers) a)
    where trust_id = ${t} and exists (select from jsonb_each_text(answers) a where a.value = ${`pupil:${comes}`})`.execute(
    tx,
  )
  // An undo would take the pupil off the roll whom a later record joined.
  await sql`update evidence.import set checked = jsonb_set(checked, '{addedPupils}', (
      select coalesce(jsonb_agg(a), '[]') from jsonb_array_elements(checked->'addedPupils') a where a not in (to_jsonb(${comes}::integer), to_jsonb(${stays}::integer))))
    where trust_id = ${t} and checked ? 'addedPupils' and (checked->'addedPupils' @> ${`[${comes}]`}::jsonb or checked->'addedPupils' @> ${`[${stays}]`}::jsonb)`.execute(
    tx,
  )
}
