import { dayName } from '../../../kernel/days.ts'
import { roleNames, roles } from '../../../kernel/roles.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Buttons,
  Checkboxes,
  FileUpload,
  Form,
  Page,
  type Problem,
  Section,
  SummaryList,
  Table,
} from '../../../ui/index.ts'
import type { TakenStaff } from '../commands/take-staff.ts'

const crumbs = [{ text: 'People', href: '/people' }, { text: 'From a file' }]

const columns: readonly (readonly [string, string])[] = [
  ['email', 'needed: by it people are known'],
  ['name', 'needed for somebody new; or forename and surname'],
  ['title', 'their post'],
  ['school', 'its URN or name; empty for the trust’s own team'],
  ['role', `one of: ${roles.map((role) => roleNames[role]).join(', ')}`],
  ['cluster, department, class', 'where the role is held, when it is not a whole school or the trust'],
  ['from, to', 'first and last day of the role, as 2026-09-01 or 01/09/2026; from today without'],
  ['left', 'last day they worked here: roles end with it and they are signed out'],
]

export const StaffFilePage = ({
  viewer,
  trust,
  problems,
}: {
  viewer: Viewer
  trust: string
  problems?: readonly Problem[]
}) => (
  <Page
    title="People from a file"
    viewer={viewer}
    trust={trust}
    nav="people"
    purpose="Bring in staff, give roles and record leavers from one CSV file. You see what it would do before anything is done."
    crumbs={crumbs}
    problems={problems}
  >
    <Section>
      <Form action="/people/file" files>
        <FileUpload
          name="file"
          label="CSV file"
          hint="Up to 5,000 rows. Someone with two roles has two rows."
          error={problems?.[0]?.text}
        />
        <Button>Check the file</Button>
      </Form>
    </Section>
    <Section
      title="Its columns"
      aside={<a href="/people/file/template.csv">An empty file with the headings</a>}
    >
      <Table
        caption="Columns of the file"
        columns={[
          { head: 'Heading', width: 2 },
          { head: 'What it says', width: 6 },
        ]}
        rows={columns.map(([name, says]) => [name, says])}
      />
    </Section>
  </Page>
)

const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`

/** What the file would do, and a button to do it; or, afterwards, what it did. */
export const StaffTriedPage = ({
  viewer,
  trust,
  taken,
  text,
  invited = 0,
}: {
  viewer: Viewer
  trust: string
  taken: TakenStaff
  /** The file, while it is only tried. */
  text?: string
  /** So many invitations are on their way. */
  invited?: number
}) => {
  const nothing = taken.added.length + taken.changed + taken.roles + taken.left.length === 0
  return (
    <Page
      title={text === undefined ? 'The file is taken in' : 'What the file would do'}
      viewer={viewer}
      trust={trust}
      nav="people"
      purpose={
        text === undefined
          ? 'All good rows went in together.'
          : 'Nothing is done yet. All good rows go in together; the others change nothing.'
      }
      crumbs={crumbs}
    >
      <Section>
        <SummaryList
          rows={[
            { key: 'New people', value: String(taken.added.length) },
            { key: 'Names or posts changed', value: String(taken.changed) },
            { key: 'Roles given', value: String(taken.roles) },
            {
              key: 'Leavers',
              value:
                taken.left.length === 0
                  ? '0'
                  : taken.left.map(({ name, last }) => (
                      <>
                        {name}, {dayName(last)}
                        <br />
                      </>
                    )),
            },
            { key: 'As they are already', value: many(taken.unchanged, 'row', 'rows') },
            { key: 'Left out', value: many(taken.bad.length, 'row', 'rows') },
          ]}
        />
        {invited > 0 && (
          <p>
            {many(invited, 'invitation is', 'invitations are')} on the way. Who has not had theirs is shown
            under <a href="/people">People</a>.
          </p>
        )}
        {text !== undefined && !nothing && (
          <Form action="/people/file/publish" files>
            <input type="hidden" name="text" value={text} />
            <input type="hidden" name="mark" value={taken.mark} />
            {taken.added.length > 0 && (
              <Checkboxes
                name="invite"
                values={[]}
                choices={[
                  {
                    text: 'Send each new person an invitation by e-mail',
                    value: 'yes',
                    hint: 'Not needed where they sign in with Microsoft or Google.',
                  },
                ]}
              />
            )}
            <Button once>Do it</Button>
          </Form>
        )}
        <Buttons>
          {text === undefined ? (
            <Button href="/people">To the people</Button>
          ) : (
            <Button href="/people/file" kind="secondary">
              Choose another file
            </Button>
          )}
        </Buttons>
      </Section>
      {taken.bad.length > 0 && (
        <Section
          title="Rows that are left out"
          note="Mend them in the file and check it again; what is in already is not done twice."
        >
          <Table
            caption="Rows that are left out, with why"
            columns={[
              { head: 'Row', width: 1 },
              { head: 'Who', width: 2 },
              { head: 'Why', width: 6 },
            ]}
            rows={taken.bad.map(({ row, who, because }) => [row, who || 'no name', because])}
          />
        </Section>
      )}
    </Page>
  )
}
