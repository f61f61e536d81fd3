import type { FigureKey } from '../../../kernel/figure.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Section } from '../../../ui/index.ts'

/** What a page of figures is about: a figure, or a finding by its key, at whatever drop or snapshot. */
export type About =
  | { readonly kind: 'figure'; readonly key: FigureKey; readonly school?: number }
  | { readonly kind: 'finding'; readonly key: string; readonly school: number; readonly href: string }

/** What somebody made of it, and how that goes. */
export interface Made {
  readonly kind: 'objective' | 'action'
  readonly title: string
  readonly href: string
  /** `In progress, 2 of 5 done, by 17 July 2026` */
  readonly says: string
}

export interface Work {
  readonly made: readonly Made[]
  /** What may be made of it, for who may. */
  readonly offers: readonly { readonly text: string; readonly href: string }[]
}

/** A later module says what became of figures and findings; the app hands it in. */
export type WorkOf = (viewer: Viewer, abouts: readonly About[]) => Promise<(about: About) => Work>

export const noWork = (): Work => ({ made: [], offers: [] })

const kinds: Record<Made['kind'], string> = { objective: 'Objective', action: 'Action' }

/** What was made of it, each in a line with how it goes. */
export const MadeLines = ({ made }: { made: readonly Made[] }) => (
  <>
    {made.map((one) => (
      <p class="finding__why">
        {kinds[one.kind]}: <a href={one.href}>{one.title}</a>. {one.says}.
      </p>
    ))}
  </>
)

/** What it became, and the ways to make more of it; nothing where there is neither. */
export const WorkSection = ({ work: { made, offers } }: { work: Work }) =>
  made.length === 0 && offers.length === 0 ? null : (
    <Section title="What it became">
      {made.length === 0 && <p class="absent">Nothing yet.</p>}
      <MadeLines made={made} />
      {offers.length > 0 && (
        <p class="take">
          {offers.map(({ text, href }) => (
            <a href={href}>{text}</a>
          ))}
        </p>
      )}
    </Section>
  )
