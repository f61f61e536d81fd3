import type { Context } from 'hono'
import { type Day, isDay } from '../../kernel/days.ts'
import { FormRefused, Refusal } from '../../kernel/refusal.ts'

/** A form's fields as text; of a field that was sent twice the last counts, and files are left out. */
export type Sent = Readonly<Record<string, string>>

/** A form whose fields may be sent more than once: every field as the texts it came with. */
export type Typed = Readonly<Record<string, readonly string[]>>

export async function sentIn(c: Context): Promise<Sent> {
  const body = await c.req.parseBody()
  return Object.fromEntries(
    Object.entries(body)
      .filter((pair): pair is [string, string] => typeof pair[1] === 'string')
      .map(([name, text]) => [name, text.replaceAll('\r\n', '\n')]),
  )
}

export async function typedIn(c: Context): Promise<Typed> {
  const body = await c.req.parseBody({ all: true })
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string'),
    ]),
  )
}

/** A field’s first text without the blanks around it; empty when it was not sent. */
export const first = (fields: Sent | Typed, name: string): string => [fields[name] ?? ''].flat()[0]!.trim()

/** The three boxes of a date as they were typed. */
export interface DayBoxes {
  readonly day: string
  readonly month: string
  readonly year: string
}

export const boxesIn = (fields: Sent | Typed, name: string): DayBoxes => ({
  day: first(fields, `${name}-day`),
  month: first(fields, `${name}-month`),
  year: first(fields, `${name}-year`),
})

/** The boxes filled with a day. */
export const boxesOf = (day: Day): DayBoxes => {
  const [year, month, date] = day.split('-')
  return { day: String(Number(date)), month: String(Number(month)), year: year! }
}

/** The day of three boxes; empty when all are, and what they hold, as `31/2/2026`, when that is no day. */
export function dayIn(fields: Sent | Typed, name: string): Day {
  const { day, month, year } = boxesIn(fields, name)
  if (!day && !month && !year) return ''
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(written) ? written : `${day || '?'}/${month || '?'}/${year || '?'}`
}

/** What a refused command says, for the top of the page and its fields. @throws whatever else went wrong */
export function problemsOf(error: unknown): { text: string; field?: string }[] {
  if (error instanceof FormRefused)
    return error.troubles.map(({ field, message }) => ({ text: message, field: field.split('.')[0]! }))
  if (error instanceof Refusal) return [{ text: error.message }]
  throw error
}
