import { raw } from 'hono/html'
import { describe, expect, test } from 'vitest'
import type { Content } from '../content.ts'
import { Button } from './button.tsx'
import { Checkboxes, type Choice, Fieldset, Radios } from './choices.tsx'
import { DateInput } from './date-input.tsx'
import { ErrorSummary } from './error-summary.tsx'
import { ErrorMessage, Hint, Label } from './field.tsx'
import { type Fixture, fixturesOf, type Options, shape } from './fixtures.ts'
import { FileUpload, Input, PasswordInput, Textarea } from './input.tsx'
import { NotificationBanner } from './notification-banner.tsx'
import { Pagination } from './pagination.tsx'
import { Select } from './select.tsx'
import { BackLink, Details, InsetText, Tag, WarningText } from './small-parts.tsx'
import { SummaryList } from './summary-list.tsx'

/** govuk-frontend says `text` or `html`; our components take either as content. */
const content = (given: Options): Content =>
  given === undefined || given === null ? undefined : given.html ? raw(given.html) : given.text || undefined

/** Every name that a component's options use; a fixture is compared when our component has a word for each of them. */
const namesIn = (options: Options, under = ''): string[] =>
  Object.entries(options ?? {}).flatMap(([name, value]) => {
    const full = under === '' ? name : `${under}.${name}`
    if (value === undefined || value === null) return []
    if (Array.isArray(value))
      return value.flatMap((item) => (item && typeof item === 'object' ? namesIn(item, `${full}[]`) : []))
    return typeof value === 'object' ? namesIn(value, full) : [full]
  })

const words = (...under: string[]) => under.flatMap((name) => [`${name}.text`, `${name}.html`])
const field = [
  'id',
  'name',
  'classes',
  'value',
  'disabled',
  'autocomplete',
  'describedBy',
  'spellcheck',
  'formGroup.classes',
  'label.classes',
  'label.isPageHeading',
  ...words('label', 'hint', 'errorMessage'),
]
const group = [
  'name',
  'idPrefix',
  'classes',
  'value',
  'describedBy',
  'fieldset.describedBy',
  'fieldset.classes',
  'fieldset.legend.classes',
  'fieldset.legend.isPageHeading',
  'formGroup.classes',
  ...words('hint', 'errorMessage', 'fieldset.legend'),
]
const item = [
  'value',
  'id',
  'text',
  'html',
  'checked',
  'disabled',
  'divider',
  'behaviour',
  'name',
  'label.classes',
  ...words('hint', 'conditional'),
].map((name) => `items[].${name}`)

const fieldProps = (o: Options) => ({
  id: o.id,
  name: o.name,
  label: content(o.label),
  labelClass: o.label?.classes,
  labelIsHeading: o.label?.isPageHeading,
  hint: content(o.hint),
  error: content(o.errorMessage),
  describedBy: o.describedBy,
  class: o.classes,
  groupClass: o.formGroup?.classes,
  disabled: o.disabled,
  autocomplete: o.autocomplete,
  attributes: o.attributes,
  value: o.value,
  spellcheck: o.spellcheck,
})

const choices = (o: Options): Choice[] =>
  (o.items ?? []).filter(Boolean).map((one: Options) => ({
    ...one,
    text: content(one),
    hint: one.hint?.text || one.hint?.html ? content(one.hint) : undefined,
    // biome-ignore lint/suspicious/noThenProperty: the product's word for what follows a choice
    then: content(one.conditional),
    labelClass: one.label?.classes,
  }))

const groupProps = (o: Options) => ({
  name: o.name,
  idPrefix: o.idPrefix,
  choices: choices(o),
  legend: content(o.fieldset?.legend),
  legendClass: o.fieldset?.legend?.classes,
  legendIsHeading: o.fieldset?.legend?.isPageHeading,
  fieldsetClass: o.fieldset?.classes,
  hint: content(o.hint),
  error: content(o.errorMessage),
  describedBy: o.fieldset?.describedBy ?? o.describedBy,
  class: o.classes,
  groupClass: o.formGroup?.classes,
  attributes: o.attributes,
})

interface Case {
  readonly draw: (options: Options) => unknown
  /** The options that our component has words for. */
  readonly knows: readonly string[]
  /** At least so many fixtures must be compared, so that the comparison can't quietly shrink. */
  readonly least: number
  /** Fixtures that use a known option in a way which our component leaves out on purpose, and why. */
  readonly except?: Readonly<Record<string, string>>
}

