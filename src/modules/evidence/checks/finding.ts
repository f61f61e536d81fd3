/** What a health check asks about: something in a drop's results that is either wrong or worth a word of explanation. */
export interface Finding {
  /** The same for the same trouble with the same counts: an answer is kept under it, and the question comes back when the counts change. */
  readonly key: string
  readonly check: string
  /** `answer` should be explained before the drop is locked; `look` is for information. */
  readonly weight: Weight
  /** None when it is about the trust's results as a whole. */
  readonly school: number | null
  /** In plain words, ending in a question or a fact and its question. */
  readonly question: string
  /** Where to look: `Year 4, class 4C, writing`. */
  readonly where: string
  /** How many of how many. */
  readonly n: number
  readonly of: number | null
}

export type Weight = 'answer' | 'look'

/** What the SQL of a check answers, a row for each finding. */
export interface CheckRow {
  readonly school: number | null
  readonly year_group?: string | null
  readonly assessment?: string | null
  readonly class_id?: number | null
  readonly form?: string | null
  readonly n: number
  readonly of?: number | null
  readonly [more: string]: unknown
}

/** Names for the numbers and codes in a row. */
export interface Names {
  readonly school: (id: number | null) => string
  readonly assessment: (code: string | null | undefined) => string
  readonly className: (row: Pick<CheckRow, 'class_id' | 'form'>) => string | undefined
  /** The drop it is compared with: `autumn`. */
  readonly before: string
}

/** One health check, declared once: what it looks for, in SQL over the drop's facts, and how it asks. */
export interface Check {
  readonly id: string
  readonly title: string
  /** What it looks for, for the page that lists the checks. */
  readonly looksFor: string
  readonly weight: Weight
  /** True when an answer given in one drop holds in the next: a fact about the school, not about these results. */
  readonly standing?: boolean
  /** Only run when there is an earlier drop to compare with. */
  readonly compares?: boolean
  readonly sql: string
  readonly ask: (row: CheckRow, names: Names) => string
}
