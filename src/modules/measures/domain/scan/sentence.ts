import { count, decimal } from '../../../../kernel/numbers.ts'
import type { Named } from './cell-table.ts'
import type { Finding } from './scan.ts'

const pairs = (named: Named, between: string) =>
  Object.entries(named)
    .map(([column, value]) => `${column} ${value}`)
    .join(between)

/** As many places as two figures of the uncertainty need. */
export const placesFor = (low: number, high: number): number => {
  const reach = (high - low) / 4
  return reach > 0 ? Math.max(0, Math.min(6, 1 - Math.floor(Math.log10(reach)))) : 2
}

/** A finding of a file in words: `Pupils with pp 1 in school S3, subject maths: 25 pupils, 0.60 below …` */
export function sentenceOf({ place, group, n, pupils, gap, low, high }: Finding): string {
  const where = pairs(place, ', ')
  const who = pairs(group, ' and ')
  const places = placesFor(low, high)
  const side = gap < 0 ? 'below' : 'above'
  const ends = [Math.abs(low), Math.abs(high)].sort((one, other) => one - other)
  const many = `${count(pupils, 'pupil')}${n === pupils ? '' : ` with ${count(n, 'result')}`}`
  const whom = `Pupils${who === '' ? '' : ` with ${who}`}${where === '' ? '' : ` in ${where}`}`
  return `${whom}: ${many}, ${decimal(Math.abs(gap), places)} ${side} similar pupils elsewhere, 95% interval ${decimal(ends[0]!, places)} to ${decimal(ends[1]!, places)}.`
}
