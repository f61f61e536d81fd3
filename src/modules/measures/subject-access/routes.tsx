import { type Context, Hono } from 'hono'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import type { Env } from '../../../platform/http/env.ts'
import { trustOf } from '../../organisation/index.ts'
import { correctIdentity, schoolThatCorrects } from './correct-identity.ts'
import { RecordPage, type TypedRecord } from './page.tsx'
import { recordFiles } from './record-files.ts'
import { wholeRecord } from './whole-record.ts'

const idOf = (c: Context): number => {
  const id = Number(c.req.param('id'))
  if (!Number.isInteger(id) || id < 1) throw new NotHere()
  return id
}

/** A pupil’s whole record: taken away for a subject access request, or put right. */
export function recordRoutes(): Hono<Env> {
  const routes = new Hono<Env>()

  const page = async (c: Context<Env>, rest: { typed?: TypedRecord; because?: string } = {}) => {
    const viewer = c.get('viewer')
    const record = await wholeRecord(viewer, idOf(c))
    const done = c.req.query('done') === 'corrected' ? 'It is put right. No figure has moved.' : undefined
    c.header('Cache-Control', 'no-store')
    return (
      <RecordPage
        viewer={viewer}
        trust={(await trustOf(viewer)).name}
        record={record}
        mayCorrect={schoolThatCorrects(viewer, record.pupil.enrolments) !== undefined}
        typed={rest.typed}
        problems={rest.because ? [{ text: rest.because }] : []}
        done={done}
      />
    )
  }

  routes.get('/pupils/:id/record', async (c) => c.html(await page(c)))

  routes.post('/pupils/:id/record', async (c) => {
    const body = await c.req.parseBody()
    const text = (name: string) => (typeof body[name] === 'string' ? (body[name] as string) : '')
    const typed = {
      forename: text('forename'),
      surname: text('surname'),
      upn: text('upn'),
      why: text('why'),
    }
    try {
      await correctIdentity(c.get('viewer'), idOf(c), typed)
      return c.redirect(`/pupils/${idOf(c)}/record?done=corrected`, 303)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return c.html(await page(c, { typed, because: error.message }), 422)
    }
  })

  routes.post('/pupils/:id/record/files', async (c) => {
    const { also } = await c.req.parseBody({ all: true })
    const asked = (Array.isArray(also) ? also : [also]).filter((one) => typeof one === 'string')
    const zip = await recordFiles(c.get('viewer'), idOf(c), asked)
    c.header('Content-Type', 'application/zip')
    c.header('Cache-Control', 'no-store')
    c.header('Content-Disposition', `attachment; filename="record-of-pupil-${idOf(c)}.zip"`)
    return c.body(zip as Uint8Array<ArrayBuffer>)
  })

  return routes
}
