import type { Context } from 'hono'

/** A form's fields as text; of a field that was sent twice the last counts, and files are left out. */
export type Sent = Readonly<Record<string, string>>

export async function sentIn(c: Context): Promise<Sent> {
  const body = await c.req.parseBody()
  return Object.fromEntries(
    Object.entries(body)
      .filter((pair): pair is [string, string] => typeof pair[1] === 'string')
      .map(([name, text]) => [name, text.replaceAll('\r\n', '\n')]),
  )
}

/** The day of three boxes, `yyyy-mm-dd`; empty when all are. What is no day is left for the command to refuse. */
export function dayIn(sent: Sent, name: string): string {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => sent[`${name}-${part}`]?.trim() ?? '')
  if (!day && !month && !year) return ''
  return `${year}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`
}
