import { nameRemover } from '../../../kernel/names-in-text.ts'
import { enforce, NotHere, Refusal } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { record, type Writing, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { auditIn, cleanTrail } from '../../access/index.ts'
import {
  type FiguresThen,
  heldInEvidence,
  leaveEvidence,
  PublishedMeanwhile,
  readyToLeave,
  removeLeaving,
} from '../../evidence/index.ts'
import { forgetFigures } from '../../measures/index.ts'
import { erasePupils, type PupilMarks, pupilMarks, trustOf } from '../../organisation/index.ts'
import type { Went } from '../tables.ts'
import { canErase, nameToType } from './can-erase.ts'
import { listErased, marksOf } from './erasure-list.ts'

export interface WantedErasure {
  readonly pupil: number
  readonly reason: string
  readonly figures: FiguresThen
  /** The pupil’s name, typed by whoever means it. */
  readonly typed: string
}

export const removerOf = (pupils: readonly PupilMarks[]) =>
  nameRemover(pupils.map(({ forename, surname, upns }) => ({ forename, surname, numbers: upns })))

/** @throws NotHere for who may not, and when there is no such pupil. */
export async function pupilToErase(viewer: Viewer, pupil: number): Promise<PupilMarks> {
  if (!may(viewer, 'let go')) throw new NotHere()
  const [found] = await pupilMarks(viewer, [pupil])
  if (!found) throw new NotHere()
  return found
}

/**
 * Takes one pupil’s record out of everything that holds it: the record, every sealed file, files as they were sent, what was
 * asked and answered about them. @throws Refusal in a sentence, with nothing changed. @throws NotHere
 */
export async function erasePupil(
  viewer: Viewer,
  { pupil, reason, figures, typed }: WantedErasure,
): Promise<{ readonly erasure: number; readonly went: Went }> {
  const who = await pupilToErase(viewer, pupil)
  enforce(canErase({ ...who, reason, typed }))
  return eraseNow(viewer, [who], { reason: reason.trim(), figures, again: false })
}

export { nameToType }

interface How {
  readonly reason: string
  readonly figures: FiguresThen
  readonly again: boolean
  /** Of an erasure done again: the marks that the list has. */
  readonly marks?: readonly string[]
}

/** Tables whose pages held what went: a deleted row stays readable in the database's file until the page is written anew. */
const heldThem = [
  'organisation.pupil',
  'organisation.former_upn',
  'organisation.enrolment',
  'organisation.year_placement',
  'organisation.class_member',
  'organisation.characteristic',
  'organisation.person',
  'evidence.question_mark',
  'evidence.upload',
  'evidence.import',
  'evidence.delivery',
  'evidence.check_answer',
  'evidence.snapshot',
  'access.audit',
]

/** How often it is tried when schools publish meanwhile. */
const tries = 5

/** Erases pupils whose erasure is decided: one who was asked for, or all whose record was kept long enough. */
export async function eraseNow(viewer: Viewer, who: readonly PupilMarks[], how: How) {
  const remover = removerOf(who)
  const { sealed, questionMarks, files } = await heldInEvidence(viewer, who, remover)
  const pupils = who.map(({ pupil }) => pupil)
  return trying(viewer, async () => {
    const ready = await readyToLeave(viewer, who, how.figures)
    return write(viewer, async (tx) => {
      await leaveEvidence(viewer, tx, ready, who, remover)
      const rows = await erasePupils(viewer, tx, pupils)
      const went: Went = {
        ...(pupils.length > 1 ? { pupils: pupils.length } : {}),
        ...rows,
        ...Object.fromEntries(sealed.map(({ fact, rows: many }) => [fact, many])),
        questionMarks,
        files: files.filter((file) => file.rows > 0 || file.unsure === 0).length,
      }
      return { went, erasure: await tell(viewer, tx, who, how, went) }
    })
  })
}

/** Does what needs sealed files made ready first, again when schools publish meanwhile; then what is left to do. @throws Refusal */
export async function trying<T>(viewer: Viewer, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const done = await work()
      await afterwards(viewer)
      // It is done whether this can be or not: these are pages that nobody reads.
      await viewer.house.database
        .writeAnew(heldThem)
        .catch((error) => viewer.house.log.error('writing tables anew', error))
      return done
    } catch (error) {
      if (!(error instanceof PublishedMeanwhile)) throw error
      if (attempt === tries)
        throw new Refusal(
          'Schools are publishing results right now. Nothing was changed; try again in a minute.',
        )
    }
  }
}

/** A line for each pupil, and one line of the trail for all. The first pupil’s holds what went of all. */
async function tell(
  viewer: Viewer,
  tx: Writing,
  who: readonly PupilMarks[],
  { reason, figures, again, marks }: How,
  went: Went,
) {
  const changed = await cleanTrail(viewer, tx, who, removerOf(who))
  const made = await tx
    .insertInto('keeping.erasure')
    .values(
      who.map((one, at) => ({
        trust_id: viewer.trust,
        pupil_id: one.pupil,
        at: viewer.house.clock.now(),
        person_id: viewer.person || null,
        reason,
        figures,
        went: JSON.stringify(at === 0 ? went : {}),
        marks: [...(marks ?? marksOf(viewer.house, one))],
        again,
      })),
    )
    .returning('erasure_id')
    .execute()
  const erasure = Math.min(...made.map(({ erasure_id }) => erasure_id))
  await record(viewer, tx, { subject: 'keeping.erasure', id: erasure, deed: 'erased' })
  const pupils = who.map(({ pupil }) => pupil)
  await auditIn(viewer, tx, {
    deed: 'erased pupil',
    subject: 'keeping.erasure',
    id: erasure,
    detail: { pupils, why: reason, figures, went, again, changed },
  })
  return erasure
}

/** What is left to do once the record has let go: may be stopped, is done again at the next start. */
export async function afterwards(viewer: Viewer): Promise<void> {
  forgetFigures(viewer.house)
  await removeLeaving(viewer)
  await writeList(viewer)
}

/** The list that outlasts a restore, from the record. */
async function writeList(viewer: Viewer): Promise<void> {
  const { slug } = await trustOf(viewer)
  const rows = await write(viewer, (tx) =>
    tx
      .selectFrom('keeping.erasure')
      .select(['pupil_id as pupil', 'marks', 'at', 'figures'])
      .where('trust_id', '=', viewer.trust)
      .where('again', '=', false)
      .execute(),
  )
  await listErased(
    viewer.house,
    rows.map((row) => ({ ...row, trust: slug, at: row.at.toISOString() })),
  )
}
