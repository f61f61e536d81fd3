export type SessionsRead =
  | {
      readonly kind: 'sessions'
      readonly possible: number
      readonly authorised: number
      readonly unauthorised: number
    }
  | { readonly kind: 'wrong'; readonly value: string; readonly why: string }

interface Said {
  readonly possible: string | null
  readonly attended: string | null
  readonly authorised: string | null
  readonly unauthorised: string | null
}

/** A year has at most 195 school days, two sessions each; a little room for schools that open longer. */
const mostSessions = 420

/** A pupil’s sessions. Of attended, authorised and unauthorised, one may be missing: it is what the others leave. */
export function readSessions(said: Said): SessionsRead {
  const value = [said.possible, said.attended, said.authorised, said.unauthorised]
    .filter((text) => text !== null)
    .map((text) => text.trim())
    .join(', ')
  const wrong = (why: string): SessionsRead => ({ kind: 'wrong', value, why })
  const numbers: Partial<Record<keyof Said, number>> = {}
  for (const name of ['possible', 'attended', 'authorised', 'unauthorised'] as const) {
    const text = said[name]
    if (text === null || text.trim() === '') continue
    const number = Number(text.trim())
    if (!Number.isInteger(number)) return wrong(`“${text.trim()}” is not a number of sessions.`)
    if (number < 0) return wrong('Sessions can’t be fewer than none.')
    numbers[name] = number
  }
  const { possible, attended } = numbers
  if (possible === undefined) return wrong('The row does not say how many sessions were possible.')
  if (possible > mostSessions)
    return wrong(`${possible} sessions are more than a school year has (${mostSessions}).`)
  const authorised = numbers.authorised ?? left(possible, attended, numbers.unauthorised)
  const unauthorised = numbers.unauthorised ?? left(possible, attended, numbers.authorised)
  if (authorised === undefined || unauthorised === undefined)
    return wrong('The row does not say how many sessions were missed.')
  if (authorised < 0 || unauthorised < 0 || authorised + unauthorised > possible)
    return wrong(`More sessions were missed (or attended) than the ${possible} that were possible.`)
  if (attended !== undefined && attended + authorised + unauthorised !== possible)
    return wrong(
      `Attended (${attended}), authorised (${authorised}) and unauthorised (${unauthorised}) do not add up to ${possible}.`,
    )
  return { kind: 'sessions', possible, authorised, unauthorised }
}

const left = (possible: number, attended: number | undefined, other: number | undefined) =>
  attended === undefined || other === undefined ? undefined : possible - attended - other
