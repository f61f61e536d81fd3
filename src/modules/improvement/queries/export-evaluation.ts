import { enforce } from '../../../kernel/refusal.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { people, schools } from '../../organisation/index.ts'
import { canWriteEvaluation } from '../domain/can-confirm.ts'
import type { EvaluationFile } from '../domain/evaluation-file.ts'
import { evaluationById } from './evaluation.ts'

/** The self-evaluation as a file that `importEvaluation` takes back without loss: for its writers, since drafts are in it. @throws NotHere, Refusal */
export async function exportEvaluation(viewer: Viewer, id: number): Promise<EvaluationFile> {
  const evaluation = await evaluationById(viewer, id)
  enforce(canWriteEvaluation(viewer, evaluation.school))
  const all = await schools(viewer)
  const everyone = await people(viewer)
  const urnOf = (school: number | null) => all.find((one) => one.id === school)?.urn ?? null
  return {
    throughline: 'evaluation',
    version: 1,
    school: urnOf(evaluation.school),
    framework: evaluation.framework.code,
    startedOn: evaluation.startedOn,
    areas: evaluation.areas.map(({ area, draft, citations, confirmed }) => ({
      area: area.code,
      draft: draft
        ? {
            grade: draft.grade,
            words: draft.words,
            strengths: draft.strengths,
            next: draft.next,
            by: everyone.find((one) => one.name === draft.savedBy)?.email ?? null,
          }
        : null,
      citations: citations.map(({ line, words, link, objective, key }) => ({
        line,
        words,
        link,
        objective: objective?.title ?? null,
        figure: key && { ...key, school: urnOf(key.school) },
      })),
      confirmed: confirmed
        .map((one) => structuredClone(one.document) as EvaluationFile['areas'][number]['confirmed'][number])
        .reverse(),
    })),
    signed: evaluation.signed
      .map((one) => structuredClone(one.document) as EvaluationFile['signed'][number])
      .reverse(),
  }
}
