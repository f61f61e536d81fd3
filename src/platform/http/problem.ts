/** What went wrong, as a page says it. */
export interface Problem {
  readonly status: 400 | 403 | 404 | 413 | 422 | 429 | 500 | 503 | 507
  /** Head of the page: `You can’t do that yet` */
  readonly title: string
  readonly sentence: string
  /** What to quote when asking for help; only for faults of ours. */
  readonly reference?: string
}

/** Known who asks, and they may not. */
export class Forbidden extends Error {}

/** The body is larger than this page takes. */
export class BodyTooLarge extends Error {}

export class TooMany extends Error {
  readonly seconds: number
  constructor(seconds: number, message?: string) {
    super(
      message ??
        `That was too many requests in a short time. Wait ${seconds === 1 ? 'a second' : `${seconds} seconds`} and try again.`,
    )
    this.seconds = seconds
  }
}
