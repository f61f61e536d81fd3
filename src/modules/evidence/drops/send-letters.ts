import { read } from '../../../platform/database/door.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { viewerOf } from '../../access/index.ts'
import { founderOf } from '../../organisation/index.ts'
import { type DropLetter, openingLetter, reminderLetter } from './domain/letters.ts'
import { whatIsMissing } from './domain/missing.ts'
import { taskPath } from './domain/task-path.ts'
import { dropIn } from './queries/drops.ts'
import { readinessIn } from './queries/readiness.ts'
import { trustName } from './queries/trust-name.ts'

const job = 'evidence.letter'

/** A letter still to be written: the queue holds no names. */
export interface LetterToSend {
  readonly kind: 'opening' | 'reminder'
  readonly drop: string
  readonly school: number
}

/** Does the work of writing and sending letters from now on, one at a time. */
export const handleLetters = (house: House): Promise<void> =>
  house.jobs.handle<LetterToSend>(job, async ({ trust, person, data }) => {
    const sender = person
      ? await viewerOf(house, trust, person)
      : founderOf(house, trust, 'The trust’s data team')
    const letter = await composed(sender, data)
    if (letter) await house.mail.send(letter)
  })

/** The letter as it would go out now; none when nobody is asked, or a reminder has become needless. */
export const composed = (
  viewer: Viewer,
  { kind, drop: code, school }: LetterToSend,
): Promise<DropLetter | undefined> =>
  read(viewer, async (db) => {
    const drop = await dropIn(db, viewer, code)
    const one = (await readinessIn(db, viewer, drop)).find((ready) => ready.school.id === school)
    if (!one?.person) return undefined
    const to = {
      name: one.person.name,
      email: one.person.email,
      school: one.school.name,
      due: one.due,
      link: viewer.house.config.origin + taskPath(drop, one.school),
      from: viewer.name,
      trust: await trustName(db, viewer),
    }
    if (kind === 'opening') return openingLetter(drop, to)
    const needless = drop.lock || one.standing === 'signed off'
    return needless ? undefined : reminderLetter(drop, to, whatIsMissing(one), viewer.today)
  })

/** Hands letters to the queue. Never inside a transaction. */
export async function sendLetters(viewer: Viewer, letters: readonly LetterToSend[]): Promise<void> {
  for (const letter of letters) await viewer.house.jobs.start(viewer, job, letter)
}
