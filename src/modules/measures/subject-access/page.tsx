import { may } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Checkboxes,
  Form,
  Input,
  Page,
  type Problem,
  Section,
  Table,
  Textarea,
} from '../../../ui/index.ts'
import type { WholeRecord } from './whole-record.ts'

export interface TypedRecord {
  readonly upn?: string
  readonly forename?: string
  readonly surname?: string
  readonly why?: string
}

/** Where other people’s names are left out, to be checked; and words that could be names, to be decided. */
const NamesLeftOut = ({ cleared }: { cleared: WholeRecord['cleared'] }) => {
  const out = cleared.filter((one) => one.out.length > 0)
  const look = cleared.filter((one) => one.look.length > 0)
  const asked = [...new Set(look.flatMap((one) => one.look))].sort()
  return (
    <>
      <p>
        {out.length === 0
          ? 'No text of this record names anybody else, as far as the names of pupils and staff are known here. Read the export before you send it: parents and other people are not known by name.'
          : 'Other people are named in texts of this record. Compare what they say now with what leaves; read the export before you send it, for parents and others are not known by name here.'}
      </p>
      {out.length > 0 && (
        <Table
          caption="Texts in which names are left out"
          columns={[{ head: 'Where' }, { head: 'As it stands' }, { head: 'As it leaves' }]}
          rows={out.map((one) => [one.where, one.before, one.after])}
        />
      )}
      {asked.length > 0 && (
        <>
          <Table
            caption="Words that could be names"
            captionShown
            columns={[{ head: 'Where' }, { head: 'As it stands' }, { head: 'Could be a name' }]}
            rows={look.map((one) => [one.where, one.before, one.look.join(', ')])}
          />
          <Checkboxes
            name="also"
            legend="Leave these out as well"
            hint="They are ordinary words too, or the pupil’s own surname: by themselves they stay unless you say so."
            choices={asked.map((word) => ({ text: word, value: word }))}
          />
        </>
      )}
    </>
  )
}

/** What is held of one pupil: to put right who it is, and to take it away. */
export const RecordPage = ({
  viewer,
  trust,
  record,
  mayCorrect,
  typed,
  problems,
  done,
}: {
  viewer: Viewer
  trust: string
  record: WholeRecord
  mayCorrect: boolean
  typed?: TypedRecord
  problems?: readonly Problem[]
  done?: string
}) => {
  const { pupil, held, looks } = record
  const name = `${pupil.forename} ${pupil.surname}`
  const mayLetGo = may(viewer, 'let go')
  const of = (fact: string) => held.filter((row) => row.fact === fact).length
  return (
    <Page
      viewer={viewer}
      trust={trust}
      nav="standards"
      title={`The record of ${name}`}
      windowTitle="A pupil’s record"
      purpose="All that the trust holds of one pupil: take it away for a request by the pupil or a parent, or put right who it is about."
      crumbs={[{ text: name, href: `/pupils/${pupil.id}` }, { text: 'Record' }]}
      problems={problems}
      done={done}
      foot={['Both are written to the audit trail with your name.']}
    >
      <Section
        title="Take it away"
        note="For a subject access request. A zip with a PDF to read and the data as JSON and CSV; other people’s names are left out."
      >
        <Table
          caption="What is held"
          columns={[{ head: 'What' }, { head: 'Rows', num: true }]}
          rows={[
            ['Schools', String(pupil.enrolments.length)],
            ['Classes', String(pupil.classes.length)],
            ['Characteristics, with their dates', String(pupil.characteristics.length)],
            ['Results, superseded ones too', String(of('result'))],
            ['Attendance, superseded rows too', String(of('attendance'))],
            ['Characteristics as at each drop', String(of('pupil_state'))],
            ['Reasons and answers that were written', String(record.written.length)],
            ['Lines of the audit trail', String(looks.length)],
          ]}
        />
        <Form action={`/pupils/${pupil.id}/record/files`}>
          <NamesLeftOut cleared={record.cleared} />
          <Button>Take the whole record away</Button>
        </Form>
      </Section>
      {mayCorrect && (
        <Section
          title="Put right who it is"
          note="A changed name, or a UPN that was wrong. Figures stay what they were: they know pupils by our own number, never by name or UPN."
        >
          <Form action={`/pupils/${pupil.id}/record`}>
            <Input
              name="forename"
              label="Forename"
              value={typed?.forename ?? pupil.forename}
              autocomplete="off"
            />
            <Input
              name="surname"
              label="Surname"
              value={typed?.surname ?? pupil.surname}
              autocomplete="off"
            />
            <Input
              name="upn"
              label="UPN"
              value={typed?.upn ?? pupil.upn ?? ''}
              autocomplete="off"
              spellcheck={false}
            />
            <Textarea name="why" label="Why does it change?" rows={2} value={typed?.why} />
            <Button kind="secondary">Put it right</Button>
          </Form>
        </Section>
      )}
      {mayLetGo && (
        <Section
          title="Let it go, or join it"
          note="For a child recorded by mistake, or a request for erasure that the trust grants. You first see what would go and what stays."
        >
          <p>
            <a href={`/pupils/${pupil.id}/erase`}>Erase this record</a>
          </p>
          <p>
            Is the pupil recorded twice? <a href="/keeping/join">Join the two records</a>.
          </p>
        </Section>
      )}
    </Page>
  )
}
