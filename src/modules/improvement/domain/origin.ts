import type { FigureKey } from '../../../kernel/figure.ts'
import { keyAt } from '../../measures/index.ts'
import { figureStem } from './strand.ts'

/** A page from which work may begin, as its address says. */
export type Whence =
  | { readonly kind: 'figure'; readonly key: FigureKey }
  | { readonly kind: 'finding'; readonly drop: string; readonly key: string }
  | { readonly kind: 'judgement'; readonly evaluation: number; readonly area: string }

/** The figure that an address names: `/figure/reading-expected/saltmarsh/year-6/all/2026-spring/14`, with or without the site before it. */
export function figureIn(text: string): FigureKey | undefined {
  const found =
    /\/figure\/(?<measure>[\w-]+)\/(?<place>[\w~-]+)\/(?<year>[\w-]+)\/(?<group>[\w-]+)\/(?<period>[\w-]+)\/(?<snapshot>\d{1,9})/.exec(
      text,
    )
  return found?.groups && keyAt(found.groups as unknown as Parameters<typeof keyAt>[0])
}

/** Which figure, finding or judgement an address of this site is the page of. */
export function whenceOf(href: string): Whence | undefined {
  const figure = figureIn(href)
  if (figure) return { kind: 'figure', key: figure }
  const judgement = /^\/improvement\/evaluations\/(\d{1,9})#([a-z0-9-]+)$/.exec(href)
  if (judgement) return { kind: 'judgement', evaluation: Number(judgement[1]), area: judgement[2]! }
  const finding = /^\/trust\/findings\/one\?(.+)$/.exec(href)
  const asked = finding && new URLSearchParams(finding[1])
  const [drop, key] = [asked?.get('drop'), asked?.get('key')]
  return drop && key ? { kind: 'finding', drop, key } : undefined
}

/** What it is about, whatever the drop and snapshot: by this a later page of the same thing finds what it became. */
export const aboutOf = (whence: Whence): string => {
  switch (whence.kind) {
    case 'figure':
      return figureStem(whence.key)
    case 'finding':
      return whence.key
    case 'judgement':
      return `${whence.evaluation}/${whence.area}`
  }
}
