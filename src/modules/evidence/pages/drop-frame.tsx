import { londonDay, londonTime, shortDayName } from '../../../kernel/days.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { type Crumb, type Knot, Page, type PageProps } from '../../../ui/index.ts'
import { type Trust, trustOf } from '../../organisation/index.ts'
import { type Drop, dropTitle } from '../drops/domain/drop.ts'

/** What every page of drops stands in: who reads it, and in which trust. */
export interface Setting {
  readonly viewer: Viewer
  readonly trust: Trust
}

export const settingOf = async (viewer: Viewer): Promise<Setting> => ({
  viewer,
  trust: await trustOf(viewer),
})

/** `18 March, 16:42` */
export const momentName = (at: Date): string => `${shortDayName(londonDay(at))}, ${londonTime(at)}`

/** The real knots of a drop's chain: what the trust stands for, this evidence, what it will decide. */
export const dropThread = ({ trust }: Setting, drop: Drop, text?: string): Knot[] => [
  ...(trust.vision ? [{ name: 'Aim', text: trust.vision, href: '/trust' }] : []),
  {
    name: 'Evidence',
    text: text ?? `${dropTitle(drop)} drop`,
    href: `/drops/${drop.code}`,
    state: 'here' as const,
  },
  { name: 'Decision', text: drop.decides, state: drop.lock ? ('open' as const) : ('none' as const) },
]

export const dropCrumbs = (drop?: Drop, ...more: Crumb[]): Crumb[] => [
  { text: 'Drops', href: '/drops' },
  ...(drop ? [{ text: dropTitle(drop), ...(more.length ? { href: `/drops/${drop.code}` } : {}) }] : []),
  ...more,
]

/** A page in the part of the product that is about drops. */
export const DropPage = ({
  setting,
  ...page
}: { readonly setting: Setting } & Omit<PageProps, 'viewer' | 'trust' | 'nav'>) => (
  <Page viewer={setting.viewer} trust={setting.trust.name} nav="drops" {...page} />
)
