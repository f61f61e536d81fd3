import { enforce, Refusal } from '../../../kernel/refusal.ts'
import { record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { people, schools } from '../../organisation/index.ts'
import { prioritiesIn, purposeOn } from '../../purpose/index.ts'
import { canWritePlan } from '../domain/can.ts'
import { planFile } from '../domain/plan-file.ts'
import { newPlan } from './plans.ts'

/**
 * Takes in a plan that `exportPlan` wrote, all of it or nothing; the answer is its id.
 * @throws Refusal when it is no such file, names somebody or something that is not here, or there is a plan for that year.
 */
export async function importPlan(viewer: Viewer, document: unknown): Promise<number> {
  const read = planFile.safeParse(document)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new Refusal(
      `That is not a plan as Throughline writes it: ${issue?.path.join('.') || 'the file'} ${issue?.message ?? 'is not as it should be'}.`,
    )
  }
  const file = read.data
  const all = await schools(viewer)
  const schoolOf = (urn: string | null): number | null => {
    if (urn === null) return null
    const found = all.find((one) => one.urn === urn)
    if (!found) throw new Refusal(`No school of the trust has the URN ${urn}.`)
    return found.id
  }
  const byEmail = new Map((await people(viewer)).map((one) => [one.email.toLowerCase(), one.id]))
  const personOf = (email: string | null): number | null => {
    if (email === null) return null
    const found = byEmail.get(email.toLowerCase())
    if (found === undefined) throw new Refusal(`Nobody in the trust has the e-mail address ${email}.`)
    return found
  }
  const priorities = prioritiesIn(await purposeOn(viewer))
  const school = schoolOf(file.school)
  enforce(canWritePlan(viewer, school))
  const priorityOf = (title: string | null): number | null => {
    if (title === null) return null
    const found = priorities.find(
      (one) => one.title === title && (one.school === null || one.school === school),
    )
    if (!found) throw new Refusal(`The trust has no priority called “${title}” today.`)
    return found.id
  }
  return write(viewer, async (tx) => {
    const plan = await newPlan(viewer, tx, { school, academicYear: file.academicYear, title: file.title })
    for (const one of file.objectives) {
      const { objective_id } = await tx
        .insertInto('improvement.objective')
        .values({
          trust_id: viewer.trust,
          plan_id: plan,
          school_id: school,
          priority_id: priorityOf(one.priority),
          title: one.title,
          why: one.why,
          for_whom: one.forWhom,
          by_day: one.by,
          owner_id: personOf(one.owner),
          stage: one.stage,
          ingredients: one.ingredients,
          origin: one.origin && JSON.stringify(one.origin),
          carried_from: null,
          copied_from: null,
          shared_on: one.sharedOn,
        })
        .returning('objective_id')
        .executeTakeFirstOrThrow()
      const of = { trust_id: viewer.trust, objective_id, school_id: school }
      const rows = {
        criterion: one.criteria.map(({ words, figure, by, metOn }) => ({
          ...of,
          words,
          measure: figure?.measure ?? null,
          of_school: figure ? schoolOf(figure.school) : null,
          year_group: figure?.year ?? null,
          pupil_group: figure?.group ?? null,
          target: figure?.target ?? null,
          by_day: by,
          met_on: metOn,
        })),
        action: one.actions.map(({ title, owner, starts, due, cost, days, doneOn, origin }) => ({
          ...of,
          title,
          owner_id: personOf(owner),
          starts,
          due,
          cost_pounds: cost,
          days,
          done_on: doneOn,
          done_by: null,
          origin: origin && JSON.stringify(origin),
        })),
        progress: one.progress.map(({ on, by, ...said }) => ({
          ...of,
          ...said,
          on_day: on,
          person_id: personOf(by),
        })),
        evidence: one.evidence.map(({ words, link, figure, on }) => ({
          ...of,
          words,
          link,
          measure: figure?.measure ?? null,
          place: figure?.place ?? null,
          year_group: figure?.year ?? null,
          pupil_group: figure?.group ?? null,
          period: figure?.period ?? null,
          snapshot: figure?.snapshot ?? null,
          on_day: on,
          person_id: null,
        })),
        risk: one.risks.map((risk) => ({ ...of, ...risk })),
        decision: one.decisions.map(({ on, by, ...said }) => ({
          ...of,
          ...said,
          on_day: on,
          person_id: personOf(by),
        })),
      }
      if (rows.criterion.length) await tx.insertInto('improvement.criterion').values(rows.criterion).execute()
      if (rows.action.length) await tx.insertInto('improvement.action').values(rows.action).execute()
      if (rows.progress.length) await tx.insertInto('improvement.progress').values(rows.progress).execute()
      if (rows.evidence.length) await tx.insertInto('improvement.evidence').values(rows.evidence).execute()
      if (rows.risk.length) await tx.insertInto('improvement.risk').values(rows.risk).execute()
      if (rows.decision.length) await tx.insertInto('improvement.decision').values(rows.decision).execute()
    }
    await record(viewer, tx, {
      subject: 'improvement.plan',
      id: plan,
      deed: 'imported',
      school,
      detail: { objectives: file.objectives.length },
    })
    return plan
  })
}
