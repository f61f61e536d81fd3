import type { FigureKey } from '../../../../kernel/figure.ts'
import { NotHere, Refusal } from '../../../../kernel/refusal.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { becameWords } from './decided.ts'
import { findingPath, nearestFigure } from './page.tsx'
import { lookPage } from './query.ts'
import { headOf } from './words.ts'

/** A finding as other modules take it up: its words, its school and the figure nearest to it. */
export interface FindingAt {
  readonly key: string
  readonly drop: string
  readonly snapshot: number
  readonly school: number
  /** `Disadvantaged pupils in Year 4 reading at Saltmarsh` */
  readonly head: string
  readonly sentence: string
  readonly standing: 'below' | 'better'
  readonly figure: FigureKey
  readonly href: string
  readonly takenUp: boolean
}

/** A finding of a drop, by its key. @throws NotHere when it does not stand out there, or may not be seen. */
export async function findingAt(
  viewer: Viewer,
  { drop, key }: { readonly drop: string; readonly key: string },
): Promise<FindingAt> {
  const page = await lookPage(viewer, { drop })
  if (page.state === 'under way')
    throw new Refusal('The scan of this drop is under way. Try again in a minute.')
  const finding = page.findings.find((one) => one.key === key)
  if (!page.drop || !finding) throw new NotHere('There is no such finding in this drop that you can see.')
  return {
    key,
    drop: page.drop.code,
    snapshot: page.setting.snapshot,
    school: finding.at.id,
    head: headOf(finding),
    sentence: finding.sentence,
    standing: finding.standing,
    figure: nearestFigure(page, finding),
    href: findingPath(page, key),
    takenUp: finding.decision?.kind === 'taken up',
  }
}

/** What is to be said today of what was found in these words; undefined when nothing was scanned since. */
export async function findingNow(viewer: Viewer, key: string, was: string): Promise<string | undefined> {
  const page = await lookPage(viewer)
  if (!page.drop || page.state !== 'done') return undefined
  const finding = page.findings.find((one) => one.key === key)
  if (finding) {
    const stands = `It stands out in ${page.drop.name.toLowerCase()} ${page.drop.asAt.slice(0, 4)}`
    return finding.sentence.startsWith(was) ? `${stands}, in these words.` : `${stands}: ${finding.sentence}`
  }
  const became = page.became.find(({ decision }) => decision.key === key)
  if (became) return becameWords(became)
  return page.measures.some(({ id }) => id === key.split('|')[0])
    ? 'It no longer stands out.'
    : 'Its measure was not looked at in the latest drop.'
}
