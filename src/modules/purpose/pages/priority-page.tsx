import { dayName } from '../../../kernel/days.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Facts,
  Fields,
  type FieldValues,
  Fold,
  Form,
  Page,
  PostButton,
  type Problem,
  Section,
  Table,
} from '../../../ui/index.ts'
import { schools } from '../../organisation/index.ts'
import { canSetDirection } from '../domain/can.ts'
import { purposeOn } from '../queries/purpose.ts'
import { figureFields } from './figure-fields.ts'
import { TargetLine, targetSeen } from './target-line.tsx'

export const stanceNames = { adopt: 'Adopts it', adapt: 'Adapts it', 'not now': 'Not now' } as const

/** A priority with its targets and what each school does with it. @throws NotHere */
export async function priorityPage(
  viewer: Viewer,
  id: number,
  form: { values?: FieldValues; problems?: readonly Problem[]; done?: string } = {},
) {
  const purpose = await purposeOn(viewer)
  const aim = purpose.aims.find((one) => one.priorities.some((priority) => priority.id === id))
  const priority = aim?.priorities.find((one) => one.id === id)
  if (!aim || !priority) throw new NotHere('There is no such priority today.')
  const all = await schools(viewer)
  const own = all.find((school) => school.id === priority.school)
  const edit = canSetDirection(viewer, priority.school ?? undefined).ok
  const nameOf = (school: number) => all.find((one) => one.id === school)?.shortName ?? 'a school'
  const targets = await Promise.all(priority.measures.map((one) => targetSeen(viewer, one, nameOf)))
  return (
    <Page
      title={priority.title}
      viewer={viewer}
      nav="purpose"
      done={form.done}
      problems={form.problems}
      purpose={
        priority.why || 'What the trust works on, how it will be known, and what each school does with it.'
      }
      crumbs={[
        { text: 'Purpose', href: '/purpose' },
        ...(own ? [{ text: own.shortName, href: `/purpose/schools/${own.slug}` }] : []),
        { text: 'Priority' },
      ]}
      thread={[
        { name: 'Aim', text: aim.title, href: `/purpose#aim-${aim.id}` },
        { name: 'Priority', text: priority.title, state: 'here' },
      ]}
    >
      <Section aside={edit && <a href={`/purpose/priorities/${id}/edit`}>Change</a>} title="What it is">
        <Facts
          items={[
            { name: 'Serves the aim', value: aim.title },
            {
              name: 'Owner',
              value:
                priority.owner === null
                  ? 'Nobody yet'
                  : priority.owner.leftOn !== null && priority.owner.leftOn < viewer.today
                    ? `${priority.owner.name}, who left on ${dayName(priority.owner.leftOn)}. Choose someone else.`
                    : priority.owner.name,
            },
            { name: 'To be reached by', value: dayName(priority.by) },
            { name: 'Since', value: dayName(priority.from) },
          ]}
        />
      </Section>
      <Section
        title="How it will be known"
        note="Targets are figures: they move with the data and are never typed in."
      >
        {targets.length === 0 && <p class="absent">No success measure yet.</p>}
        <ul class="targets">
          {targets.map((seen) => (
            <TargetLine seen={seen} />
          ))}
        </ul>
        {edit && (
          <Fold summary="Add a success measure" open={form.problems !== undefined}>
            <Form action={`/purpose/priorities/${id}/measures`}>
              <Fields
                fields={[
                  ...(await figureFields(viewer)),
                  {
                    kind: 'number',
                    name: 'target',
                    label: 'Target',
                    hint: 'In the measure’s own unit: 75 for 75%.',
                  },
                  { kind: 'day', name: 'by', label: 'By when?' },
                ]}
                values={form.values}
                problems={form.problems}
              />
              <Button kind="secondary">Add the measure</Button>
            </Form>
          </Fold>
        )}
      </Section>
      {priority.school === null && (
        <Section title="What schools do with it">
          <Table
            caption="What each school does with this priority"
            columns={[
              { head: 'School', width: 3 },
              { head: 'Stance', width: 2 },
              { head: 'In its own words' },
            ]}
            rows={all.map((school) => {
              const stance = priority.stances.find((one) => one.school === school.id)
              return [
                <a href={`/purpose/schools/${school.slug}`}>{school.shortName}</a>,
                stance ? stanceNames[stance.stance] : <i class="hush">not said yet</i>,
                stance?.words ?? '',
              ]
            })}
          />
        </Section>
      )}
      {edit && (
        <Fold summary="End this priority">
          <p>
            It ends yesterday and can still be read in earlier versions. Plans that stand on it keep their
            link.
          </p>
          <PostButton action={`/purpose/priorities/${id}/end`} kind="secondary">
            End the priority
          </PostButton>
        </Fold>
      )}
    </Page>
  )
}
