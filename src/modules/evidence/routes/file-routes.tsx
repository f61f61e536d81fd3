import { Hono } from 'hono'
import { schoolsWhere } from '../../../kernel/viewer.ts'
import type { House } from '../../../platform/house.ts'
import type { Env } from '../../../platform/http/env.ts'
import { problemsOf } from '../../../platform/http/form.ts'
import { receiveUpload } from '../../../platform/http/upload.ts'
import { setAside, undoDelivery } from '../deliveries/index.ts'
import {
  askToBringIn,
  askToPutIn,
  deliverySoon,
  deliveryTroubles,
  deliveryWorkAndProgress,
} from '../deliveries/work/index.ts'
import { deliveryPage } from '../pages/delivery-page.tsx'
import { deliveryWorkPage } from '../pages/delivery-work-page.tsx'
import { filesPage } from '../pages/files-page.tsx'
import { papersPage, testPage } from '../pages/paper-page.tsx'
import { writeTransfer } from '../transfers/write-transfer.ts'
import { type Asking, doneIn, numberOf, refused, toDone, viewerIn } from './answering.ts'

const idOf = (c: Asking) => numberOf(c.req.param('id'))

/** Files for the record: sending them, looking at what they would change, putting them in. */
export const fileRoutes = (house: House, patience: number): Hono<Env> => {
  const routes = new Hono<Env>()
  routes.get('/files', async (c) => {
    const problems = (await deliveryTroubles(viewerIn(c))).map((text) => ({ text, field: 'file' }))
    return c.html(await filesPage(viewerIn(c), { done: doneIn(c), problems }))
  })
  routes.post('/files', async (c) => {
    const viewer = viewerIn(c)
    try {
      const { files, fields } = await receiveUpload(c, house.files)
      const file = files.find((one) => one.field === 'file')
      if (!file)
        return refused(c, filesPage(viewer, { problems: [{ text: 'Choose a file first.', field: 'file' }] }))
      const { name, sha256, bytes } = file
      const only = fields.only?.trim()
      const job = await askToBringIn(viewer, {
        upload: { name, sha256, bytes },
        wish: { school: numberOf(fields.school) || onlySchool(viewer), ...(only ? { only } : {}) },
      })
      const read = await deliverySoon(viewer, job, patience)
      return read ? await toDelivery(c, job) : c.redirect(`/files/work/${job}`, 303)
    } catch (error) {
      return refused(
        c,
        filesPage(viewer, { problems: problemsOf(error).map((one) => ({ field: 'file', ...one })) }),
      )
    }
  })
  routes.post('/files/leavers', async (c) => {
    const viewer = viewerIn(c)
    const form = await c.req.parseBody()
    const said = (name: string) => (typeof form[name] === 'string' ? form[name].trim() : '')
    try {
      const { name, text } = await writeTransfer(viewer, {
        school: numberOf(said('school')),
        from: said('from'),
        to: said('to'),
        ...(said('dest') ? { dest: said('dest') } : {}),
        version: numberOf(said('version')),
      })
      return c.body(text, 200, {
        'content-type': 'application/xml; charset=utf-8',
        'content-disposition': `attachment; filename="${name}"`,
      })
    } catch (error) {
      return refused(c, filesPage(viewer, { problems: problemsOf(error) }))
    }
  })
  routes.get('/tests', async (c) => c.html(await papersPage(viewerIn(c))))
  routes.get('/tests/:id', async (c) => c.html(await testPage(viewerIn(c), idOf(c))))
  routes.get('/files/work/:job', async (c) => {
    const job = c.req.param('job')
    const { wish, delivery, progress } = await deliveryWorkAndProgress(viewerIn(c), job)
    if (progress.state === 'failed') return c.redirect('/files', 303)
    if (progress.state !== 'done') return c.html(await deliveryWorkPage(viewerIn(c), job))
    return wish.deed === 'put in'
      ? toDone(c, `/files/${delivery}`, 'put-in')
      : c.redirect(`/files/${delivery}`, 303)
  })
  routes.get('/files/:id', async (c) => c.html(await deliveryPage(viewerIn(c), idOf(c), { done: doneIn(c) })))
  routes.post('/files/:id/put-in', async (c) => {
    try {
      const job = await askToPutIn(viewerIn(c), idOf(c))
      if (!(await deliverySoon(viewerIn(c), job, patience))) return c.redirect(`/files/work/${job}`, 303)
      return toDone(c, `/files/${idOf(c)}`, 'put-in')
    } catch (error) {
      return refused(c, deliveryPage(viewerIn(c), idOf(c), { problems: problemsOf(error) }))
    }
  })
  routes.post('/files/:id/undo', async (c) => {
    try {
      await undoDelivery(viewerIn(c), idOf(c))
      return toDone(c, `/files/${idOf(c)}`, 'file-undone')
    } catch (error) {
      return refused(c, deliveryPage(viewerIn(c), idOf(c), { problems: problemsOf(error) }))
    }
  })
  routes.post('/files/:id/set-aside', async (c) => {
    try {
      await setAside(viewerIn(c), idOf(c))
      return toDone(c, '/files', 'set-aside')
    } catch (error) {
      return refused(c, deliveryPage(viewerIn(c), idOf(c), { problems: problemsOf(error) }))
    }
  })
  return routes
}

/** To what a file that has been read would change. */
async function toDelivery(c: Asking, job: string) {
  const { delivery } = await deliveryWorkAndProgress(viewerIn(c), job)
  return c.redirect(`/files/${delivery}`, 303)
}

/** Who sends for one school and nothing else need not say which. */
function onlySchool(viewer: Asking['var']['viewer']): number | null {
  const reach = schoolsWhere(viewer, 'send results')
  return reach !== 'all' && reach.length === 1 ? reach[0]! : null
}
