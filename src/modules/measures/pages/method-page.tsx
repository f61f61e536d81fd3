import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { raw } from 'hono/html'
import { marked } from 'marked'
import { NotHere } from '../../../kernel/refusal.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Page, Section } from '../../../ui/index.ts'

/** `docs/methods` stands beside `src/` and beside `dist/`. */
const folder = join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'methods')

export interface Method {
  readonly title: string
  readonly html: string
}

const read = new Map<string, Method>()

/** A method of docs/methods as HTML; its first heading is its title. @throws NotHere */
export function methodOf(name: string): Method {
  const known = read.get(name)
  if (known) return known
  const path = join(folder, `${name}.md`)
  if (!/^[a-z0-9-]+$/.test(name) || !existsSync(path)) throw new NotHere('There is no page of that method.')
  const [, title = name, body = ''] = /^#\s+(.+)\n([\s\S]*)$/.exec(readFileSync(path, 'utf8').trim()) ?? []
  const html = (marked.parse(body, { async: false, gfm: true }) as string)
    .replaceAll(/ (?:align|style)="[^"]*"/g, '')
    .replaceAll('<table>', '<table class="rows">')
    .replaceAll(/href="(?:\.\/)?([a-z0-9-]+)\.md"/g, 'href="/methods/$1"')
  const method = { title, html }
  read.set(name, method)
  return method
}

/** One method: formula, source, worked example. */
export const MethodPageView = ({ method, viewer }: { method: Method; viewer: Viewer }) => (
  <Page
    viewer={viewer}
    nav="measures"
    title={method.title}
    purpose="How it is worked out, where the rule comes from, and an example that a test checks."
    crumbs={[{ text: 'Measures', href: '/measures' }, { text: 'Methods' }]}
  >
    <Section>
      <div class="prose">{raw(method.html)}</div>
    </Section>
  </Page>
)
