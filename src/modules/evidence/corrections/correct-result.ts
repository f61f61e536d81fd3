import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { correctResults } from './correct-results.ts'

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
  /** Null where nothing was sent. */
  readonly before: string | null
  readonly now: string
}

/**
 * Corrects one result of a locked drop, as after a re-mark, or adds one that was never sent: a new snapshot holds it, and every
 * earlier snapshot goes on saying what it said. @throws Refusal in a sentence, with nothing changed.
 */
export async function correctResult(viewer: Viewer, asked: AskedCorrection): Promise<Corrected> {
  const { drop, upn, assessment, result, why } = asked
  try {
    const made = await correctResults(viewer, { drop, results: [{ upn, assessment, result }], why })
    const [one] = made.corrections
    return { snapshot: made.snapshot, pupil: one!.pupil, before: one!.before, now: one!.raw }
  } catch (error) {
    if (error instanceof Refusal && /says so already/.test(error.message))
      throw new Refusal(`It says ${result.trim()} already.`)
    throw error
  }
}

/** May this viewer correct results of locked drops at all? @throws NotHere */
export const mustCorrect = (viewer: Viewer): void => {
  if (!may(viewer, 'lock drop')) throw new NotHere()
}
