import type { Content } from '../content.ts'
import { Radios } from './choices.tsx'
import { DateInput } from './date-input.tsx'
import type { Problem } from './error-summary.tsx'
import { Input, Textarea } from './input.tsx'
import { type Option, Select } from './select.tsx'

interface AnyField {
  readonly name: string
  readonly label: string
  readonly hint?: Content
}

/** One question of a form that asks one after another. A day is kept as `yyyy-mm-dd` and asked in three boxes. */
export type FormField = AnyField &
  (
    | { readonly kind: 'line' | 'day' }
    | { readonly kind: 'number'; readonly prefix?: string; readonly suffix?: string }
    | { readonly kind: 'words'; readonly rows?: number }
    | { readonly kind: 'list'; readonly options: readonly Option[] }
    | {
        readonly kind: 'choice'
        readonly choices: readonly {
          readonly text: string
          readonly value: string
          readonly hint?: Content
        }[]
      }
  )

export type FieldValues = Readonly<Record<string, string | undefined>>

/** What was typed for a day: its boxes when the form comes back, or else the day that is kept. */
const boxes = (values: FieldValues, name: string) => {
  if (values[`${name}-year`] !== undefined)
    return { day: values[`${name}-day`], month: values[`${name}-month`], year: values[`${name}-year`] }
  const [year, month, day] = (values[name] ?? '').split('-')
  return year ? { day: String(Number(day)), month: String(Number(month)), year } : {}
}

/** Questions one under another, with what was typed and what was wrong with it. */
export const Fields = ({
  fields,
  values = {},
  problems = [],
  of,
}: {
  fields: readonly FormField[]
  values?: FieldValues
  problems?: readonly Problem[]
  /** Which form of the page, where several ask by the same names: each label then names its own field. */
  of?: string
}) => (
  <>
    {fields.map((field) => {
      const { name, label, hint } = field
      const error = problems.find((problem) => problem.field === name)?.text
      const id = of === undefined ? name : `${of}-${name}`
      const shared = { id, name, label, hint, error, value: values[name] }
      switch (field.kind) {
        case 'line':
          return <Input {...shared} />
        case 'number':
          return (
            <Input
              {...shared}
              inputmode="decimal"
              class="govuk-input--width-5"
              prefix={field.prefix}
              suffix={field.suffix}
            />
          )
        case 'words':
          return <Textarea {...shared} rows={field.rows ?? 3} />
        case 'list':
          return <Select {...shared} options={field.options} />
        case 'choice':
          return (
            <Radios
              idPrefix={id}
              name={name}
              legend={label}
              hint={hint}
              error={error}
              value={values[name]}
              choices={field.choices}
            />
          )
        case 'day':
          return (
            <DateInput
              id={id}
              name={name}
              legend={label}
              hint={hint}
              error={error}
              values={boxes(values, name)}
            />
          )
        default:
          return field satisfies never
      }
    })}
  </>
)
