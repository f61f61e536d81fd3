import { Button } from '../forms/button.tsx'
import { Pagination, pagesAround } from '../forms/pagination.tsx'
import { Details, InsetText, Tag, WarningText } from '../forms/small-parts.tsx'
import { SummaryList } from '../forms/summary-list.tsx'
import { Counts, Facts, Keys } from '../parts/facts.tsx'
import { FigureChip } from '../parts/figure-block.tsx'
import { ImportSteps, Raw } from '../parts/import-steps.tsx'
import { Progress } from '../parts/progress.tsx'
import { Readiness } from '../parts/readiness.tsx'
import { Buttons, Columns, Empty, Fold, Section, TakeAway, WhyNot } from '../parts/section.tsx'
import { Status, type StatusKind, StatusMark } from '../parts/status.tsx'
import { Table } from '../tables/table.tsx'
import { hardNames, schools } from './edge-data.ts'
import type { Entry } from './gallery.tsx'

const kinds: readonly StatusKind[] = ['better', 'expected', 'below', 'unsure', 'moved']

export const parts: readonly Entry[] = [
  {
    id: 'status',
    name: 'Status',
    draw: () => (
      <>
        <p class="filters">
          {kinds.map((kind) => (
            <Status kind={kind} />
          ))}
        </p>
        <p class="filters">
          <Status kind="better">Ahead</Status>
          <Status kind="expected">On course</Status>
          <Status kind="below">Behind</Status>
          <span>
            <StatusMark kind="below" /> 58
          </span>
        </p>
      </>
    ),
  },
  {
    id: 'chip',
    name: 'Figure chip',
    draw: () => (
      <p>
        In Year 6,{' '}
        <FigureChip href="#" line={1} source="35 of 60, snapshot 14">
          58%
        </FigureChip>{' '}
        read at the expected standard; in Year 4{' '}
        <FigureChip href="#" line={2} stale="was 62% in snapshot 11, now 58%">
          62%
        </FigureChip>{' '}
        did.
      </p>
    ),
  },
  {
    id: 'readiness',
    name: 'Readiness: open, late, done',
    draw: () => (
      <Readiness
        schools={schools.map((name, at) => ({
          name,
          href: '#',
          state: at < 3 ? ('done' as const) : at === 3 ? ('late' as const) : ('open' as const),
          words: at < 3 ? 'signed off' : at === 3 ? 'two days late' : 'no file yet',
        }))}
        from="opened 2 March"
        lock={{ words: 'lock by 27 March', done: false }}
      />
    ),
  },
  {
    id: 'readiness-locked',
    name: 'Readiness: locked',
    draw: () => (
      <Readiness
        label="Sign-off, all in"
        schools={schools.map((name) => ({ name, state: 'done' as const, words: 'signed off' }))}
        lock={{ words: 'locked 27 March', done: true }}
      />
    ),
  },
  {
    id: 'readiness-forty',
    name: 'Readiness: forty schools',
    draw: () => (
      <Readiness
        label="Sign-off by forty schools"
        schools={Array.from({ length: 40 }, (_, at) => ({
          name: `School ${at + 1}`,
          state: at % 5 === 0 ? ('late' as const) : ('done' as const),
          words: at % 5 === 0 ? 'late' : 'signed off',
        }))}
        lock={{ words: 'lock by 27 March', done: false }}
      />
    ),
  },
  {
    id: 'import-steps',
    name: 'Import steps',
    draw: () => (
      <ImportSteps
        steps={[
          { text: 'Uploaded', state: 'past', href: '#' },
          { text: 'Columns matched', state: 'past' },
          { text: 'Checking rows', state: 'now' },
          { text: 'Publish', state: 'to come' },
          { text: 'Undo, until the drop is locked', state: 'to come' },
        ]}
      />
    ),
  },
  {
    id: 'table',
    name: 'Table',
    draw: () => (
      <>
        <Table
          caption="Results"
          columns={[
            { head: 'Pupil' },
            { head: 'It says', width: 3 },
            { head: 'Reading', num: true },
            { head: 'Class', small: true },
            { head: 'Do', hidden: true },
          ]}
          rows={[
            ['Ayesha R.', <Raw>1O4</Raw>, '88', '4C', <a href="#table">Open</a>],
            {
              cells: [
                hardNames[0],
                <Raw>{hardNames[3]}</Raw>,
                '−0.70',
                hardNames[1],
                <a href="#table">Open too</a>,
              ],
              marked: true,
            },
            [hardNames[2], '', '', '', ''],
          ]}
        />
        <TakeAway
          links={[
            { text: 'CSV', href: '#' },
            { text: 'Spreadsheet', href: '#' },
          ]}
        >
          Numbers as they were at the lock.
        </TakeAway>
      </>
    ),
  },
  {
    id: 'table-none',
    name: 'Table: no rows',
    draw: () => (
      <Table
        caption="Nothing"
        columns={[{ head: 'Row' }, { head: 'The trouble' }]}
        rows={[]}
        empty="Every row could be read."
      />
    ),
  },
  {
    id: 'table-scroll',
    name: 'Table: too wide for a phone',
    draw: () => (
      <Table
        caption="Grades by subject"
        narrow="scroll"
        dense
        columns={[
          { head: 'Subject' },
          ...['9', '8', '7', '6', '5', '4', '3', '2', '1', 'U', 'All'].map((head) => ({ head, num: true })),
        ]}
        rows={['English language', 'Mathematics', 'Combined science'].map((subject, at) => [
          subject,
          ...Array.from({ length: 11 }, (_, grade) => String((at + 3) * (grade + 2))),
        ])}
      />
    ),
  },
  {
    id: 'facts',
    name: 'Facts, keys and counts',
    draw: () => (
      <Columns>
        <Section level={3} title="Facts">
          <Facts
            items={[
              {
                name: 'Definition',
                value: 'Pupils in Year 6 with a scaled score of 100 or more in reading.',
              },
              {
                name: 'Source',
                value: 'saltmarsh-year-six-reading-writing-and-mathematics-summer-2026-final-version-2.csv',
              },
            ]}
          />
        </Section>
        <Section level={3} title="Keys and counts">
          <Keys
            items={[
              { name: 'Signed off on time', value: '8 of 9; Gull Rock two days late' },
              { name: 'Not collected', value: <a href="#facts">Gull Rock, writing</a> },
            ]}
          />
          <Counts
            items={[
              { count: 1086, words: 'results added' },
              { count: 0, words: 'changed' },
              { count: 1, words: 'rows not yet placed' },
            ]}
          />
        </Section>
      </Columns>
    ),
  },
  {
    id: 'why-not',
    name: 'A closed door',
    draw: () => (
      <>
        <WhyNot id="g-why" title="You can’t publish yet.">
          Row 41 could be either of two pupils. Choose one, or leave the row out.
        </WhyNot>
        <Buttons>
          <Button offBecause="g-why">Publish as snapshot 13</Button>
          <Button kind="secondary">Check again</Button>
          <Button kind="warning">Undo the import</Button>
          <Button href="#why-not" kind="secondary">
            A link
          </Button>
        </Buttons>
      </>
    ),
  },
  {
    id: 'empty',
    name: 'Nothing here yet',
    draw: () => (
      <Empty title="No drop is open" action={<Button href="#empty">Open the autumn drop</Button>}>
        Open the autumn drop and the nine schools will be asked for their files.
      </Empty>
    ),
  },
  {
    id: 'progress',
    name: 'At work',
    draw: () => (
      <>
        <Progress doing="Checking the rows" done={612000} of={1040000}>
          612,000 of 1,040,000 results checked, about 20 seconds left.
        </Progress>
        <Progress doing="Reading the file" done={0} />
      </>
    ),
  },
  {
    id: 'folds',
    name: 'Folds, tags, asides',
    draw: () => (
      <>
        <Fold summary="Thirty-one rows were read without trouble" note="rows 2 to 32">
          All their pupils were found.
        </Fold>
        <Details summary="Why do we ask?">So that the figure can say who is missing.</Details>
        <p>
          <Tag>Open</Tag> <Tag>Locked</Tag>
        </p>
        <InsetText>All 86 results go in together or none do.</InsetText>
        <WarningText>The lock can’t be undone.</WarningText>
      </>
    ),
  },
  {
    id: 'summary-list',
    name: 'Summary list',
    draw: () => (
      <SummaryList
        rows={[
          {
            key: 'Purpose',
            value: 'To see who needs help before the summer',
            actions: [{ text: 'Change', href: '#', of: 'purpose' }],
          },
          { key: 'Year groups', value: '4 and 6' },
        ]}
      />
    ),
  },
  {
    id: 'pagination',
    name: 'Pages of a long list',
    draw: () => (
      <Pagination
        pages={pagesAround(6, 40, () => '#pagination')}
        previous={{ href: '#pagination' }}
        next={{ href: '#pagination' }}
      />
    ),
  },
]
