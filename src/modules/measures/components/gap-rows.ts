import { figurePath } from '../../../kernel/figure.ts'
import type { GapRow } from '../../../ui/index.ts'
import type { Gap } from '../domain/ask.ts'
import type { Measure } from '../domain/measure.ts'
import { ofNWords } from '../pages/words.ts'

/** `8 of 21`, or for a mean `98.4, 21 pupils`. */
const inWords = (measure: Measure, figure: Gap['figure']): string => ofNWords(measure, figure) || figure.kind

/** Why a gap is not shown. */
const gapAbsence: Partial<Record<Gap['kind'], string>> = {
  'too few': 'Too few to show: fewer than 6 pupils',
  suppressed: 'Hidden to protect a small group',
  'not applicable': 'Nobody in this group',
}

/** Gaps as rows of the gap table; behind means the whole interval is on the wrong side of no gap. */
export const gapRows = (measure: Measure, gaps: readonly Gap[]): GapRow[] =>
  gaps.map((gap) => {
    const bad =
      measure.direction === 'higher is better'
        ? gap.high !== undefined && gap.high < 0
        : gap.low !== undefined && gap.low > 0
    const href = gap.figure.kind === 'value' ? figurePath(gap.figure.key) : undefined
    if (gap.kind !== 'value' || gap.value === undefined)
      return {
        name: gap.groupName,
        gap: {
          absent: gapAbsence[gap.kind] ?? gap.kind,
        },
      }
    return {
      name: gap.groupName,
      href,
      gap: { value: gap.value, low: gap.low, high: gap.high, status: bad ? 'below' : 'expected' },
      group: inWords(measure, gap.figure),
      others: inWords(measure, gap.others),
    }
  })
