import { Fragment } from 'hono/jsx'
import { FigureChip } from '../../../ui/index.ts'
import type { FrozenLine, Part } from '../domain/frozen.ts'
import type { Citation } from '../queries/evaluation.ts'

interface Line {
  readonly line: number
  readonly value: string
  readonly of: string
  readonly href: string
  readonly source: string
  readonly stale?: string
  readonly figure: boolean
}

export const linesOf = (citations: readonly Citation[]): Line[] =>
  citations.map(({ line, figure, objective, link, undecided }) => ({
    line,
    value: figure?.cited?.value ?? '',
    of: figure?.cited?.of ?? '',
    href:
      figure?.cited?.href ?? (objective ? `/improvement/objectives/${objective.id}` : link || '#evidence'),
    source: figure?.cited ? `${figure.cited.of}, snapshot ${figure.cited.snapshot}` : '',
    ...(undecided && figure?.moved ? { stale: figure.moved } : {}),
    figure: figure !== null,
  }))

export const frozenLines = (lines: readonly FrozenLine[]): Line[] =>
  lines.map((line) => ({
    line: line.line,
    value: line.value,
    of: line.of,
    href: line.href || '#evidence',
    source: line.snapshot === null ? '' : `${line.of}, snapshot ${line.snapshot}`,
    figure: line.snapshot !== null,
  }))

/** The case as it reads: words with cited figures in them, each linked to its own page; what has moved says so. */
export const Case = ({
  paragraphs,
  lines,
}: {
  paragraphs: readonly (readonly Part[])[]
  lines: readonly Line[]
}) => (
  <div class="case">
    {paragraphs.map((parts) => (
      <p>
        {parts.map((part) => {
          if (!('line' in part)) return <Fragment>{part.text}</Fragment>
          const line = lines.find((one) => one.line === part.line)
          if (!line) return <b class="late">[{part.line}: no such line]</b>
          if (!line.figure)
            return (
              <sup>
                <a href={line.href}>{part.line}</a>
              </sup>
            )
          return (
            <FigureChip
              href={line.href}
              line={part.line}
              stale={line.stale}
              source={line.source || undefined}
            >
              {part.shown === 'of' ? line.of : line.value || 'no figure'}
            </FigureChip>
          )
        })}
      </p>
    ))}
  </div>
)

/** A grade in the framework's own words, with filled dots for its place in the scale. */
export const GradeShown = ({ name, place, of }: { name: string; place: number; of: number }) => (
  <span class="grade-shown">
    <span class="grade-shown__dots" aria-hidden="true">
      {Array.from({ length: of }, (_, at) => (
        <span class={at < of - place + 1 ? 'on' : undefined} />
      ))}
    </span>
    {name}
  </span>
)
