import type { Viewer } from '../../../platform/viewer.ts'
import { Button, Buttons, Counts, Form, Page, Section, Select, Table } from '../../../ui/index.ts'
import type { ListedPerson } from '../queries/people-list.ts'

export const PeoplePage = ({
  viewer,
  trust,
  people,
  schools,
  school,
  mayInvite,
}: {
  viewer: Viewer
  trust: string
  people: readonly ListedPerson[]
  /** Schools to narrow to. */
  schools: readonly { readonly id: number; readonly slug: string; readonly shortName: string }[]
  school?: { readonly id: number; readonly slug: string; readonly shortName: string }
  mayInvite: boolean
}) => (
  <Page
    title={school ? `People of ${school.shortName}` : 'People'}
    viewer={viewer}
    trust={trust}
    nav="people"
    purpose="Who works and governs here, which roles they hold today, and so what they may see."
    foot={[
      <>
        What each role may see and do is one table: <a href="/people/roles">who may see what</a>. Every role
        given or ended is in the <a href="/audit">audit trail</a>.
      </>,
    ]}
  >
    <Section>
      <Counts
        items={[
          { count: people.length, words: people.length === 1 ? 'person' : 'people' },
          { count: people.filter((person) => person.signIn === 'can sign in').length, words: 'can sign in' },
          {
            count: people.filter((person) => person.signIn === 'invited').length,
            words: 'invited, not yet in',
          },
        ]}
      />
      <Buttons>
        {mayInvite && <Button href="/people/invite">Invite someone</Button>}
        <Button href="/people/roles" kind="secondary">
          Who may see what
        </Button>
      </Buttons>
    </Section>
    <Section
      title="Everyone"
      note="By surname. A role is held from a day to a day; only today’s are shown here."
    >
      {schools.length > 1 && (
        <Form action="/people" method="get">
          <Select
            name="school"
            label="School"
            options={[
              { text: 'All', value: '' },
              ...schools.map((one) => ({ text: one.shortName, value: one.slug })),
            ]}
            value={school?.slug ?? ''}
          />
          <Button kind="secondary">Show</Button>
        </Form>
      )}
      <Table
        caption="People, by surname"
        columns={[
          { head: 'Name', width: 2 },
          { head: 'Post', width: 3 },
          { head: 'Roles today', width: 5 },
          { head: 'Sign-in', width: 2, small: true },
        ]}
        rows={people.map((person) => [
          <a href={`/people/${person.id}`}>{person.name}</a>,
          postWords(person),
          person.roles.length === 0 ? (
            <span class="hush">none, so sees nothing</span>
          ) : (
            <div>
              {person.roles.map((held) => (
                <div>
                  {held.roleName}, {held.where}
                </div>
              ))}
            </div>
          ),
          person.signIn === 'invited' ? 'invited, not yet in' : person.signIn,
        ])}
        empty="Nobody is here yet. Invite the first person: they get an e-mail, choose a password, and see what their role lets them."
      />
    </Section>
  </Page>
)

const postWords = ({ posts, title }: ListedPerson) => {
  if (posts.length === 0) return title || <span class="hush">none</span>
  return posts
    .map((post) =>
      post.schoolName && !post.title.includes(post.schoolName)
        ? `${post.title}, ${post.schoolName}`
        : post.title,
    )
    .join('; ')
}
