import type { z } from 'zod'
import { Refusal } from '../../../../kernel/refusal.ts'

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

/** Input in the schema's shape. @throws FormRefused with a sentence for each field. */
export function shaped<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const read = schema.safeParse(input)
  if (read.success) return read.data
  throw new FormRefused(
    read.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message })),
  )
}
