import { academicYearOf, academicYearStart } from '../../../kernel/academic-year.ts'
import { Button, Form, Input, Select } from '../../../ui/index.ts'
import type { School } from '../../organisation/index.ts'
import { ctfVersions } from '../imports/formats/ctf/layout.ts'

/** Asks for the CTF of a school’s leavers: which school, when they left, and where they go. */
export const LeaversForm = ({ schools, today }: { schools: readonly School[]; today: string }) => (
  <Form action="/files/leavers">
    <Select
      name="school"
      label="The school that they left"
      options={schools.map(({ id, name }) => ({ value: String(id), text: name }))}
    />
    <Input
      name="from"
      label="Who left from"
      type="date"
      value={academicYearStart(academicYearOf(today))}
      class="govuk-input--width-10"
    />
    <Input name="to" label="Up to and including" type="date" value={today} class="govuk-input--width-10" />
    <Input
      name="dest"
      label="LAESTAB of the school that they go to, if it is one and the same"
      hint="Three digits and four, such as 999/2001."
      class="govuk-input--width-10"
    />
    <Select
      name="version"
      label="Version"
      options={ctfVersions.toReversed().map((version) => ({
        value: String(version),
        text: `CTF ${version}.0, 20${version}/${version + 1}`,
        selected: version === academicYearOf(today) % 100,
      }))}
    />
    <Button kind="secondary">Write the transfer file</Button>
  </Form>
)
