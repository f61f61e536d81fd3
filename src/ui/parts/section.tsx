import { type Content, classes } from '../content.ts'

export interface SectionProps {
  readonly title?: Content
  readonly id?: string
  /** A sentence under the head: what is shown, in which unit, how to read it. */
  readonly note?: Content
  /** At the right of the head: a link, or a short key. */
  readonly aside?: Content
  /** 3 inside a section that is already headed. */
  readonly level?: 2 | 3
  readonly class?: string
  readonly children?: Content
}

/** A part of a page, opened by an ink rule. */
export const Section = ({ title, id, note, aside, level = 2, class: extra, children }: SectionProps) => {
  const Head = level === 2 ? 'h2' : 'h3'
  return (
    <section class={classes('sec', extra)} id={id}>
      {title !== undefined && (
        <div class="sec__head">
          <Head>{title}</Head>
          {aside !== undefined && <span class="more">{aside}</span>}
        </div>
      )}
      {note !== undefined && <p class="sec__note">{note}</p>}
      {children}
    </section>
  )
}

/** Two columns of sections: equal, or the first wider (`wide-first`: about 3 to 2; `two-thirds`: about 2 to 1). */
export const Columns = ({
  split = 'equal',
  children,
}: {
  split?: 'equal' | 'wide-first' | 'two-thirds'
  children: Content
}) => <div class={classes('cols', split !== 'equal' && `cols--${split}`)}>{children}</div>

/** One way in for a new page that has nothing to show yet: what will be here, who does what first, one button. */
export const Empty = ({
  title,
  children,
  action,
}: {
  title?: Content
  children: Content
  action?: Content
}) => (
  <div class="empty">
    {title !== undefined && <p class="empty__title">{title}</p>}
    <p>{children}</p>
    {action !== undefined && <div class="buttons">{action}</div>}
  </div>
)

/** Why something can't be done now, and what would make it possible. `id` is for the button's `aria-describedby`. */
export const WhyNot = ({ title, id, children }: { title: Content; id?: string; children: Content }) => (
  <div class="why-not" id={id}>
    <p>
      <b>{title}</b> {children}
    </p>
  </div>
)

/** Links that take a table or chart away: `As a table`, `CSV`, `Spreadsheet`, `PNG`, and a closing note. */
export const TakeAway = ({
  links,
  children,
}: {
  links: readonly { readonly text: string; readonly href: string }[]
  children?: Content
}) => (
  <p class="take">
    {links.map(({ text, href }) => (
      <a href={href}>{text}</a>
    ))}
    {children !== undefined && <span class="hush">{children}</span>}
  </p>
)

/** A part of the page that starts closed. */
export const Fold = ({
  summary,
  note,
  open,
  children,
}: {
  summary: Content
  note?: Content
  open?: boolean
  children: Content
}) => (
  <details class="fold" open={open}>
    <summary>
      {summary}
      {note !== undefined && <span> {note}</span>}
    </summary>
    <div class="fold__in">{children}</div>
  </details>
)

/** Buttons in a row. */
export const Buttons = ({ children }: { children: Content }) => <div class="buttons">{children}</div>
