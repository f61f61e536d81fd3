/**
 * Charts are written as strings: a page holds hundreds of them, and a string costs a tenth of what an element tree costs
 * (docs/decisions/0003-charts-are-tsx.md). Whatever a person wrote goes through `words`; the rest are numbers of ours.
 */
const special: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Words as they may stand inside an element or an attribute. */
export const words = (text: string): string => text.replace(/[&<>"']/g, (sign) => special[sign] ?? sign)

/** To a hundredth of a pixel, as short as it goes. */
export const px = (value: number): number => Math.round(value * 100) / 100

/** A line or shape. */
export const path = (d: string, stroke: string, rest = ''): string =>
  d === '' ? '' : `<path d="${d}" stroke="${stroke}"${rest === '' ? '' : ` ${rest}`} fill="none"/>`

export const dot = (x: number, y: number, r: number, fill: string): string =>
  `<circle cx="${px(x)}" cy="${px(y)}" r="${r}" fill="${fill}" stroke="var(--tl-paper)"/>`

export interface TextLook {
  readonly fill: string
  readonly size?: number
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly bold?: boolean
  /** A paper-coloured edge, for words that cross lines. */
  readonly halo?: boolean
  /** Centred on `y`; otherwise `y` is the foot of the words. */
  readonly middle?: boolean
}

export const text = (said: string, x: number, y: number, look: TextLook): string =>
  `<text x="${px(x)}" y="${px(y)}"${look.middle ? ' dy=".32em"' : ''} font-size="${look.size ?? 12}"${look.bold ? ' font-weight="600"' : ''}${look.anchor && look.anchor !== 'start' ? ` text-anchor="${look.anchor}"` : ''} fill="${look.fill}"${look.halo ? ' paint-order="stroke" stroke="var(--tl-paper)" stroke-width="4" stroke-linejoin="round"' : ''}>${words(said)}</text>`

/** A whole chart: hidden from screen readers, unless a sentence names it. */
export const svg = (width: number, height: number, inside: string, said?: string, extra = ''): string =>
  `<svg${extra} width="${width}" height="${height}"${said === undefined ? ' aria-hidden="true"' : ` role="img" aria-label="${words(said)}"`}>${inside}</svg>`

export const moved = (x: number, y: number, inside: string): string =>
  `<g transform="translate(${px(x)},${px(y)})">${inside}</g>`
