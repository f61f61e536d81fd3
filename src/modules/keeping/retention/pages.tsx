import { academicYearName } from '../../../kernel/academic-year.ts'
import { dayName, londonDay } from '../../../kernel/days.ts'
import { count, whole } from '../../../kernel/numbers.ts'
import type { Sent } from '../../../platform/http/form.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Form,
  Input,
  Page,
  type Problem,
  Radios,
  Section,
  Table,
  Textarea,
  WarningText,
} from '../../../ui/index.ts'
import { type RecordClass, recordClasses, ruleWords } from '../domain/record-classes.ts'
import type { DueOfClass } from './due.ts'
import type { Rule, Rules } from './rules.ts'

const yearWords = (of: RecordClass, year: number) =>
  recordClasses[of].counted === 'academic year' ? academicYearName(year) : String(year)

const dueWords = ({ many, pupils }: DueOfClass) =>
  many === 0 ? 'nothing' : `${whole(many)}${pupils > 0 ? `, of ${count(pupils, 'pupil')}` : ''}`

const yearsLine = (one: DueOfClass) =>
  one.byYear.map(({ year, many }) => `${yearWords(one.class, year)}: ${whole(many)}`).join(' · ')

const sourceOf = (rule: Rule) =>
  rule.decided
    ? `Decided by ${rule.decided.by} on ${dayName(londonDay(rule.decided.at))}: ${rule.decided.reason}`
    : `Not decided yet. ${recordClasses[rule.class].source}`

/** How long each class of record is kept, what is due today, and letting it go. */
export const KeepingPage = ({
  viewer,
  kept,
  due,
  seen,
  done,
  problems,
}: {
  viewer: Viewer
  kept: Rules
  due: readonly DueOfClass[]
  /** The counts shown, as the form carries them. */
  seen: string
  done?: string
  problems?: readonly Problem[]
}) => {
  const going = due.filter(({ many }) => many > 0)
  return (
    <Page
      viewer={viewer}
      nav="standards"
      title="What is kept, and how long"
      purpose="How long the trust keeps each class of record, by whose decision, and what has been kept long enough today."
      asAt={[`Counted on ${dayName(viewer.today)}`]}
      done={done}
      problems={problems}
      foot={[
        <>
          One pupil’s record is erased from the pupil’s page. What was erased:{' '}
          <a href="/keeping/erased">the list</a>. Two records of one pupil are{' '}
          <a href="/keeping/join">joined</a>.
        </>,
        'The years to start with come from the IRMS toolkit, regulations and what each class is of use for. They are no legal advice: decide them with the data protection officer.',
      ]}
    >
      <Section
        title="Rules"
        note="What is not decided yet is kept as the software starts: the years are yours to decide."
      >
        <Table
          caption="Classes of record and how long each is kept"
          columns={[
            { head: 'Class of record', width: 3 },
            { head: 'Kept', width: 2 },
            { head: 'Why', width: 5, small: true },
            { head: 'Due today', width: 2 },
            { head: 'Change', hidden: true, width: 1 },
          ]}
          rows={kept.rules.map((rule) => [
            <b>{recordClasses[rule.class].name}</b>,
            rule.words,
            sourceOf(rule),
            dueWords(due.find((one) => one.class === rule.class)!),
            <a href={`/keeping/rules/${rule.class}`}>
              Change<span class="vh"> {recordClasses[rule.class].name}</span>
            </a>,
          ])}
        />
      </Section>
      <Section
        title="What would go now"
        note={
          kept.nightly
            ? 'What is due goes every night between two and four, as decided.'
            : 'Nothing goes by itself: somebody looks, and says so.'
        }
      >
        <Table
          caption="What has been kept long enough, by year"
          columns={[
            { head: 'Class of record', width: 3 },
            { head: 'By year', width: 4 },
            { head: 'What then', width: 5, small: true },
          ]}
          rows={going.map((one) => [
            <b>{recordClasses[one.class].name}</b>,
            yearsLine(one),
            recordClasses[one.class].goes,
          ])}
          empty="Nothing has been kept long enough."
        />
        {going.length > 0 && (
          <>
            <WarningText>It can’t be undone. Older backups hold it until they are destroyed.</WarningText>
            <Form action="/keeping/let-go">
              <input type="hidden" name="seen" value={seen} />
              <Input
                name="typed"
                label="Type “let go” to say that you have read what goes"
                autocomplete="off"
                spellcheck={false}
              />
              <Button kind="warning" once>
                Let it go
              </Button>
            </Form>
          </>
        )}
      </Section>
      <Section title="Who lets it go">
        {kept.nightlyDecided && (
          <p>
            {kept.nightlyDecided.by}, {dayName(londonDay(kept.nightlyDecided.at))}:{' '}
            {kept.nightlyDecided.reason}
          </p>
        )}
        <Form action="/keeping/nightly">
          <Radios
            name="nightly"
            legend="What is due"
            choices={[
              { text: 'goes when a person says so', value: 'no', checked: !kept.nightly },
              { text: 'goes every night, while the server runs', value: 'yes', checked: kept.nightly },
            ]}
          />
          <Textarea name="reason" label="Why?" rows={2} />
          <Button kind="secondary">Keep this</Button>
        </Form>
      </Section>
    </Page>
  )
}

/** Changing how long one class is kept. */
export const RulePage = ({
  viewer,
  rule,
  typed = {},
  problems,
}: {
  viewer: Viewer
  rule: Rule
  typed?: Sent
  problems?: readonly Problem[]
}) => {
  const about = recordClasses[rule.class]
  return (
    <Page
      viewer={viewer}
      nav="standards"
      title={about.name}
      purpose="How long this class of record is kept. Nothing goes by a new rule until somebody lets it go, or the night does."
      crumbs={[{ text: 'What is kept', href: '/keeping' }, { text: about.name }]}
      problems={problems}
    >
      <Section>
        <p>
          Now: {rule.words}. To start with: {ruleWords(rule.class, about.years)}. {about.source}
        </p>
        <p>{about.goes}</p>
        <Form action={`/keeping/rules/${rule.class}`}>
          <Input
            name="years"
            label="Years"
            hint="A whole number from 0 to 100. Leave it empty to keep the records until somebody decides otherwise."
            value={typed.years ?? (rule.years === null ? '' : String(rule.years))}
            inputmode="numeric"
            autocomplete="off"
          />
          <Textarea
            name="reason"
            label="Why?"
            hint="Who decided it, and on what ground."
            rows={2}
            value={typed.reason}
          />
          <Button>Keep this rule</Button>
        </Form>
      </Section>
    </Page>
  )
}
