import { academicYearEnd, academicYearName, academicYearStart } from '../../../kernel/academic-year.ts'
import { dayName } from '../../../kernel/days.ts'
import { enforce, Refusal } from '../../../kernel/refusal.ts'
import { record, type Writing, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { schools } from '../../organisation/index.ts'
import { canWritePlan } from '../domain/can.ts'
import { latestState } from '../domain/terms.ts'
import { type Action, type Criterion, type Objective, objectiveById, planById } from '../queries/plan.ts'

/** An empty plan of a school, or with no school of the trust, for a year. @throws Refusal when there is one already. */
export async function startPlan(
  viewer: Viewer,
  {
    school,
    academicYear,
    title,
  }: { readonly school: number | null; readonly academicYear: number; readonly title?: string },
): Promise<number> {
  enforce(canWritePlan(viewer, school))
  if (!Number.isInteger(academicYear) || academicYear < 2000 || academicYear > 2100)
    throw new Refusal('Choose the academic year of the plan.')
  await mustBelong(viewer, school, academicYear)
  return write(viewer, (tx) => newPlan(viewer, tx, { school, academicYear, title }))
}

/** @throws Refusal for a year that begins after the school left, or ends before it joined. */
async function mustBelong(viewer: Viewer, id: number | null, academicYear: number): Promise<void> {
  const school = (await schools(viewer)).find((one) => one.id === id)
  if (school?.left && school.left < academicYearStart(academicYear))
    throw new Refusal(`${school.shortName} left the trust on ${dayName(school.left)}.`)
  if (school?.joined && school.joined > academicYearEnd(academicYear))
    throw new Refusal(`${school.shortName} joined the trust on ${dayName(school.joined)}.`)
}

export async function newPlan(
  viewer: Viewer,
  tx: Writing,
  plan: { school: number | null; academicYear: number; title?: string; carriedFrom?: number },
): Promise<number> {
  let same = tx
    .selectFrom('improvement.plan')
    .where('trust_id', '=', viewer.trust)
    .where('academic_year', '=', plan.academicYear)
  same =
    plan.school === null ? same.where('school_id', 'is', null) : same.where('school_id', '=', plan.school)
  if (await same.select('plan_id').executeTakeFirst())
    throw new Refusal(`There is a plan for ${academicYearName(plan.academicYear)} already.`)
  const { plan_id: id } = await tx
    .insertInto('improvement.plan')
    .values({
      trust_id: viewer.trust,
      school_id: plan.school,
      academic_year: plan.academicYear,
      title: plan.title?.trim() || `Improvement plan ${academicYearName(plan.academicYear)}`,
      carried_from: plan.carriedFrom ?? null,
      made_by: viewer.person || null,
      made_at: viewer.house.clock.now(),
    })
    .returning('plan_id')
    .executeTakeFirstOrThrow()
  await record(viewer, tx, {
    subject: 'improvement.plan',
    id,
    deed: plan.carriedFrom ? 'carried over' : 'started',
    school: plan.school,
    detail: { academicYear: plan.academicYear },
  })
  return id
}

const nextYear = (day: string): string => {
  const moved = `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`
  return moved.endsWith('-02-29') ? `${moved.slice(0, 8)}28` : moved
}

/**
 * The next year's plan from what is unfinished: objectives not met, with their criteria and the actions not done, each a
 * year on, joined to where they came from. @throws Refusal, NotHere
 */
export async function carryOver(viewer: Viewer, from: number): Promise<number> {
  const plan = await planById(viewer, from)
  enforce(canWritePlan(viewer, plan.school))
  return write(viewer, async (tx) => {
    const id = await newPlan(viewer, tx, {
      school: plan.school,
      academicYear: plan.academicYear + 1,
      carriedFrom: from,
    })
    for (const objective of plan.objectives.filter((one) => latestState(one.progress)?.state !== 'met'))
      await copyInto(viewer, tx, { ...objective, by: nextYear(objective.by) }, id, plan.school, {
        carriedFrom: objective.id,
        owner: objective.owner?.leftOn ? null : (objective.owner?.id ?? null),
        actions: objective.actions
          .filter((action) => action.doneOn === null)
          .map((action) => ({ ...action, starts: nextYear(action.starts), due: nextYear(action.due) })),
        criteria: objective.criteria
          .filter((criterion) => criterion.metOn === null)
          .map((criterion) => ({ ...criterion, by: nextYear(criterion.by) })),
      })
    return id
  })
}

/** Copies what another school shared into a plan of one's own, with thanks that the other reads. @throws Refusal, NotHere */
export async function copyObjective(
  viewer: Viewer,
  {
    objective: from,
    plan: into,
    thanks,
  }: { readonly objective: number; readonly plan: number; readonly thanks: string },
): Promise<number> {
  const objective = await objectiveById(viewer, from)
  const plan = await planById(viewer, into)
  enforce(canWritePlan(viewer, plan.school))
  const own = objective.school === plan.school
  if (!own && objective.sharedOn === null) throw new Refusal('That objective is not shared.')
  const apart = plan.academicYear - objective.academicYear
  const years = (day: string) =>
    Array.from({ length: Math.max(0, apart) }).reduce<string>((on) => nextYear(on), day)
  return write(viewer, async (tx) => {
    const from_school =
      plan.school === null
        ? 'The trust'
        : (
            await tx
              .selectFrom('organisation.school')
              .where('trust_id', '=', viewer.trust)
              .where('school_id', '=', plan.school)
              .select('short_name')
              .executeTakeFirstOrThrow()
          ).short_name
    const id = await copyInto(viewer, tx, { ...objective, by: years(objective.by) }, into, plan.school, {
      copiedFrom: from,
      owner: null,
      actions: objective.actions.map((action) => ({
        ...action,
        owner: null,
        starts: years(action.starts),
        due: years(action.due),
      })),
      criteria: objective.criteria.map((criterion) => ({
        ...criterion,
        by: years(criterion.by),
        figure: criterion.figure && {
          ...criterion.figure,
          school: criterion.figure.school === null ? null : plan.school,
        },
      })),
    })
    if (!own)
      await tx
        .insertInto('improvement.thanks')
        .values({
          trust_id: viewer.trust,
          objective_id: from,
          school_id: objective.school,
          from_school,
          words: thanks.trim().slice(0, 1000),
          on_day: viewer.today,
        })
        .execute()
    return id
  })
}

async function copyInto(
  viewer: Viewer,
  tx: Writing,
  objective: Objective,
  plan: number,
  school: number | null,
  how: {
    readonly carriedFrom?: number
    readonly copiedFrom?: number
    readonly owner: number | null
    readonly actions: readonly Action[]
    readonly criteria: readonly Criterion[]
  },
): Promise<number> {
  const { objective_id: id } = await tx
    .insertInto('improvement.objective')
    .values({
      trust_id: viewer.trust,
      plan_id: plan,
      school_id: school,
      priority_id: objective.priority,
      title: objective.title,
      why: objective.why,
      for_whom: objective.forWhom,
      by_day: objective.by,
      owner_id: how.owner,
      stage: how.carriedFrom ? objective.stage : 'explore',
      ingredients: [...objective.ingredients],
      origin: how.carriedFrom && objective.origin ? JSON.stringify(objective.origin) : null,
      carried_from: how.carriedFrom ?? null,
      copied_from: how.copiedFrom ?? null,
      shared_on: null,
    })
    .returning('objective_id')
    .executeTakeFirstOrThrow()
  const of = { trust_id: viewer.trust, objective_id: id, school_id: school }
  for (const { words, figure, by } of how.criteria)
    await tx
      .insertInto('improvement.criterion')
      .values({
        ...of,
        words,
        measure: figure?.measure ?? null,
        of_school: figure?.school ?? null,
        year_group: figure?.year ?? null,
        pupil_group: figure?.group ?? null,
        target: figure?.target ?? null,
        by_day: by,
        met_on: null,
      })
      .execute()
  for (const { title, owner, starts, due, cost, days, origin } of how.actions)
    await tx
      .insertInto('improvement.action')
      .values({
        ...of,
        title,
        owner_id: owner === null || owner.leftOn !== null ? null : owner.id,
        starts,
        due,
        cost_pounds: cost,
        days,
        done_on: null,
        done_by: null,
        origin: how.carriedFrom && origin ? JSON.stringify(origin) : null,
      })
      .execute()
  await record(viewer, tx, {
    subject: 'improvement.objective',
    id,
    deed: how.carriedFrom ? 'carried over' : 'copied',
    school,
    detail: { from: objective.id, title: objective.title },
  })
  return id
}
