import { type Context, Hono } from 'hono'
import { londonTime } from '../../../kernel/days.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import type { Env } from '../../../platform/http/env.ts'
import { type Sent, sentIn } from '../../../platform/http/form.ts'
import { schoolBySlug } from '../../organisation/index.ts'
import { numberIn, tried } from '../../purpose/index.ts'
import {
  citeFigure,
  citeNote,
  citeObjective,
  decideAboutFigure,
  removeCitation,
} from '../commands/citations.ts'
import {
  confirmJudgement,
  saveJudgement,
  settleClash,
  signEvaluation,
  startEvaluation,
  type Where,
} from '../commands/evaluations.ts'
import { evaluationDocx, evaluationPaper } from '../documents/evaluation-paper.ts'
import { areaPage } from '../pages/area-page.tsx'
import { citePage } from '../pages/cite-page.tsx'
import { compareEvaluationPage } from '../pages/compare-page.tsx'
import { evaluationPage } from '../pages/evaluation-page.tsx'
import { evaluationsPage, frameworksPage } from '../pages/evaluations-page.tsx'
import { evaluationById } from '../queries/evaluation.ts'
import { figuresToCite } from '../queries/figures-to-cite.ts'
import { bringRoutes } from './bring-routes.tsx'
import { sendPaper } from './send-paper.ts'

type Asking = Context<Env>

const told: Record<string, string> = {
  saved: 'The working copy is saved.',
  begun: 'Begun. Choose an area and write.',
  cited: 'It is in the evidence. Cite it in your words by its number.',
  removed: 'It is taken away. The other lines keep their numbers.',
  decided: 'Decided, with your name.',
  settled: 'Settled. The other copy stays in the history.',
  clash: 'Somebody saved this area after you began. Nothing is lost: both copies are below. Choose one.',
  confirmed: 'Confirmed: words and figures are frozen with your name and today’s date.',
  signed: 'Signed. The copy stays as it is for ever.',
  brought: 'It is in the working copies, each part in its area. Read them, cite the figures, and confirm.',
  'left-out': 'The document is left out. Nothing was changed.',
}
const done = (c: Asking) => told[c.req.query('done') ?? '']
const whereIn = (c: Asking): Where => ({
  evaluation: numberIn(c.req.param('id')),
  area: c.req.param('area') ?? '',
})
const pathOf = ({ evaluation, area }: Where) => `/improvement/evaluations/${evaluation}/areas/${area}`
const base = '/improvement/evaluations/:id{[0-9]+}/areas/:area{[a-z0-9-]+}'

/** Does something to an area, then shows it again; or says what was wrong. */
const change =
  (work: (c: Asking, where: Where, sent: Readonly<Record<string, string>>) => Promise<string>) =>
  (c: Asking) =>
    tried(
      c,
      async (sent) => {
        const where = whereIn(c)
        return `${pathOf(where)}?done=${await work(c, where, sent)}`
      },
      ({ problems }) => areaPage(c.get('viewer'), whereIn(c).evaluation, whereIn(c).area, { problems }),
    )

const wantsJson = (c: Asking) => c.req.header('accept') === 'application/json'

const draftIn = (sent: Sent) => ({
  grade: sent.grade || null,
  words: sent.words,
  strengths: sent.strengths,
  next: sent.next,
  revision: numberIn(sent.revision),
})

/** Adds the figure that was chosen; the answer is its line. */
async function cited(c: Asking, where: Where, sent: Sent): Promise<number> {
  const { school } = await evaluationById(c.get('viewer'), where.evaluation, where.area)
  return citeFigure(c.get('viewer'), where, {
    measure: sent.measure ?? '',
    school,
    year: sent.year ?? '',
    group: sent.group ?? '',
    period: sent.period ?? '',
    snapshot: numberIn(sent.snapshot),
  })
}

