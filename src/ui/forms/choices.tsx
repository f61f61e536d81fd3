import { type Content, classes } from '../content.ts'
import { type Attributes, ErrorMessage, Group, Hint, Label } from './field.tsx'

export interface Choice {
  readonly text?: Content
  readonly value?: string | number
  readonly id?: string
  readonly checked?: boolean
  readonly disabled?: boolean
  readonly hint?: Content
  /** Shown under the choice when it is taken. */
  readonly then?: Content
  /** Words between choices (`or`), instead of a choice. */
  readonly divider?: string
  readonly labelClass?: string
  readonly attributes?: Attributes
  /** `exclusive`: none of the others (checkboxes). */
  readonly behaviour?: 'exclusive'
  /** A name of its own (checkboxes). */
  readonly name?: string
}

export interface ChoicesProps {
  readonly name: string
  readonly idPrefix?: string
  readonly choices: readonly Choice[]
  /** The question; left out only where something else on the page names the group. */
  readonly legend?: Content
  readonly legendClass?: string
  readonly legendIsHeading?: boolean
  readonly hint?: Content
  readonly error?: Content
  readonly describedBy?: string
  readonly class?: string
  readonly groupClass?: string
  readonly attributes?: Attributes
  readonly fieldsetClass?: string
}

export const Fieldset = ({
  legend,
  legendClass,
  legendIsHeading = false,
  class: extra,
  describedBy,
  role,
  attributes,
  children,
}: {
  legend?: Content
  legendClass?: string
  legendIsHeading?: boolean
  class?: string
  describedBy?: string
  role?: string
  attributes?: Attributes
  children?: Content
}) => (
  <fieldset
    class={classes('govuk-fieldset', extra)}
    role={role}
    aria-describedby={describedBy}
    {...attributes}
  >
    {legend !== undefined && (
      <legend class={classes('govuk-fieldset__legend', legendClass)}>
        {legendIsHeading ? <h1 class="govuk-fieldset__heading">{legend}</h1> : legend}
      </legend>
    )}
    {children}
  </fieldset>
)

const kinds = {
  radios: { type: 'radio', block: 'govuk-radios' },
  checkboxes: { type: 'checkbox', block: 'govuk-checkboxes' },
} as const

const One = ({
  kind,
  choice,
  name,
  id,
  checked,
  describedBy,
}: {
  kind: keyof typeof kinds
  choice: Choice
  name: string
  id: string
  checked: boolean
  describedBy?: string
}) => {
  const { type, block } = kinds[kind]
  const then = choice.then === undefined || choice.then === '' ? undefined : `conditional-${id}`
  return (
    <>
      <div class={`${block}__item`}>
        <input
          class={`${block}__input`}
          id={id}
          name={choice.name ?? name}
          type={type}
          value={choice.value}
          checked={checked}
          disabled={choice.disabled}
          data-aria-controls={then}
          data-behaviour={choice.behaviour}
          aria-describedby={classes(describedBy, choice.hint !== undefined && `${id}-item-hint`)}
          {...choice.attributes}
        />
        <Label for={id} class={classes(`${block}__label`, choice.labelClass)}>
          {choice.text}
        </Label>
        {choice.hint !== undefined && (
          <Hint id={`${id}-item-hint`} class={`${block}__hint`}>
            {choice.hint}
          </Hint>
        )}
      </div>
      {then !== undefined && (
        <div class={classes(`${block}__conditional`, !checked && `${block}__conditional--hidden`)} id={then}>
          {choice.then}
        </div>
      )}
    </>
  )
}

function Choices({
  kind,
  props,
  taken,
}: {
  kind: keyof typeof kinds
  props: ChoicesProps
  taken: readonly string[]
}) {
  const { block } = kinds[kind]
  const prefix = props.idPrefix ?? props.name
  const inFieldset = props.legend !== undefined
  const own = classes(
    props.describedBy,
    props.hint !== undefined && `${prefix}-hint`,
    props.error !== undefined && `${prefix}-error`,
  )
  const inner = (
    <>
      {props.hint !== undefined && <Hint id={`${prefix}-hint`}>{props.hint}</Hint>}
      {props.error !== undefined && <ErrorMessage id={`${prefix}-error`}>{props.error}</ErrorMessage>}
      <div class={classes(block, props.class)} {...props.attributes} data-module={block}>
        {props.choices.map((choice, at) =>
          choice.divider !== undefined ? (
            <div class={`${block}__divider`}>{choice.divider}</div>
          ) : (
            <One
              kind={kind}
              choice={choice}
              name={props.name}
              id={choice.id ?? (at === 0 ? prefix : `${prefix}-${at + 1}`)}
              checked={choice.checked ?? taken.includes(String(choice.value))}
              describedBy={kind === 'checkboxes' && !inFieldset ? own : undefined}
            />
          ),
        )}
      </div>
    </>
  )
  return (
    <Group error={props.error} class={props.groupClass}>
      {inFieldset ? (
        <Fieldset
          legend={props.legend}
          legendClass={props.legendClass}
          legendIsHeading={props.legendIsHeading}
          class={props.fieldsetClass}
          describedBy={own}
        >
          {inner}
        </Fieldset>
      ) : (
        inner
      )}
    </Group>
  )
}

/** One of several. `value` is the choice taken. `class="govuk-radios--small"` in tables, `--inline` for two short ones. */
export const Radios = (props: ChoicesProps & { readonly value?: string | number }) => (
  <Choices kind="radios" props={props} taken={props.value === undefined ? [] : [String(props.value)]} />
)

/** Any of several. `values` are the choices taken. */
export const Checkboxes = (props: ChoicesProps & { readonly values?: readonly (string | number)[] }) => (
  <Choices kind="checkboxes" props={props} taken={(props.values ?? []).map(String)} />
)
