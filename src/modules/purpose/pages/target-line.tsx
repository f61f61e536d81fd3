import { dayName } from '../../../kernel/days.ts'
import { figurePath } from '../../../kernel/figure.ts'
import { yearGroupName } from '../../../kernel/year-group.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { FigureChip, Status, type StatusKind } from '../../../ui/index.ts'
import { intervalTo, type Measure, ofNWords, valueWords } from '../../measures/index.ts'
import { groupBySlug } from '../../organisation/index.ts'
import { standingToTarget, type TargetStanding } from '../domain/progress-to-target.ts'
import { latestFigure } from '../queries/latest-figure.ts'
import type { SuccessMeasure } from '../queries/purpose.ts'

const marks: Record<TargetStanding, { kind: StatusKind; words: string }> = {
  met: { kind: 'better', words: 'Target met' },
  'not yet': { kind: 'expected', words: 'Not yet' },
  missed: { kind: 'below', words: 'Target missed' },
  'can’t tell': { kind: 'unsure', words: 'Can’t tell' },
  'no figure': { kind: 'unsure', words: 'No figure yet' },
  withdrawn: { kind: 'unsure', words: 'Measure withdrawn' },
}

/** A target with what it stands at today. */
export interface TargetSeen {
  readonly asked: Omit<SuccessMeasure, 'priority'>
  readonly measure?: Measure
  readonly value?: string
  readonly of?: string
  readonly interval?: string
  readonly href?: string
  readonly where: string
  readonly standing: TargetStanding
}

export async function targetSeen(
  viewer: Viewer,
  asked: Omit<SuccessMeasure, 'priority'>,
  schoolName: (id: number) => string,
): Promise<TargetSeen> {
  const latest = await latestFigure(viewer, asked)
  const where = asked.school === null ? 'whole trust' : schoolName(asked.school)
  if (!latest) return { asked, where, standing: 'withdrawn' }
  const { measure, figure } = latest
  return {
    asked,
    where,
    measure,
    ...(figure?.kind === 'value'
      ? {
          value: valueWords(measure, figure.value ?? 0),
          of: ofNWords(measure, figure),
          interval: intervalTo(measure, figure),
          href: figurePath(figure.key),
        }
      : {}),
    standing: standingToTarget(
      figure,
      { value: asked.target, by: asked.by, lowerIsBetter: measure.direction === 'lower is better' },
      viewer.today,
    ),
  }
}

/** `Reading, Year 6, disadvantaged pupils, Saltmarsh` */
export const targetName = ({ asked, measure, where }: TargetSeen): string =>
  [
    measure?.name ?? `A measure that was withdrawn (${asked.measure})`,
    asked.year === 'all' ? undefined : yearGroupName(asked.year),
    asked.group === 'all' ? undefined : groupBySlug(asked.group)?.name.toLowerCase(),
    where,
  ]
    .filter(Boolean)
    .join(', ')

/** A target in a sentence: what, to how much by when, and where it stands now. */
export const TargetLine = ({ seen }: { seen: TargetSeen }) => (
  <li class="target">
    <p>
      {targetName(seen)}: {seen.measure ? valueWords(seen.measure, seen.asked.target) : seen.asked.target} by{' '}
      {dayName(seen.asked.by)}
    </p>
    <div class="look__meta">
      <Status kind={marks[seen.standing].kind}>{marks[seen.standing].words}</Status>
      {seen.value && seen.href && (
        <span>
          now <FigureChip href={seen.href}>{seen.value}</FigureChip>
          {seen.of && ` (${seen.of})`}
          {seen.interval && `, interval ${seen.interval}`}
        </span>
      )}
      {seen.standing === 'withdrawn' && <span>Choose another figure for this target, or take it away.</span>}
    </div>
  </li>
)
