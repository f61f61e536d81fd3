import { reachOf } from '../../kernel/viewer.ts'
import type { Viewer } from '../viewer.ts'
import { isWithin, read } from './door.ts'
import { keptUntilWritten } from './kept.ts'
import type { Database } from './open.ts'

/** Parts of the record whose tables say when they were written to (`platform.changed`), working copies left out. */
export type Part = 'organisation' | 'purpose' | 'improvement'

/** Of each part: a number by school, 0 for what is the trust's own. It moves with every write, whichever process made it. */
type Versions = Readonly<Record<Part, ReadonlyMap<number, number>>>

const writtenTo =
  /^(organisation\.(person|school|membership|cluster)$|purpose\.|improvement\.(?!judgement|clash|citation|action_feed|digest))/

const versionsOf = (viewer: Viewer): Promise<Versions> =>
  keptUntilWritten(
    viewer,
    'versions',
    () =>
      read(viewer, async (db) => {
        const rows = await db
          .selectFrom('platform.changed')
          .where('trust_id', '=', viewer.trust)
          .select(['part', 'school_id as school', 'version'])
          .execute()
        const of = (part: Part) =>
          new Map(rows.filter((row) => row.part === part).map((row) => [row.school, Number(row.version)]))
        return {
          organisation: of('organisation'),
          purpose: of('purpose'),
          improvement: of('improvement'),
        }
      }),
    writtenTo,
  )

/** When these parts last changed, as one word: two equal stamps stand for the same record. */
export async function stampOfParts(viewer: Viewer, parts: readonly Part[]): Promise<string> {
  const versions = await versionsOf(viewer)
  return parts
    .map((part) => [...versions[part]].map(([school, version]) => `${school}.${version}`).join(','))
    .join('|')
}

interface Answer {
  stamp: string
  made: Promise<unknown>
}
const most = 1000
const answers = new WeakMap<Database, Map<string, Answer>>()

const answersOf = ({ house: { database } }: Viewer) => {
  const known = answers.get(database) ?? new Map<string, Answer>()
  answers.set(database, known)
  return known
}

/**
 * Works out once what stands on these parts of the record, for everyone of the viewer's reach, and again when one of them
 * changed: on a server too, where other processes write. `name` holds all else that it depends on. Failures are not kept.
 */
export async function keptWhileSame<T>(
  viewer: Viewer,
  name: string,
  parts: readonly Part[],
  make: () => Promise<T>,
): Promise<T> {
  if (isWithin(viewer)) return make()
  return keptUnder(viewer, name, await stampOfParts(viewer, parts), make)
}

function keptUnder<T>(viewer: Viewer, name: string, stamp: string, make: () => Promise<T>): Promise<T> {
  const known = answersOf(viewer)
  const whole = `${reachOf(viewer)}|${name}`
  const before = known.get(whole)
  known.delete(whole)
  if (before?.stamp === stamp) {
    known.set(whole, before)
    return before.made as Promise<T>
  }
  const answer = { stamp, made: make() }
  known.set(whole, answer)
  answer.made.catch(() => known.get(whole) === answer && known.delete(whole))
  if (known.size > most) known.delete(known.keys().next().value!)
  return answer.made
}

/**
 * A piece of each school's part (`null`: the trust's own), each made again only when that school's part changed: of ninety
 * schools the one that was written to is read, not all. `make` is asked for those that are missing, all at once.
 */
export async function piecesBySchool<T>(
  viewer: Viewer,
  name: string,
  part: Part,
  schools: readonly (number | null)[],
  make: (schools: readonly (number | null)[]) => Promise<ReadonlyMap<number | null, T>>,
): Promise<T[]> {
  const inOrder = (made: ReadonlyMap<number | null, T>) =>
    schools.flatMap((school) => (made.has(school) ? [made.get(school)!] : []))
  if (isWithin(viewer)) return inOrder(await make(schools))
  const versions = await versionsOf(viewer)
  const people = [...versions.organisation].join(',')
  const stampFor = (school: number | null) => `${versions[part].get(school ?? 0) ?? ''}|${people}`
  const known = answersOf(viewer)
  const nameFor = (school: number | null) => `${reachOf(viewer)}|${name}|${school ?? 'trust'}`
  const missing = schools.filter((school) => known.get(nameFor(school))?.stamp !== stampFor(school))
  const made = missing.length > 0 ? make(missing) : undefined
  const all = schools.map((school) =>
    keptUnder(viewer, `${name}|${school ?? 'trust'}`, stampFor(school), async () =>
      (await made!).get(school),
    ),
  )
  return (await Promise.all(all)).filter((piece) => piece !== undefined)
}
