import { dayName } from '../../../kernel/days.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  type JudgementChanged,
  judgementChanged,
  type Version,
  versionOf,
  versionRead,
} from '../domain/compare-judgements.ts'
import { type Area, gradeNamed } from '../domain/framework.ts'
import { type AreaSeen, type Evaluation, evaluationById } from './evaluation.ts'

/** A state of a whole self-evaluation that may be held beside another. */
export interface Versions {
  readonly code: string
  readonly name: string
  readonly of: (seen: AreaSeen) => Version | undefined
}

export interface EvaluationCompared {
  readonly evaluation: Evaluation
  /** To choose from. */
  readonly versions: readonly Versions[]
  readonly was: Versions
  readonly now: Versions
  readonly areas: readonly {
    readonly area: Area
    readonly was: Version | undefined
    readonly now: Version | undefined
    readonly changed: JudgementChanged
  }[]
}

const confirmedAt =
  (place: number) =>
  ({ confirmed }: AreaSeen): Version | undefined =>
    confirmed[place] && versionOf(confirmed[place].document)

const draftOf =
  ({ framework }: Evaluation) =>
  ({ area, draft, citations }: AreaSeen): Version | undefined => {
    if (!draft) return undefined
    const lines = citations.map(({ line, words, objective, figure }) => ({
      line,
      name: figure?.name ?? objective?.title ?? words,
      value: figure?.cited?.value ?? '',
      of: figure?.cited?.of ?? '',
      period: figure?.cited?.when ?? '',
      stem: figure?.stem ?? '',
    }))
    return {
      ...versionRead(draft, lines),
      gradeName: gradeNamed(framework, area, draft.grade)?.name ?? null,
      lines,
      by: draft.savedBy,
      on: null,
    }
  }

/** What there is to compare: earlier confirmations, signed copies, and for its writers the working copies. */
function versionsOf(evaluation: Evaluation): Versions[] {
  const { areas, signed, writes } = evaluation
  return [
    ...(areas.some((seen) => seen.confirmed.length > 1)
      ? [
          {
            code: 'before',
            name: 'Confirmed before',
            of: (seen: AreaSeen) => confirmedAt(seen.confirmed.length > 1 ? 1 : 0)(seen),
          },
        ]
      : []),
    ...signed
      .map((copy, at) => ({
        code: `signed-${signed.length - at}`,
        name: `Signed ${dayName(copy.on)}`,
        of: ({ area }: AreaSeen) => {
          const found = copy.document.judgements.find((one) => one.area === area.code)
          return found && versionOf(found)
        },
      }))
      .toReversed(),
    ...(areas.some((seen) => seen.confirmed.length > 0)
      ? [{ code: 'now', name: 'Confirmed now', of: confirmedAt(0) }]
      : []),
    ...(writes && areas.some((seen) => seen.draft)
      ? [{ code: 'draft', name: 'Working copies', of: draftOf(evaluation) }]
      : []),
  ]
}

/** Two versions of a self-evaluation, area by area; the last two where none are named. Undefined where there is only one. @throws NotHere */
export async function compareEvaluation(
  viewer: Viewer,
  id: number,
  asked: { readonly was?: string; readonly now?: string } = {},
): Promise<EvaluationCompared | undefined> {
  const evaluation = await evaluationById(viewer, id)
  const versions = versionsOf(evaluation)
  if (versions.length < 2) return undefined
  const named = (code: string | undefined) => versions.find((one) => one.code === code)
  const changedSince = evaluation.areas.some(
    ({ draft, confirmed }) => draft && confirmed[0] && draft.revision !== confirmed[0].revision,
  )
  const now = named(asked.now) ?? (changedSince ? named('draft') : named('now')) ?? versions.at(-1)!
  const place = versions.indexOf(now)
  const was =
    [named(asked.was), now.code === 'draft' ? named('now') : named('before')].find(
      (one) => one && one !== now,
    ) ?? versions[place === 0 ? 1 : place - 1]!
  return {
    evaluation,
    versions,
    was,
    now,
    areas: evaluation.areas.map((seen) => {
      const [one, other] = [was.of(seen), now.of(seen)]
      return { area: seen.area, was: one, now: other, changed: judgementChanged(one, other) }
    }),
  }
}
