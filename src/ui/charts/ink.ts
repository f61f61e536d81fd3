/** Colours of charts are the page's own tokens, as presentation attributes: both themes and print come free. */
export const ink = {
  paper: 'var(--tl-paper)',
  ink: 'var(--tl-ink)',
  quiet: 'var(--tl-ink-2)',
  tick: 'var(--tl-ink-3)',
  rule: 'var(--tl-rule)',
  range: 'var(--tl-range)',
  data: 'var(--tl-data)',
  company: 'var(--tl-data-quiet)',
  trust: 'var(--tl-line-trust)',
  national: 'var(--tl-line-national)',
  better: 'var(--tl-better)',
  below: 'var(--tl-below)',
} as const

/** To a hundredth of a pixel, as short as it goes. */
export const px = (value: number): number => Math.round(value * 100) / 100

/** About how wide a word is drawn in our font, in pixels. */
export const widthOf = (text: string, size = 12): number => text.length * size * 0.53

export const colourOf = (status: string | undefined): string => (status === 'below' ? ink.below : ink.data)
