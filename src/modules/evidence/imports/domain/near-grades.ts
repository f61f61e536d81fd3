import type { Choice } from './words.ts'

/** What stands where a result would and says why there is none, as schools write it; the person agrees once. */
const codes: readonly (readonly [RegExp, string])[] = [
  [/^(a|abs|ab|absent|absence)$/i, 'as:absent'],
  [
    /^(x|nt|n\/t|ntk|not taken|exempt|w|wd|withdrawn|dis|d|disapplied|not submitted|n\/s|ns|not entered|ne)$/i,
    'as:not taken',
  ],
  [/^(l|left|leaver|gone)$/i, 'as:left'],
]

/** The choice that a code suggests: `x` is most likely “not taken”. */
export const codeMeant = (said: string): string | undefined =>
  codes.find(([pattern]) => pattern.test(said.trim()))?.[1]

export const asNotTaken: Choice = { value: 'as:not taken', label: 'Record as not taken' }
export const asLeft: Choice = { value: 'as:left', label: 'Record as left' }
/** A GCSE column that holds a `DIST`, or a `5` in a column of teacher assessments. */
export const asOther: Choice = {
  value: 'as:other scale',
  label: 'Keep as it stands: it is on another scale, and no figure counts it',
}

/**
 * The whole grades that a finer one lies in: `5+`, `4-`, `6a`, `3.4`, `5 secure` lie in 5, 4, 6, 3 and 5; `4/5` and `5-4` lie in the
 * first and the second. Nothing for a text that is none of these. Whether they are on the scale is the caller’s to see.
 */
export function wholeGrades(said: string): string[] {
  const text = said.replaceAll('−', '-').trim()
  const pair = /^([0-9A-Z*]{1,3}) ?[/-] ?([0-9A-Z*]{1,3})$/i.exec(text)
  if (pair) return [pair[1]!, pair[2]!]
  const fine = /^([0-9]|[A-Z]{1,4}\*?) ?([+\-=]|[abc]|\.[0-9]{1,2}|low|mid|high|secure|strong|weak)$/i.exec(
    text,
  )
  return fine ? [fine[1]!] : []
}
