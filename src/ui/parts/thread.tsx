import { type Content, classes } from '../content.ts'

/** A knot of the thread. Filled: this page. Open: exists, and links there. Broken: not made yet, said in words. */
export interface Knot {
  /** `Aim`, `Evidence`, `Decision`. */
  readonly name: string
  /** This chain's own content, never a definition: `Spring drop, snapshot 11`. */
  readonly text: Content
  readonly href?: string
  readonly state?: 'here' | 'open' | 'none'
}

/** The gold rail. A page that stands on no chain has no knots. */
export const Thread = ({ knots }: { knots: readonly Knot[] }) => {
  if (knots.length === 0) return null
  const here = knots.findIndex((knot) => knot.state === 'here')
  return (
    <nav class="thread" aria-label="The thread">
      <ol>
        {knots.map(({ name, text, href, state = 'open' }, at) => (
          <li
            class={classes(
              state === 'none' && 'none',
              state !== 'none' && knots[at + 1]?.state === 'none' && 'lead-out',
            )}
            aria-current={state === 'here' ? 'step' : undefined}
          >
            <b>{name}</b>
            {href && state !== 'here' ? <a href={href}>{text}</a> : <span>{text}</span>}
          </li>
        ))}
      </ol>
      {here >= 0 && (
        <p class="thread__where">
          <b>{knots[here]?.name}</b>, {here + 1} of {knots.length}: {knots[here]?.text}
        </p>
      )}
    </nav>
  )
}
