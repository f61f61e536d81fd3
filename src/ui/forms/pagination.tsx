import { type Content, classes } from '../content.ts'

export interface PaginationProps {
  readonly previous?: { readonly href: string; readonly text?: Content; readonly label?: Content }
  readonly next?: { readonly href: string; readonly text?: Content; readonly label?: Content }
  /** Numbered pages; `…` between them. */
  readonly pages?: readonly (
    | {
        readonly number: number | string
        readonly href: string
        readonly current?: boolean
        readonly said?: string
      }
    | '…'
  )[]
  readonly landmark?: string
  readonly class?: string
}

const arrows = {
  prev: 'm6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z',
  next: 'm8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z',
} as const

const Arrow = ({ to }: { to: 'prev' | 'next' }) => (
  <svg
    class={`govuk-pagination__icon govuk-pagination__icon--${to}`}
    xmlns="http://www.w3.org/2000/svg"
    height="13"
    width="15"
    aria-hidden="true"
    focusable="false"
    viewBox="0 0 15 13"
  >
    <path d={arrows[to]} />
  </svg>
)

const Turn = ({
  to,
  link,
  block,
}: {
  to: 'prev' | 'next'
  link: NonNullable<PaginationProps['next']>
  block: boolean
}) => (
  <div class={`govuk-pagination__${to}`}>
    <a class="govuk-link govuk-pagination__link" href={link.href} rel={to}>
      {(block || to === 'prev') && <Arrow to={to} />}
      <span
        class={classes(
          'govuk-pagination__link-title',
          block && link.label === undefined && 'govuk-pagination__link-title--decorated',
        )}
      >
        {link.text ?? (
          <>
            {to === 'prev' ? 'Previous' : 'Next'}
            <span class="govuk-visually-hidden"> page</span>
          </>
        )}
      </span>
      {block && link.label !== undefined && (
        <>
          <span class="govuk-visually-hidden">:</span>
          <span class="govuk-pagination__link-label">{link.label}</span>
        </>
      )}
      {!block && to === 'next' && <Arrow to={to} />}
    </a>
  </div>
)

export const Pagination = ({
  previous,
  next,
  pages,
  landmark = 'Pagination',
  class: extra,
}: PaginationProps) => {
  const block = pages === undefined && (previous !== undefined || next !== undefined)
  return (
    <nav class={classes('govuk-pagination', block && 'govuk-pagination--block', extra)} aria-label={landmark}>
      {previous && <Turn to="prev" link={previous} block={block} />}
      {pages && (
        <ul class="govuk-pagination__list">
          {pages.map((page) =>
            page === '…' ? (
              <li class="govuk-pagination__item govuk-pagination__item--ellipsis">⋯</li>
            ) : (
              <li
                class={classes('govuk-pagination__item', page.current && 'govuk-pagination__item--current')}
              >
                <a
                  class="govuk-link govuk-pagination__link"
                  href={page.href}
                  aria-label={page.said ?? `Page ${page.number}`}
                  aria-current={page.current ? 'page' : undefined}
                >
                  {page.number}
                </a>
              </li>
            ),
          )}
        </ul>
      )}
      {next && <Turn to="next" link={next} block={block} />}
    </nav>
  )
}

/** Which numbered pages to offer among `many`: first, last, and the present one with its neighbours. */
export const pagesAround = (
  present: number,
  many: number,
  href: (page: number) => string,
): NonNullable<PaginationProps['pages']> => {
  const shown = [1, present - 1, present, present + 1, many].filter((page) => page >= 1 && page <= many)
  const unique = [...new Set(shown)].sort((a, b) => a - b)
  return unique.flatMap((page, at) => {
    const gap = at > 0 && page - unique[at - 1]! > 1
    const link = { number: page, href: href(page), current: page === present }
    return gap ? (['…', link] as const) : [link]
  })
}
