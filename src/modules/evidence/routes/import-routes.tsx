import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import type { House } from '../../../platform/house.ts'
import type { Env } from '../../../platform/http/env.ts'
import { audit } from '../../access/index.ts'
import {
  abandonImport,
  answerRows,
  checkImport,
  type ImportPage,
  matchColumns,
  publishImport,
  startImport,
  undoImport,
} from '../imports/index.ts'
import { columnsFrom, columnsPage } from '../pages/columns-page.tsx'
import { first, problemsOf, type Typed, typedIn } from '../pages/form.ts'
import { type ImportAddress, importAt, importPageOf, importPath } from '../pages/import-page.tsx'
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

/** The conversation about one file. */
export const importRoutes = (house: House): Hono<Env> => {
  const routes = new Hono<Env>()

  routes.on('GET', under(''), async (c) =>
    c.html(await importPageOf(viewerIn(c), addressOf(c), { done: doneIn(c) })),
  )
  routes.on('GET', under('/columns'), async (c) => c.html(await columnsPage(viewerIn(c), addressOf(c))))

  routes.on('POST', under('/columns'), async (c) => {
    const [viewer, address] = [viewerIn(c), addressOf(c)]
    const page = await importAt(viewer, address)
    const typed = await typedIn(c)
    try {
      await matchColumns(viewer, page.id, {
        columns: columnsFrom(page, typed),
        replace: first(typed, 'replace') === 'yes',
      })
      return c.redirect(importPath(address), 303)
    } catch (error) {
      return refused(c, columnsPage(viewer, address, { typed, problems: problemsOf(error) }))
    }
  })

  /** A step of the conversation: done, or said on the page why not. */
  const step = (
    rest: string,
    done: Parameters<typeof toDone>[2],
    act: (c: Asking, page: ImportPage) => Promise<unknown>,
  ) =>
    routes.on('POST', under(rest), async (c) => {
      const [viewer, address] = [viewerIn(c), addressOf(c)]
      const page = await importAt(viewer, address)
      try {
        await act(c, page)
        return toDone(c, importPath(address), done)
      } catch (error) {
        return refused(c, importPageOf(viewer, address, { problems: problemsOf(error) }))
      }
    })

  step('/rows', 'checked', async (c, page) => {
    const answers = answersIn(await typedIn(c), page)
    await (Object.keys(answers).length
      ? answerRows(viewerIn(c), page.id, answers)
      : checkImport(viewerIn(c), page.id))
  })
  step('/publish', 'published', async (c, page) => {
    const answers = answersIn(await typedIn(c), page)
    const settled = page.checked?.groups.every((group) => group.open === 0)
    if (Object.keys(answers).length && !settled) await answerRows(viewerIn(c), page.id, answers)
    await publishImport(viewerIn(c), page.id)
  })
  step('/undo', 'undone', (c, page) => undoImport(viewerIn(c), page.id))
  step('/end', 'set-aside', (c, page) => abandonImport(viewerIn(c), page.id))

  routes.on('POST', under('/sheet'), async (c) => {
    const [viewer, address] = [viewerIn(c), addressOf(c)]
    const page = await importAt(viewer, address)
    try {
      const { name, sha256, bytes } = page.file
      const id = await startImport(viewer, {
        drop: address.code,
        school: page.school?.id ?? null,
        upload: { name, sha256, bytes },
        sheet: first(await typedIn(c), 'sheet'),
        again: true,
      })
      await abandonImport(viewer, page.id)
      return c.redirect(importPath({ ...address, id }), 303)
    } catch (error) {
      return refused(c, importPageOf(viewer, address, { problems: problemsOf(error) }))
    }
  })

  routes.on('GET', under('/file'), async (c) => {
    const [viewer, address] = [viewerIn(c), addressOf(c)]
    const { id, file, school } = await importAt(viewer, address)
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
