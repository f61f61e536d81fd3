import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { NotHere } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import type { Env } from '../../../platform/http/env.ts'
import { first, problemsOf, type Typed, typedIn } from '../../../platform/http/form.ts'
import { audit } from '../../access/index.ts'
import { abandonImport, type ImportPage } from '../imports/index.ts'
import {
  askOfImport,
  askToRead,
  settledSoon,
  troublesSince,
  workAndProgress,
  workUnderWay,
} from '../imports/work/index.ts'
import { columnsFrom, columnsPage } from '../pages/columns-page.tsx'
import { type ImportAddress, importAt, importPageOf, importPath } from '../pages/import-page.tsx'
import { workPath } from '../pages/work-page.tsx'
import { type Asking, doneIn, numberOf, refused, toDone, viewerIn } from './answering.ts'

const addressOf = (c: Asking): ImportAddress => ({
  code: c.req.param('code')!,
  slug: c.req.param('slug'),
  id: numberOf(c.req.param('id')),
})

/** Both addresses of an import: in its school’s task, and of the whole trust. */
const under = (rest: string) => [
  `/drops/:code/schools/:slug/imports/:id${rest}`,
  `/drops/:code/imports/:id${rest}`,
]

/** The choices of the form, by problem key or `all:KIND`; only those that differ from what was answered before. */
function answersIn(typed: Typed, page: ImportPage): Record<string, string> {
  const given = Object.keys(typed)
    .filter((name) => name.startsWith('answer:'))
    .map((name) => [name.slice('answer:'.length), first(typed, name)] as const)
  return Object.fromEntries(given.filter(([key, value]) => value !== (page.answers[key] ?? '')))
}

/** The conversation about one file. What takes longer than `patience` milliseconds goes on behind a page of its progress. */
export const importRoutes = (house: House, patience: number): Hono<Env> => {
  const routes = new Hono<Env>()

  /** Asks for work and waits a moment: to `end` when that was enough, else to the page of its progress. */
  const work = async (c: Asking, address: ImportAddress, ask: () => Promise<string>, end: () => Response) => {
    const viewer = viewerIn(c)
    const [before] = await workUnderWay(viewer, { import: address.id })
    const job = before?.id ?? (await ask())
    const done = !before && (await settledSoon(viewer, job, patience))
    return done ? end() : c.redirect(workPath({ ...address, job }), 303)
  }

  routes.on('GET', under(''), async (c) => {
    const [viewer, address] = [viewerIn(c), addressOf(c)]
    const { id } = await importAt(viewer, address)
    const [going] = await workUnderWay(viewer, { import: id })
    if (going) return c.redirect(workPath({ ...address, job: going.id }), 303)
    const problems = (await troublesSince(viewer, { import: id })).map((text) => ({ text }))
    return c.html(await importPageOf(viewer, address, { done: doneIn(c), problems }))
  })
  routes.on('GET', under('/columns'), async (c) => c.html(await columnsPage(viewerIn(c), addressOf(c))))

  routes.on('POST', under('/columns'), async (c) => {
    const [viewer, address] = [viewerIn(c), addressOf(c)]
    const page = await importAt(viewer, address)
    const typed = await typedIn(c)
    try {
      const columns = columnsFrom(page, typed)
      const replace = first(typed, 'replace') === 'yes'
      return await work(
        c,
        address,
        () => askOfImport(viewer, page.id, { deed: 'columns', columns, replace }),
        () => c.redirect(importPath(address), 303),
      )
    } catch (error) {
      return refused(c, columnsPage(viewer, address, { typed, problems: problemsOf(error) }))
    }
  })

  /** A step of the conversation: done, or said on the page why not. */
  const step = (
    rest: string,
    done: Parameters<typeof toDone>[2],
    wish: (c: Asking, page: ImportPage) => Promise<Parameters<typeof askOfImport>[2]>,
  ) =>
    routes.on('POST', under(rest), async (c) => {
      const [viewer, address] = [viewerIn(c), addressOf(c)]
      const page = await importAt(viewer, address)
      try {
        const wished = await wish(c, page)
        return await work(
          c,
          address,
          () => askOfImport(viewer, page.id, wished),
          () => toDone(c, importPath(address), done),
        )
      } catch (error) {
        return refused(c, importPageOf(viewer, address, { problems: problemsOf(error) }))
      }
    })

  step('/rows', 'checked', async (c, page) => ({ deed: 'rows', answers: answersIn(await typedIn(c), page) }))
  step('/publish', 'published', async (c, page) => {
    const settled = page.checked?.groups.every((group) => group.open === 0)
    return { deed: 'publish', answers: settled ? {} : answersIn(await typedIn(c), page) }
  })
  step('/undo', 'undone', async () => ({ deed: 'undo' }))

  routes.on('POST', under('/end'), async (c) => {
    const [viewer, address] = [viewerIn(c), addressOf(c)]
    const page = await importAt(viewer, address)
    try {
      await abandonImport(viewer, page.id)
      return toDone(c, importPath(address), 'set-aside')
    } catch (error) {
      return refused(c, importPageOf(viewer, address, { problems: problemsOf(error) }))
    }
  })

  routes.on('POST', under('/sheet'), async (c) => {
    const [viewer, address] = [viewerIn(c), addressOf(c)]
    const page = await importAt(viewer, address)
    try {
      const { name, sha256, bytes } = page.file
      const sheet = first(await typedIn(c), 'sheet')
      const school = page.school?.id ?? null
      const job = await askToRead(
        viewer,
        { drop: address.code, school, upload: { name, sha256, bytes }, sheet, again: true },
        page.id,
      )
      if (!(await settledSoon(viewer, job, patience))) return c.redirect(workPath({ ...address, job }), 303)
      const made = await workAndProgress(viewer, job)
      return c.redirect(importPath({ ...address, id: made.import! }), 303)
    } catch (error) {
      return refused(c, importPageOf(viewer, address, { problems: problemsOf(error) }))
    }
  })

  routes.on('GET', under('/file'), async (c) => {
    const [viewer, address] = [viewerIn(c), addressOf(c)]
    const { id, file, school } = await importAt(viewer, address)
    if (!house.files.has(file.sha256))
      throw new NotHere('This file was kept long enough and is let go. What was published from it stands.')
    await audit(viewer, {
      deed: 'took file',
      subject: 'evidence.import',
      id,
      school: school?.id ?? null,
      detail: { file: file.name, sha256: file.sha256 },
    })
    c.header('Content-Type', 'application/octet-stream')
    c.header('Content-Length', String(file.bytes))
    c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    c.header('Cache-Control', 'no-store')
    return c.body(Readable.toWeb(createReadStream(house.files.path(file.sha256))) as ReadableStream)
  })
  return routes
}
