import type { z } from 'zod'
import { FormRefused } from '../kernel/refusal.ts'

/** Input in the schema's shape. @throws FormRefused with a sentence for each field. */
export function shaped<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const read = schema.safeParse(input)
  if (read.success) return read.data
  throw new FormRefused(
    read.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message })),
  )
}
