import { first, type Typed } from '../../../platform/http/form.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Buttons,
  Checkboxes,
  Form,
  type Option,
  type Problem,
  Raw,
  Section,
  Select,
  Table,
} from '../../../ui/index.ts'
import type { ImportPage, Target } from '../imports/index.ts'
import { DropPage, dropCrumbs, settingOf } from './drop-frame.tsx'
import { type ImportAddress, importAt, importPath } from './import-page.tsx'

export const columnField = (index: number): string => `column-${index}`

/** What was chosen, by the column's place in the file. */
export const columnsFrom = (page: ImportPage, typed: Typed): Record<number, Target> =>
  Object.fromEntries(
    page.columns.map((column) => {
      const chosen = first(typed, columnField(column.index))
      return [column.index, page.targets.find(({ value }) => value === chosen)?.value ?? 'leave out']
    }),
  )

function optionsOf(page: ImportPage): Option[] {
  let group = ''
  return page.targets.flatMap((target) => {
    const head = target.group !== group && target.group !== 'Nothing'
    group = target.group
    const option = { value: target.value, text: target.label }
    return head ? [{ value: `head:${group}`, text: group, disabled: true }, option] : [option]
  })
}

/** Saying what each column of the file is. @throws NotHere */
export async function columnsPage(
  viewer: Viewer,
  address: ImportAddress,
  told: { readonly typed?: Typed; readonly problems?: readonly Problem[] } = {},
) {
  const page = await importAt(viewer, address)
  const setting = await settingOf(viewer)
  const path = importPath(address)
  const options = optionsOf(page)
  const value = (index: number, target: Target) =>
    told.typed ? first(told.typed, columnField(index)) : target
  return (
    <DropPage
      setting={setting}
      title="What each column is"
      purpose="Match each column of the file to what it holds. We remember it for next time."
      crumbs={dropCrumbs(
        page.drop,
        ...(page.school
          ? [{ text: page.school.shortName, href: `/drops/${address.code}/schools/${address.slug}` }]
          : []),
        { text: page.file.name, href: path },
        { text: 'Columns' },
      )}
      asAt={[
        page.file.name,
        `${page.reading.rows.toLocaleString('en-GB')} rows, read as ${page.reading.encoding}`,
      ]}
      problems={told.problems}
    >
      <Form action={`${path}/columns`}>
        <Section title="The file’s columns" note={page.reading.notes.join(' ') || undefined}>
          <Table
            caption="Columns of the file"
            columns={[
              { head: 'In the file', width: 3 },
              { head: 'For example', small: true },
              { head: 'It is', width: 4 },
              { head: 'Known from', small: true },
            ]}
            rows={page.columns.map((column) => [
              <>
                <Raw>{column.heading}</Raw> <span class="small">{column.letter}</span>
              </>,
              column.filled === 0 ? <i>empty in every row</i> : column.examples.join(' · '),
              <Select
                name={columnField(column.index)}
                label={`What is ${column.heading}?`}
                labelClass="govuk-visually-hidden"
                value={value(column.index, column.target)}
                options={options}
              />,
              column.from,
            ])}
          />
          <Checkboxes
            name="replace"
            values={
              (told.typed ? first(told.typed, 'replace') === 'yes' : page.mapping?.replace) ? ['yes'] : []
            }
            choices={[
              {
                value: 'yes',
                text: 'This file is the whole truth for its assessments',
                hint: 'Results that stand in the drop already and are not in this file are taken out. You see how many before you publish.',
              },
            ]}
          />
          <Buttons>
            <Button once>Match and check the rows</Button>
            <a href={path}>Back to the file</a>
          </Buttons>
        </Section>
      </Form>
    </DropPage>
  )
}
