import { dayName } from '../../../kernel/days.ts'
import { count } from '../../../kernel/numbers.ts'
import type { Sent } from '../../../platform/http/form.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Form,
  Input,
  InsetText,
  Page,
  type Problem,
  Radios,
  Section,
  Table,
  Textarea,
  WarningText,
} from '../../../ui/index.ts'
import type { LikelyTwo } from '../../organisation/index.ts'
import type { JoinPreview, JoinSide } from './join-records.ts'

const schoolsOf = ({ page }: JoinSide) =>
  page.enrolments
    .map(({ schoolName, from, to }) => `${schoolName}, ${dayName(from)} to ${to ? dayName(to) : 'now'}`)
    .join('; ') || 'none'

const rowsOf = (one: JoinSide, other: JoinSide): [string, string, string][] => {
  const line = (what: string, of: (side: JoinSide) => string): [string, string, string] => [
    what,
    of(one),
    of(other),
  ]
  return [
    line('Name', ({ name }) => name),
    line('UPN', ({ marks }) => marks.upns.join(', ') || 'none'),
    line('The school’s own number', ({ marks }) => marks.localId ?? 'none'),
    line('Born', ({ marks }) => (marks.born ? dayName(marks.born) : 'not recorded')),
    line('On roll', schoolsOf),
    line(
      'Years, classes',
      ({ rows }) => `${count(rows.years, 'year')}, ${count(rows.classes, 'class', 'classes')}`,
    ),
    line('Characteristics', ({ rows }) => count(rows.characteristics, 'row')),
    line('Results, attendance and other facts, as they stand', ({ sealed }) => count(sealed, 'row')),
  ]
}

/** Two records beside one another: what both hold, where they differ, which word holds. */
export const JoinPage = ({
  viewer,
  preview,
  typed = {},
  problems,
}: {
  viewer: Viewer
  preview: JoinPreview
  typed?: Sent
  problems?: readonly Problem[]
}) => {
  const { stays, comes, clashes, doubts } = preview
  const [one, other] = [stays.marks.pupil, comes.marks.pupil]
  return (
    <Page
      viewer={viewer}
      nav="standards"
      title="Join two records of one pupil"
      purpose="One pupil who was recorded twice, as under a temporary UPN or two spellings, becomes one, with the whole history. Read what both hold; nothing is changed until you press the button at the foot."
      crumbs={[{ text: stays.name, href: `/pupils/${one}` }, { text: 'Join' }]}
      problems={problems}
      foot={[
        'The UPN of the record that goes finds the pupil from then on, in a search and in files. Snapshots are read as before, with one pupil in the place of two; figures in which both counted move by one, and say so.',
      ]}
    >
      {doubts.length > 0 && <InsetText>Look twice before you join them. {doubts.join(' ')}</InsetText>}
      <Section
        title="What both hold"
        note="The name, UPN and birth date of the record that stays hold."
        aside={<a href={`/pupils/${other}/join?other=${one}`}>The other one should stay</a>}
      >
        <Table
          caption="Two records side by side"
          columns={[{ head: 'What' }, { head: 'This record stays' }, { head: 'This one comes over' }]}
          rows={rowsOf(stays, comes)}
        />
      </Section>
      <Section title="Join them">
        <WarningText>
          Two joined records can’t be parted again: what was whose is not kept. A wrong join is put right by
          restoring a backup, or by bringing the files of one pupil again.
        </WarningText>
        <Form action={`/pupils/${one}/join`}>
          <input type="hidden" name="other" value={String(other)} />
          <input type="hidden" name="seen" value={String(clashes.length)} />
          {clashes.map((clash, at) => (
            <Radios
              name={`clash-${at}`}
              legend={`${clash.what}: the records say otherwise. Which holds?`}
              choices={[
                {
                  text: clash.stays,
                  value: 'stays',
                  hint: 'of the record that stays',
                  checked: typed[`clash-${at}`] !== 'comes',
                },
                {
                  text: clash.comes,
                  value: 'comes',
                  hint: 'of the record that comes over',
                  checked: typed[`clash-${at}`] === 'comes',
                },
              ]}
            />
          ))}
          {clashes.length === 0 && <p>They say nothing that differs in one drop.</p>}
          <Textarea
            name="reason"
            label="How is it known that they are one pupil?"
            hint="A sentence without names or numbers: it is kept, with your name and the day."
            rows={2}
            value={typed.reason}
          />
          <Input
            name="typed"
            label="Type “join” to say that you have read what both hold"
            value={typed.typed}
            autocomplete="off"
            spellcheck={false}
          />
          <Button kind="warning" once>
            Join the records
          </Button>
        </Form>
      </Section>
    </Page>
  )
}

/** Pupils who may be one, and a way in for two whom somebody knows to be. */
export const LikelyPage = ({
  viewer,
  likely,
  typed = {},
  problems,
  done,
}: {
  viewer: Viewer
  likely: readonly LikelyTwo[]
  typed?: Sent
  problems?: readonly Problem[]
  done?: string
}) => (
  <Page
    viewer={viewer}
    nav="standards"
    title="Pupils who may be recorded twice"
    purpose="Finds pupils with the same surname and birth date whose forenames begin alike, and joins two records that are one pupil’s."
    crumbs={[{ text: 'What is kept', href: '/keeping' }, { text: 'Recorded twice' }]}
    problems={problems}
    done={done}
    foot={['Twins with like names stand here too: look before you join.']}
  >
    <Section>
      <Table
        caption="Pupils who may be one"
        columns={[
          { head: 'One', width: 4 },
          { head: 'The other', width: 4 },
          { head: 'Born', width: 2 },
          { head: 'Look', hidden: true, width: 2 },
        ]}
        rows={likely.map((two) => [
          `${two.oneName}${two.oneUpn ? `, ${two.oneUpn}` : ''}`,
          `${two.otherName}${two.otherUpn ? `, ${two.otherUpn}` : ''}`,
          dayName(two.born),
          <a href={`/pupils/${two.one}/join?other=${two.other}`}>
            Compare<span class="vh"> {two.oneName}</span>
          </a>,
        ])}
        empty="Nobody seems to be recorded twice."
      />
    </Section>
    <Section title="Two whom you know to be one">
      <Form action="/keeping/join">
        <Input
          name="stays"
          label="UPN of the record that stays"
          value={typed.stays}
          autocomplete="off"
          spellcheck={false}
        />
        <Input
          name="comes"
          label="UPN of the record that comes over"
          value={typed.comes}
          autocomplete="off"
          spellcheck={false}
        />
        <Button kind="secondary">Compare them</Button>
      </Form>
    </Section>
  </Page>
)
