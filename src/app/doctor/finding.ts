/** One thing looked at: what was found, and what to do when it is not well. */
export interface Finding {
  readonly name: string
  readonly well: boolean
  readonly words: string
}

export const well = (name: string, words: string): Finding => ({ name, well: true, words })
export const unwell = (name: string, words: string): Finding => ({ name, well: false, words })
