import { Hono } from 'hono'
import type { Env } from '../../../platform/http/env.ts'
import type { FileWork } from '../imports/work/index.ts'
import { importPath } from '../pages/import-page.tsx'
import { type WorkAddress, workAt, workPage } from '../pages/work-page.tsx'
import { type Asking, type Said, toDone, viewerIn } from './answering.ts'

const said: Partial<Record<FileWork['deed'], Said>> = {
  columns: 'checked',
  rows: 'checked',
  publish: 'published',
  undo: 'undone',
}

/** Where the end of work is seen: at its import, or where files are sent when none was made. */
function toEnd(c: Asking, { code, slug }: Omit<WorkAddress, 'job'>, work: FileWork, done: boolean) {
  if (work.import === null) return c.redirect(`/drops/${code}${slug ? `/schools/${slug}` : '/files'}`, 303)
  const path = importPath({ code, slug, id: work.import })
  const message = said[work.deed]
  return done && message ? toDone(c, path, message) : c.redirect(path, 303)
}

/** How far long work on a file has come; once it has ended, the page where its end is seen. */
export const workRoutes = (): Hono<Env> => {
  const routes = new Hono<Env>()
  routes.on('GET', ['/drops/:code/schools/:slug/work/:job', '/drops/:code/work/:job'], async (c) => {
    const viewer = viewerIn(c)
    const address = { code: c.req.param('code')!, slug: c.req.param('slug'), job: c.req.param('job')! }
    const { work } = await workAt(viewer, address)
    const { state } = work.progress
    if (state === 'done' || state === 'failed') return toEnd(c, address, work, state === 'done')
    return c.html(await workPage(viewer, address))
  })
  return routes
}
