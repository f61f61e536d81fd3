import { academicYearName } from '../../../kernel/academic-year.ts'
import { dayName } from '../../../kernel/days.ts'
import { figurePath } from '../../../kernel/figure.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { About, Made, Work } from '../../measures/index.ts'
import { actionStanding } from '../domain/action-standing.ts'
import { canWritePlan } from '../domain/can.ts'
import { aboutOf } from '../domain/origin.ts'
import { figureStem } from '../domain/strand.ts'
import { latestState } from '../domain/terms.ts'
import { actionsWords, standingWords, stateNames } from '../pages/words.tsx'
import { type Objective, objectivesAbout } from './plan.ts'

/** The objectives and actions that came from one thing, by what it is about. */
function madeOf(objectives: readonly Objective[], about: string, today: string): Made[] {
  return objectives.flatMap((objective): Made[] => {
    const href = `/improvement/objectives/${objective.id}`
    const state = latestState(objective.progress)?.state
    return [
      ...(objective.origin?.about === about
        ? [
            {
              kind: 'objective',
              title: objective.title,
              href,
              says: [
                ...(objective.academicYear ? [academicYearName(objective.academicYear)] : []),
                state ? stateNames[state].toLowerCase() : 'nothing said yet',
                actionsWords(objective.actions, today),
                `by ${dayName(objective.by)}`,
              ].join(', '),
            } satisfies Made,
          ]
        : []),
      ...objective.actions
        .filter((action) => action.origin?.about === about)
        .map(
          (action): Made => ({
            kind: 'action',
            title: action.title,
            href: `${href}#action-${action.id}`,
            says: `${standingWords[actionStanding(action, today)]}, due ${dayName(action.due)}, for “${objective.title}”`,
          }),
        ),
    ]
  })
}

const aboutWords = (about: About): string => (about.kind === 'figure' ? figureStem(about.key) : about.key)

/** What figures and findings became in plans that the viewer reads, and what they may make of them. */
export async function workOf(viewer: Viewer, abouts: readonly About[]): Promise<(about: About) => Work> {
  const objectives = await objectivesAbout(viewer, abouts.map(aboutWords))
  return (about) => {
    const from = about.kind === 'figure' ? figurePath(about.key) : about.href
    return {
      made: madeOf(objectives, aboutWords(about), viewer.today),
      offers: offersFor(viewer, about.school ?? null, from),
    }
  }
}

/** What a confirmed judgement became, and what may be made of it. */
export async function workOfJudgement(
  viewer: Viewer,
  { evaluation, area, school }: { evaluation: number; area: string; school: number | null },
): Promise<Work> {
  const about = aboutOf({ kind: 'judgement', evaluation, area })
  return {
    made: madeOf(await objectivesAbout(viewer, [about]), about, viewer.today),
    offers: offersFor(viewer, school, `/improvement/evaluations/${evaluation}#${area}`),
  }
}

function offersFor(viewer: Viewer, school: number | null, from: string): Work['offers'] {
  if (!canWritePlan(viewer, school).ok) return []
  const asked = new URLSearchParams({ from })
  return [
    { text: 'Make an objective of it', href: `/improvement/objectives/new?${asked}` },
    { text: 'Add an action for it', href: `/improvement/actions/new?${asked}` },
  ]
}
