import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { raw } from 'hono/html'
import { Marked } from 'marked'
import { NotHere } from '../kernel/refusal.ts'
import type { Env } from '../platform/http/env.ts'
import { Gallery } from '../ui/gallery/gallery.tsx'
import { Page, Section } from '../ui/index.ts'
import { guideSections } from './guide-sections.ts'

const folder = join(import.meta.dirname, '..', '..', 'docs', 'guide')

/** A picture leads to itself at full size: on a phone it is read by zooming in. */
const marked = new Marked({
  renderer: {
    paragraph({ tokens }) {
      const [only] = tokens
      if (tokens.length > 1 || only?.type !== 'image') return false
      const address = only.href.replace(/^images\//, '/guide/images/')
      const image = String(<img src={address} alt={only.text} loading="lazy" />)
      return `<p class="shot"><a href="${address}">${image}</a></p>`
    },
  },
})

/** What a sentence says, without the marks of its markup. */
const plainly = (sentence: string) => raw(marked.parseInline(sentence, { async: false }))

interface Chapter {
  readonly name: string
  readonly title: string
  readonly purpose: string
  readonly body: string
}

/** A guide page: its head, one sentence that says what for, then the rest. */
function chapter(name: string): Chapter {
  const [head = '', purpose = '', ...rest] = readFileSync(join(folder, `${name}.md`), 'utf8').split(/\n\n/)
  return { name, title: head.replace(/^#\s*/, ''), purpose, body: rest.join('\n\n') }
}

/** The guide as it stands in docs/guide, and the gallery of every component. */
export function guideRoutes(): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/guide', (c) =>
    c.html(
      <Page
        title="Guide"
        viewer={c.get('viewer')}
        nav="guide"
        purpose="One page for each thing you may want to do."
      >
        {guideSections.map(({ title, pages }) => (
          <Section title={title}>
            <ul class="look">
              {pages.map(chapter).map((one) => (
                <li>
                  <span />
                  <div>
                    <p>
                      <a href={`/guide/${one.name}`}>{one.title}</a>
                    </p>
                    <p class="small">{plainly(one.purpose)}</p>
                  </div>
                </li>
              ))}
            </ul>
          </Section>
        ))}
        <Section title="About this Throughline">
          <p>
            <a href="/accessibility">Accessibility statement</a>. For the trust’s data lead and directors:{' '}
            <a href="/data-protection">the facts for the data protection impact assessment</a>. For the data
            lead: <a href="/keeping">what is kept, and how long</a>.
          </p>
        </Section>
      </Page>,
    ),
  )
  app.get('/guide/images/:name{[a-z0-9-]+\\.png}', (c) => {
    const file = join(folder, 'images', c.req.param('name'))
    if (!existsSync(file)) throw new NotHere()
    return c.body(readFileSync(file), 200, {
      'Content-Type': 'image/png',
      'Cache-Control': 'public, max-age=3600',
    })
  })
  app.get('/guide/:name{[a-z0-9-]+}', (c) => {
    const name = c.req.param('name')
    if (!existsSync(join(folder, `${name}.md`))) throw new NotHere('There is no such page in the guide.')
    const { title, purpose, body } = chapter(name)
    const html = marked.parse(body, { async: false })
    return c.html(
      <Page
        title={title}
        viewer={c.get('viewer')}
        nav="guide"
        purpose={plainly(purpose)}
        crumbs={[{ text: 'Guide', href: '/guide' }]}
      >
        <div class="prose">{raw(html)}</div>
      </Page>,
    )
  })
  app.get('/gallery', (c) =>
    c.html(
      <Page
        title="Gallery"
        viewer={c.get('viewer')}
        purpose="Every component and chart, with the data that could break it."
      >
        <Gallery />
      </Page>,
    ),
  )
  return app
}
