import { type Content, classes } from '../content.ts'

export const Details = ({
  summary,
  open,
  id,
  class: extra,
  children,
}: {
  summary: Content
  open?: boolean
  id?: string
  class?: string
  children: Content
}) => (
  <details id={id} class={classes('govuk-details', extra)} open={open}>
    <summary class="govuk-details__summary">
      <span class="govuk-details__summary-text">{summary}</span>
    </summary>
    <div class="govuk-details__text">{children}</div>
  </details>
)

export const Tag = ({ class: extra, children }: { class?: string; children: Content }) => (
  <strong class={classes('govuk-tag', extra)}>{children}</strong>
)

export const InsetText = ({
  id,
  class: extra,
  children,
}: {
  id?: string
  class?: string
  children: Content
}) => (
  <div id={id} class={classes('govuk-inset-text', extra)}>
    {children}
  </div>
)

export const WarningText = ({ class: extra, children }: { class?: string; children: Content }) => (
  <div class={classes('govuk-warning-text', extra)}>
    <span class="govuk-warning-text__icon" aria-hidden="true">
      !
    </span>
    <strong class="govuk-warning-text__text">
      <span class="govuk-visually-hidden">Warning</span> {children}
    </strong>
  </div>
)

export const BackLink = ({
  href,
  class: extra,
  children = 'Back',
}: {
  href: string
  class?: string
  children?: Content
}) => (
  <a href={href} class={classes('govuk-back-link', extra)}>
    {children}
  </a>
)
