import { academicYearOf } from '../../../kernel/academic-year.ts'
import { enforce, Refusal } from '../../../kernel/refusal.ts'
import { within, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { decideOnFinding, findingAt } from '../../measures/index.ts'
import { canWritePlan } from '../domain/can.ts'
import { whenceOf } from '../domain/origin.ts'
import { objectiveById, plansWith } from '../queries/plan.ts'
import { type Subject, subjectAt } from '../queries/subject.ts'
import { addObjective, type NewObjective } from './objectives.ts'
import { addAction, addCriterion, addFigureEvidence, type NewAction } from './parts.ts'
import { newPlan } from './plans.ts'

/** The figure that says when an objective is reached; none where the target is left empty. */
export interface Aimed {
  readonly measure: string
  readonly school: string | number | null
  readonly year: string
  readonly group: string
  readonly target: string
}

/**
 * Makes an objective of a finding, figure or judgement, in this year's plan of the school that it is about; where there is
 * no plan yet it is begun. The figure becomes its evidence, the finding is taken up. @throws FormRefused, Refusal, NotHere
 */
export async function makeObjectiveOf(
  viewer: Viewer,
  from: string,
  { aimed, ...input }: Omit<NewObjective, 'origin'> & { readonly aimed?: Aimed },
): Promise<number> {
  const subject = await subjectAt(viewer, from)
  enforce(canWritePlan(viewer, subject.school))
  const academicYear = academicYearOf(viewer.today)
  const [known] = await plansWith(viewer, { academicYear, school: subject.school })
  const id = await write(viewer, async (tx) => {
    const here = within(viewer, tx)
    const plan = known?.id ?? (await newPlan(here, tx, { school: subject.school, academicYear }))
    const objective = await addObjective(here, plan, { ...input, origin: subject.origin })
    if (aimed?.target.trim())
      await addCriterion(here, objective, { ...aimed, school: aimed.school || null, by: input.by })
    return objective
  })
  await joined(viewer, from, subject, id)
  return id
}

/** Adds an action that a finding, figure or judgement gave rise to. @throws FormRefused, Refusal, NotHere */
export async function makeActionOf(
  viewer: Viewer,
  from: string,
  objective: number,
  input: Omit<NewAction, 'origin'>,
): Promise<number> {
  const subject = await subjectAt(viewer, from)
  const { school } = await objectiveById(viewer, objective)
  if (school !== subject.school && school !== null)
    throw new Refusal('That objective is of another school than the figure, finding or judgement.')
  const id = await addAction(viewer, objective, { ...input, origin: subject.origin })
  await joined(viewer, from, subject, objective)
  return id
}

/** What was made of it stands on its figure; a finding that nobody decided about is taken up. */
async function joined(viewer: Viewer, from: string, { figure, origin }: Subject, objective: number) {
  const { title, evidence } = await objectiveById(viewer, objective)
  const cited = evidence.some(({ figure: one }) => one && JSON.stringify(one) === JSON.stringify(figure?.key))
  if (figure && !cited) await addFigureEvidence(viewer, objective, figure.key, 'Where it began')
  const whence = whenceOf(from)
  if (origin.kind !== 'finding' || whence?.kind !== 'finding') return
  const { drop, key, takenUp } = await findingAt(viewer, whence)
  if (!takenUp)
    await decideOnFinding(viewer, { drop, key, kind: 'taken up', reason: `It is worked on: “${title}”.` })
}
