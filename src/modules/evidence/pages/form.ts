import type { Context } from 'hono'
import { type Day, isDay } from '../../../kernel/days.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Problem } from '../../../ui/index.ts'
import { FormRefused } from '../drops/domain/troubles.ts'

/** What was typed: every field as the texts it came with. */
export type Typed = Readonly<Record<string, readonly string[]>>

/** The form as it was sent; files are not in it. */
export async function typedIn(c: Context): Promise<Typed> {
  const body = await c.req.parseBody({ all: true })
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string'),
    ]),
  )
}

export const first = (typed: Typed, name: string): string => typed[name]?.[0]?.trim() ?? ''

/** Three boxes as a day; what they hold as typed when that is no day, so that the sentence can say it. */
export function dayFrom(typed: Typed, name: string): Day {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => first(typed, `${name}-${part}`))
  if (!day && !month && !year) return ''
  const written = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
  return isDay(written) ? written : `${day || '?'}/${month || '?'}/${year || '?'}`
}

/** `27/3/2026` or `2026-03-27` as a day; anything else as it is. */
export function dayWritten(text: string): Day {
  const found = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text.trim())
  return found ? `${found[3]}-${found[2]!.padStart(2, '0')}-${found[1]!.padStart(2, '0')}` : text.trim()
}

/** A day as the fields of its three boxes. */
export function dayTyped(name: string, day: Day): Record<string, readonly string[]> {
  const [year, month, date] = day.split('-')
  return {
    [`${name}-day`]: [String(Number(date))],
    [`${name}-month`]: [String(Number(month))],
    [`${name}-year`]: [year!],
  }
}

/** What a refused command says, for the top of the page. Any other error goes on. */
export function problemsOf(error: unknown): Problem[] {
  if (error instanceof FormRefused)
    return error.troubles.map(({ field, message }) => ({ text: message, field: field.split('.')[0] }))
  if (error instanceof Refusal) return [{ text: error.message }]
  throw error
}
