import type { Context } from 'hono'

/** The form's fields as text; what is missing is missing. */
export async function formOf(c: Context): Promise<Record<string, string | undefined>> {
  const body = await c.req.parseBody()
  return Object.fromEntries(
    Object.entries(body).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}

/** A day from three boxes, `yyyy-mm-dd`; empty when all are, and `no day` when they hold no day. */
export function dayOf(
  form: Record<string, string | undefined>,
  name: string,
): { day: string; typed: DayTyped } {
  const typed = {
    day: form[`${name}-day`]?.trim(),
    month: form[`${name}-month`]?.trim(),
    year: form[`${name}-year`]?.trim(),
  }
  const { day, month, year } = typed
  if (!day && !month && !year) return { day: '', typed }
  return { day: `${year ?? ''}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`, typed }
}

export interface DayTyped {
  readonly day?: string
  readonly month?: string
  readonly year?: string
}

/** The three boxes filled with a day. */
export const typedDay = (day: string): DayTyped => {
  const [year, month, date] = day.split('-')
  return { day: String(Number(date)), month: String(Number(month)), year }
}
