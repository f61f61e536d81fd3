import { type Day, isDay } from '../../../kernel/days.ts'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { read, record, write } from '../../../platform/database/door.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { viewerOf } from '../../access/index.ts'
import { founderOf, schools, trustOf, trustsHere } from '../../organisation/index.ts'
import { digestLetter } from '../documents/digest-letter.ts'
import { type DigestWay, digestIsDue, digestOf, digestWays } from '../domain/digest.ts'
import { digestOfViewer, stopAddress, stopsFor } from '../queries/digest.ts'
import { myActions } from '../queries/my-actions.ts'

const job = 'improvement.digest'

/** The viewer's own choice. @throws Refusal */
export async function chooseDigest(viewer: Viewer, way: string): Promise<void> {
  if (!digestWays.includes(way as DigestWay)) throw new Refusal('Choose weekly, each working day, or never.')
  await write(viewer, async (tx) => {
    const how = way as DigestWay
    await tx
      .insertInto('improvement.digest')
      .values({ trust_id: viewer.trust, person_id: viewer.person, how, sent_on: null })
      .onConflict((on) => on.columns(['trust_id', 'person_id']).doUpdateSet({ how }))
      .execute()
    await record(viewer, tx, { subject: 'improvement.digest', id: viewer.person, deed: `letters: ${way}` })
  })
}

/** Stops the letters of whoever holds a letter's address. @throws NotHere when the address is not one of ours. */
export async function stopDigest(house: House, sealed: string): Promise<void> {
  const whose = stopsFor(house, sealed)
  if (!whose) throw new NotHere()
  await chooseDigest(await viewerOf(house, whose.trust, whose.person), 'never')
}

/** Puts the letters of the day in the queue, of every trust. Asked for twice it sends nothing twice. */
export async function startDigests(house: House): Promise<readonly string[]> {
  const started: string[] = []
  for (const { id } of await trustsHere(house))
    started.push(await house.jobs.start({ trust: id, person: 0 }, job, { day: house.clock.today() }))
  return started
}

/** Does the work of sending them from now on. What the mail server does not take is tried again. */
export const handleDigests = (house: House): Promise<void> =>
  house.jobs.handle<{ day: Day }>(job, async ({ trust, data: { day }, progress, signal }) => {
    if (!isDay(day) || day !== house.clock.today()) return
    const owners = await ownersOfActions(founderOf(house, trust))
    let failed = 0
    for (const [at, person] of owners.entries()) {
      if (signal.aborted) return
      if (!(await sendTo(house, trust, person))) failed++
      await progress(at + 1, owners.length)
    }
    if (failed > 0) throw new Error(`${failed} letters with actions could not be sent yet.`)
  })

const ownersOfActions = (founder: Viewer): Promise<number[]> =>
  read(founder, async (db) =>
    (
      await db
        .selectFrom('improvement.action as a')
        .innerJoin('organisation.person as p', (join) =>
          join.onRef('p.trust_id', '=', 'a.trust_id').onRef('p.person_id', '=', 'a.owner_id'),
        )
        .where('a.trust_id', '=', founder.trust)
        .where('a.done_on', 'is', null)
        .where('p.left_on', 'is', null)
        .select('p.person_id as person')
        .distinct()
        .orderBy('p.person_id')
        .execute()
    ).map((row) => row.person),
  )

/** Sends one person's letter when it is due; false when the mail server did not take it. */
async function sendTo(house: House, trust: number, person: number): Promise<boolean> {
  const viewer = await viewerOf(house, trust, person)
  if (viewer.grants.length === 0) return true
  const { way, sentOn } = await digestOfViewer(viewer)
  if (!digestIsDue(way, sentOn, viewer.today)) return true
  const digest = digestOf(await myActions(viewer), viewer.today)
  if (!digest) return true
  const all = await schools(viewer)
  const letter = digestLetter(digest, {
    name: viewer.name,
    email: await emailOf(viewer),
    trust: (await trustOf(viewer)).name,
    origin: house.config.origin,
    way,
    stop: stopAddress(viewer),
    nameOf: (school) =>
      school === null ? 'the trust' : (all.find((one) => one.id === school)?.shortName ?? 'a school'),
  })
  // Marked before it goes, so that two processes send it once; unmarked when it did not go.
  if (!(await mark(viewer, sentOn, viewer.today))) return true
  try {
    await house.mail.send(letter)
    return true
  } catch (error) {
    await mark(viewer, viewer.today, sentOn)
    house.log.error('letter with actions not sent', error, { person })
    return false
  }
}

const emailOf = async (viewer: Viewer): Promise<string> =>
  (
    await read(viewer, (db) =>
      db
        .selectFrom('organisation.person')
        .where('trust_id', '=', viewer.trust)
        .where('person_id', '=', viewer.person)
        .select('email')
        .executeTakeFirstOrThrow(),
    )
  ).email

/** From one day of sending to another; false when somebody else moved it meanwhile. */
const mark = (viewer: Viewer, from: Day | null, to: Day | null): Promise<boolean> =>
  write(viewer, async (tx) => {
    const moved = await tx
      .insertInto('improvement.digest')
      .values({ trust_id: viewer.trust, person_id: viewer.person, how: 'weekly', sent_on: to })
      .onConflict((on) =>
        on
          .columns(['trust_id', 'person_id'])
          .doUpdateSet({ sent_on: to })
          .where('improvement.digest.sent_on', 'is not distinct from', from),
      )
      .returning('person_id')
      .execute()
    return moved.length > 0
  })
