/** The marks that the font has no glyphs for; each is drawn in the colour of the words beside it. */
export type MarkKind = 'up' | 'down' | 'disc' | 'broken-ring' | 'ring' | 'diamond' | 'tick' | 'cross'

const drawn: Record<MarkKind, () => unknown> = {
  up: () => <path d="M6 1 11.5 11H.5z" fill="currentColor" />,
  down: () => <path d="M6 11 .5 1h11z" fill="currentColor" />,
  disc: () => <circle cx="6" cy="6" r="5" fill="currentColor" />,
  'broken-ring': () => (
    <circle
      cx="6"
      cy="6"
      r="4.75"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-dasharray="2.5 2.47"
    />
  ),
  ring: () => <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" stroke-width="1.5" />,
  diamond: () => <path d="M6 .9 11.1 6 6 11.1.9 6z" fill="none" stroke="currentColor" stroke-width="1.5" />,
  tick: () => <path d="M1 6.5 4.5 10 11 2" fill="none" stroke="currentColor" stroke-width="2" />,
  cross: () => <path d="M2 2l8 8M10 2l-8 8" fill="none" stroke="currentColor" stroke-width="2" />,
}

export const Mark = ({ kind }: { kind: MarkKind }) => (
  <svg class="mark" viewBox="0 0 12 12" aria-hidden="true">
    {drawn[kind]() as never}
  </svg>
)
