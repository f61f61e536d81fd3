import { dayName } from '../../kernel/days.ts'
import { NotHere } from '../../kernel/refusal.ts'
import { may } from '../../kernel/viewer.ts'
import { type School, schools, trustOf } from '../../modules/organisation/index.ts'
import { boxesIn, first, type Sent } from '../../platform/http/form.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { Button, DateInput, Form, Input, Page, type Problem, Radios, Section, Table } from '../../ui/index.ts'

export interface MembershipTold {
  readonly problems?: readonly Problem[]
  readonly done?: string
  readonly typed?: Sent
}

/** Which schools belong to the trust, since when, and who joins, leaves or merges. @throws NotHere for who does not keep schools. */
export async function membershipPage(viewer: Viewer, { problems, done, typed = {} }: MembershipTold = {}) {
  if (!may(viewer, 'keep schools')) throw new NotHere()
  const [trust, all] = [await trustOf(viewer), await schools(viewer)]
  const here = all.filter(({ left }) => left === null || left >= viewer.today)
  const gone = all.filter((one) => !here.includes(one))
  const box = (name: string) => ({ name, value: first(typed, name) })
  return (
    <Page
      title="Schools that join, leave and merge"
      viewer={viewer}
      trust={trust.name}
      nav="drops"
      purpose="Since when each school belongs to the trust. Its results from before that day are its own history: no figure of the trust counts them."
      crumbs={[{ text: 'Drops', href: '/drops' }, { text: 'Schools that join, leave and merge' }]}
      problems={problems}
      done={done}
    >
      <Section title="In the trust">
        <Table
          caption="Schools of the trust"
          columns={[
            { head: 'School', width: 4 },
            { head: 'URN' },
            { head: 'Joined', width: 3 },
            { head: 'What may happen', width: 4 },
          ]}
          rows={here.map((school) => [
            <a href={`/schools/${school.slug}`}>{school.name}</a>,
            school.urn,
            joinedWords(school),
            <>
              <a href={`/membership/${school.slug}/leave`}>
                Leaves<span class="govuk-visually-hidden"> the trust: {school.shortName}</span>
              </a>{' '}
              ·{' '}
              <a href={`/membership/${school.slug}/merge`}>
                Merges<span class="govuk-visually-hidden"> with another: {school.shortName}</span>
              </a>
            </>,
          ])}
        />
      </Section>
      {gone.length > 0 && (
        <Section title="Were in the trust">
          <Table
            caption="Schools that have left"
            columns={[
              { head: 'School', width: 4 },
              { head: 'URN' },
              { head: 'Joined', width: 3 },
              { head: 'Left', width: 4 },
            ]}
            rows={gone.map((school) => [
              <a href={`/membership/${school.slug}/leave`}>{school.name}</a>,
              school.urn,
              joinedWords(school),
              dayName(school.left!),
            ])}
          />
        </Section>
      )}
      <Section
        title="A school joins"
        note="Then bring in its pupils, and its old results: open an old drop, or a locked one, choose the school, and send the file. A lock lets the history of a school in that joined later."
      >
        <Form action="/membership">
          <Input label="Name" {...box('name')} />
          <Input label="Short name, as lists show it" class="govuk-input--width-20" {...box('short')} />
          <Input label="URN" class="govuk-input--width-10" inputmode="numeric" {...box('urn')} />
          <Input
            label="LAESTAB, if known"
            hint="Three digits and four, such as 999/2001."
            class="govuk-input--width-10"
            {...box('laestab')}
          />
          <Radios
            name="phase"
            legend="Phase"
            class="govuk-radios--inline"
            value={first(typed, 'phase')}
            choices={['primary', 'secondary', 'all-through', 'special'].map((value) => ({
              value,
              text: value[0]!.toUpperCase() + value.slice(1),
            }))}
          />
          <DateInput
            id="joined"
            name="joined"
            legend="First day in the trust"
            values={boxesIn(typed, 'joined')}
          />
          <Button>Add the school</Button>
        </Form>
      </Section>
    </Page>
  )
}

const joinedWords = ({ joined }: School) => (joined ? dayName(joined) : <i class="hush">nobody has said</i>)
