import type { Content } from '../content.ts'

export interface ProgressProps {
  /** What is being done: `Checking the rows`. */
  readonly doing: string
  readonly done: number
  /** Left out while it is not known. */
  readonly of?: number
  /** Counts in words: `612,000 of 1,040,000 results checked, about 20 seconds left`. */
  readonly children?: Content
}

/** A thin ink line that fills, with counts in words. Give `Page` a `refresh`, so that it reloads itself. */
export const Progress = ({ doing, done, of, children }: ProgressProps) => (
  <div class="progress">
    <p class="progress__doing">{doing}</p>
    <progress
      aria-label={doing}
      value={of === undefined ? undefined : done}
      max={of === undefined ? undefined : of}
    >
      {of === undefined ? '' : `${Math.floor((100 * done) / Math.max(of, 1))}%`}
    </progress>
    <p class="small">
      {children ??
        (of === undefined
          ? 'Counting.'
          : `${done.toLocaleString('en-GB')} of ${of.toLocaleString('en-GB')}`)}{' '}
      <span class="nowrap">You can leave this page; the work goes on.</span>
    </p>
  </div>
)
