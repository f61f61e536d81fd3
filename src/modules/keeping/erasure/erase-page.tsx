import { dayName, londonDay, londonTime } from '../../../kernel/days.ts'
import { whole } from '../../../kernel/numbers.ts'
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
import type { ErasurePreview, Standing } from './preview.ts'
import type { ErasureMade } from './queries.ts'

const fateWords: Record<Standing['fate'], string> = {
  goes: 'goes',
  'is cleaned': 'the name goes',
  stays: 'stays',
}

/** Erasing one pupil’s record: what stands, what becomes of it, then a reason and the name typed. */
export const ErasePage = ({
  viewer,
  preview,
  typed = {},
  problems,
}: {
  viewer: Viewer
  preview: ErasurePreview
  typed?: Sent
  problems?: readonly Problem[]
}) => {
  const { pupil, standing, toType, lockedRows } = preview
  return (
    <Page
      viewer={viewer}
      nav="standards"
      title={`Erase the record of ${toType}`}
      windowTitle="Erase a pupil’s record"
      purpose="For a child who was recorded by mistake, or when the trust has decided to grant a request for erasure. Read first what would go; nothing is changed until you press the button at the foot."
      crumbs={[
        { text: toType, href: `/pupils/${pupil.pupil}` },
        { text: 'Record', href: `/pupils/${pupil.pupil}/record` },
        { text: 'Erase' },
      ]}
      problems={problems}
      foot={[
        'A request for erasure can be refused where a law asks that the record be kept, or it is needed to carry out the school’s public task: ask the data protection officer (UK GDPR, Article 17(3)).',
      ]}
    >
      <Section
        title="What stands, and what becomes of it"
        note="Counted just now, superseded and undone data too. Sealed files are sealed anew, and the old bytes taken off the disk. It is done in one step: when it is stopped in the middle, either nothing has gone, or the rest goes at the next start."
      >
        <Table
          caption="What stands about this pupil, by class of record"
          columns={[
            { head: 'What', width: 3 },
            { head: 'How much', width: 3 },
            { head: 'Then', width: 2 },
            { head: 'Why, and how', width: 4, small: true },
          ]}
          rows={standing.map((one) => [<b>{one.what}</b>, one.words, fateWords[one.fate], one.why])}
        />
      </Section>
      <Section title="Erase it">
        <WarningText>
          It can’t be undone. Take the child out of the school’s own system as well: the next file that names
          them would ask to add them again.
        </WarningText>
        <Form action={`/pupils/${pupil.pupil}/erase`}>
          {lockedRows > 0 && (
            <Radios
              name="figures"
              legend="Figures of locked drops"
              hint={`${whole(lockedRows)} rows of locked drops are about this pupil. What is already printed or cited stays as it is printed.`}
              choices={[
                {
                  text: 'Count without the pupil',
                  value: 'without them',
                  hint: 'The rows go. Figures of those drops move by one pupil, and say so.',
                  checked: typed.figures !== 'nameless row',
                },
                {
                  text: 'Keep the row, as nobody’s',
                  value: 'nameless row',
                  hint: 'Figures stay true. The row loses number, class, form, detailed ethnicity and the words of results; school, year, sex, groups and values stay, and in a small group somebody could still guess whose they are.',
                  checked: typed.figures === 'nameless row',
                },
              ]}
            />
          )}
          <Textarea
            name="reason"
            label="Why is it erased?"
            hint="A sentence without the pupil’s name: it is kept, with your name and the day."
            rows={2}
            value={typed.reason}
          />
          <Input
            name="typed"
            label={`Type the pupil’s whole name: ${toType}`}
            value={typed.typed}
            autocomplete="off"
            spellcheck={false}
          />
          <Button kind="warning" once>
            Erase this record
          </Button>
        </Form>
      </Section>
    </Page>
  )
}

/** Each record that was erased: no names, only what went, when, by whom and why. */
export const ErasuresPage = ({
  viewer,
  made,
  done,
}: {
  viewer: Viewer
  made: readonly ErasureMade[]
  done?: string
}) => (
  <Page
    viewer={viewer}
    nav="standards"
    title="Records that were erased"
    purpose="Shows that a record was erased, by whom, when and why, without saying whose it was."
    crumbs={[{ text: 'What is kept', href: '/keeping' }, { text: 'Erased' }]}
    done={done}
    foot={[
      'Copy erased.jsonl from the data folder to where the backups are: restore goes through it, so that an older backup does not bring a pupil back.',
    ]}
  >
    <Section>
      <Table
        caption="Records that were erased, latest first"
        columns={[
          { head: 'When', width: 2 },
          { head: 'By whom', width: 2 },
          { head: 'Why', width: 4 },
          { head: 'What went', width: 4 },
        ]}
        rows={made.map((one) => [
          `${dayName(londonDay(one.at))}, ${londonTime(one.at)}`,
          one.by,
          one.reason,
          one.went,
        ])}
        empty="No record was erased yet. To erase one, open the pupil’s page, then the whole record."
      />
    </Section>
  </Page>
)
