/** Says how far a long piece of work has come: a share from 0 to 1, and the same in words (`1,040,000 rows read`). */
export type Tell = (share: number, words: string) => unknown

export const untold: Tell = () => undefined

/** What a part of the work says, as said of the whole: the part goes from share `from` to share `to`. */
export const partOf =
  (tell: Tell, from: number, to: number): Tell =>
  (share, words) =>
    tell(from + (to - from) * share, words)
