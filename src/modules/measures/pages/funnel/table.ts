import { aboutOf, rounded, type TakenAway } from '../taken-away.ts'
import { phaseWords } from '../trust/panels.ts'
import { yearWords } from '../words.ts'
import type { FunnelPage } from './query.ts'
import { pointWords } from './words.ts'

/** The funnel as a file. */
export const funnelTable = (page: FunnelPage): TakenAway => {
  const { setting, drop, measure, rows, found, scale, phase } = page
  const unit = (value: number) => rounded(scale * value, measure?.places ?? 0)
  return {
    trust: setting.trust.slug,
    name: `funnel-${measure?.id ?? 'none'}`,
    title: `Funnel: ${measure?.name ?? 'no measure'}`,
    about: aboutOf(setting, drop, [
      `Schools: ${phase ? phaseWords[phase] : 'none'}, ${yearWords(page.year)}`,
      `More spread than chance: ${page.spread}; φ ${found?.phi.toFixed(3) ?? ''}, τ² ${found?.tau2.toFixed(5) ?? ''}`,
    ]),
    columns: [
      'School',
      'Counted',
      'Of',
      'Rate',
      '95% low',
      '95% high',
      '99.8% low',
      '99.8% high',
      'p',
      'q',
      'What it says',
    ],
    rows: rows.map(({ at, figure }, index) => {
      const point = found!.points[index]!
      return [
        at.name,
        figure.n!,
        figure.of!,
        unit(point.value),
        unit(point.low95),
        unit(point.high95),
        unit(point.low998),
        unit(point.high998),
        rounded(point.p, 3),
        rounded(point.q, 3),
        pointWords(point),
      ]
    }),
  }
}
