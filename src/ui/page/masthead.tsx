import { londonTime } from '../../kernel/days.ts'
import type { Deed } from '../../kernel/roles.ts'
import { type Grant, mayAnywhere } from '../../kernel/viewer.ts'

/** Who is reading the page, in so far as the masthead says it. */
export interface Reader {
  readonly name: string
  /** Their post: `Director of education`. */
  readonly title: string
  readonly trustName?: string
  readonly grants?: readonly Grant[]
  readonly house?: { readonly config: { readonly demo: boolean } }
}

export type NavName = 'purpose' | 'improvement' | 'standards' | 'drops' | 'people' | 'measures' | 'guide'

const parts: readonly { name: NavName; text: string; href: string; deeds?: readonly Deed[] }[] = [
  { name: 'purpose', text: 'Purpose', href: '/purpose' },
  { name: 'standards', text: 'Standards', href: '/' },
  { name: 'improvement', text: 'Improvement', href: '/improvement' },
  {
    name: 'drops',
    text: 'Drops',
    href: '/drops',
    deeds: ['see files', 'open drop', 'keep schools', 'send results', 'sign off', 'lock drop', 'chase'],
  },
  { name: 'people', text: 'People', href: '/people', deeds: ['manage people', 'see audit'] },
  { name: 'measures', text: 'Measures', href: '/measures' },
  { name: 'guide', text: 'Guide', href: '/guide' },
]

const allowed = (viewer: Reader, deeds: readonly Deed[] | undefined): boolean =>
  deeds === undefined ||
  viewer.grants === undefined ||
  deeds.some((deed) => mayAnywhere(viewer as Reader & Parameters<typeof mayAnywhere>[0], deed))

/** Name, trust, search, who is reading, and the parts of the product that this reader has any business in. */
export const Masthead = ({
  viewer,
  trust,
  nav,
  query,
}: {
  viewer?: Reader
  trust?: string
  nav?: NavName
  query?: string
}) => {
  const opened = viewer?.grants?.find((grant) => grant.opened)?.opened
  return (
    <header class="head">
      <div class="name">
        <a href="/">Throughline</a>
      </div>
      <div class="mast">
        <div class="mast__top">
          <span class="mast__trust">{trust ?? viewer?.trustName}</span>
          {viewer && (
            <>
              {/* biome-ignore lint/a11y/useSemanticElements: `search` is younger than the browsers in schools */}
              <form class="mast__search" role="search" action="/search" method="get">
                <label class="vh" for="q">
                  Search
                </label>
                <input
                  id="q"
                  name="q"
                  type="search"
                  placeholder="Search schools, pupils, figures"
                  value={query}
                />
              </form>
              <span class="mast__who">
                <a href="/account">{viewer.name}</a> <span>{viewer.title}</span>
              </span>
            </>
          )}
        </div>
        {viewer?.house?.config.demo && (
          <p class="mast__demo">
            A demonstration with made-up schools and pupils. <a href="/sign-in">Sign in as someone else</a>
          </p>
        )}
        {opened && (
          <p class="mast__demo">
            You see pupils beyond your role until {londonTime(opened.until)}. The trust has been told.{' '}
            <a href="/break-glass">End it</a>
          </p>
        )}
        {viewer && (
          <nav class="nav" aria-label="Main">
            {parts
              .filter((part) => allowed(viewer, part.deeds))
              .map((part) => (
                <a href={part.href} aria-current={part.name === nav ? 'true' : undefined}>
                  {part.text}
                </a>
              ))}
          </nav>
        )}
      </div>
    </header>
  )
}
