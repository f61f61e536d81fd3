import { type Context, Hono } from 'hono'
import { isDay } from '../../kernel/days.ts'
import { enforce, NotHere } from '../../kernel/refusal.ts'
import type { House } from '../../platform/house.ts'
import type { Env } from '../../platform/http/env.ts'
import { dayIn, type Sent } from '../../platform/http/form.ts'
import { schoolBySlug } from '../organisation/index.ts'
import { setAim } from './commands/aims.ts'
import { beginFrom } from './commands/begin-from.ts'
import { setPolicy } from './commands/policies.ts'
import { addSuccessMeasure, endPriority, setPriority, takeStance } from './commands/priorities.ts'
import { say } from './commands/statements.ts'
import { canSetDirection } from './domain/can.ts'
import { BeginPage } from './pages/begin-page.tsx'
import { aimPage, ethosPage, policyPage, priorityForm, sayPage } from './pages/edit-forms.tsx'
import { priorityPage } from './pages/priority-page.tsx'
import { purposePage } from './pages/purpose-page.tsx'
import { schoolPurposePage } from './pages/school-page.tsx'
import { numberIn, tried } from './pages/tried.ts'
import { prioritiesIn, purposeOn } from './queries/purpose.ts'

type Asking = Context<Env>

const told: Record<string, string> = {
  kept: 'Kept, with your name and today’s date. The words before can still be read.',
  begun: 'There is a first version. Now change its words until they are your own.',
  ended: 'The priority is ended.',
}
const done = (c: Asking) => told[c.req.query('done') ?? '']

/** Only who may change it is shown the form. */
const shownTo = (c: Asking, school?: number) => {
  enforce(canSetDirection(c.get('viewer'), school))
  return c.get('viewer')
}

const changing = (): Hono<Env> =>
  new Hono<Env>()
    .get('/purpose/begin', (c) => c.html(<BeginPage viewer={shownTo(c)} />))
    .post('/purpose/begin', (c) =>
      tried(
        c,
        async (sent) => {
          await beginFrom(c.get('viewer'), sent.template ?? '')
          return '/purpose?done=begun'
        },
        ({ problems }) => <BeginPage viewer={c.get('viewer')} problems={problems} />,
      ),
    )
    .get('/purpose/say/:kind', async (c) =>
      c.html(await sayPage(shownTo(c), c.req.param('kind'), numberIn(c.req.query('value')))),
    )
    .post('/purpose/say/:kind', (c) => {
      const kind = c.req.param('kind')
      if (kind !== 'mission' && kind !== 'vision' && kind !== 'value') throw new NotHere()
      return tried(
        c,
        async (sent) => {
          await say(c.get('viewer'), {
            kind,
            ...(kind === 'value' ? { title: sent.title, practice: sent.practice } : {}),
            ...(sent.replaces ? { replaces: numberIn(sent.replaces) } : {}),
            words: sent.words ?? '',
          })
          return '/purpose?done=kept'
        },
        (typed, sent) => sayPage(c.get('viewer'), kind, numberIn(sent.replaces), typed),
      )
    })
    .get('/purpose/aims/:id', async (c) => c.html(await aimPage(shownTo(c), numberIn(c.req.param('id')))))
    .post('/purpose/aims/:id', (c) => {
      const aim = numberIn(c.req.param('id'))
      return tried(
        c,
        async (sent) => {
          const areas = (sent.areas ?? '')
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean)
          await setAim(c.get('viewer'), {
            ...(aim ? { aim } : {}),
            title: sent.title ?? '',
            why: sent.why,
            areas,
          })
          return '/purpose?done=kept#aims'
        },
        (typed) => aimPage(c.get('viewer'), aim, typed),
      )
    })
    .get('/purpose/policies/new', (c) => c.html(policyPage(shownTo(c))))
    .post('/purpose/policies/new', (c) =>
      tried(
        c,
        async (sent) => {
          await setPolicy(c.get('viewer'), sent as never)
          return '/purpose?done=kept'
        },
        (typed) => policyPage(c.get('viewer'), typed),
      ),
    )

