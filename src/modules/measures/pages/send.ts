import type { Context } from 'hono'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Env } from '../../../platform/http/env.ts'
import { sendSheet } from '../../../platform/spreadsheet.ts'
import { png } from '../../../ui/index.ts'
import { sheetOf, type TakenAway } from './taken-away.ts'

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
    ...(year && /^[A-Z0-9]{1,3}$/.test(year) ? { year } : {}),
  }
}

/** A chart as a picture file. */
export const sendPicture = (c: Context, chart: string): Response =>
  c.body(png(chart) as Uint8Array<ArrayBuffer>, 200, { 'Content-Type': 'image/png' })

/** The table as a file, with its filters and sources in it; formulas in it are text. */
export const sendTable = (c: Context<Env>, table: TakenAway, as: FileKind): Promise<Response> => {
  const { today } = c.get('viewer')
  return sendSheet(c, sheetOf(table, today), as, { trust: table.trust, what: table.name, day: today })
}
