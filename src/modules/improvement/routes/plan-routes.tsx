import { type Context, Hono } from 'hono'
import type { FigureKey } from '../../../kernel/figure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Env } from '../../../platform/http/env.ts'
import { dayIn, type Sent, sentIn } from '../../../platform/http/form.ts'
import { schoolBySlug } from '../../organisation/index.ts'
import { numberIn, tried } from '../../purpose/index.ts'
import { chooseDigest } from '../commands/digest.ts'
import { handOver } from '../commands/hand-over.ts'
import { addObjective, changeObjective, shareObjective } from '../commands/objectives.ts'
import {
  addAction,
  addCriterion,
  addFigureEvidence,
  addNote,
  addRisk,
  decideStage,
  markAction,
  meetCriterion,
  sayProgress,
  setTier,
} from '../commands/parts.ts'
import { carryOver, copyObjective, startPlan } from '../commands/plans.ts'
import { planDocx, planPaper } from '../documents/plan-paper.ts'
import { strategyDocx, strategyReport } from '../documents/strategy-report.ts'
import { threadPaper } from '../documents/thread-paper.ts'
import { figureIn } from '../domain/origin.ts'
import { comparePlanPage } from '../pages/compare-page.tsx'
import { myActionsPage } from '../pages/my-actions-page.tsx'
import { changeObjectivePage, newObjectivePage } from '../pages/objective-forms.tsx'
import { objectivePage } from '../pages/objective-page.tsx'
import { overviewPage } from '../pages/overview-page.tsx'
import { planPage } from '../pages/plan-page.tsx'
import { threadPage } from '../pages/thread-page.tsx'
import { makeActionFeed, revokeActionFeed } from '../queries/action-feed.ts'
import { bringPlanRoutes } from './bring-plan-routes.tsx'
import { sendPaper } from './send-paper.ts'
import { actionIn, objectiveIn } from './sent-parts.ts'
import { takeUpRoutes } from './take-up-routes.tsx'
import { templateRoutes } from './template-routes.tsx'

type Asking = Context<Env>

const told: Record<string, string> = {
  kept: 'Kept, with your name and today’s date.',
  started: 'The plan is there. Add its first objective.',
  carried: 'What was unfinished is carried over.',
  copied: 'It is copied into your plan. Give its actions owners, and the school reads your thanks.',
  handed: 'Handed over: objectives, and actions that are not done.',
  done: 'Marked as done today.',
  open: 'It is open again.',
  template: 'It is kept as a template: every school finds it under “Start from a template”.',
  brought: 'They are in the plan. Give their actions owners and dates, and say which figures they aim at.',
  'feed-ended': 'The private address no longer works.',
  letters: 'Your choice about letters is kept.',
}
const done = (c: Asking) => told[c.req.query('done') ?? '']
const yearIn = (text: string | undefined) => (/^20\d\d$/.test(text ?? '') ? Number(text) : undefined)
const idIn = (c: Asking) => numberIn(c.req.param('id'))
/** @throws Refusal */
function figureKeyIn(text: string): FigureKey {
  const key = figureIn(text)
  if (!key)
    throw new Refusal(
      'Paste the figure’s address from its own page: it begins with /figure/ and ends with the snapshot.',
    )
  return key
}

