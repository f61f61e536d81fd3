import { type Content, classes } from '../content.ts'
import { Fieldset } from './choices.tsx'
import { ErrorMessage, Group, Hint, Label } from './field.tsx'

export interface DateInputProps {
  readonly id: string
  /** The form sends `NAME-day`, `NAME-month` and `NAME-year`; without it `day`, `month`, `year`. */
  readonly name?: string
  readonly legend?: Content
  readonly legendClass?: string
  readonly legendIsHeading?: boolean
  readonly hint?: Content
  readonly error?: Content
  /** What was typed, even when it is no date. */
  readonly values?: { readonly day?: string; readonly month?: string; readonly year?: string }
  /** The parts that are wrong; all when left out. */
  readonly wrong?: readonly ('day' | 'month' | 'year')[]
  /** `month` and `year` alone, say. */
  readonly parts?: readonly ('day' | 'month' | 'year')[]
  readonly groupClass?: string
  readonly class?: string
  readonly describedBy?: string
}

const names = { day: 'Day', month: 'Month', year: 'Year' } as const

/** A date in three boxes, as people say it. */
export const DateInput = (props: DateInputProps) => {
  const { id, name, error, values = {}, wrong, parts = ['day', 'month', 'year'] } = props
  const inner = (
    <>
      {props.hint !== undefined && <Hint id={`${id}-hint`}>{props.hint}</Hint>}
      {error !== undefined && <ErrorMessage id={`${id}-error`}>{error}</ErrorMessage>}
      <div class={classes('govuk-date-input', props.class)} id={id}>
        {parts.map((part) => (
          <div class="govuk-date-input__item">
            <Group>
              <Label for={`${id}-${part}`} class="govuk-date-input__label">
                {names[part]}
              </Label>
              <input
                class={classes(
                  'govuk-input govuk-date-input__input',
                  (wrong ? wrong.includes(part) : error !== undefined) && 'govuk-input--error',
                  part === 'year' ? 'govuk-input--width-4' : 'govuk-input--width-2',
                )}
                id={`${id}-${part}`}
                name={name ? `${name}-${part}` : part}
                type="text"
                value={values[part]}
                inputmode="numeric"
              />
            </Group>
          </div>
        ))}
      </div>
    </>
  )
  return (
    <Group error={error} class={props.groupClass}>
      {props.legend === undefined ? (
        inner
      ) : (
        <Fieldset
          legend={props.legend}
          legendClass={props.legendClass}
          legendIsHeading={props.legendIsHeading}
          role="group"
          describedBy={classes(
            props.describedBy,
            props.hint !== undefined && `${id}-hint`,
            error !== undefined && `${id}-error`,
          )}
        >
          {inner}
        </Fieldset>
      )}
    </Group>
  )
}
