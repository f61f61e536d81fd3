import { dayName, londonDay, londonTime } from '../../../kernel/days.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Form,
  Input,
  Page,
  PostButton,
  Radios,
  Section,
  Select,
  Table,
  Textarea,
} from '../../../ui/index.ts'
import { glassHours } from '../domain/break-glass.ts'
import type { BrokenGlass } from '../queries/break-glass.ts'

export interface TypedGlass {
  readonly school?: string
  readonly upn?: string
  readonly reason?: string
  readonly hours?: string
}

/** Seeing a pupil or a school beyond one's roles: asked at the top, and below it each time that it was done. */
export const BreakGlassPage = ({
  viewer,
  trust,
  glasses,
  schools,
  mayBreak,
  typed,
  because,
  done,
}: {
  viewer: Viewer
  trust: string
  glasses: readonly BrokenGlass[]
  /** Schools whose pupils this viewer does not see by role. */
  schools: readonly { readonly slug: string; readonly shortName: string }[]
  mayBreak: boolean
  typed?: TypedGlass
  because?: string
  done?: string
}) => (
  <Page
    title="Break the glass"
    viewer={viewer}
    trust={trust}
    nav="people"
    purpose="See a pupil or a school that your role does not reach, when someone’s safety or schooling can’t wait for a role to be given."
    problems={because ? [{ text: because, field: fieldOf(because) }] : []}
    done={done}
    foot={[
      'The trust’s data lead, directors and administrators and the school’s headteacher get an e-mail at once, with your name and your reason. You can look; you can’t change anything. It ends by itself, and they or you can end it before.',
      <>
        What was looked at is in the <a href="/audit">audit trail</a>. What each role sees anyway:{' '}
        <a href="/people/roles">who may see what</a>.
      </>,
    ]}
  >
    {mayBreak && schools.length > 0 && (
      <Section title="What do you need to see?">
        <Form action="/break-glass">
          <Select
            name="school"
            label="School"
            options={[
              { text: 'Choose', value: '' },
              ...schools.map((one) => ({ text: one.shortName, value: one.slug })),
            ]}
            value={typed?.school ?? ''}
          />
          <Input
            name="upn"
            label="UPN of the pupil"
            hint="Opens this one pupil. Leave it empty only when you need every pupil of the school."
            value={typed?.upn}
            autocomplete="off"
            spellcheck={false}
          />
          <Textarea
            name="reason"
            label="Why do you need to see it now?"
            hint="A sentence without the pupil’s name. It is sent to the trust and stays in the record."
            rows={3}
            value={typed?.reason}
          />
          <Radios
            name="hours"
            legend="For how long?"
            choices={glassHours.map((hours) => ({
              text: hours === 1 ? '1 hour' : `${hours} hours`,
              value: String(hours),
            }))}
            value={typed?.hours ?? '1'}
          />
          <Button kind="warning">Break the glass and tell the trust</Button>
        </Form>
      </Section>
    )}
    {mayBreak && schools.length === 0 && (
      <Section>
        <p>Your role reaches the pupils of every school: there is nothing behind glass for you.</p>
      </Section>
    )}
    <Section
      title="Each time it was done"
      note="Latest first: yours, and those of schools whose trail you read."
    >
      <Table
        caption="Each time the glass was broken"
        columns={[
          { head: 'Who and what', width: 3 },
          { head: 'Reason', width: 4 },
          { head: 'Until', width: 3 },
          { head: 'Told', width: 2, small: true },
        ]}
        rows={glasses.map((glass) => [
          <>
            {glass.name}, {glass.schoolName}: <Whom glass={glass} />
          </>,
          glass.reason,
          <Until glass={glass} />,
          glass.told.map(({ name, sent }) => (
            <div>
              {name}
              {sent ? `, ${londonTime(sent)}` : ', the e-mail waits for the mail server'}
            </div>
          )),
        ])}
        empty="Nobody has broken the glass. When someone does, it stands here with their reason, and who was told."
      />
    </Section>
  </Page>
)

const Whom = ({ glass }: { glass: BrokenGlass }) => {
  if (glass.pupil === null) return <>every pupil</>
  return glass.pupilName ? <a href={`/pupils/${glass.pupil}`}>{glass.pupilName}</a> : <>one pupil</>
}

const moment = (at: Date) => `${dayName(londonDay(at))}, ${londonTime(at)}`

const Until = ({ glass }: { glass: BrokenGlass }) =>
  glass.holds ? (
    <>
      <b>Open until {moment(glass.until)}</b>
      <PostButton action={`/break-glass/${glass.id}/end`} kind="secondary">
        End it now
      </PostButton>
    </>
  ) : glass.ended ? (
    <>
      ended {moment(glass.ended)}
      {glass.endedBy ? `, by ${glass.endedBy}` : ''}
    </>
  ) : (
    <>ended by itself, {moment(glass.until)}</>
  )

const fieldOf = (sentence: string): string =>
  /UPN/.test(sentence)
    ? 'upn'
    : /how long/.test(sentence)
      ? 'hours'
      : /why/.test(sentence)
        ? 'reason'
        : 'school'
