import { type Content, classes } from '../content.ts'
import { type Attributes, described, Field, type FieldProps } from './field.tsx'

export interface InputProps extends FieldProps {
  readonly type?: string
  readonly value?: string | number
  /** Before or after the field: `£`, `minutes`. */
  readonly prefix?: Content
  readonly suffix?: Content
  readonly inputmode?: string
  readonly pattern?: string
  readonly spellcheck?: boolean
  readonly autocapitalize?: string
}

const Control = (props: InputProps) => {
  const id = props.id ?? props.name
  return (
    <input
      class={classes('govuk-input', props.class, props.error !== undefined && 'govuk-input--error')}
      id={id}
      name={props.name}
      type={props.type ?? 'text'}
      spellcheck={props.spellcheck === undefined ? undefined : (String(props.spellcheck) as never)}
      value={props.value}
      disabled={props.disabled}
      aria-describedby={described(id, props)}
      autocomplete={props.autocomplete as never}
      autocapitalize={props.autocapitalize as never}
      pattern={props.pattern}
      inputmode={props.inputmode as never}
      {...props.attributes}
    />
  )
}

export const Input = (props: InputProps) => {
  const { prefix, suffix } = props
  return (
    <Field props={props}>
      {prefix === undefined && suffix === undefined ? (
        <Control {...props} />
      ) : (
        <div class="govuk-input__wrapper">
          {prefix !== undefined && (
            <div class="govuk-input__prefix" aria-hidden="true">
              {prefix}
            </div>
          )}
          <Control {...props} />
          {suffix !== undefined && (
            <div class="govuk-input__suffix" aria-hidden="true">
              {suffix}
            </div>
          )}
        </div>
      )}
    </Field>
  )
}

/** A password, with a button that shows it once JavaScript is there. */
export const PasswordInput = (props: FieldProps & { readonly value?: string }) => {
  const id = props.id ?? props.name
  const group: Attributes = { 'data-module': 'govuk-password-input' }
  return (
    <Field
      props={{ ...props, groupClass: classes('govuk-password-input', props.groupClass) }}
      groupAttributes={group}
    >
      <div class="govuk-input__wrapper govuk-password-input__wrapper">
        <Control
          {...props}
          type="password"
          class={classes('govuk-password-input__input govuk-js-password-input-input', props.class)}
          spellcheck={false}
          autocapitalize="none"
          autocomplete={props.autocomplete ?? 'current-password'}
        />
        <button
          type="button"
          class="govuk-button govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle"
          data-module="govuk-button"
          aria-controls={id}
          aria-label="Show password"
          hidden
        >
          Show
        </button>
      </div>
    </Field>
  )
}

export interface FileUploadProps extends FieldProps {
  readonly multiple?: boolean
  /** Kinds of file that the browser offers: `.csv,.xlsx`. */
  readonly accept?: string
}

export const FileUpload = (props: FileUploadProps) => {
  const id = props.id ?? props.name
  return (
    <Field props={props}>
      <input
        class={classes(
          'govuk-file-upload',
          props.class,
          props.error !== undefined && 'govuk-file-upload--error',
        )}
        id={id}
        name={props.name}
        type="file"
        disabled={props.disabled}
        multiple={props.multiple}
        accept={props.accept}
        aria-describedby={described(id, props)}
        {...props.attributes}
      />
    </Field>
  )
}

export interface TextareaProps extends FieldProps {
  readonly value?: string
  readonly rows?: number
  readonly spellcheck?: boolean
}

export const Textarea = (props: TextareaProps) => {
  const id = props.id ?? props.name
  return (
    <Field props={props}>
      <textarea
        class={classes('govuk-textarea', props.error !== undefined && 'govuk-textarea--error', props.class)}
        id={id}
        name={props.name}
        rows={props.rows ?? 5}
        spellcheck={props.spellcheck === undefined ? undefined : (String(props.spellcheck) as never)}
        disabled={props.disabled}
        aria-describedby={described(id, props)}
        autocomplete={props.autocomplete as never}
        {...props.attributes}
      >
        {props.value}
      </textarea>
    </Field>
  )
}
