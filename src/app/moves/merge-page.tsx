import { dayName } from '../../kernel/days.ts'
import { count } from '../../kernel/numbers.ts'
import { NotHere } from '../../kernel/refusal.ts'
import { may } from '../../kernel/viewer.ts'
import { canLeaveTrust, type Merging, merging } from '../../modules/evidence/index.ts'
import { schoolBySlug, schools, trustOf } from '../../modules/organisation/index.ts'
import { boxesIn, dayIn, first, type Sent } from '../../platform/http/form.ts'
import type { Viewer } from '../../platform/viewer.ts'
import {
  Button,
  DateInput,
  Facts,
  Form,
  Page,
  type Problem,
  Section,
  Select,
  WarningText,
  WhyNot,
} from '../../ui/index.ts'

/** A school becomes part of another: what goes on and what ends is shown before it is recorded. @throws NotHere */
export async function mergePage(
  viewer: Viewer,
  slug: string,
  { problems, typed = {} }: { readonly problems?: readonly Problem[]; readonly typed?: Sent } = {},
) {
  if (!may(viewer, 'keep schools')) throw new NotHere()
  const [trust, school] = [await trustOf(viewer), await schoolBySlug(viewer, slug)]
  const verdict = canLeaveTrust(viewer, school)
  const others = (await schools(viewer)).filter(
    (one) => one.id !== school.id && (one.left === null || one.left >= viewer.today),
  )
  const into = Number(first(typed, 'into'))
  const plan =
    verdict.ok && into && !problems?.length
      ? await merging(viewer, { from: school.id, into, day: dayIn(typed, 'day') })
      : undefined
  return (
    <Page
      title={`${school.shortName} becomes part of another school`}
      viewer={viewer}
      trust={trust.name}
      nav="drops"
      purpose="Two schools become one. Pupils, classes and people go on at the one that goes on; the figures of the old school stay as they were."
      crumbs={[
        { text: 'Schools that join, leave and merge', href: '/membership' },
        { text: school.shortName },
      ]}
      problems={problems}
    >
      {!verdict.ok ? (
        <Section>
          <WhyNot title="It can’t be recorded here.">{verdict.because}</WhyNot>
        </Section>
      ) : plan ? (
        <Preview plan={plan} slug={slug} typed={typed} />
      ) : (
        <Section
          title="Which school goes on, and from when?"
          note="A new school with a new URN is added first. Where two schools become a new one, merge each of them into it."
        >
          <form method="get" action={`/membership/${slug}/merge`}>
            <Select
              name="into"
              label="The school that goes on"
              value={first(typed, 'into')}
              options={others.map((one) => ({ value: String(one.id), text: `${one.name}, ${one.urn}` }))}
            />
            <DateInput
              id="day"
              name="day"
              legend="First day as one school"
              hint="What would happen is shown next; nothing changes yet."
              values={boxesIn(typed, 'day')}
            />
            <Button>Show what follows</Button>
          </form>
        </Section>
      )}
    </Page>
  )
}

const Preview = ({ plan, slug, typed }: { plan: Merging; slug: string; typed: Sent }) => {
  const { into, from, day } = plan
  return (
    <>
      <Section title={`One school from ${dayName(day)}`}>
        <Facts
          items={[
            {
              name: 'Pupils',
              value: `${count(from.onRoll.length, 'pupil')} of ${from.school.shortName} ${from.onRoll.length === 1 ? 'is' : 'are'} on the roll of ${into.shortName} from that day, in their year groups and classes, with what is recorded of them.`,
            },
            {
              name: 'Classes',
              value: `Classes of the year go on under their names; one whose name ${into.shortName} has already is called by its old school as well.`,
            },
            {
              name: 'People',
              value: `${count(from.roles.length, 'role')} at ${from.school.shortName} ${from.roles.length === 1 ? 'ends' : 'end'} the day before and ${from.roles.length === 1 ? 'is' : 'are'} given again at ${into.shortName}; roles at departments are not.`,
            },
            {
              name: 'Open drops',
              value: from.drops.length
                ? `${from.drops.map(({ title }) => title).join(', ')}: marks that ${from.school.shortName} sent go with their pupils.`
                : 'None counts pupils of that day or later.',
            },
            {
              name: 'Figures',
              value: `${from.school.shortName} keeps its figures and its page. ${into.shortName}’s page says that it became part of it.`,
            },
          ]}
        />
      </Section>
      <Section title="Record it">
        <WarningText>Recording it can’t be undone by a button.</WarningText>
        <Form action={`/membership/${slug}/merge`}>
          <input type="hidden" name="into" value={into.id} />
          {Object.entries(boxesIn(typed, 'day')).map(([part, value]) => (
            <input type="hidden" name={`day-${part}`} value={value} />
          ))}
          <Button kind="warning">Merge the schools</Button>
        </Form>
      </Section>
    </>
  )
}
