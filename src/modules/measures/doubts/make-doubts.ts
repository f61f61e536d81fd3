import type { Viewer } from '../../../platform/viewer.ts'
import { assessments, type LakeFile } from '../../evidence/index.ts'
import { type Doubt, type DoubtKind, type DoubtPlace, standing } from '../domain/doubts/doubt.ts'
import { carriedForward, oneMark, pilesAtStandard, roundNumbers } from '../domain/doubts/marks.ts'
import { censusDays, drift, rollChanges, tooGood } from '../domain/doubts/moves.ts'
import { classMarksIn, driftIn, layOutDoubts, movedIn, repeatedIn, rollsIn, scoresIn } from './facts.ts'

/** A drop whose results are asked about, or the one before it in the same year. */
export interface DropInYear {
  readonly asAt: string
  readonly academicYear: number
}

/** Names the same question of the same drop. */
export const doubtKey = (kind: DoubtKind, { school, year, class: form, assessment }: DoubtPlace): string =>
  [kind, `school=${school}`, year && `year=${year}`, form && `class=${form}`, assessment]
    .filter(Boolean)
    .join('|')

/**
 * Looks through the results of every school at a drop, beside those of the drop before in the same year, for what would
 * seldom be so by chance. Each kind of question is a family of its own.
 */
export async function makeDoubts(
  viewer: Viewer,
  now: { readonly drop: DropInYear; readonly files: readonly LakeFile[] },
  before: { readonly drop: DropInYear; readonly files: readonly LakeFile[] } | undefined,
): Promise<Doubt[]> {
  const known = new Map((await assessments(viewer)).map(({ code, scale }) => [code, scale]))
  const { lake } = viewer.house
  const bench = await lake.duck.workbench()
  try {
    await layOutDoubts(
      bench,
      lake,
      now.files,
      before?.files ?? [],
      [...known].map(([code, { kind, low, high }]) => ({ code, kind, span: (high ?? 0) - (low ?? 0) })),
    )
    const scores = await scoresIn(bench)
    const asked = [
      standing(
        scores.flatMap(({ assessment, schools }) => {
          const scale = known.get(assessment)!
          return scale.expected === null ? [] : pilesAtStandard(schools, scale.expected, scale.step ?? 1)
        }),
      ),
      standing(
        scores.flatMap(({ assessment, whole, schools }) => {
          const { low, high, step } = known.get(assessment)!
          const fine = whole && (step ?? 1) === 1 && (high ?? 0) - (low ?? 0) >= 30
          return fine ? roundNumbers(schools, [low ?? Number.NaN, high ?? Number.NaN]) : []
        }),
      ),
      standing(oneMark(await classMarksIn(bench))),
    ]
    if (before) {
      asked.push(standing((await repeatedIn(bench)).flatMap(carriedForward)))
      asked.push(standing((await movedIn(bench)).flatMap(tooGood)))
      const census = censusDays(now.drop.academicYear).findLast(
        (day) => before.drop.asAt < day && day <= now.drop.asAt,
      )
      if (census) asked.push(standing(rollChanges(await rollsIn(bench), census)))
      asked.push(standing(drift(await driftIn(bench))))
    }
    return asked.flat()
  } finally {
    bench.close()
  }
}
