import { type Content, classes } from '../content.ts'

export interface SummaryAction {
  readonly text: Content
  readonly href: string
  /** What is acted on, for screen readers: `name`, after `Change`. */
  readonly of?: string
}

export interface SummaryRow {
  readonly key: Content
  readonly value: Content
  readonly actions?: readonly SummaryAction[]
  readonly class?: string
}

const ActionLink = ({ action }: { action: SummaryAction }) => (
  <a class="govuk-link" href={action.href}>
    {action.text}
    {action.of && <span class="govuk-visually-hidden"> {action.of}</span>}
  </a>
)

/** What was answered, with a way to change each answer. */
export const SummaryList = ({ rows, class: extra }: { rows: readonly SummaryRow[]; class?: string }) => {
  const anyActions = rows.some((row) => (row.actions ?? []).length > 0)
  return (
    <dl class={classes('govuk-summary-list', extra)}>
      {rows.map(({ key, value, actions = [], class: own }) => (
        <div
          class={classes(
            'govuk-summary-list__row',
            anyActions && actions.length === 0 && 'govuk-summary-list__row--no-actions',
            own,
          )}
        >
          <dt class="govuk-summary-list__key">{key}</dt>
          <dd class="govuk-summary-list__value">{value}</dd>
          {actions.length === 1 && (
            <dd class="govuk-summary-list__actions">
              <ActionLink action={actions[0]!} />
            </dd>
          )}
          {actions.length > 1 && (
            <dd class="govuk-summary-list__actions">
              <ul class="govuk-summary-list__actions-list">
                {actions.map((action) => (
                  <li class="govuk-summary-list__actions-list-item">
                    <ActionLink action={action} />
                  </li>
                ))}
              </ul>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
