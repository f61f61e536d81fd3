import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Buttons,
  type Content,
  type Crumb,
  Fields,
  type FieldValues,
  Form,
  type FormField,
  type NavName,
  Page,
  type Problem,
  Section,
} from '../../../ui/index.ts'

export interface FormPageProps {
  readonly viewer: Viewer
  readonly nav: NavName
  readonly title: string
  readonly purpose: string
  readonly crumbs: readonly Crumb[]
  readonly action: string
  readonly fields: readonly FormField[]
  readonly values?: FieldValues
  readonly problems?: readonly Problem[]
  readonly button: string
  /** Where “Leave it as it is” goes. */
  readonly back: string
  readonly hidden?: Readonly<Record<string, string>>
  /** Under the form: what else may be done with the thing. */
  readonly children?: Content
}

/** A page that asks a few questions and sends them. What was typed stays when something is wrong. */
export const FormPage = ({ fields, values, problems, hidden = {}, ...page }: FormPageProps) => (
  <Page
    title={page.title}
    viewer={page.viewer}
    nav={page.nav}
    purpose={page.purpose}
    crumbs={page.crumbs}
    problems={problems}
  >
    <Section>
      <Form action={page.action} guard>
        {Object.entries(hidden).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <Fields fields={fields} values={values} problems={problems} />
        <Buttons>
          <Button once>{page.button}</Button>
          <a href={page.back}>Leave it as it is</a>
        </Buttons>
      </Form>
    </Section>
    {page.children}
  </Page>
)
