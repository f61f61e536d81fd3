import { type Content, classes } from '../content.ts'

/** Attributes that a component passes on as they are: `data-…`, `aria-…`, `autofocus`. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

/** What every field has: a name that the form sends, a label, and what may be wrong with it. */
export interface FieldProps {
  readonly name: string
  /** The name, when left out. */
  readonly id?: string
  readonly label: Content
  readonly labelClass?: string
  /** The label is the page's head. */
  readonly labelIsHeading?: boolean
  readonly hint?: Content
  /** What is wrong, in one sentence that says how to mend it. */
  readonly error?: Content
  readonly describedBy?: string
  readonly class?: string
  readonly groupClass?: string
  readonly disabled?: boolean
  readonly autocomplete?: string
  readonly attributes?: Attributes
}

export const Label = ({
  for: target,
  class: extra,
  isHeading = false,
  attributes,
  children,
}: {
  for?: string
  class?: string
  isHeading?: boolean
  attributes?: Attributes
  children: Content
}) => {
  const label = (
    <label class={classes('govuk-label', extra)} {...attributes} for={target}>
      {children}
    </label>
  )
  return isHeading ? <h1 class="govuk-label-wrapper">{label}</h1> : label
}

export const Hint = ({ id, class: extra, children }: { id?: string; class?: string; children: Content }) => (
  <div id={id} class={classes('govuk-hint', extra)}>
    {children}
  </div>
)

export const ErrorMessage = ({
  id,
  class: extra,
  children,
}: {
  id?: string
  class?: string
  children: Content
}) => (
  <p id={id} class={classes('govuk-error-message', extra)}>
    <span class="govuk-visually-hidden">Error:</span> {children}
  </p>
)

/** Ids of the hint and error, for `aria-describedby`. */
export const described = (
  id: string,
  { hint, error, describedBy }: Pick<FieldProps, 'hint' | 'error' | 'describedBy'>,
): string | undefined =>
  classes(describedBy, hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`)

export const Group = ({
  error,
  class: extra,
  attributes,
  children,
}: {
  error?: Content
  class?: string
  attributes?: Attributes
  children: Content
}) => (
  <div
    class={classes('govuk-form-group', error !== undefined && 'govuk-form-group--error', extra)}
    {...attributes}
  >
    {children}
  </div>
)

/** A label, a hint, an error and the control that they belong to. */
export const Field = ({
  props,
  groupAttributes,
  children,
}: {
  props: FieldProps
  groupAttributes?: Attributes
  children: Content
}) => {
  const id = props.id ?? props.name
  return (
    <Group error={props.error} class={props.groupClass} attributes={groupAttributes}>
      <Label for={id} class={props.labelClass} isHeading={props.labelIsHeading}>
        {props.label}
      </Label>
      {props.hint !== undefined && <Hint id={`${id}-hint`}>{props.hint}</Hint>}
      {props.error !== undefined && <ErrorMessage id={`${id}-error`}>{props.error}</ErrorMessage>}
      {children}
    </Group>
  )
}
