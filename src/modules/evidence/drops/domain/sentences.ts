/** `Saltmarsh`, `Saltmarsh and Gull Rock`, `Saltmarsh, Gull Rock and Northquay`; from `most` on, `… and 7 more`. */
export function listed(names: readonly string[], most = 6): string {
  const shown =
    names.length > most ? [...names.slice(0, most - 1), `${names.length - most + 1} more`] : [...names]
  const last = shown.pop() ?? ''
  return shown.length ? `${shown.join(', ')} and ${last}` : last
}

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** Counts to nine in words, as sentences want them: `two schools`, `12 schools`. */
export const worded = (many: number, one: string, more = `${one}s`): string =>
  `${words[many] ?? many.toLocaleString('en-GB')} ${many === 1 ? one : more}`

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
