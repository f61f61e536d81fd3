import { type Day, dayName, londonDay } from '../../../kernel/days.ts'
import { type Role, roleNames } from '../../../kernel/roles.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Buttons,
  Form,
  Page,
  PostButton,
  type Problem,
  Section,
  Select,
  SummaryList,
  Table,
} from '../../../ui/index.ts'
import { holdsOn } from '../domain/grants.ts'
import type { PersonPage as Person, RoleOfPerson } from '../queries/person.ts'

export const PersonPage = ({
  viewer,
  trust,
  person,
  toGive,
  problems,
  done,
}: {
  viewer: Viewer
  trust: string
  person: Person
  /** Roles that the viewer could give this person. */
  toGive: readonly Role[]
  problems?: readonly Problem[]
  done?: string
}) => {
  const today = viewer.today
  const now = person.roles.filter((held) => holdsOn(held, today))
  const later = person.roles.filter((held) => held.from > today && (held.to === null || held.to >= held.from))
  const past = person.roles.filter((held) => !now.includes(held) && !later.includes(held))
  return (
    <Page
      title={person.name}
      viewer={viewer}
      trust={trust}
      nav="people"
      purpose="The posts and roles this person holds, and so what they may see."
      crumbs={[{ text: 'People', href: '/people' }, { text: person.name }]}
      problems={problems}
      done={done}
    >
      <Section>
        <SummaryList
          rows={[
            { key: 'E-mail', value: person.email },
            {
              key: 'Posts',
              value:
                person.posts.length === 0 ? 'none' : person.posts.map((post) => <PostLine post={post} />),
            },
            ...(person.leftOn ? [{ key: 'Left on', value: dayName(person.leftOn) }] : []),
            { key: 'Sign-in', value: signInWords(viewer, person) },
          ]}
        />
        <Buttons>
          <Invite viewer={viewer} person={person} />
          {person.mayReset && (
            <Button href={`/people/${person.id}/ways`} kind="secondary">
              Reset how they sign in
            </Button>
          )}
          {person.leaving.ok && (
            <Button href={`/people/${person.id}/leaving`} kind="secondary">
              {person.leftOn ? 'Change the day they left' : 'They have left'}
            </Button>
          )}
        </Buttons>
      </Section>
      <Section title="Roles today" aside={<a href="/people/roles">Who may see what</a>}>
        <Table
          caption="Roles held today"
          columns={[
            { head: 'Role', width: 3 },
            { head: 'Where', width: 3 },
            { head: 'From and to', width: 3 },
            { head: 'End it', hidden: true },
          ]}
          rows={now.map((held) => [
            held.roleName,
            held.where,
            dates(held),
            held.managed ? <EndRole person={person.id} held={held} today={today} /> : '',
          ])}
          empty="None: this person can sign in at most, and sees nothing."
        />
        {later.length > 0 && (
          <Table
            caption="Roles that begin later"
            captionShown
            columns={[
              { head: 'Role' },
              { head: 'Where' },
              { head: 'From and to' },
              { head: 'Take it back', hidden: true },
            ]}
            rows={later.map((held) => [
              held.roleName,
              held.where,
              dates(held),
              held.managed ? <EndRole person={person.id} held={held} today={today} /> : '',
            ])}
          />
        )}
      </Section>
      {toGive.length > 0 && (
        <Section title="Give a role" note="You choose where, and from when to when, on the next page.">
          <Form action={`/people/${person.id}/give`} method="get">
            <Select
              name="role"
              label="Which role?"
              options={toGive.map((role) => ({ text: roleNames[role], value: role }))}
            />
            <Button kind="secondary">Go on</Button>
          </Form>
        </Section>
      )}
      {past.length > 0 && (
        <Section title="Earlier roles">
          <Table
            caption="Roles that have ended"
            columns={[
              { head: 'Role' },
              { head: 'Where' },
              { head: 'From and to' },
              { head: 'Given by', small: true },
            ]}
            rows={past.map((held) => [
              held.roleName,
              held.where,
              dates(held),
              held.givenBy ?? 'whoever set up the trust',
            ])}
          />
        </Section>
      )}
    </Page>
  )
}

const PostLine = ({ post }: { post: Person['posts'][number] }) => (
  <>
    {post.title}
    {post.schoolName && !post.title.includes(post.schoolName) ? `, ${post.schoolName}` : ''}, from{' '}
    {dayName(post.from)}
    {post.to ? ` to ${dayName(post.to)}` : ''}
    <br />
  </>
)

export const dates = (held: RoleOfPerson): string =>
  held.to === null
    ? `from ${dayName(held.from)}`
    : held.to < held.from
      ? 'taken back before it began'
      : `${dayName(held.from)} to ${dayName(held.to)}`

const signInWords = (viewer: Viewer, person: Person): string => {
  if (person.leftOn !== null && person.leftOn < viewer.today) return 'Can’t sign in: has left'
  if (person.canSignIn) return 'Can sign in'
  const { invitation } = person
  if (!invitation) return 'Has not been invited'
  const invited = `Invited on ${dayName(londonDay(invitation.invited))}`
  return invitation.expires <= viewer.house.clock.now()
    ? `${invited}; the invitation has run out`
    : `${invited}, not yet in; the link holds until ${dayName(londonDay(invitation.expires))}`
}

const Invite = ({ viewer, person }: { viewer: Viewer; person: Person }) =>
  person.canSignIn ||
  (person.leftOn !== null && person.leftOn < viewer.today) ||
  person.id === viewer.person ? null : (
    <PostButton action={`/people/${person.id}/invitations`} kind="secondary" once>
      {person.invitation ? 'Send the invitation again' : 'Send an invitation'}
    </PostButton>
  )

const EndRole = ({ person, held, today }: { person: number; held: RoleOfPerson; today: Day }) => (
  <a href={`/people/${person}/roles/${held.id}/end`}>
    {held.from > today ? 'Take it back' : 'End it'}
    <span class="vh">
      : {held.roleName}, {held.where}
    </span>
  </a>
)