const writing = (): Hono<Env> =>
  new Hono<Env>()
    // What the page asks while it is written on: saves by itself, and offers figures. The buttons do the same without it.
    .post(base, async (c, next) => {
      if (!wantsJson(c)) return next()
      const saved = await saveJudgement(c.get('viewer'), whereIn(c), draftIn(await sentIn(c)))
      return c.json({ ...saved, at: londonTime(c.get('viewer').house.clock.now()) })
    })
    .post(`${base}/figures`, async (c, next) =>
      wantsJson(c) ? c.json({ line: await cited(c, whereIn(c), await sentIn(c)) }) : next(),
    )
    .get(`${base}/figures.json`, async (c) => {
      const { evaluation, area } = whereIn(c)
      const viewer = c.get('viewer')
      const { school, writes } = await evaluationById(viewer, evaluation, area)
      if (!writes) throw new NotHere()
      return c.json((await figuresToCite(viewer, school, (c.req.query('q') ?? '').slice(0, 80))).slice(0, 8))
    })
    .get(base, async (c) => {
      const { evaluation, area } = whereIn(c)
      return c.html(await areaPage(c.get('viewer'), evaluation, area, { done: done(c) }))
    })
    .post(base, (c) =>
      tried(
        c,
        async (sent) => {
          const where = whereIn(c)
          const saved = await saveJudgement(c.get('viewer'), where, draftIn(sent))
          return `${pathOf(where)}?done=${saved.clash ? 'clash' : 'saved'}`
        },
        (typed) => areaPage(c.get('viewer'), whereIn(c).evaluation, whereIn(c).area, typed),
      ),
    )
    .get(`${base}/figures`, async (c) => {
      const { evaluation, area } = whereIn(c)
      return c.html(await citePage(c.get('viewer'), evaluation, area, (c.req.query('q') ?? '').slice(0, 200)))
    })
    .post(
      `${base}/figures`,
      change(async (c, where, sent) => {
        await cited(c, where, sent)
        return 'cited#evidence'
      }),
    )
    .post(
      `${base}/notes`,
      change(async (c, where, sent) => {
        await citeNote(c.get('viewer'), where, { words: sent.note ?? '', link: sent.link })
        return 'cited#evidence'
      }),
    )
    .post(
      `${base}/objectives`,
      change(async (c, where, sent) => {
        await citeObjective(c.get('viewer'), where, numberIn(sent.objective))
        return 'cited#evidence'
      }),
    )
    .post(
      `${base}/lines/:line/remove`,
      change(async (c, where) => {
        await removeCitation(c.get('viewer'), where, numberIn(c.req.param('line')))
        return 'removed#evidence'
      }),
    )
    .post(
      `${base}/lines/:line/use-now`,
      change(async (c, where) => {
        await decideAboutFigure(c.get('viewer'), where, numberIn(c.req.param('line')), { use: 'now' })
        return 'decided'
      }),
    )
    .post(
      `${base}/lines/:line/keep`,
      change(async (c, where, sent) => {
        const why = sent.why ?? ''
        await decideAboutFigure(c.get('viewer'), where, numberIn(c.req.param('line')), { use: 'cited', why })
        return 'decided'
      }),
    )
    .post(
      `${base}/copies/:clash/:what{take|leave}`,
      change(async (c, where) => {
        await settleClash(
          c.get('viewer'),
          where,
          numberIn(c.req.param('clash')),
          c.req.param('what') === 'take',
        )
        return 'settled'
      }),
    )
    .post(
      `${base}/confirm`,
      change(async (c, where) => {
        await confirmJudgement(c.get('viewer'), where)
        return 'confirmed'
      }),
    )

export const evaluationRoutes = (): Hono<Env> =>
  new Hono<Env>()
    .get('/improvement/frameworks', async (c) => c.html(await frameworksPage(c.get('viewer'))))
    .get('/improvement/evaluations', async (c) =>
      c.html(await evaluationsPage(c.get('viewer'), { done: done(c) })),
    )
    .post('/improvement/evaluations', (c) =>
      tried(
        c,
        async (sent) => {
          const viewer = c.get('viewer')
          const school = sent.school ? (await schoolBySlug(viewer, sent.school)).id : null
          const id = await startEvaluation(viewer, { school, framework: sent.framework ?? '' })
          return `/improvement/evaluations/${id}?done=begun`
        },
        ({ problems }) => evaluationsPage(c.get('viewer'), { problems }),
      ),
    )
    .get('/improvement/evaluations/:file{[0-9]+\\.(pdf|docx)}', (c) => {
      const id = Number.parseInt(c.req.param('file'), 10)
      return sendPaper(c, `self-evaluation-${c.req.param('file')}`, {
        pdf: () => evaluationPaper(c.get('viewer'), id),
        docx: () => evaluationDocx(c.get('viewer'), id),
      })
    })
    .get('/improvement/evaluations/:id{[0-9]+}', async (c) =>
      c.html(await evaluationPage(c.get('viewer'), numberIn(c.req.param('id')), { done: done(c) })),
    )
    .get('/improvement/evaluations/:id{[0-9]+}/compare', async (c) =>
      c.html(await compareEvaluationPage(c.get('viewer'), numberIn(c.req.param('id')), c.req.query())),
    )
    .post('/improvement/evaluations/:id{[0-9]+}/sign', (c) => {
      const id = numberIn(c.req.param('id'))
      return tried(
        c,
        async () => {
          await signEvaluation(c.get('viewer'), id)
          return `/improvement/evaluations/${id}?done=signed`
        },
        ({ problems }) => evaluationPage(c.get('viewer'), id, { problems }),
      )
    })
    .route('/', bringRoutes())
    .route('/', writing())
