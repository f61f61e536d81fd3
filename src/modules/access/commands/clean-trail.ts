import { sql } from 'kysely'
import { type NameRemover, takenOut } from '../../../kernel/names-in-text.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { schoolsWhere } from '../../../kernel/viewer.ts'
import { type Reading, read, type Writing } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { linkHash } from '../domain/chain.ts'

/** Somebody whose name leaves the trail. */
export interface LeavingTheTrail {
  readonly pupil: number
  readonly surname: string
  readonly forename: string
  readonly upns: readonly string[]
}

/** A line whose words were changed, and the hash of what it says now: told in a line of its own, so that the check can follow it. */
export interface ChangedLine {
  readonly seq: number
  readonly hash: string
}

interface Line {
  readonly seq: number
  readonly previous: string
  readonly at: Date
  readonly person: number | null
  readonly name: string
  readonly deed: string
  readonly subject: string
  readonly id: string
  readonly school: number | null
  readonly detail: Readonly<Record<string, unknown>>
}

const must = (viewer: Viewer) => {
  if (schoolsWhere(viewer, 'let go') !== 'all') throw new NotHere()
}

async function linesThatMayName(
  db: Reading,
  viewer: Viewer,
  leaving: readonly LeavingTheTrail[],
): Promise<Line[]> {
  const hints = leaving
    .flatMap(({ surname, upns }) => [...(surname ? [surname] : []), ...upns])
    .map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
  const ids = leaving.map(({ pupil }) => pupil)
  const { rows } =
    await sql<Line>`select a.seq, l.previous_hash as previous, a.at, a.person_id as person, a.person_name as name,
      a.deed, a.subject, a.subject_id as id, a.school_id as school, a.detail
    from access.audit a join access.audit_link l on l.trust_id = a.trust_id and l.seq = a.seq
    where a.trust_id = ${viewer.trust} and (a.detail::text ilike any (${hints}::text[])
      or (a.deed = 'searched pupils' and a.seq in (select p.seq from access.audit_pupil p
        where p.trust_id = ${viewer.trust} and p.pupil_id = any (${ids}::integer[]))))
    order by a.seq`.execute(db)
  return rows
}

/** A search that found the pupil by a piece of the name says the name. */
function searchedFor(line: Line, leaving: readonly LeavingTheTrail[]): boolean {
  if (line.deed !== 'searched pupils' || !Array.isArray(line.detail.found)) return false
  const found = new Set(line.detail.found)
  const words = String(line.detail.words ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
  return leaving.some(
    ({ pupil, surname, forename }) =>
      found.has(pupil) &&
      words.some((word) => surname.toLowerCase().includes(word) || forename.toLowerCase().includes(word)),
  )
}

function cleaned(line: Line, leaving: readonly LeavingTheTrail[], remover: NameRemover): Line | undefined {
  const detail = searchedFor(line, leaving)
    ? { ...remover.withoutIn(line.detail), words: takenOut }
    : remover.withoutIn(line.detail)
  return JSON.stringify(detail) === JSON.stringify(line.detail) ? undefined : { ...line, detail }
}

/** How many lines are about these pupils, and how many say their name in words. @throws NotHere */
export async function trailOf(
  viewer: Viewer,
  leaving: readonly LeavingTheTrail[],
  remover: NameRemover,
): Promise<{ lines: number; naming: number }> {
  must(viewer)
  return read(viewer, async (db) => {
    const { rows } = await sql<{
      lines: number
    }>`select count(distinct seq)::integer as lines from access.audit_pupil
      where trust_id = ${viewer.trust} and pupil_id = any (${leaving.map(({ pupil }) => pupil)}::integer[])`.execute(
      db,
    )
    const may = await linesThatMayName(db, viewer, leaving)
    return { lines: rows[0]!.lines, naming: may.filter((line) => cleaned(line, leaving, remover)).length }
  })
}

/**
 * Takes names out of the words of the trail. No line goes, and no hash of the chain changes: whoever does this tells it in a
 * line of its own, with what this answers as `changed` in its detail. @throws NotHere
 */
export async function cleanTrail(
  viewer: Viewer,
  tx: Writing,
  leaving: readonly LeavingTheTrail[],
  remover: NameRemover,
): Promise<ChangedLine[]> {
  must(viewer)
  const changed: ChangedLine[] = []
  for (const line of await linesThatMayName(tx, viewer, leaving)) {
    const { previous, ...now } = cleaned(line, leaving, remover) ?? { previous: undefined }
    if (previous === undefined) continue
    const said = now as Omit<Line, 'previous'>
    await sql`select access.take_names_out(${said.seq}, ${JSON.stringify(said.detail)}::jsonb)`.execute(tx)
    changed.push({ seq: said.seq, hash: linkHash(previous, { trust: viewer.trust, ...said }) })
  }
  return changed
}
