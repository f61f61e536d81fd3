import type { Context } from 'hono'
import { Refusal } from '../../../kernel/refusal.ts'
import { png } from '../../../ui/index.ts'
import type { TakenAway } from './taken-away.ts'

export type FileKind = 'csv' | 'xlsx'

/** Which file is asked for by `?as=`; none for the page itself. @throws Refusal for a kind that is not made. */
export function fileAsked(c: Context): FileKind | undefined {
  const as = c.req.query('as')
  if (as === undefined || as === '') return undefined
  if (as === 'csv' || as === 'xlsx') return as
  throw new Refusal(`Tables are made as csv or xlsx, not as “${as.slice(0, 20)}”.`)
}

/** What the address says of the drop, snapshot and year group to show. @throws Refusal for a snapshot that is no number. */
export function settingAsked(c: Context): { drop?: string; snapshot?: number; year?: string } {
  const { drop, snapshot, year } = c.req.query()
  if (snapshot && !/^\d{1,9}$/.test(snapshot))
    throw new Refusal(`“${snapshot.slice(0, 20)}” is not a snapshot’s number.`)
  return {
    ...(drop ? { drop } : {}),
    ...(snapshot ? { snapshot: Number(snapshot) } : {}),
    ...(year ? { year } : {}),
  }
}

/** A chart as a picture file. */
export const sendPicture = (c: Context, chart: string): Response =>
  c.body(png(chart) as Uint8Array<ArrayBuffer>, 200, { 'Content-Type': 'image/png' })

/** The table as a file; formulas in it are text. */
export const sendTable = async (c: Context, table: TakenAway, as: FileKind): Promise<Response> => {
  const quote = (cell: string | number | null): string => {
    const text = cell === null ? '' : String(cell)
    const safe = typeof cell === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  const lines = [[table.title], ...table.about.map((line) => [line]), [], table.columns, ...table.rows]
  return c.body(`\ufeff${lines.map((row) => row.map(quote).join(',')).join('\r\n')}\r\n`, 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${table.name}.${as}"`,
  })
}
