import { enforce, Refusal } from '../../../kernel/refusal.ts'
import { record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { people, schools } from '../../organisation/index.ts'
import { canWriteEvaluation } from '../domain/can-confirm.ts'
import { evaluationFile } from '../domain/evaluation-file.ts'
import { frameworkByCode } from '../queries/frameworks.ts'
import { plansWith } from '../queries/plan.ts'

/**
 * Takes in a self-evaluation that `exportEvaluation` wrote, all of it or nothing; the answer is its id.
 * @throws Refusal when it is no such file, names what is not here, or the school has one by that framework.
 */
export async function importEvaluation(viewer: Viewer, document: unknown): Promise<number> {
  const read = evaluationFile.safeParse(document)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new Refusal(
      `That is not a self-evaluation as Throughline writes it: ${issue?.path.join('.') || 'the file'} ${issue?.message ?? 'is not as it should be'}.`,
    )
  }
  const file = read.data
  const framework = await frameworkByCode(viewer, file.framework)
  const unknown = file.areas.find((one) => !framework.areas.some((area) => area.code === one.area))
  if (unknown) throw new Refusal(`${framework.name} has no area ${unknown.area}.`)
  const all = await schools(viewer)
  const everyone = await people(viewer)
  const schoolOf = (urn: string | null): number | null => {
    if (urn === null) return null
    const found = all.find((one) => one.urn === urn)
    if (!found) throw new Refusal(`No school of the trust has the URN ${urn}.`)
    return found.id
  }
  const school = schoolOf(file.school)
  enforce(canWriteEvaluation(viewer, school))
  const objectives = (await plansWith(viewer, { school })).flatMap((plan) => plan.objectives)
  return write(viewer, async (tx) => {
    let known = tx
      .selectFrom('improvement.evaluation')
      .where('trust_id', '=', viewer.trust)
      .where('framework', '=', file.framework)
    known = school === null ? known.where('school_id', 'is', null) : known.where('school_id', '=', school)
    if (await known.select('evaluation_id').executeTakeFirst())
      throw new Refusal(`There is a self-evaluation by ${framework.name} already.`)
    const { evaluation_id } = await tx
      .insertInto('improvement.evaluation')
      .values({
        trust_id: viewer.trust,
        school_id: school,
        framework: file.framework,
        started_on: file.startedOn,
        started_by: viewer.person || null,
      })
      .returning('evaluation_id')
      .executeTakeFirstOrThrow()
    const of = { trust_id: viewer.trust, evaluation_id, school_id: school }
    for (const { area, draft, citations, confirmed } of file.areas) {
      if (draft) {
        const { by, next, ...said } = draft
        await tx
          .insertInto('improvement.judgement')
          .values({
            ...of,
            area,
            ...said,
            next_steps: next,
            revision: 1,
            saved_at: viewer.house.clock.now(),
            saved_by: everyone.find((one) => one.email === by)?.id ?? null,
          })
          .execute()
      }
      for (const { line, words, link, objective, figure } of citations)
        await tx
          .insertInto('improvement.citation')
          .values({
            ...of,
            area,
            line,
            words,
            link,
            objective_id: objectives.find((one) => one.title === objective)?.id ?? null,
            measure: figure?.measure ?? null,
            of_school: figure ? schoolOf(figure.school) : null,
            year_group: figure?.year ?? null,
            pupil_group: figure?.group ?? null,
            period: figure?.period ?? null,
            snapshot: figure?.snapshot ?? null,
            kept_why: null,
            kept_over: null,
          })
          .execute()
      for (const [at, one] of confirmed.entries())
        await tx
          .insertInto('improvement.confirmed')
          .values({
            ...of,
            area,
            grade: one.grade,
            revision: at === confirmed.length - 1 ? 1 : 0,
            on_day: one.on,
            person_id: everyone.find((person) => person.name === one.by)?.id ?? null,
            document: JSON.stringify(one),
          })
          .execute()
    }
    for (const one of file.signed)
      await tx
        .insertInto('improvement.signed_evaluation')
        .values({
          ...of,
          on_day: one.on,
          person_id: everyone.find((person) => person.name === one.by)?.id ?? null,
          document: JSON.stringify(one),
        })
        .execute()
    await record(viewer, tx, {
      subject: 'improvement.evaluation',
      id: evaluation_id,
      deed: 'imported',
      school,
    })
    return evaluation_id
  })
}
