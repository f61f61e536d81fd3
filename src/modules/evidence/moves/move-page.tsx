import { dayName } from '../../../kernel/days.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import { boxesIn, dayIn, first, type Sent, type Typed } from '../../../platform/http/form.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Button, DateInput, Form, type Problem, Section, Select, Table, WhyNot } from '../../../ui/index.ts'
import { audit } from '../../access/index.ts'
import { type PupilPage, pupilById, type School, schools } from '../../organisation/index.ts'
import { DropPage, settingOf } from '../pages/drop-frame.tsx'
import { countsAfterMove } from './move-and-split.ts'

export interface MoveTold {
  readonly problems?: readonly Problem[]
  readonly typed?: Sent | Typed
}

/** Where a pupil is on roll today, at a school for which the viewer sends. @throws NotHere */
export function placeOf(viewer: Viewer, pupil: PupilPage): number {
  const reach = schoolsWhere(viewer, 'send results')
  const here = pupil.enrolments.find(
    (one) =>
      includesSchool(reach, one.school) &&
      one.from <= viewer.today &&
      (one.to === null || one.to >= viewer.today),
  )
  if (!here) throw new NotHere()
  return here.school
}

/** A pupil changes school within the trust: where they go, and in which open drops they then count where. @throws NotHere */
export async function movePage(viewer: Viewer, id: number, { problems, typed = {} }: MoveTold = {}) {
  const pupil = await pupilById(viewer, id)
  const from = placeOf(viewer, pupil)
  const setting = await settingOf(viewer)
  const reach = schoolsWhere(viewer, 'send results')
  const all = await schools(viewer)
  const others = all.filter(
    (one) =>
      one.id !== from && includesSchool(reach, one.id) && (one.left === null || one.left >= viewer.today),
  )
  const name = `${pupil.forename} ${pupil.surname}`.trim() || 'A pupil'
  const here = all.find((one) => one.id === from)!
  const [day, to] = [dayIn(typed, 'day'), all.find((one) => one.id === Number(first(typed, 'to')))]
  const counts = day && to && !problems?.length ? await countsAfterMove(viewer, day) : undefined
  await audit(viewer, { deed: 'saw pupil', subject: 'organisation.pupil', id, school: from })
  return (
    <DropPage
      setting={setting}
      title={`${name} changes school`}
      purpose="Within the trust: off one roll and its classes, on the other the next day, with their year group and what is recorded of them."
      crumbs={[{ text: name, href: `/pupils/${id}` }, { text: 'Changes school' }]}
      asAt={[
        `On roll at ${here.name} since ${dayName(pupil.enrolments.find((one) => one.school === from)!.from)}`,
      ]}
      problems={problems}
    >
      {others.length === 0 ? (
        <Section>
          <WhyNot title="You send for this school alone.">
            Who may send for both schools moves a pupil: the trust’s data lead. The other school’s next roster
            does it too, with a question to both.
          </WhyNot>
        </Section>
      ) : counts ? (
        <Preview counts={counts} from={here} to={to!} id={id} typed={typed} name={name} />
      ) : (
        <Section title="Where to, and when">
          <form method="get" action={`/pupils/${id}/move`}>
            <Select
              name="to"
              label="To which school"
              value={first(typed, 'to')}
              options={others.map((one) => ({ value: String(one.id), text: one.name }))}
            />
            <DateInput
              id="day"
              name="day"
              legend="First day there"
              hint="Where their results then count is shown next; nothing changes yet."
              values={boxesIn(typed, 'day')}
            />
            <Button>Show what follows</Button>
          </form>
        </Section>
      )}
    </DropPage>
  )
}

const Preview = ({
  counts,
  from,
  to,
  id,
  typed,
  name,
}: {
  counts: Awaited<ReturnType<typeof countsAfterMove>>
  from: School
  to: School
  id: number
  typed: Sent | Typed
  name: string
}) => (
  <Section
    title={`${name} is at ${to.shortName} from ${dayName(dayIn(typed, 'day'))}`}
    note="A pupil counts, with their marks, at the school on whose roll they are on the drop’s day. Locked drops stay as they are."
  >
    <Table
      caption="Open drops"
      columns={[
        { head: 'Drop', width: 4 },
        { head: 'Pupils of', width: 3 },
        { head: 'Where they count', width: 5 },
      ]}
      rows={counts.map(({ title, asAt, at }) => [
        title,
        dayName(asAt),
        at === 'before'
          ? `At ${from.shortName}, where they were on that day.`
          : `At ${to.shortName}. Marks that ${from.shortName} sent go with them, where ${to.shortName} has sent none of its own.`,
      ])}
      empty="No drop is open. Later ones count them at the new school."
    />
    <Form action={`/pupils/${id}/move`}>
      <input type="hidden" name="to" value={to.id} />
      {Object.entries(boxesIn(typed, 'day')).map(([part, value]) => (
        <input type="hidden" name={`day-${part}`} value={value} />
      ))}
      <Button>Record the move</Button>
    </Form>
  </Section>
)