const priorities = (): Hono<Env> =>
  new Hono<Env>()
    .get('/purpose/priorities/new', async (c) => {
      const { aim, school } = c.req.query()
      const of = school ? (await schoolBySlug(c.get('viewer'), school)).id : undefined
      return c.html(await priorityForm(shownTo(c, of), { aim, school }))
    })
    .post('/purpose/priorities/new', (c) =>
      tried(
        c,
        async (sent) => {
          const viewer = c.get('viewer')
          const school = sent.school ? (await schoolBySlug(viewer, sent.school)).id : undefined
          const id = await setPriority(viewer, { school, ...asked(sent) })
          return `/purpose/priorities/${id}?done=kept`
        },
        (typed, sent) => priorityForm(c.get('viewer'), { school: sent.school || undefined }, typed),
      ),
    )
    .get('/purpose/priorities/:id', async (c) =>
      c.html(await priorityPage(c.get('viewer'), numberIn(c.req.param('id')), { done: done(c) })),
    )
    .get('/purpose/priorities/:id/edit', async (c) => {
      const id = numberIn(c.req.param('id'))
      return c.html(await priorityForm(shownTo(c, await schoolOf(c, id)), { id }))
    })
    .post('/purpose/priorities/:id/edit', (c) => {
      const id = numberIn(c.req.param('id'))
      return tried(
        c,
        async (sent) => {
          await setPriority(c.get('viewer'), { priority: id, school: await schoolOf(c, id), ...asked(sent) })
          return `/purpose/priorities/${id}?done=kept`
        },
        (typed) => priorityForm(c.get('viewer'), { id }, typed),
      )
    })
    .post('/purpose/priorities/:id/measures', (c) => {
      const priority = numberIn(c.req.param('id'))
      return tried(
        c,
        async (sent) => {
          await addSuccessMeasure(c.get('viewer'), {
            priority,
            measure: sent.measure ?? '',
            school: sent.school ? sent.school : null,
            year: sent.year ?? '',
            group: sent.group ?? '',
            target: sent.target?.trim() ? sent.target : 'none',
            by: dayIn(sent, 'by'),
          })
          return `/purpose/priorities/${priority}?done=kept`
        },
        (typed) => priorityPage(c.get('viewer'), priority, typed),
      )
    })
    .post('/purpose/priorities/:id/end', async (c) => {
      const id = numberIn(c.req.param('id'))
      await endPriority(c.get('viewer'), id, await schoolOf(c, id))
      return c.redirect('/purpose?done=ended', 303)
    })

const asked = (sent: Sent) => ({
  aim: sent.aim ?? '',
  title: sent.title ?? '',
  why: sent.why,
  owner: sent.owner ? sent.owner : null,
  by: dayIn(sent, 'by'),
})

/** Whose priority it is: a school’s, or nobody’s but the trust’s. */
const schoolOf = async (c: Asking, priority: number): Promise<number | undefined> =>
  prioritiesIn(await purposeOn(c.get('viewer'))).find((one) => one.id === priority)?.school ?? undefined

const schoolPages = (): Hono<Env> =>
  new Hono<Env>()
    .get('/purpose/schools/:slug', async (c) =>
      c.html(await schoolPurposePage(c.get('viewer'), c.req.param('slug'), { done: done(c) })),
    )
    .get('/purpose/schools/:slug/ethos', async (c) => {
      const school = await schoolBySlug(c.get('viewer'), c.req.param('slug'))
      return c.html(await ethosPage(shownTo(c, school.id), school.slug))
    })
    .post('/purpose/schools/:slug/ethos', (c) => {
      const slug = c.req.param('slug')
      return tried(
        c,
        async (sent) => {
          const viewer = c.get('viewer')
          const school = (await schoolBySlug(viewer, slug)).id
          await say(viewer, { kind: 'ethos', school, words: sent.words ?? '', practice: sent.practice })
          return `/purpose/schools/${slug}?done=kept`
        },
        (typed) => ethosPage(c.get('viewer'), slug, typed),
      )
    })
    .post('/purpose/schools/:slug/stances/:priority', (c) => {
      const slug = c.req.param('slug')
      return tried(
        c,
        async (sent) => {
          const viewer = c.get('viewer')
          await takeStance(viewer, {
            school: (await schoolBySlug(viewer, slug)).id,
            priority: numberIn(c.req.param('priority')),
            stance: sent.stance as never,
            words: sent.words,
          })
          return `/purpose/schools/${slug}?done=kept#priority-${c.req.param('priority')}`
        },
        ({ problems }) => schoolPurposePage(c.get('viewer'), slug, { problems }),
      )
    })

/** What the trust and its schools stand for: mount behind `signedIn`. */
export const routes = (_house: House): Hono<Env> =>
  new Hono<Env>()
    .get('/purpose', async (c) => {
      const { on } = c.req.query()
      const day = on !== undefined && isDay(on) && on < c.get('viewer').today ? on : undefined
      return c.html(await purposePage(c.get('viewer'), { on: day, done: done(c) }))
    })
    .route('/', changing())
    .route('/', priorities())
    .route('/', schoolPages())