const plans = (): Hono<Env> =>
  new Hono<Env>()
    .get('/improvement', async (c) => {
      const { year, working } = c.req.query()
      return c.html(
        await overviewPage(c.get('viewer'), { year: yearIn(year), all: working === 'all', done: done(c) }),
      )
    })
    .post('/improvement/plans', (c) =>
      tried(
        c,
        async (sent) => {
          const viewer = c.get('viewer')
          const school = sent.school ? (await schoolBySlug(viewer, sent.school)).id : null
          const id = await startPlan(viewer, { school, academicYear: Number(sent.year) })
          return `/improvement/plans/${id}?done=started`
        },
        ({ problems }) => overviewPage(c.get('viewer'), { problems }),
      ),
    )
    .post('/improvement/tiers', (c) =>
      tried(
        c,
        async (sent) => {
          const viewer = c.get('viewer')
          await setTier(viewer, (await schoolBySlug(viewer, sent.school ?? '')).id, sent as never)
          return '/improvement?done=kept'
        },
        ({ problems }) => overviewPage(c.get('viewer'), { problems }),
      ),
    )
    .get('/improvement/plans/:file{[0-9]+\\.(pdf|docx)}', (c) => {
      const id = Number.parseInt(c.req.param('file'), 10)
      return sendPaper(c, `improvement-plan-${c.req.param('file')}`, {
        pdf: () => planPaper(c.get('viewer'), id),
        docx: () => planDocx(c.get('viewer'), id),
      })
    })
    .get('/improvement/plans/:id{[0-9]+}', async (c) =>
      c.html(await planPage(c.get('viewer'), idIn(c), { done: done(c) })),
    )
    .get('/improvement/plans/:id{[0-9]+}/compare', async (c) =>
      c.html(await comparePlanPage(c.get('viewer'), idIn(c), numberIn(c.req.query('with')))),
    )
    .post('/improvement/plans/:id/hand-over', (c) =>
      tried(
        c,
        async (sent) => {
          await handOver(c.get('viewer'), idIn(c), { from: numberIn(sent.from), to: numberIn(sent.to) })
          return `/improvement/plans/${idIn(c)}?done=handed`
        },
        ({ problems }) => planPage(c.get('viewer'), idIn(c), { problems }),
      ),
    )
    .post('/improvement/plans/:id/carry-over', (c) =>
      tried(
        c,
        async () => `/improvement/plans/${await carryOver(c.get('viewer'), idIn(c))}?done=carried`,
        ({ problems }) => planPage(c.get('viewer'), idIn(c), { problems }),
      ),
    )
    .get('/improvement/plans/:id/objectives/new', async (c) =>
      c.html(
        await newObjectivePage(c.get('viewer'), idIn(c), {
          values: { priority: c.req.query('priority') },
        }),
      ),
    )
    .post('/improvement/plans/:id/objectives/new', (c) =>
      tried(
        c,
        async (sent) =>
          `/improvement/objectives/${await addObjective(c.get('viewer'), idIn(c), objectiveIn(sent))}?done=kept`,
        (typed) => newObjectivePage(c.get('viewer'), idIn(c), typed),
      ),
    )

/** What each form of an objective’s page does with what was sent. */
const parts: Record<string, (c: Asking, objective: number, sent: Sent) => Promise<unknown>> = {
  criteria: (c, id, sent) =>
    addCriterion(c.get('viewer'), id, {
      words: sent.words,
      measure: sent.measure || null,
      school: sent.school ? sent.school : null,
      year: sent.year,
      group: sent.group,
      target: sent.target?.trim() ? sent.target : null,
      by: dayIn(sent, 'by'),
    }),
  progress: (c, id, sent) => sayProgress(c.get('viewer'), id, sent as never),
  actions: (c, id, sent) => addAction(c.get('viewer'), id, actionIn(sent)),
  figures: (c, id, sent) =>
    addFigureEvidence(c.get('viewer'), id, figureKeyIn(sent.figure ?? ''), sent.words),
  notes: (c, id, sent) => addNote(c.get('viewer'), id, { words: sent.words ?? '', link: sent.link }),
  decisions: (c, id, sent) => decideStage(c.get('viewer'), id, sent as never),
  risks: (c, id, sent) => addRisk(c.get('viewer'), id, sent as never),
}

