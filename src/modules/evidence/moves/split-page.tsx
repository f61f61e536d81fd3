import { dayName } from '../../../kernel/days.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { boxesIn, first, type Typed } from '../../../platform/http/form.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Button, DateInput, Form, Input, type Problem, Section, Select, Table } from '../../../ui/index.ts'
import { audit } from '../../access/index.ts'
import { classById, classKin, classMembers, schoolById } from '../../organisation/index.ts'
import { DropPage, settingOf } from '../pages/drop-frame.tsx'

export interface SplitTold {
  readonly problems?: readonly Problem[]
  readonly done?: string
  readonly typed?: Typed
}

/** So many new classes at most come out of one. */
export const mostParts = 3
const partNames = ['first', 'second', 'third'] as const

/** A class is split, or gets another name, in the middle of the year. @throws NotHere for who does not send for the school. */
export async function splitPage(viewer: Viewer, id: number, { problems, done, typed = {} }: SplitTold = {}) {
  const one = await classById(viewer, id)
  if (!may(viewer, 'send results', { school: one.school })) throw new NotHere()
  const [setting, school] = [await settingOf(viewer), await schoolById(viewer, one.school)]
  const members = await classMembers(viewer, one.school, id)
  const kin = await classKin(viewer, id)
  await audit(viewer, {
    deed: 'saw pupils',
    subject: 'organisation.class',
    id,
    school: one.school,
    detail: { ids: members.map(({ pupil }) => pupil) },
  })
  return (
    <DropPage
      setting={setting}
      title={`Split class ${one.name}, or give it another name`}
      purpose="In the middle of a year or a drop. Marks that were sent stay with their pupils; what was figured of the class stays with the class it was."
      crumbs={[
        { text: school.shortName, href: `/schools/${school.slug}` },
        { text: one.name, href: `/schools/${school.slug}/classes/${id}` },
        { text: 'Split' },
      ]}
      asAt={kin.map(({ name, day, kin: how }) =>
        how === 'came out of'
          ? `Came out of ${name} on ${dayName(day)}`
          : `Pupils went into ${name} on ${dayName(day)}`,
      )}
      problems={problems}
      done={done}
    >
      <Section
        title="Split"
        note="Drops of that day or later show the pupils, and their marks, in the new classes; drops of a day before, in this one."
      >
        <Form action={`/classes/${id}/split`}>
          {partNames.map((part, at) => (
            <Input
              name={`name-${at}`}
              label={`Name of the ${part} new class`}
              hint={at === 0 ? 'Such as 4C1. Leave the others empty if you need fewer.' : undefined}
              class="govuk-input--width-10"
              value={first(typed, `name-${at}`)}
            />
          ))}
          <DateInput
            id="day"
            name="day"
            legend="First day of the new classes"
            values={boxesIn(typed, 'day')}
          />
          <Table
            caption={`Pupils of ${one.name}`}
            columns={[
              { head: 'Pupil', width: 6 },
              { head: 'Goes into', width: 6 },
            ]}
            rows={members.map(({ pupil, surname, forename }) => [
              `${surname}, ${forename}`,
              <Select
                name={`pupil-${pupil}`}
                label={`${forename} ${surname} goes into`}
                labelClass="govuk-visually-hidden"
                value={first(typed, `pupil-${pupil}`)}
                options={[
                  { value: '', text: `stays in ${one.name}` },
                  ...partNames.map((part, at) => ({ value: String(at), text: `the ${part} new class` })),
                ]}
              />,
            ])}
            empty="Nobody is in this class now."
          />
          <Button>Split the class</Button>
        </Form>
      </Section>
      <Section title="Another name" note="Its pupils, teachers and figures stay.">
        <Form action={`/classes/${id}/name`}>
          <Input
            name="name"
            label="What it is called from now on"
            class="govuk-input--width-10"
            value={first(typed, 'name') || one.name}
          />
          <Button kind="secondary">Give it this name</Button>
        </Form>
      </Section>
    </DropPage>
  )
}
