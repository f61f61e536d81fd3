import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import type { Env } from '../../../platform/http/env.ts'
import type { Viewer } from '../../../platform/viewer.ts'

export type Asking = Context<Env>

export const viewerIn = (c: Asking): Viewer => c.get('viewer')

/** A number of an address or a field; 0, which nothing has, when it is none. */
export const numberOf = (text: string | undefined): number =>
  /^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : 0

/** The page of a form that was refused: everything typed still in it, the trouble at its head. */
export const refused = async (c: Asking, page: Promise<Child> | Child) => c.html((await page) as never, 422)

/** A message that the next page shows once: `?done=…` holds only one of our own words. */
const said = {
  opened: 'The drop is open, and the schools have been written to.',
  'opened-some': 'The drop is open. Some schools have nobody to write to: see who is asked below.',
  asked: 'The school’s data manager and day are changed, and they have been written to.',
  reminded: 'The reminders are on their way.',
  locked: 'The drop is locked. Its last snapshot is final.',
  'signed-off': 'Signed off, with your name and today’s date.',
  'sign-off-ended': 'The sign-off is taken back.',
  published: 'Published. You can undo it until the drop is locked.',
  undone: 'Undone. What stood before is back.',
  'put-in': 'It is on record.',
  'key-revoked': 'The key no longer works.',
  'set-aside': 'The file is set aside. It and its page are kept.',
  'file-undone': 'Undone. The record is as it was before this file.',
  'class-split': 'The class is split. Marks that were sent stay with their pupils.',
  'class-named': 'The class has its new name.',
  'roll-answered': 'Answered. What follows from it is on record.',
  'roll-said': 'Kept. It takes effect when the other school, or the trust, says so too.',
  answered: 'The reason is kept, and the question is not asked again.',
  checked: 'The rows are checked again with your answers.',
  'feed-ended': 'The private address no longer works.',
} as const
export type Said = keyof typeof said

export const doneIn = (c: Asking): string | undefined => said[c.req.query('done') as Said]

export const toDone = (c: Asking, path: string, done: Said) => {
  const [page, hash] = path.split('#')
  return c.redirect(`${page}?done=${done}${hash ? `#${hash}` : ''}`, 303)
}
