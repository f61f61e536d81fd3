import { figurePath } from '../../../kernel/figure.ts'
import { decimal } from '../../../kernel/numbers.ts'
import { FigureBlock, Figures } from '../../../ui/index.ts'
import type { KeyFigure } from '../pages/school/query.ts'
import { axisOf, shownOf, standingOf, standingWords } from '../pages/shown.ts'
import { yearWords } from '../pages/words.ts'

const things: Partial<Record<string, string>> = {
  'sessions attended': 'sessions',
  'sessions coded': 'sessions',
}

/** Key figures in a row: each held against the national figure, or against the trust where there is none. */
export const KeyFigures = ({ items }: { items: readonly KeyFigure[] }) => (
  <Figures>
    {items.map(({ measure, year, figure, trust, national }) => {
      const trustValue = trust?.kind === 'value' ? trust.value : undefined
      const line = national?.value ?? trustValue
      const standing = standingOf(figure, line, measure)
      const shown = shownOf(figure, standing)
      const against = national ? 'national' : 'the trust'
      const [least, most] = measure.domain
      return (
        <FigureBlock
          {...axisOf(measure, { national: line })}
          {...shown}
          name={`${measure.shortName}, ${yearWords(year)}`}
          href={figurePath(figure.key)}
          things={things[measure.rule.kind]}
          nationalName={national ? 'national' : 'trust'}
          scaleWords={least === 0 && most === 100 ? undefined : `scale ${decimal(least)} to ${decimal(most)}`}
          statusText={standing && standingWords(standing, against, measure)}
        />
      )
    })}
  </Figures>
)
