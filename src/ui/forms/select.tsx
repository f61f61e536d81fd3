import { classes } from '../content.ts'
import { type Attributes, described, Field, type FieldProps } from './field.tsx'

export interface Option {
  readonly text: string
  /** The text, when left out. */
  readonly value?: string | number
  readonly selected?: boolean
  readonly disabled?: boolean
  readonly attributes?: Attributes
}

export interface SelectProps extends FieldProps {
  readonly options: readonly Option[]
  /** The value of the option that is chosen. */
  readonly value?: string | number
}

export const Select = (props: SelectProps) => {
  const id = props.id ?? props.name
  const chosen = (option: Option): boolean =>
    option.selected ??
    (props.value !== undefined && String(option.value ?? option.text) === String(props.value))
  return (
    <Field props={props}>
      <select
        class={classes('govuk-select', props.class, props.error !== undefined && 'govuk-select--error')}
        id={id}
        name={props.name}
        disabled={props.disabled}
        aria-describedby={described(id, props)}
        {...props.attributes}
      >
        {props.options.map((option) => (
          <option
            value={option.value}
            selected={chosen(option)}
            disabled={option.disabled}
            {...option.attributes}
          >
            {option.text}
          </option>
        ))}
      </select>
    </Field>
  )
}
