/** The input or the moment is at fault: said in one clear sentence, and nothing has changed. */
export class Refusal extends Error {}

/** What is wrong with one field of a form, in a sentence. */
export interface Trouble {
  readonly field: string
  readonly message: string
}

/** A form that can't be taken: every field at fault, each with its sentence. */
export class FormRefused extends Refusal {
  readonly troubles: readonly Trouble[]
  constructor(troubles: readonly Trouble[]) {
    super(troubles.map((trouble) => trouble.message).join(' '))
    this.troubles = troubles
  }
}

/** It does not exist, or this viewer may not know that it does: the same answer. */
export class NotHere extends Error {
  constructor(message = 'There is nothing here that you can see.') {
    super(message)
  }
}

/** May it be done now? If not, why. The page shows the reason, the command enforces the same answer. */
export type Verdict = { readonly ok: true } | { readonly ok: false; readonly because: string }

export const allowed: Verdict = { ok: true }
export const refused = (because: string): Verdict => ({ ok: false, because })

/** @throws Refusal with the reason. */
export function enforce(verdict: Verdict): void {
  if (!verdict.ok) throw new Refusal(verdict.because)
}
