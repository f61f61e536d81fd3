import { type Content, classes } from '../content.ts'

export interface ReadySchool {
  readonly name: string
  readonly href?: string
  /** `done`: signed off. `late`: the day has passed. `open`: still in time. */
  readonly state: 'done' | 'late' | 'open'
  /** In words: `signed off 18 March`, `two days late`, `no file yet`. */
  readonly words: string
}

/** Schools as knots on the way to the lock: filled when signed off, hollow when not; the late ones are named. */
export const Readiness = ({
  schools,
  lock,
  from,
  until,
  label = 'Sign-off by school',
}: {
  schools: readonly ReadySchool[]
  /** The knot at the end: `Locked 27 March`, or `Lock by 27 March`. */
  lock: { readonly words: string; readonly done: boolean }
  /** Words under the line's start and end. */
  from?: Content
  until?: Content
  label?: string
}) => {
  const waiting = schools.filter((school) => school.state !== 'done')
  return (
    <div class="readiness">
      <ol class={classes('ready', schools.length > 20 && 'ready--many')} aria-label={label}>
        {schools.map((school) => (
          <li class={school.state === 'done' ? undefined : school.state}>
            <span class="vh">
              {school.name}: {school.words}
            </span>
          </li>
        ))}
        <li class={lock.done ? undefined : 'open'}>
          <span class="vh">{lock.words}</span>
        </li>
      </ol>
      <p class="ready__ends">
        <span>{from}</span>
        <span>{until ?? lock.words}</span>
      </p>
      {waiting.length > 0 && (
        <p class="ready__waiting">
          Waiting for{' '}
          {waiting.slice(0, 6).map((school, at) => (
            <>
              {at > 0 && ', '}
              {school.href ? <a href={school.href}>{school.name}</a> : school.name} ({school.words})
            </>
          ))}
          {waiting.length > 6 && ` and ${waiting.length - 6} more`}.
        </p>
      )}
    </div>
  )
}
