import type { Content } from '../content.ts'

/** Something wrong with a form: the sentence, and the id of the field that it is about. */
export interface Problem {
  readonly text: Content
  readonly field?: string
}

/** All that is wrong, first on the page, each linked to its field. Takes the focus once JavaScript is there. */
export const ErrorSummary = ({
  problems,
  title = 'There is a problem',
  children,
}: {
  problems: readonly Problem[]
  title?: Content
  children?: Content
}) => (
  <div class="govuk-error-summary" data-module="govuk-error-summary">
    <div role="alert">
      <h2 class="govuk-error-summary__title">{title}</h2>
      <div class="govuk-error-summary__body">
        {children !== undefined && <p>{children}</p>}
        {problems.length > 0 && (
          <ul class="govuk-list govuk-error-summary__list">
            {problems.map(({ text, field }) => (
              <li>{field ? <a href={field.startsWith('#') ? field : `#${field}`}>{text}</a> : text}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  </div>
)