const objectives = (): Hono<Env> =>
  new Hono<Env>()
    .get('/improvement/objectives/:id{[0-9]+}', async (c) =>
      c.html(await objectivePage(c.get('viewer'), idIn(c), { done: done(c) })),
    )
    .get('/improvement/objectives/:id/edit', async (c) =>
      c.html(await changeObjectivePage(c.get('viewer'), idIn(c))),
    )
    .post('/improvement/objectives/:id/edit', (c) =>
      tried(
        c,
        async (sent) => {
          await changeObjective(c.get('viewer'), idIn(c), objectiveIn(sent))
          return `/improvement/objectives/${idIn(c)}?done=kept`
        },
        (typed) => changeObjectivePage(c.get('viewer'), idIn(c), typed),
      ),
    )
    .post('/improvement/objectives/:id/criteria/:criterion/met', async (c) => {
      await meetCriterion(c.get('viewer'), idIn(c), numberIn(c.req.param('criterion')))
      return c.redirect(`/improvement/objectives/${idIn(c)}?done=kept`, 303)
    })
    .post('/improvement/objectives/:id/share', async (c) => {
      await shareObjective(c.get('viewer'), idIn(c), (await sentIn(c)).shared === 'yes')
      return c.redirect(`/improvement/objectives/${idIn(c)}?done=kept`, 303)
    })
    .post('/improvement/objectives/:id/copy', (c) =>
      tried(
        c,
        async (sent) => {
          const copy = await copyObjective(c.get('viewer'), {
            objective: idIn(c),
            plan: numberIn(sent.plan),
            thanks: sent.thanks ?? '',
          })
          return `/improvement/objectives/${copy}?done=copied`
        },
        ({ problems }) => objectivePage(c.get('viewer'), idIn(c), { problems }),
      ),
    )
    .post(
      '/improvement/objectives/:id/:part{criteria|progress|actions|figures|notes|decisions|risks}',
      (c) => {
        const part = c.req.param('part')
        return tried(
          c,
          async (sent) => {
            await parts[part]!(c, idIn(c), sent)
            return `/improvement/objectives/${idIn(c)}?done=kept`
          },
          (typed) => objectivePage(c.get('viewer'), idIn(c), { part, ...typed }),
        )
      },
    )

const actions = (): Hono<Env> =>
  new Hono<Env>()
    .get('/improvement/actions', async (c) => c.html(await myActionsPage(c.get('viewer'), { done: done(c) })))
    .post('/improvement/actions/address', async (c) => {
      const token = await makeActionFeed(c.get('viewer'))
      c.header('Cache-Control', 'no-store')
      return c.html(await myActionsPage(c.get('viewer'), { token, done: 'Your private address is made.' }))
    })
    .post('/improvement/actions/letters', (c) =>
      tried(
        c,
        async (sent) => {
          await chooseDigest(c.get('viewer'), sent.way ?? '')
          return '/improvement/actions?done=letters'
        },
        ({ problems }) => myActionsPage(c.get('viewer'), { problems }),
      ),
    )
    .post('/improvement/actions/address/end', async (c) => {
      await revokeActionFeed(c.get('viewer'))
      return c.redirect('/improvement/actions?done=feed-ended', 303)
    })
    .post('/improvement/actions/:id{[0-9]+}/:to{done|open}', async (c) => {
      const to = c.req.param('to')
      const { back } = await sentIn(c)
      const objective = await markAction(c.get('viewer'), idIn(c), to === 'done')
      const path = back === '/improvement/actions' ? back : `/improvement/objectives/${objective}`
      return c.redirect(`${path}?done=${to}`, 303)
    })

export const planRoutes = (): Hono<Env> =>
  new Hono<Env>()
    .route('/', takeUpRoutes())
    .route('/', templateRoutes())
    .route('/', bringPlanRoutes())
    .route('/', plans())
    .route('/', objectives())
    .route('/', actions())
    .get('/improvement/:file{strategy-report\\.(pdf|docx)}', async (c) => {
      const { school } = c.req.query()
      const viewer = c.get('viewer')
      const id = school ? (await schoolBySlug(viewer, school)).id : undefined
      return sendPaper(c, c.req.param('file'), {
        pdf: () => strategyReport(viewer, id),
        docx: () => strategyDocx(viewer, id),
      })
    })
    .get('/thread.pdf', async (c) => {
      const pdf = await threadPaper(c.get('viewer'), c.req.query('school'))
      return c.body(pdf as Uint8Array<ArrayBuffer>, 200, { 'Content-Type': 'application/pdf' })
    })
    .get('/thread', async (c) => {
      const { school, priority, year } = c.req.query()
      return c.html(
        await threadPage(c.get('viewer'), {
          school,
          priority: priority === undefined ? undefined : numberIn(priority),
          year: yearIn(year),
        }),
      )
    })
