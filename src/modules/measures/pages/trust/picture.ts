import { dayName } from '../../../../kernel/days.ts'
import { NotHere } from '../../../../kernel/refusal.ts'
import { multiPicture } from '../../../../ui/charts/pictures.ts'
import { dropWords } from '../words.ts'
import { multiOf } from './multi.ts'
import type { TrustPage } from './query.ts'

/** The interval chart of one phase as a picture: the first when none is named. @throws NotHere without results. */
export function trustPicture(page: TrustPage, phase?: string): string {
  const panel = page.panels.find((one) => one.phase === phase) ?? page.panels[0]
  const { drop, trust, snapshot } = page.setting
  if (!panel || !drop) throw new NotHere('No drop has results yet, so there is no chart.')
  return multiPicture(multiOf(panel), {
    title: `${trust.name}: each school with its 95% interval`,
    source: `${dropWords(drop)}, data as at ${dayName(drop.asAt)}, snapshot ${snapshot}. Throughline, ${trust.name}.`,
  })
}
