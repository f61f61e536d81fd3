import { Hono } from 'hono'
import type { Env } from '../../../platform/http/env.ts'
import { dayIn, problemsOf, type Sent } from '../../../platform/http/form.ts'
import { numberIn, tried } from '../../purpose/index.ts'
import { objectivesIn, takeObjectives } from '../commands/bring-plan.ts'
import type { ProposedObjective } from '../domain/proposed-objectives.ts'
import { bringPlanPage, proposedValues, takeObjectivesPage } from '../pages/bring-plan-page.tsx'
import { broughtIn } from './brought-in.ts'
import { lines } from './sent-parts.ts'

const base = '/improvement/plans/:id{[0-9]+}/bring'

/** What the form says of each objective that is to be taken, in its order. */
const objectivesSent = (sent: Sent): ProposedObjective[] =>
  Object.keys(sent)
    .flatMap((name) => /^title-(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b)
    .filter((at) => sent[`take-${at}`] === 'yes')
    .map((at) => ({
      title: sent[`title-${at}`] ?? '',
      why: sent[`why-${at}`] ?? '',
      actions: lines(sent[`actions-${at}`]),
      checks: lines(sent[`checks-${at}`]),
    }))

/** Objectives from a document into a plan. */
export const bringPlanRoutes = (): Hono<Env> =>
  new Hono<Env>()
    .get(base, async (c) => c.html(await bringPlanPage(c.get('viewer'), numberIn(c.req.param('id')))))
    .post(base, async (c) => {
      const plan = numberIn(c.req.param('id'))
      try {
        const found = await objectivesIn(c.get('viewer'), plan, await broughtIn(c))
        return c.html(await takeObjectivesPage(c.get('viewer'), plan, proposedValues(found)))
      } catch (error) {
        return c.html(await bringPlanPage(c.get('viewer'), plan, problemsOf(error)), 422)
      }
    })
    .post(`${base}/take`, (c) => {
      const plan = numberIn(c.req.param('id'))
      return tried(
        c,
        async (sent) => {
          const days = { begins: dayIn(sent, 'begins'), by: dayIn(sent, 'by') }
          await takeObjectives(c.get('viewer'), plan, objectivesSent(sent), days)
          return `/improvement/plans/${plan}?done=brought`
        },
        ({ values, problems }) => takeObjectivesPage(c.get('viewer'), plan, values, problems),
      )
    })
