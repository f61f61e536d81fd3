import { dayName } from '../../../kernel/days.ts'
import { may } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Buttons,
  Counts,
  Form,
  Input,
  Page,
  Pagination,
  pagesAround,
  Section,
  Select,
  Table,
} from '../../../ui/index.ts'
import { maySetSignIn } from '../domain/can-set-provider.ts'
import type { ListedPerson } from '../queries/people-list.ts'

export const PeoplePage = ({
  viewer,
  trust,
  list,
  words,
  schools,
  school,
  mayInvite,
}: {
  viewer: Viewer
  trust: string
  list: {
    /** Everyone who answers to the search, and those of this page. */
    readonly found: readonly ListedPerson[]
    readonly people: readonly ListedPerson[]
    readonly page: number
    readonly pages: number
  }
  /** What was searched for. */
  words: string
  /** Schools to narrow to. */
  schools: readonly { readonly id: number; readonly slug: string; readonly shortName: string }[]
  school?: { readonly id: number; readonly slug: string; readonly shortName: string }
  mayInvite: boolean
}) => {
  const href = (page: number) => {
    const asked = Object.entries({ name: words, school: school?.slug ?? '', page: String(page) })
    return `/people?${new URLSearchParams(asked.filter(([, value]) => value !== ''))}`
  }
  return (
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
          {maySetSignIn(viewer).ok && (
            <>
              {' '}
              <a href="/people/sign-in">How people sign in</a> says who needs two steps, and whether Microsoft
              or Google will do.
            </>
          )}
        </>,
      ]}
    >
      <Section>
        <Counts
          items={[
            { count: list.found.length, words: list.found.length === 1 ? 'person' : 'people' },
            {
              count: list.found.filter((person) => person.signIn === 'can sign in').length,
              words: 'can sign in',
            },
            {
              count: list.found.filter((person) => person.signIn === 'invited').length,
              words: 'invited, not yet in',
            },
          ]}
        />
        <Buttons>
          {mayInvite && <Button href="/people/invite">Invite someone</Button>}
          {mayInvite && (
            <Button href="/people/file" kind="secondary">
              From a file
            </Button>
          )}
          <Button href="/people/roles" kind="secondary">
            Who may see what
          </Button>
          <Button href="/break-glass" kind="secondary">
            Glass that was broken
          </Button>
          {may(viewer, 'run the system') && (
            <Button href="/system" kind="secondary">
              The system
            </Button>
          )}
        </Buttons>
      </Section>
      <Section
        title="Everyone"
        note="Those with roles first, then by surname. A role is held from a day to a day; only today’s are shown here."
      >
        <Form action="/people" method="get">
          <Input name="name" label="Name" value={words} type="search" autocomplete="off" spellcheck={false} />
          {schools.length > 1 && (
            <Select
              name="school"
              label="School"
              options={[
                { text: 'All', value: '' },
                ...schools.map((one) => ({ text: one.shortName, value: one.slug })),
              ]}
              value={school?.slug ?? ''}
            />
          )}
          <Button kind="secondary">Show</Button>
        </Form>
        <Table
          caption="People, those with roles first"
          columns={[
            { head: 'Name', width: 2 },
            { head: 'Post', width: 3 },
            { head: 'Roles today', width: 5 },
            { head: 'Sign-in', width: 2, small: true },
          ]}
          rows={list.people.map((person) => [
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
            signInWords(viewer, person),
          ])}
          empty={
            words
              ? `Nobody here has “${words}” in their name, post or e-mail address.`
              : 'Nobody is here yet. Invite the first person: they get an e-mail, choose a password, and see what their role lets them.'
          }
        />
        {list.pages > 1 && (
          <Pagination
            landmark="Pages of people"
            previous={list.page > 1 ? { href: href(list.page - 1) } : undefined}
            next={list.page < list.pages ? { href: href(list.page + 1) } : undefined}
            pages={pagesAround(list.page, list.pages, href)}
          />
        )}
      </Section>
    </Page>
  )
}

const signInWords = (viewer: Viewer, { leftOn, signIn }: ListedPerson): string => {
  if (leftOn !== null && leftOn < viewer.today) return `left on ${dayName(leftOn)}`
  return signIn === 'invited' ? 'invited, not yet in' : signIn
}

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
