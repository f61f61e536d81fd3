import { Button, Buttons, DateInput, Fold, Form, Select } from '../../../ui/index.ts'
import type { SchoolReadiness } from '../drops/domain/standing.ts'
import type { Correspondent } from '../drops/queries/data-managers.ts'

/** Another person, or another day, for one school: only for who opens drops. */
export const WhoIsAsked = ({
  ready,
  people,
  action,
}: {
  ready: SchoolReadiness
  people: readonly Correspondent[]
  action: string
}) => {
  const [year, month, day] = ready.due.split('-')
  const known = new Map(people.map((one) => [one.person, one]))
  return (
    <Fold
      summary="Change who is asked, and by when"
      note={ready.person ? ready.person.name : 'nobody is asked'}
      open={!ready.person}
    >
      <Form action={action}>
        <Select
          name="person"
          label={`Who is asked at ${ready.school.shortName}`}
          hint="Those who hold the role of data manager or headteacher there. They get the e-mail that opens the drop."
          value={ready.person?.id ?? ''}
          options={[
            ...[...known.values()].map((one) => ({ value: one.person, text: `${one.name}, ${one.title}` })),
            { value: '', text: 'Nobody by e-mail' },
          ]}
        />
        <DateInput
          id="due"
          name="due"
          legend="Files due"
          values={{ day: String(Number(day)), month: String(Number(month)), year }}
        />
        <Buttons>
          <Button kind="secondary">Keep this</Button>
        </Buttons>
      </Form>
    </Fold>
  )
}
