import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** For the tests: what govuk-frontend ships as the right HTML of each component, and a reader of HTML that ignores how it is set out. */
// biome-ignore lint/suspicious/noExplicitAny: the options are govuk-frontend's own, different for each component
export type Options = any

export interface Fixture {
  readonly name: string
  readonly options: Options
  readonly html: string
}

export const fixturesOf = (component: string): readonly Fixture[] =>
  JSON.parse(
    readFileSync(
      join(
        import.meta.dirname,
        '../../../node_modules/govuk-frontend/dist/govuk/components',
        component,
        'fixtures.json',
      ),
      'utf8',
    ),
  ).fixtures

const voids = new Set(['input', 'br', 'img', 'hr', 'meta', 'link'])
const signs: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', ctdot: '⋯', nbsp: '\u00a0' }

const readable = (text: string): string =>
  text
    .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex, code) =>
      String.fromCodePoint(Number.parseInt(code, hex ? 16 : 10)),
    )
    .replace(/&(\w+);/g, (whole, name) => signs[name] ?? whole)

const attributesOf = (text: string): string =>
  [...text.matchAll(/([^\s=/"]+)(?:="([^"]*)")?/g)]
    .map(([, name, value]) => {
      const plain = readable(value ?? '')
      return `${name}="${name === 'class' ? plain.split(/\s+/).filter(Boolean).sort().join(' ') : plain}"`
    })
    .sort()
    .join(' ')

/** The HTML as a list of its tags and words: attributes and classes in order, spaces between tags left out. */
export function shape(html: string): readonly string[] {
  const out: string[] = []
  for (const [, tag, text] of html.matchAll(/(<[^>]*>)|([^<]+)/g)) {
    if (text !== undefined) {
      const said = readable(text).replace(/\s+/g, ' ').trim()
      if (said !== '') out.push(said)
      continue
    }
    const [, close, name = '', attributes = ''] = /^<(\/?)([\w-]+)([\s\S]*?)\/?>$/.exec(tag ?? '') ?? []
    if (close === '/' && voids.has(name)) continue
    out.push(close === '/' ? `</${name}>` : `<${name} ${attributesOf(attributes)}>`)
  }
  return out
}
