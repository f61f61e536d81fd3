import type { Viewer } from '../../../platform/viewer.ts'
import { people, schools } from '../../organisation/index.ts'
import { prioritiesIn, purposeOn } from '../../purpose/index.ts'
import type { PlanFile } from '../domain/plan-file.ts'
import { planById } from './plan.ts'

/** The plan as a file that `importPlan` takes back without loss. @throws NotHere */
export async function exportPlan(viewer: Viewer, id: number): Promise<PlanFile> {
  const plan = await planById(viewer, id)
  const everyone = await people(viewer)
  const all = await schools(viewer)
  const titles = new Map(prioritiesIn(await purposeOn(viewer)).map((one) => [one.id, one.title]))
  const emailOf = (person: number | undefined) => everyone.find((one) => one.id === person)?.email ?? null
  const emailNamed = (name: string | null) => everyone.find((one) => one.name === name)?.email ?? null
  const urnOf = (school: number | null) => all.find((one) => one.id === school)?.urn ?? null
  return {
    throughline: 'plan',
    version: 1,
    school: urnOf(plan.school),
    academicYear: plan.academicYear,
    title: plan.title,
    objectives: plan.objectives.map((one) => ({
      title: one.title,
      why: one.why,
      forWhom: one.forWhom,
      by: one.by,
      owner: emailOf(one.owner?.id),
      priority: (one.priority !== null && titles.get(one.priority)) || null,
      stage: one.stage,
      ingredients: [...one.ingredients],
      origin: one.origin && { ...one.origin },
      sharedOn: one.sharedOn,
      criteria: one.criteria.map(({ words, figure, by, metOn }) => ({
        words,
        figure: figure && { ...figure, school: urnOf(figure.school) },
        by,
        metOn,
      })),
      actions: one.actions.map(({ title, owner, starts, due, cost, days, doneOn, origin }) => ({
        title,
        owner: emailOf(owner?.id),
        starts,
        due,
        cost,
        days,
        doneOn,
        origin,
      })),
      progress: one.progress.map(({ term, state, words, on, by }) => ({
        term,
        state,
        words,
        on,
        by: emailNamed(by),
      })),
      evidence: one.evidence.map(({ words, link, figure, on }) => ({
        words,
        link,
        figure: figure && { ...figure },
        on,
      })),
      risks: one.risks.map(({ words, answer, likely }) => ({ words, answer, likely })),
      decisions: one.decisions.map(({ stage, verdict, words, on, by }) => ({
        stage,
        verdict,
        words,
        on,
        by: emailNamed(by),
      })),
    })),
  }
}