const cases: Record<string, Case> = {
  button: {
    knows: [
      'text',
      'html',
      'classes',
      'name',
      'type',
      'value',
      'href',
      'id',
      'disabled',
      'preventDoubleClick',
    ],
    draw: (o) => (
      <Button
        class={o.classes}
        name={o.name}
        type={o.type}
        value={o.value}
        href={o.href}
        id={o.id}
        disabled={o.disabled}
        once={o.preventDoubleClick}
      >
        {content(o)}
      </Button>
    ),
    least: 18,
    except: { "don't prevent double click": 'leaving it out says the same' },
  },
  input: {
    knows: [...field, 'type', 'inputmode', 'pattern', 'autocapitalize', ...words('prefix', 'suffix')],
    draw: (o) => (
      <Input
        {...fieldProps(o)}
        type={o.type}
        inputmode={o.inputmode}
        pattern={o.pattern}
        autocapitalize={o.autocapitalize}
        prefix={content(o.prefix)}
        suffix={content(o.suffix)}
      />
    ),
    least: 35,
  },
  'password-input': { knows: field, draw: (o) => <PasswordInput {...fieldProps(o)} />, least: 6 },
  'file-upload': {
    knows: [...field, 'multiple'],
    draw: (o) => <FileUpload {...fieldProps(o)} multiple={o.multiple} />,
    least: 10,
  },
  textarea: {
    knows: [...field, 'rows'],
    draw: (o) => <Textarea {...fieldProps(o)} rows={o.rows} />,
    least: 12,
  },
  select: {
    knows: [...field, ...['value', 'text', 'selected', 'disabled'].map((name) => `items[].${name}`)],
    draw: (o) => <Select {...fieldProps(o)} options={(o.items ?? []).filter(Boolean)} />,
    least: 14,
  },
  radios: {
    knows: [...group, ...item],
    draw: (o) => <Radios {...groupProps(o)} value={o.value} />,
    least: 30,
    except: { 'with falsy items': 'an item that is nothing would still be counted in the ids of the others' },
  },
  checkboxes: {
    knows: [...group, ...item],
    draw: (o) => <Checkboxes {...groupProps(o)} values={o.values} />,
    least: 30,
    except: {
      'with falsy values': 'an item that is nothing would still be counted in the ids of the others',
    },
  },
  'date-input': {
    knows: [
      'id',
      'namePrefix',
      'classes',
      'values.day',
      'values.month',
      'values.year',
      'fieldset.legend.classes',
      'fieldset.legend.isPageHeading',
      'fieldset.describedBy',
      'formGroup.classes',
      ...words('hint', 'errorMessage', 'fieldset.legend'),
    ],
    draw: (o) => (
      <DateInput
        id={o.id}
        name={o.namePrefix}
        class={o.classes}
        values={o.values}
        legend={content(o.fieldset?.legend)}
        legendClass={o.fieldset?.legend?.classes}
        legendIsHeading={o.fieldset?.legend?.isPageHeading}
        describedBy={o.fieldset?.describedBy}
        hint={content(o.hint)}
        error={content(o.errorMessage)}
        groupClass={o.formGroup?.classes}
      />
    ),
    least: 8,
  },
  'error-summary': {
    knows: [
      'titleText',
      'titleHtml',
      'descriptionText',
      'descriptionHtml',
      'errorList[].text',
      'errorList[].html',
      'errorList[].href',
    ],
    draw: (o) => (
      <ErrorSummary
        title={content({ text: o.titleText, html: o.titleHtml })}
        problems={(o.errorList ?? []).map((one: Options) => ({ text: content(one), field: one.href }))}
      >
        {content({ text: o.descriptionText, html: o.descriptionHtml })}
      </ErrorSummary>
    ),
    least: 12,
  },
  'error-message': {
    knows: ['text', 'html', 'classes', 'id'],
    draw: (o) => (
      <ErrorMessage id={o.id} class={o.classes}>
        {content(o)}
      </ErrorMessage>
    ),
    least: 4,
  },
  hint: {
    knows: ['text', 'html', 'classes', 'id'],
    draw: (o) => (
      <Hint id={o.id} class={o.classes}>
        {content(o)}
      </Hint>
    ),
    least: 4,
  },
  label: {
    knows: ['text', 'html', 'classes', 'for', 'isPageHeading'],
    draw: (o) =>
      content(o) === undefined ? (
        ''
      ) : (
        <Label for={o.for} class={o.classes} isHeading={o.isPageHeading}>
          {content(o)}
        </Label>
      ),
    least: 8,
  },
  fieldset: {
    knows: [
      'html',
      'classes',
      'role',
      'describedBy',
      'legend.classes',
      'legend.isPageHeading',
      ...words('legend'),
    ],
    draw: (o) => (
      <Fieldset
        legend={content(o.legend)}
        legendClass={o.legend?.classes}
        legendIsHeading={o.legend?.isPageHeading}
        class={o.classes}
        role={o.role}
        describedBy={o.describedBy}
      >
        {o.html && raw(o.html)}
      </Fieldset>
    ),
    least: 10,
  },
  details: {
    knows: ['summaryText', 'summaryHtml', 'text', 'html', 'id', 'classes', 'open'],
    draw: (o) => (
      <Details
        summary={content({ text: o.summaryText, html: o.summaryHtml })}
        id={o.id}
        class={o.classes}
        open={o.open}
      >
        {content(o)}
      </Details>
    ),
    least: 7,
  },
  'notification-banner': {
    knows: ['text', 'html', 'titleText', 'titleHtml', 'titleId', 'type', 'role', 'classes'],
    draw: (o) => (
      <NotificationBanner
        success={o.type === 'success'}
        title={content({ text: o.titleText, html: o.titleHtml })}
        titleId={o.titleId}
        role={o.role}
        class={o.classes}
      >
        {content(o)}
      </NotificationBanner>
    ),
    least: 10,
  },
  pagination: {
    knows: [
      'previous.href',
      'previous.labelText',
      'next.href',
      'next.labelText',
      'landmarkLabel',
      'classes',
      ...words('previous', 'next'),
      ...['number', 'href', 'current', 'ellipsis', 'visuallyHiddenText'].map((name) => `items[].${name}`),
    ],
    draw: (o) => {
      const link = (to: Options) => to?.href && { href: to.href, text: content(to), label: to.labelText }
      return (
        <Pagination
          previous={link(o.previous) || undefined}
          next={link(o.next) || undefined}
          landmark={o.landmarkLabel}
          class={o.classes}
          pages={o.items
            ?.filter((one: Options) => Object.keys(one ?? {}).length > 0)
            .map((one: Options) => (one.ellipsis ? '…' : { ...one, said: one.visuallyHiddenText }))}
        />
      )
    },
    least: 10,
  },
  'summary-list': {
    knows: [
      'classes',
      'rows[].classes',
      ...words('rows[].key', 'rows[].value'),
      ...['text', 'html', 'href', 'visuallyHiddenText'].map((name) => `rows[].actions.items[].${name}`),
    ],
    draw: (o) => (
      <SummaryList
        class={o.classes}
        rows={o.rows.filter(Boolean).map((row: Options) => ({
          key: content(row.key),
          value: content(row.value),
          class: row.classes,
          actions: row.actions?.items?.map((one: Options) => ({
            text: content(one),
            href: one.href,
            of: one.visuallyHiddenText,
          })),
        }))}
      />
    ),
    least: 10,
  },
  tag: {
    knows: ['text', 'html', 'classes'],
    draw: (o) => <Tag class={o.classes}>{content(o)}</Tag>,
    least: 10,
  },
  'inset-text': {
    knows: ['text', 'html', 'classes', 'id'],
    draw: (o) => (
      <InsetText id={o.id} class={o.classes}>
        {content(o)}
      </InsetText>
    ),
    least: 5,
  },
  'warning-text': {
    knows: ['text', 'html', 'classes'],
    draw: (o) => <WarningText class={o.classes}>{content(o)}</WarningText>,
    least: 2,
  },
  'back-link': {
    knows: ['text', 'html', 'href', 'classes'],
    draw: (o) => (
      <BackLink href={o.href ?? '#'} class={o.classes}>
        {content(o) ?? undefined}
      </BackLink>
    ),
    least: 4,
  },
}

const compared = (component: string): readonly Fixture[] => {
  const { knows, except = {} } = cases[component]!
  return fixturesOf(component).filter(
    ({ name, options }) => !(name in except) && namesIn(options).every((option) => knows.includes(option)),
  )
}

describe.each(Object.keys(cases))('our %s is the one that govuk-frontend ships', (component) => {
  test.each(compared(component).map((fixture) => [fixture.name, fixture] as const))('%s', (_, fixture) => {
    expect(shape(String(cases[component]!.draw(fixture.options)))).toEqual(shape(fixture.html))
  })
  test('most of its fixtures are compared', () => {
    expect(compared(component).length).toBeGreaterThanOrEqual(cases[component]!.least)
  })
})
