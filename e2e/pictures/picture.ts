import type { Page } from 'playwright-core'

/** One picture of the guide: `docs/guide/images/<file>.png`, of what a demo person sees at an address. */
export interface Picture {
  readonly file: string
  /** `Priya Raman`, of `src/app/demo/people.ts`. */
  readonly as: string
  readonly at: string
  /** What is done on the page before the picture is taken: it leaves the demo as the pictures after it find it. */
  readonly after?: (page: Page, data: string) => Promise<unknown>
  /** Words of the heading that stands at the picture’s head, when it is not the top of the page. */
  readonly from?: string
  /** Pixels of the page, from there; 768 when not said. */
  readonly height?: number
}
