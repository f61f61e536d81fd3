import { Button, Form, Select } from '../../../ui/index.ts'
import type { ImportPage } from '../imports/index.ts'

/** A workbook with several sheets: read another one instead. */
export const OtherSheet = ({ page, path }: { page: ImportPage; path: string }) => {
  const { sheets = [], sheet } = page.reading
  if (sheets.length < 2) return null
  return (
    <Form action={`${path}/sheet`}>
      <Select
        name="sheet"
        label={`The workbook has ${sheets.length} sheets; we read “${sheet}”. Read another?`}
        value={sheet}
        options={sheets.map((name) => ({ value: name, text: name }))}
      />
      <Button kind="secondary">Read this sheet</Button>
    </Form>
  )
}
