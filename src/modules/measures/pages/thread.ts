import type { Knot } from '../../../ui/index.ts'
import type { Setting } from './setting.ts'
import { withinSentence } from './words.ts'

/** The knots that are real so far: the trust's aim, the evidence, and what the drop is to decide. */
export function threadOf(setting: Setting, evidence?: string): Knot[] {
  const { trust, drop, snapshot } = setting
  return [
    ...(trust.vision ? [{ name: 'Aim', text: trust.vision, href: '/purpose' } satisfies Knot] : []),
    ...(drop
      ? [
          {
            name: 'Evidence',
            text: evidence ?? `${drop.name} drop, snapshot ${snapshot}`,
            state: 'here',
          } satisfies Knot,
          {
            name: 'Decision',
            text: `To be made: ${withinSentence(drop.decides)}`,
            state: 'none',
          } satisfies Knot,
        ]
      : []),
  ]
}
