import { type Context, Hono } from 'hono'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import type { Env } from '../../../platform/http/env.ts'
import { type Sent, sentIn } from '../../../platform/http/form.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { audit } from '../../access/index.ts'
import { likelyTwos, pupilIdByUpn } from '../../organisation/index.ts'
import { joinRecords, previewJoin } from './join-records.ts'
import { JoinPage, LikelyPage } from './pages.tsx'

const idIn = (text: string | undefined): number => {
  const id = Number(text)
  if (!Number.isSafeInteger(id) || id < 1 || id > 2 ** 31 - 1) throw new NotHere()
  return id
}

/** @throws Refusal when nobody has that UPN. */
export async function pupilWith(viewer: Viewer, upn: string | undefined): Promise<number> {
  const asked = (upn ?? '').trim().toUpperCase()
  const found = asked ? await pupilIdByUpn(viewer, asked) : undefined
  if (found === undefined)
    throw new Refusal(`No pupil of the trust has the UPN ${asked.slice(0, 20) || '(none given)'}.`)
  return found
}

/** Joining two records of one pupil. */
export function joinRoutes(): Hono<Env> {
  const page = async (c: Context<Env>, comes: number, typed?: Sent, because?: string) => {
    const viewer = c.get('viewer')
    const preview = await previewJoin(viewer, { stays: idIn(c.req.param('id')), comes })
    await audit(viewer, {
      deed: 'saw pupils',
      subject: 'keeping.joined',
      id: 'preview',
      detail: { pupils: 2, ids: [preview.stays.marks.pupil, preview.comes.marks.pupil] },
    })
    c.header('Cache-Control', 'no-store')
    return (
      <JoinPage
        viewer={viewer}
        preview={preview}
        typed={typed}
        problems={because ? [{ text: because }] : []}
      />
    )
  }
  const likely = async (c: Context<Env>, typed?: Sent, because?: string) => {
    const viewer = c.get('viewer')
    const found = await likelyTwos(viewer)
    if (found.length > 0)
      await audit(viewer, {
        deed: 'saw pupils',
        subject: 'keeping.joined',
        id: 'likely',
        detail: { ids: found.flatMap(({ one, other }) => [one, other]) },
      })
    c.header('Cache-Control', 'no-store')
    return (
      <LikelyPage
        viewer={viewer}
        likely={found}
        typed={typed}
        problems={because ? [{ text: because }] : []}
        done={c.req.query('done') === 'joined' ? 'The two records are one.' : undefined}
      />
    )
  }
  return new Hono<Env>()
    .get('/keeping/join', async (c) => c.html(await likely(c)))
    .post('/keeping/join', async (c) => {
      const sent = await sentIn(c)
      const viewer = c.get('viewer')
      await likelyTwos(viewer, 1)
      try {
        const [stays, comes] = [await pupilWith(viewer, sent.stays), await pupilWith(viewer, sent.comes)]
        await previewJoin(viewer, { stays, comes })
        return c.redirect(`/pupils/${stays}/join?other=${comes}`, 303)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return c.html(await likely(c, sent, error.message), 422)
      }
    })
    .get('/pupils/:id/join', async (c) => c.html(await page(c, idIn(c.req.query('other')))))
    .post('/pupils/:id/join', async (c) => {
      const sent = await sentIn(c)
      const viewer = c.get('viewer')
      const two = { stays: idIn(c.req.param('id')), comes: idIn(sent.other) }
      try {
        const { clashes } = await previewJoin(viewer, two)
        await joinRecords(viewer, {
          ...two,
          reason: sent.reason ?? '',
          typed: sent.typed ?? '',
          seen: Number(sent.seen),
          takes: clashes.filter((_, at) => sent[`clash-${at}`] === 'comes').map(({ name }) => name),
        })
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return c.html(await page(c, two.comes, sent, error.message), 422)
      }
      return c.redirect('/keeping/join?done=joined', 303)
    })
}
