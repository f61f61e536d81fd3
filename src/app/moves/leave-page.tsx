import { dayName } from '../../kernel/days.ts'
import { count, whole } from '../../kernel/numbers.ts'
import { NotHere } from '../../kernel/refusal.ts'
import { roleNames } from '../../kernel/roles.ts'
import { may } from '../../kernel/viewer.ts'
import { audit } from '../../modules/access/index.ts'
import { canLeaveTrust, type Leaving, leaving } from '../../modules/evidence/index.ts'
import { pupilsHeld, schoolBySlug, trustOf } from '../../modules/organisation/index.ts'
import { boxesIn, dayIn, first, type Sent } from '../../platform/http/form.ts'
import type { Viewer } from '../../platform/viewer.ts'
import {
  Button,
  DateInput,
  Facts,
  Form,
  Page,
  PostButton,
  type Problem,
  Section,
  Table,
  Textarea,
  WarningText,
  WhyNot,
} from '../../ui/index.ts'
import { mayTakeOwnData } from './own-data.ts'

export interface LeaveTold {
  readonly problems?: readonly Problem[]
  readonly done?: string
  readonly typed?: Sent
}

/** A school leaves the trust: what goes and what stays is shown before it is recorded, and its own data are handed over. @throws NotHere */
export async function leavePage(
  viewer: Viewer,
  slug: string,
  { problems, done, typed = {} }: LeaveTold = {},
) {
  if (!may(viewer, 'keep schools')) throw new NotHere()
  const [trust, school] = [await trustOf(viewer), await schoolBySlug(viewer, slug)]
  const verdict = canLeaveTrust(viewer, school)
  const last = dayIn(typed, 'last')
  const plan =
    verdict.ok && last && !problems?.length
      ? await leaving(viewer, { school: school.id, last, why: '' })
      : undefined
  const gone = school.left !== null && school.left < viewer.today
  const held = gone ? await pupilsHeld(viewer, school.id) : []
  if (held.length)
    await audit(viewer, {
      deed: 'saw pupils',
      subject: 'organisation.school',
      id: school.id,
      school: school.id,
      detail: { ids: held.map(({ pupil }) => pupil) },
    })
  return (
    <Page
      title={`${school.shortName} leaves the trust`}
      viewer={viewer}
      trust={trust.name}
      nav="drops"
      purpose="It takes its own data as files. What the trust has cited stays as it was: nothing that is sealed changes."
      crumbs={[
        { text: 'Schools that join, leave and merge', href: '/membership' },
        { text: school.shortName },
      ]}
      problems={problems}
      done={done}
    >
      <Section
        title="Its own data, as files"
        note="One ZIP: roll, characteristics, classes, results by drop as written and as read, attendance, behaviour, exclusions, a Common Transfer File of its pupils, its self-evaluations and plans, with a page that says what is what and checksums."
      >
        {mayTakeOwnData(viewer, school.id) ? (
          <PostButton action={`/membership/${slug}/own-data`} kind="secondary">
            Take the files
          </PostButton>
        ) : (
          <WhyNot title="Your role does not take pupils’ records away.">
            The trust’s data lead or the school’s headteacher does.
          </WhyNot>
        )}
      </Section>
      {plan ? (
        <Preview plan={plan} typed={typed} slug={slug} />
      ) : verdict.ok ? (
        <Section title="When does it leave?">
          <form method="get" action={`/membership/${slug}/leave`}>
            <DateInput
              id="last"
              name="last"
              legend="Its last day in the trust"
              hint="What would go is shown next; nothing changes yet."
              values={boxesIn(typed, 'last')}
            />
            <Button>Show what goes</Button>
          </form>
        </Section>
      ) : (
        <Section>
          <WhyNot title="It can’t be recorded here.">{verdict.because}</WhyNot>
        </Section>
      )}
      {held.length > 0 && (
        <Section
          title={`Records that the trust still holds: ${count(held.length, 'pupil')}`}
          note={`${whole(held.filter((one) => one.alsoElsewhere).length)} of them were at another school of the trust as well. Whether the others’ records are kept or erased is the trust’s to decide, pupil by pupil or by its rules of retention.`}
        >
          <Table
            caption="Pupils of whom the trust holds a record through this school"
            columns={[
              { head: 'Pupil', width: 4 },
              { head: 'UPN' },
              { head: 'Last day on roll' },
              { head: 'Elsewhere in the trust' },
            ]}
            rows={held.map((one) => [
              <a href={`/pupils/${one.pupil}`}>{`${one.forename} ${one.surname}`.trim() || 'No name'}</a>,
              one.upn ?? 'none',
              one.to ? dayName(one.to) : 'on roll',
              one.alsoElsewhere ? 'yes' : 'no',
            ])}
          />
        </Section>
      )}
    </Page>
  )
}

const Preview = ({ plan, typed, slug }: { plan: Leaving; typed: Sent; slug: string }) => (
  <>
    <Section title={`What ends with ${dayName(plan.last)}`}>
      <Facts
        items={[
          {
            name: 'Pupils on roll',
            value: `${count(plan.onRoll.length, 'pupil leaves', 'pupils leave')} the roll and their classes.`,
          },
          { name: 'Drops', value: dropsWords(plan) },
          { name: 'Keys', value: 'Keys by which its systems send files stop working now.' },
          {
            name: 'What stays',
            value: `${count(plan.kept, 'drop holds', 'drops hold')} something of it, and every snapshot goes on saying what it said. The trust holds the records of ${count(plan.held.length, 'pupil')} until it erases them.`,
          },
        ]}
      />
      <Table
        caption={`Access that ends: ${count(plan.roles.length, 'role')}`}
        columns={[{ head: 'Who', width: 4 }, { head: 'Role', width: 4 }, { head: 'At' }]}
        rows={plan.roles.map((one) => [
          one.name,
          roleNames[one.role as keyof typeof roleNames] ?? one.role,
          one.node === 'school' ? 'the school' : `a ${one.node}`,
        ])}
        empty="Nobody holds a role at this school alone."
      />
    </Section>
    <Section title="Record it">
      <WarningText>Take the files first. Recording it can’t be undone by a button.</WarningText>
      <Form action={`/membership/${slug}/leave`}>
        {Object.entries(boxesIn(typed, 'last')).map(([part, value]) => (
          <input type="hidden" name={`last-${part}`} value={value} />
        ))}
        <Textarea
          name="why"
          label="Why does it leave, and where does it go?"
          hint="Kept with its membership."
          rows={2}
          value={first(typed, 'why')}
        />
        <Button kind="warning">Record that it leaves</Button>
      </Form>
    </Section>
  </>
)

const dropsWords = ({ drops }: Leaving): string =>
  drops.length === 0
    ? 'No open drop counts pupils on a later day.'
    : `${drops.map(({ title, asAt }) => `${title} (pupils of ${dayName(asAt)})`).join(', ')}: no longer asked, and not counted in the trust’s figures.`
