import { dayName } from '../../../kernel/days.ts'
import { count } from '../../../kernel/numbers.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Button, Fields, Form, Section } from '../../../ui/index.ts'
import { type Person, people } from '../../organisation/index.ts'
import type { goneOwners } from '../domain/gone-owners.ts'

export const peopleHere = async (viewer: Viewer): Promise<Person[]> =>
  (await people(viewer)).filter((one) => one.leftOn === null || one.leftOn >= viewer.today)

/** Owners who have left, each with a form that hands all of theirs to somebody else at once. */
export const HandOver = ({
  plan,
  gone,
  here,
}: {
  plan: number
  gone: ReturnType<typeof goneOwners>
  here: readonly Person[]
}) => (
  <Section
    title="Owned by somebody who has left"
    id="hand-over"
    note="Hand all of it to somebody who is here. What they had done stays theirs."
  >
    {gone.map(({ owner, objectives, actions }) => (
      <Form action={`/improvement/plans/${plan}/hand-over`}>
        <input type="hidden" name="from" value={String(owner.id)} />
        <p>
          <b>{owner.name}</b>, who left on {dayName(owner.leftOn!)}: {count(objectives, 'objective')} and{' '}
          {count(actions, 'action')} that {actions === 1 ? 'is' : 'are'} not done.
        </p>
        <Fields
          of={`from-${owner.id}`}
          fields={[
            {
              kind: 'list',
              name: 'to',
              label: `Who takes over from ${owner.name}?`,
              options: here.map((one) => ({ value: one.id, text: `${one.name}, ${one.title}` })),
            },
          ]}
        />
        <Button kind="secondary" once>
          Hand it over
        </Button>
      </Form>
    ))}
  </Section>
)
