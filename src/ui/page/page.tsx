import { raw } from 'hono/html'
import { pageAssets } from '../assets.ts'
import { type Content, classes } from '../content.ts'
import { ErrorSummary, type Problem } from '../forms/error-summary.tsx'
import { NotificationBanner } from '../forms/notification-banner.tsx'
import { type Knot, Thread } from '../parts/thread.tsx'
import { Masthead, type NavName, type Reader } from './masthead.tsx'

export interface Crumb {
  readonly text: Content
  readonly href?: string
}

export interface PageProps {
  /** The page's one head, and the start of the window's title. */
  readonly title: string
  /** Who is reading; left out on pages for people who have not signed in. A `Viewer` fits. */
  readonly viewer?: Reader
  /** The trust's name in the masthead, when the viewer does not carry it. */
  readonly trust?: string
  /** The part of the product that the page belongs to. */
  readonly nav?: NavName
  /** One sentence: what the page is for. */
  readonly purpose?: Content
  readonly crumbs?: readonly Crumb[]
  /** When the data was last true, first; then what else is worth knowing: drop, snapshot, who locked it. */
  readonly asAt?: readonly Content[]
  /** The chain that the page stands on: real knots only. */
  readonly thread?: readonly Knot[]
  /** Where the facts come from: who made the data, when signed, which method, who can see the page. One a paragraph. */
  readonly foot?: readonly Content[]
  /** The page reloads itself after so many seconds: while work goes on. */
  readonly refresh?: number
  /** What was just done: `Eighty-six results published as snapshot 12.` */
  readonly done?: Content
  /** What was wrong with the form; shown first, each linked to its field. */
  readonly problems?: readonly Problem[]
  /** What was searched for. */
  readonly query?: string
  /** Words for the window's title, when the head alone is not enough: `Saltmarsh, spring 2026`. */
  readonly windowTitle?: string
  readonly children?: Content
}

/** A whole page: masthead, thread, head, sections, footer. Works without JavaScript; nothing in it is inline code. */
export const Page = (props: PageProps) => {
  const { title, viewer, crumbs = [], asAt = [], foot = [], problems = [], thread = [] } = props
  const { styles, fonts, script } = pageAssets()
  const window = `${problems.length > 0 ? 'Error: ' : ''}${props.windowTitle ?? title}: Throughline`
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en-GB">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{window}</title>
          {props.refresh !== undefined && <meta http-equiv="refresh" content={String(props.refresh)} />}
          {fonts.map((href) => (
            <link rel="preload" href={href} as="font" type="font/woff2" crossorigin="anonymous" />
          ))}
          {styles.map((href) => (
            <link rel="stylesheet" href={href} />
          ))}
          <link rel="icon" href="/assets/knot.svg" type="image/svg+xml" />
          <script type="module" src={script} />
        </head>
        <body>
          <a class="skip" href="#main">
            Skip to the page
          </a>
          <div class={classes('page', thread.length === 0 && 'page--alone')}>
            <Masthead viewer={viewer} trust={props.trust} nav={props.nav} query={props.query} />
            <Thread knots={thread} />
            <main class="main" id="main" tabindex={-1}>
              {props.done !== undefined && (
                <NotificationBanner success title="Done">
                  {props.done}
                </NotificationBanner>
              )}
              {problems.length > 0 && <ErrorSummary problems={problems} />}
              {crumbs.length > 0 && (
                <nav class="crumb" aria-label="Where you are">
                  <ol>
                    {crumbs.map(({ text, href }) => (
                      <li>{href ? <a href={href}>{text}</a> : text}</li>
                    ))}
                  </ol>
                </nav>
              )}
              <h1>{title}</h1>
              {props.purpose !== undefined && <p class="for">{props.purpose}</p>}
              {asAt.length > 0 && (
                <p class="asat">
                  {asAt.map((part, at) => (
                    <span>{at === 0 ? <b>{part}</b> : part}</span>
                  ))}
                </p>
              )}
              {props.children}
            </main>
            <footer class="foot">
              {foot.map((part) => (
                <p>{part}</p>
              ))}
              {foot.length === 0 && (
                <p>
                  Throughline. Nothing on this page leaves the trust’s own machine unless a person sends it.
                </p>
              )}
            </footer>
          </div>
        </body>
      </html>
    </>
  )
}
