import type { Content } from '../../../ui/index.ts'
import type { Changed } from '../domain/changed.ts'

/** One side of a comparison: the words of that version, with what the other has not. */
const Side = ({ pieces, without }: { pieces: readonly Changed[]; without: 'gone' | 'new' }) => (
  <div class="compare__words">
    {pieces
      .filter((piece) => piece.kind !== without)
      .map(({ kind, text }) =>
        kind === 'gone' ? <del>{text}</del> : kind === 'new' ? <ins>{text}</ins> : text,
      )}
  </div>
)

/** Two versions of words side by side: what went is struck out at the left, what came is underlined at the right. */
export const SideBySide = ({ title, pieces }: { title?: string; pieces: readonly Changed[] }) => {
  if (pieces.every((piece) => piece.kind === 'same')) return null
  return (
    <>
      {title && <h3>{title}</h3>}
      <div class="compare">
        <Side pieces={pieces} without="new" />
        <Side pieces={pieces} without="gone" />
      </div>
    </>
  )
}

/** Heads over the two sides. */
export const Heads = ({ was, now }: { was: Content; now: Content }) => (
  <div class="compare compare__heads">
    <div>{was}</div>
    <div>{now}</div>
  </div>
)
