import type { Content } from '../content.ts'

export interface Fact {
  readonly name: Content
  readonly value: Content
}

/** Names at the left, sentences at the right: what a figure is, what a drop asks for. */
export const Facts = ({ items }: { items: readonly Fact[] }) => (
  <dl class="facts">
    {items.map(({ name, value }) => (
      <div>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)

/** Short names and values, one a line, values at the right edge. */
export const Keys = ({ items }: { items: readonly Fact[] }) => (
  <dl class="keys">
    {items.map(({ name, value }) => (
      <div>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)

/** Large counts with a word or two under each. */
export const Counts = ({
  items,
}: {
  items: readonly { readonly count: number; readonly words: Content }[]
}) => (
  <dl class="counts">
    {items.map(({ count, words }) => (
      <div>
        <dt>{words}</dt>
        <dd>{count.toLocaleString('en-GB')}</dd>
      </div>
    ))}
  </dl>
)
