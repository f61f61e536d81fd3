import { addDays, type Day } from '../../../kernel/days.ts'
import { enforce, NotHere, Refusal } from '../../../kernel/refusal.ts'
import { record, type Writing, write } from '../../../platform/database/door.ts'
import { shaped } from '../../../platform/shaped.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { measureById } from '../../measures/index.ts'
import { groupBySlug, people, schools } from '../../organisation/index.ts'
import { canSetDirection } from '../domain/can.ts'
import { priorityShape, stanceShape, successShape } from '../domain/shapes.ts'
import type { StanceKind } from '../tables.ts'

export interface NewPriority {
  readonly aim: number | string
  /** The school that adds it for itself; none for the trust's. */
  readonly school?: number
  readonly title: string
  readonly why?: string
  readonly owner?: number | string | null
  readonly by: Day
}

/** A priority from today, or with `priority` other words for one. @throws FormRefused, Refusal, NotHere */
export async function setPriority(
  viewer: Viewer,
  { school, priority, ...input }: NewPriority & { readonly priority?: number },
): Promise<number> {
  enforce(canSetDirection(viewer, school))
  const said = shaped(priorityShape, input)
  if (said.by < viewer.today && priority === undefined)
    throw new Refusal('The day by which it should be reached is in the past.')
  if (said.owner !== null) {
    const owner = (await people(viewer)).find((one) => one.id === said.owner)
    if (!owner) throw new Refusal('The owner is not in the trust.')
    if (owner.leftOn !== null && owner.leftOn < viewer.today)
      throw new Refusal(`${owner.name} has left. Choose another owner.`)
  }
  return write(viewer, async (tx) => {
    const aim = await tx
      .selectFrom('purpose.aim')
      .select('aim_id')
      .where('trust_id', '=', viewer.trust)
      .where('aim_id', '=', said.aim)
      .where('to_day', 'is', null)
      .executeTakeFirst()
    if (!aim) throw new Refusal('Choose an aim that the trust has today.')
    const row = { aim_id: said.aim, title: said.title, why: said.why, owner_id: said.owner, by_day: said.by }
    const id =
      priority === undefined
        ? (
            await tx
              .insertInto('purpose.priority')
              .values({
                trust_id: viewer.trust,
                school_id: school ?? null,
                ...row,
                from_day: viewer.today,
                to_day: null,
              })
              .returning('priority_id')
              .executeTakeFirstOrThrow()
          ).priority_id
        : await changed(viewer, tx, priority, school, row)
    await record(viewer, tx, {
      subject: 'purpose.priority',
      id,
      deed: priority === undefined ? 'set' : 'changed',
      school,
      detail: row,
    })
    return id
  })
}

const changed = async (
  viewer: Viewer,
  tx: Writing,
  priority: number,
  school: number | undefined,
  row: { aim_id: number; title: string; why: string; owner_id: number | null; by_day: Day },
): Promise<number> => {
  await openPriority(viewer, tx, priority, school)
  await tx
    .updateTable('purpose.priority')
    .set(row)
    .where('trust_id', '=', viewer.trust)
    .where('priority_id', '=', priority)
    .execute()
  return priority
}

/** A priority in force, of the trust or of the school asked for. @throws NotHere */
async function openPriority(viewer: Viewer, tx: Writing, priority: number, school?: number) {
  const found = await tx
    .selectFrom('purpose.priority')
    .select(['priority_id', 'school_id', 'title'])
    .where('trust_id', '=', viewer.trust)
    .where('priority_id', '=', priority)
    .where('to_day', 'is', null)
    .executeTakeFirst()
  if (!found || (found.school_id ?? undefined) !== school) throw new NotHere('There is no such priority.')
  return found
}

/** Yesterday was its last day. What stands on it stays joined. @throws Refusal, NotHere */
export async function endPriority(viewer: Viewer, priority: number, school?: number): Promise<void> {
  enforce(canSetDirection(viewer, school))
  await write(viewer, async (tx) => {
    await openPriority(viewer, tx, priority, school)
    await tx
      .updateTable('purpose.priority')
      .set({ to_day: addDays(viewer.today, -1) })
      .where('trust_id', '=', viewer.trust)
      .where('priority_id', '=', priority)
      .execute()
    await record(viewer, tx, { subject: 'purpose.priority', id: priority, deed: 'ended', school })
  })
}

export interface NewSuccessMeasure {
  readonly priority: number
  readonly measure: string
  readonly school?: number | string | null
  readonly year: string
  readonly group: string
  readonly target: number | string
  readonly by: Day
}

/** A target that is a figure. @throws FormRefused, Refusal, NotHere */
export async function addSuccessMeasure(viewer: Viewer, input: NewSuccessMeasure): Promise<number> {
  const asked = shaped(successShape, input)
  const measure = await measureById(viewer, asked.measure)
  if (!groupBySlug(asked.group)) throw new Refusal('Choose which pupils it is about.')
  const [low, high] = measure.domain
  if (measure.unit === 'percent' && (asked.target < 0 || asked.target > 100))
    throw new Refusal('A share of pupils or sessions lies between 0 and 100.')
  if (measure.unit !== 'percent' && (asked.target < low - (high - low) || asked.target > high + (high - low)))
    throw new Refusal(
      `The target is far outside the scale of ${measure.shortName}, which is ${low} to ${high}.`,
    )
  if (asked.school !== null && !(await schools(viewer)).some((one) => one.id === asked.school))
    throw new Refusal('That school is not in the trust.')
  return write(viewer, async (tx) => {
    const priority = await tx
      .selectFrom('purpose.priority')
      .select('school_id')
      .where('trust_id', '=', viewer.trust)
      .where('priority_id', '=', asked.priority)
      .where('to_day', 'is', null)
      .executeTakeFirst()
    if (!priority) throw new NotHere('There is no such priority.')
    enforce(canSetDirection(viewer, priority.school_id ?? undefined))
    const { success_measure_id: id } = await tx
      .insertInto('purpose.success_measure')
      .values({
        trust_id: viewer.trust,
        priority_id: asked.priority,
        school_id: asked.school,
        measure: asked.measure,
        year_group: asked.year,
        pupil_group: asked.group,
        target: asked.target,
        by_day: asked.by,
      })
      .returning('success_measure_id')
      .executeTakeFirstOrThrow()
    await record(viewer, tx, {
      subject: 'purpose.success_measure',
      id,
      deed: 'added',
      school: priority.school_id,
      detail: asked,
    })
    return id
  })
}

/** What a school does with a priority of the trust, from today. @throws FormRefused, Refusal, NotHere */
export async function takeStance(
  viewer: Viewer,
  input: {
    readonly school: number
    readonly priority: number
    readonly stance: StanceKind
    readonly words?: string
  },
): Promise<void> {
  enforce(canSetDirection(viewer, input.school))
  const said = shaped(stanceShape, { stance: input.stance, words: input.words })
  await write(viewer, async (tx) => {
    await openPriority(viewer, tx, input.priority)
    await tx
      .insertInto('purpose.stance')
      .values({
        trust_id: viewer.trust,
        school_id: input.school,
        priority_id: input.priority,
        from_day: viewer.today,
        ...said,
      })
      .onConflict((on) => on.columns(['trust_id', 'school_id', 'priority_id', 'from_day']).doUpdateSet(said))
      .execute()
    await record(viewer, tx, {
      subject: 'purpose.priority',
      id: input.priority,
      deed: `stance: ${said.stance}`,
      school: input.school,
      detail: { words: said.words },
    })
  })
}
