/** Colours of charts are the page's own tokens, as presentation attributes: both themes and print come free. */
export const ink = {
  paper: 'var(--tl-paper)',
  ink: 'var(--tl-ink)',
  quiet: 'var(--tl-ink-2)',
  tick: 'var(--tl-ink-3)',
  rule: 'var(--tl-rule)',
  range: 'var(--tl-range)',
  data: 'var(--tl-data)',
  trust: 'var(--tl-line-trust)',
  national: 'var(--tl-line-national)',
  below: 'var(--tl-below)',
} as const

/** About how wide words are drawn in our font, in pixels. */
export const widthOf = (said: string, size = 12): number => said.length * size * 0.53

export const colourOf = (status: string | undefined): string => (status === 'below' ? ink.below : ink.data)
