import type { Content } from '../content.ts'
import { Mark } from './mark.tsx'

export interface ImportStep {
  readonly text: Content
  readonly href?: string
  readonly state: 'past' | 'now' | 'to come'
}

const marks = { past: 'tick', now: 'disc', 'to come': 'broken-ring' } as const
const said = { past: 'Done: ', now: '', 'to come': 'To come: ' } as const

/** Where an import stands in its conversation: past steps ticked, the present one a disc, those to come broken rings. */
export const ImportSteps = ({
  steps,
  label = 'Steps of this import',
}: {
  steps: readonly ImportStep[]
  label?: string
}) => (
  <ol class="conv" aria-label={label}>
    {steps.map(({ text, href, state }) => (
      <li aria-current={state === 'now' ? 'step' : undefined}>
        <Mark kind={marks[state]} />
        <span>
          <span class="vh">{said[state]}</span>
          {href ? <a href={href}>{text}</a> : text}
        </span>
      </li>
    ))}
  </ol>
)

/** The words of a file as they stand in it. */
export const Raw = ({ children }: { children: Content }) => <span class="raw">{children}</span>
