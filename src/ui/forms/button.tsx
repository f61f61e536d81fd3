import { jsx } from 'hono/jsx'
import { type Content, classes } from '../content.ts'
import type { Attributes } from './field.tsx'

export interface ButtonProps {
  readonly children: Content
  /** One filled button a page; the others `secondary`. `warning` for what can't be undone. */
  readonly kind?: 'filled' | 'secondary' | 'warning'
  /** A link that looks like a button. */
  readonly href?: string
  readonly type?: 'submit' | 'button' | 'reset'
  readonly name?: string
  readonly value?: string
  readonly id?: string
  /** Why it can't be pressed now: the id of the element with the reason. The button stays in reach, and does nothing. */
  readonly offBecause?: string
  /** Truly off: left out of the tab order and of the form. Prefer `offBecause`. */
  readonly disabled?: boolean
  /** Ignores a second press within a second. */
  readonly once?: boolean
  readonly class?: string
  readonly attributes?: Attributes
}

export const Button = (props: ButtonProps) => {
  const { kind = 'filled', offBecause } = props
  const shared = {
    class: classes('govuk-button', kind !== 'filled' && `govuk-button--${kind}`, props.class),
    'data-module': 'govuk-button',
    ...props.attributes,
    id: props.id,
  }
  if (props.href !== undefined && offBecause === undefined)
    return (
      // biome-ignore lint/a11y/useSemanticElements: govuk-frontend's own markup for a link that looks like a button
      <a href={props.href} role="button" draggable="false" {...shared}>
        {props.children}
      </a>
    )
  return (
    <button
      type={offBecause === undefined ? (props.type ?? 'submit') : 'button'}
      value={props.value}
      name={props.name}
      disabled={props.disabled}
      aria-disabled={props.disabled || offBecause !== undefined ? 'true' : undefined}
      aria-describedby={offBecause}
      data-prevent-double-click={props.once ? 'true' : undefined}
      {...shared}
    >
      {props.children}
    </button>
  )
}

/** A form that posts (the default), or a search that gets. Files need `files`; `guard` asks before typed words are lost. */
export const Form = ({
  action,
  method = 'post',
  files = false,
  guard = false,
  id,
  class: extra,
  children,
}: {
  action: string
  method?: 'post' | 'get'
  files?: boolean
  guard?: boolean
  id?: string
  class?: string
  children: Content
}) => {
  const form = (
    <form
      action={action}
      method={method}
      enctype={files ? 'multipart/form-data' : undefined}
      novalidate
      id={id}
      class={extra}
    >
      {children}
    </form>
  )
  return guard ? jsx('unsaved-changes', {}, form) : form
}

/** One button that posts by itself, with what it must send along. */
export const PostButton = ({
  action,
  fields = {},
  ...button
}: ButtonProps & { action: string; fields?: Readonly<Record<string, string>> }) => (
  <form action={action} method="post" class="post">
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <Button {...button} />
  </form>
)
