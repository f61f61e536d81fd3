import type { Viewer } from '../viewer.ts'

/** What a signed-in page finds in its context. */
export type Env = { Variables: { viewer: Viewer } }
