import type { Content } from '../content.ts'
import type { Reader } from '../page/masthead.tsx'
import { Page } from '../page/page.tsx'
import { Section } from '../parts/section.tsx'
import { charts } from './charts.tsx'
import { forms } from './forms.tsx'
import { parts } from './parts.tsx'

/** One part of the interface with data at an edge: none, one, suppressed, forty schools, long names, right to left. */
export interface Entry {
  readonly id: string
  readonly name: string
  readonly draw: () => Content
}

export const entries: readonly Entry[] = [...charts, ...parts, ...forms]

/** Every part of the interface, one under another. */
export const Gallery = () => (
  <>
    <nav aria-label="Parts" class="take">
      {entries.map(({ id, name }) => (
        <a href={`#${id}`}>{name}</a>
      ))}
    </nav>
    {entries.map(({ id, name, draw }) => (
      <Section id={id} title={name}>
        {draw()}
      </Section>
    ))}
  </>
)

/** The page at `/gallery`. */
export const GalleryPage = ({ viewer }: { viewer?: Reader }) => (
  <Page
    title="The parts of the interface"
    viewer={viewer}
    purpose="Every part that pages are made of, with data at its edges, so that a change can be seen everywhere at once."
    asAt={['Made-up data', 'No school, pupil or number on this page is real']}
    thread={[
      { name: 'Aim', text: 'Every child reads well enough to learn from books', href: '/' },
      { name: 'Evidence', text: 'The gallery', state: 'here' },
      { name: 'Decision', text: 'None yet', state: 'none' },
    ]}
    foot={['Drawn by the same code as every other page.']}
  >
    <Gallery />
  </Page>
)
