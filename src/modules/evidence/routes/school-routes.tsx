import { Hono } from 'hono'
import { NotHere } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import type { Env } from '../../../platform/http/env.ts'
import { dayIn, first, problemsOf, typedIn } from '../../../platform/http/form.ts'
import { receiveUpload } from '../../../platform/http/upload.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { Problem } from '../../../ui/index.ts'
import { schoolBySlug } from '../../organisation/index.ts'
import { health } from '../checks/health.ts'
import { askSchool } from '../drops/commands/ask-school.ts'
import { signOff, withdrawSignOff } from '../drops/commands/sign-off.ts'
import { dropByCode } from '../drops/queries/drops.ts'
import { schoolReadiness } from '../drops/queries/readiness.ts'
import { importPage, type NewImport, SameFile } from '../imports/index.ts'
import { askToRead, settledSoon, troublesSince, workAndProgress } from '../imports/work/index.ts'
import { importPath } from '../pages/import-page.tsx'
import { type SchoolTold, schoolPage } from '../pages/school-page.tsx'
import { schoolQuestionsPage } from '../pages/school-questions-page.tsx'
import { trustFilesPage } from '../pages/trust-files-page.tsx'
import { workPath } from '../pages/work-page.tsx'
import { type Asking, doneIn, numberOf, refused, toDone, viewerIn } from './answering.ts'

const place = (c: Asking) => ({ code: c.req.param('code')!, slug: c.req.param('slug') })
const pathOf = ({ code, slug }: ReturnType<typeof place>) =>
  `/drops/${code}${slug ? `/schools/${slug}` : '/files'}`

/** The school that an address names; none in an address of the whole trust. @throws NotHere */
async function schoolOf(viewer: Viewer, { code, slug }: ReturnType<typeof place>): Promise<number | null> {
  if (!slug) return null
  return (await schoolReadiness(viewer, await dropByCode(viewer, code), slug)).school.id
}

const pageOf = (viewer: Viewer, { code, slug }: ReturnType<typeof place>, told: SchoolTold) =>
  slug ? schoolPage(viewer, code, slug, told) : trustFilesPage(viewer, code, told)

const fileRoutes = ['/drops/:code/schools/:slug/files', '/drops/:code/files']

/** Why files that were sent here, and left to be read, could not be. */
async function troublesAt(viewer: Viewer, at: ReturnType<typeof place>): Promise<Problem[]> {
  const drop = await dropByCode(viewer, at.code)
  const school = await schoolOf(viewer, at)
  return (await troublesSince(viewer, { drop: drop.id, school })).map((text) => ({ text, field: 'file' }))
}

/** One school’s task in a drop, and files of the whole trust: sending them, signing off. */
export const schoolRoutes = (house: House, patience: number): Hono<Env> => {
  const routes = new Hono<Env>()
  routes.get('/drops/:code/files', async (c) =>
    c.html(
      await trustFilesPage(viewerIn(c), c.req.param('code'), {
        problems: await troublesAt(viewerIn(c), place(c)),
      }),
    ),
  )
  routes.get('/drops/:code/schools/:slug', async (c) =>
    c.html(
      await schoolPage(viewerIn(c), c.req.param('code'), c.req.param('slug'), {
        done: doneIn(c),
        problems: await troublesAt(viewerIn(c), place(c)),
      }),
    ),
  )

  /** Has a file read, and waits a moment for it: to its import, or to the page of its progress. */
  const reads = async (c: Asking, wish: NewImport) => {
    const [viewer, at] = [viewerIn(c), place(c)]
    const job = await askToRead(viewer, wish)
    if (!(await settledSoon(viewer, job, patience))) return c.redirect(workPath({ ...at, job }), 303)
    const made = await workAndProgress(viewer, job)
    return c.redirect(importPath({ ...at, id: made.import! }), 303)
  }
  routes.get('/drops/:code/schools/:slug/questions', async (c) =>
    c.html(await schoolQuestionsPage(viewerIn(c), c.req.param('code'), c.req.param('slug'), doneIn(c))),
  )
  routes.get('/drops/:code/schools/:slug/files', (c) => c.redirect(pathOf(place(c)), 303))

  routes.on('POST', fileRoutes, async (c) => {
    const [viewer, at] = [viewerIn(c), place(c)]
    const school = await schoolOf(viewer, at)
    try {
      const { files } = await receiveUpload(c, house.files)
      const file = files.find((one) => one.field === 'file')
      if (!file)
        return refused(c, pageOf(viewer, at, { problems: [{ text: 'Choose a file first.', field: 'file' }] }))
      const { name, sha256, bytes } = file
      return await reads(c, { drop: at.code, school, upload: { name, sha256, bytes } })
    } catch (error) {
      const same = error instanceof SameFile ? { same: error.earlier } : {}
      const problems = problemsOf(error).map((one) => ({ field: 'file', ...one }))
      return refused(c, pageOf(viewer, at, { problems, ...same }))
    }
  })
  routes.on(
    'POST',
    fileRoutes.map((path) => `${path}/again`),
    async (c) => {
      const [viewer, at] = [viewerIn(c), place(c)]
      const school = await schoolOf(viewer, at)
      const { file, ...earlier } = await importPage(viewer, numberOf(first(await typedIn(c), 'import')))
      if ((earlier.school?.id ?? null) !== school || earlier.drop.code !== at.code) throw new NotHere()
      try {
        const { name, sha256, bytes } = file
        return await reads(c, { drop: at.code, school, upload: { name, sha256, bytes }, again: true })
      } catch (error) {
        return refused(c, pageOf(viewer, at, { problems: problemsOf(error) }))
      }
    },
  )

  routes.post('/drops/:code/schools/:slug/request', async (c) => {
    const [viewer, at] = [viewerIn(c), place(c)]
    const school = (await schoolBySlug(viewer, at.slug!)).id
    const typed = await typedIn(c)
    try {
      await askSchool(viewer, {
        drop: at.code,
        school,
        person: numberOf(first(typed, 'person')) || null,
        due: dayIn(typed, 'due'),
      })
      return toDone(c, pathOf(at), 'asked')
    } catch (error) {
      return refused(c, pageOf(viewer, at, { problems: problemsOf(error) }))
    }
  })
  routes.post('/drops/:code/schools/:slug/sign-off', async (c) => {
    const [viewer, at] = [viewerIn(c), place(c)]
    const school = (await schoolBySlug(viewer, at.slug!)).id
    try {
      const { questions } = await health(viewer, await dropByCode(viewer, at.code))
      const unanswered = questions.filter((one) => one.school === school && !one.answer).length
      await signOff(viewer, { drop: at.code, school, unanswered })
      return toDone(c, pathOf(at), 'signed-off')
    } catch (error) {
      return refused(c, pageOf(viewer, at, { problems: problemsOf(error) }))
    }
  })
  routes.post('/drops/:code/schools/:slug/sign-off/end', async (c) => {
    const [viewer, at] = [viewerIn(c), place(c)]
    const school = (await schoolBySlug(viewer, at.slug!)).id
    const why = first(await typedIn(c), 'why')
    try {
      await withdrawSignOff(viewer, { drop: at.code, school, why })
      return toDone(c, pathOf(at), 'sign-off-ended')
    } catch (error) {
      const problems = problemsOf(error).map((one) => ({ field: 'why', ...one }))
      return refused(c, pageOf(viewer, at, { problems, why }))
    }
  })
  return routes
}
