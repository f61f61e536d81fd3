import { Raw, Section, Table } from '../../../ui/index.ts'
import { capital, worded } from '../drops/domain/sentences.ts'
import type { ImportPage } from '../imports/index.ts'

const fromWords = (from: string) =>
  from.startsWith('new:') || from === 'not recognised' ? <b>{from}</b> : from

/** What each column of the file was taken to be, and where that comes from. */
export const ColumnsAsRead = ({ page, change }: { page: ImportPage; change?: string }) => (
  <Section
    title={`${capital(worded(page.columns.length, 'column'))}, as we read ${page.columns.length === 1 ? 'it' : 'them'}`}
    aside={change && <a href={change}>Change the matching</a>}
  >
    <Table
      caption="The file’s columns"
      columns={[
        { head: 'In the file', width: 3 },
        { head: 'We read it as' },
        { head: 'For example', small: true },
        { head: 'Known from', small: true },
      ]}
      rows={page.columns.map((column) => [
        <Raw>{column.heading}</Raw>,
        column.target === 'leave out' ? <i class="hush">Left out</i> : column.targetName,
        column.filled === 0 ? <i>empty in every row</i> : column.examples.join(' · '),
        fromWords(column.from),
      ])}
    />
  </Section>
)
