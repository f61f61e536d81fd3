import type { Context } from 'hono'
import { type Day, isDay } from '../../kernel/days.ts'

/** What was typed into a form, by field. */
export type Typed = Readonly<Record<string, string>>

export async function typedIn(c: Context): Promise<Typed> {
  const body = await c.req.parseBody()
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.trim()]] : [],
    ),
  )
}

export const typedFirst = (typed: Typed, name: string): string => typed[name] ?? ''

/** Three boxes as a day; what they hold as typed when that is no day, so that the sentence can say it. */
export function dayTyped(typed: Typed, name: string): Day {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => typedFirst(typed, `${name}-${part}`))
  if (!day && !month && !year) return ''
  const written = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
  return isDay(written) ? written : `${day || '?'}/${month || '?'}/${year || '?'}`
}
