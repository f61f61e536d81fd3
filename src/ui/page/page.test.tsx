import { describe, expect, test } from 'vitest'
import { Page } from './page.tsx'

const trustee = {
  name: 'Farida <Aziz>',
  title: 'Trustee',
  trustName: 'Tidewell Learning Trust',
  grants: [{ role: 'trustee', node: 'trust', schools: 'all' }],
} as const
const lead = {
  ...trustee,
  name: 'Priya Raman',
  grants: [{ role: 'data-lead', node: 'trust', schools: 'all' }],
} as const
const navOf = (html: string): string[] =>
  [.../<nav class="nav"[\s\S]*?<\/nav>/.exec(html)![0].matchAll(/<a [^>]*>([^<]*)</g)].map(
    ([, text]) => text!,
  )

describe('a page', () => {
  test('says in this order where you are, what it is, what it is for, and when its data was last true', () => {
    const html = String(
      <Page
        viewer={lead}
        nav="standards"
        title="Saltmarsh"
        crumbs={[{ text: 'Tidewell', href: '/' }]}
        purpose="How its pupils are doing."
        asAt={['Data as at 20 March 2026', 'snapshot 11']}
        foot={['Sources: nine files.']}
      />,
    )
    const order = [
      'Tidewell</a>',
      '<h1>Saltmarsh',
      'How its pupils',
      'Data as at',
      'Sources: nine files.',
    ].map((part) => html.indexOf(part))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(order[0]).toBeGreaterThan(0)
    expect(html.startsWith('<!doctype html>')).toBe(true)
    expect(html).toContain('<title>Saltmarsh: Throughline</title>')
  })

  test('offers a trustee no drops and no people, and the data lead both', () => {
    expect(navOf(String(<Page viewer={trustee} title="x" />))).toEqual([
      'Purpose',
      'Standards',
      'Improvement',
      'Measures',
      'Guide',
    ])
    expect(navOf(String(<Page viewer={lead} title="x" />))).toEqual([
      'Purpose',
      'Standards',
      'Improvement',
      'Drops',
      'People',
      'Measures',
      'Guide',
    ])
  })

  test('for somebody who has not signed in has no search and no parts', () => {
    const html = String(<Page title="Sign in" trust="Tidewell" />)
    expect(html).not.toContain('class="nav"')
    expect(html).not.toContain('role="search"')
  })

  test('with mistakes says so in the window’s title and first on the page, linked to the field', () => {
    const html = String(
      <Page title="Open a drop" problems={[{ text: 'Say what it is for', field: 'purpose' }]} />,
    )
    expect(html).toContain('<title>Error: Open a drop')
    expect(html.indexOf('href="#purpose"')).toBeLessThan(html.indexOf('<h1>'))
  })

  test('reloads itself only while work goes on', () => {
    expect(String(<Page title="x" refresh={2} />)).toContain('<meta http-equiv="refresh" content="2"')
    expect(String(<Page title="x" />)).not.toContain('http-equiv')
  })

  test('shows the thread with one filled knot, and the break before what is not made yet', () => {
    const html = String(
      <Page
        title="x"
        thread={[
          { name: 'Aim', text: 'Every child reads', href: '/aim' },
          { name: 'Evidence', text: 'Spring drop', state: 'here' },
          { name: 'Decision', text: 'to be made', state: 'none' },
        ]}
      />,
    )
    expect(html.match(/<li[^>]*aria-current="step"/g)).toHaveLength(1)
    expect(html).toMatch(/<li class="lead-out" aria-current="step">\s*<b>Evidence/)
    expect(html).toMatch(/<li class="none">\s*<b>Decision/)
    expect(html).toContain('2 of 3: Spring drop')
  })

  test('a name with a tag in it stays a name', () => {
    expect(String(<Page viewer={trustee} title="x" />)).toContain('Farida &lt;Aziz&gt;')
  })

  test('has no inline script or style for the browser to refuse', () => {
    const html = String(<Page viewer={lead} title="x" refresh={1} done="Kept." />)
    expect(html).not.toMatch(/ style=|<style|<script(?! type="module" src=)/)
  })
})
