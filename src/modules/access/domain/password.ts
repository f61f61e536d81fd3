import { allowed, refused, type Verdict } from '../../../kernel/refusal.ts'

export const shortestPassword = 12
export const longestPassword = 128

const usual = [
  'password',
  'qwertyuiop',
  'qwerty',
  'letmein',
  'welcome',
  'throughline',
  'abcdefgh',
  '1234567890',
  '12345678',
  '1234',
  '4321',
]

/** Is it long enough and not the first thing someone would guess? Length is what counts: no rules about kinds of characters. */
export function canBePassword(password: string, person: { name: string; email: string }): Verdict {
  if (password.length < shortestPassword)
    return refused(
      `Use at least ${shortestPassword} characters. Three or four words together are easy to remember.`,
    )
  if (password.length > longestPassword) return refused(`Use at most ${longestPassword} characters.`)
  const folded = password.toLowerCase()
  const own = [person.email.split('@')[0]!, ...person.name.split(/\s+/)].filter((word) => word.length > 3)
  const left = [...usual, ...own.map((word) => word.toLowerCase())].reduce(
    (rest, word) => rest.replaceAll(word, ''),
    folded,
  )
  if (left.length < 6 || new Set(left).size < 4)
    return refused(
      'That would be guessed: it is mostly a usual password, your name, or one character over and over.',
    )
  return allowed
}
