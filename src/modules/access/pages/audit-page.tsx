import { dayName, londonDay, londonTime } from '../../../kernel/days.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Fold,
  Form,
  Input,
  Mark,
  Page,
  Pagination,
  type Problem,
  Section,
  Select,
  Table,
  TakeAway,
  WhyNot,
} from '../../../ui/index.ts'
import type { TrailLine } from '../queries/audit-trail.ts'
import type { Verified } from '../queries/verify-audit.ts'

export interface TrailFilter {
  readonly school?: string
  readonly person?: string
  readonly deed?: string
  /** UPN of a pupil. */
  readonly upn?: string
  /** Days, `yyyy-mm-dd`. */
  readonly from?: string
  readonly to?: string
}

export const AuditPage = ({
  viewer,
  trust,
  lines,
  filter,
  schools,
  people,
  deeds,
  older,
  newest,
  checkable,
  verified,
  problems,
  csv,
}: {
  viewer: Viewer
  trust: string
  lines: readonly TrailLine[]
  filter: TrailFilter
  schools: readonly { readonly slug: string; readonly shortName: string }[]
  people: readonly { readonly id: number; readonly name: string }[]
  deeds: readonly string[]
  /** Address of the page with older lines. */
  older?: string
  newest?: string
  /** May this viewer have the whole chain checked? */
  checkable: boolean
  verified?: Verified
  problems?: readonly Problem[]
  /** Address of the same lines as a file. */
  csv: string
}) => (
  <Page
    title="Audit trail"
    viewer={viewer}
    trust={trust}
    nav="people"
    purpose="Who looked at which pupil, who took figures away, who gave whom which role. Lines are only ever added."
    crumbs={[{ text: 'People', href: '/people' }, { text: 'Audit trail' }]}
    problems={problems}
    foot={[
      'Each line carries a hash over itself and the line before. Changing, removing or slipping in a line breaks the chain, and this page and the command audit verify say where.',
    ]}
  >
    {checkable && (
      <Section>
        {!verified ? (
          <Button href="/audit?check=yes" kind="secondary">
            Check that the chain holds
          </Button>
        ) : verified.ok ? (
          <p>
            <Mark kind="tick" /> <b>The chain holds.</b> {verified.rows.toLocaleString('en-GB')} lines,
            unbroken from the first to the last. The last hash is <span class="addr">{verified.last}</span>:
            written down elsewhere, it also shows whether lines were cut off the end.
          </p>
        ) : (
          <WhyNot title="The chain is broken.">
            {verified.because} The {verified.rows.toLocaleString('en-GB')} lines before it hold. Tell whoever
            runs Throughline for your trust, and compare with a backup.
          </WhyNot>
        )}
      </Section>
    )}
    <Section title="Lines" note="Latest first.">
      <Fold summary="Narrow it down" open={Object.values(filter).some(Boolean)}>
        <Form action="/audit" method="get">
          {schools.length > 1 && (
            <Select
              name="school"
              label="School"
              options={[
                { text: 'All', value: '' },
                ...schools.map((one) => ({ text: one.shortName, value: one.slug })),
              ]}
              value={filter.school ?? ''}
            />
          )}
          <Select
            name="person"
            label="Done by"
            options={[
              { text: 'Anyone', value: '' },
              ...people.map((one) => ({ text: one.name, value: one.id })),
            ]}
            value={filter.person ?? ''}
          />
          <Select
            name="deed"
            label="What was done"
            options={[{ text: 'Anything', value: '' }, ...deeds.map((deed) => ({ text: deed }))]}
            value={filter.deed ?? ''}
          />
          <Input
            name="upn"
            label="About the pupil with this UPN"
            value={filter.upn}
            autocomplete="off"
            spellcheck={false}
            error={problems?.find(({ field }) => field === 'upn')?.text}
          />
          <Input
            name="from"
            label="From the day"
            type="date"
            value={filter.from}
            error={problems?.find(({ field }) => field === 'from')?.text}
          />
          <Input
            name="to"
            label="To the day"
            type="date"
            value={filter.to}
            error={problems?.find(({ field }) => field === 'to')?.text}
          />
          <Button kind="secondary">Show</Button>
        </Form>
      </Fold>
      <Table
        caption="Lines of the audit trail, latest first"
        columns={[
          { head: 'When', width: 3, small: true },
          { head: 'What', width: 6 },
          { head: 'Line', num: true, small: true },
        ]}
        rows={lines.map((line) => [
          `${dayName(londonDay(line.at))}, ${londonTime(line.at)}`,
          <Told line={line} />,
          line.seq.toLocaleString('en-GB'),
        ])}
        empty="Nothing like that has been done yet."
      />
      <TakeAway links={[{ text: 'CSV', href: csv }]}>Every line that answers, not only this page.</TakeAway>
      {(older || newest) && (
        <Pagination
          previous={newest ? { href: newest, text: 'Newest' } : undefined}
          next={older ? { href: older, text: 'Older' } : undefined}
        />
      )}
    </Section>
  </Page>
)

/** The sentence, leading to the pupil or the figure that it is about. */
const Told = ({ line }: { line: TrailLine }) => {
  const href =
    line.subject === 'organisation.pupil' && /^\d+$/.test(line.id)
      ? `/pupils/${line.id}`
      : line.subject === 'measures.figure' && line.id.startsWith('/figure/')
        ? line.id
        : undefined
  return href ? <a href={href}>{line.sentence}</a> : line.sentence
}
