import type { IntervalMethod } from '../domain/measure.ts'

/** The pages of docs/methods that figures and charts link to. */
export type MethodName =
  | 'wilson'
  | 't-interval'
  | 'attendance'
  | 'progress-8'
  | 'newcombe'
  | 'suppression'
  | 'grades-and-transitions'

export const methodPath = (name: string): string => `/methods/${name}`

/** The page of the method by which an interval was made. */
export const intervalMethods: Record<IntervalMethod, { readonly name: string; readonly page: MethodName }> = {
  wilson: { name: 'Wilson, 95%', page: 'wilson' },
  t: { name: 'Student’s t, 95%', page: 't-interval' },
  ratio: { name: 'ratio of sessions, by pupil, 95%', page: 'attendance' },
  'national deviation': { name: 'by the national deviation, 95%', page: 'progress-8' },
}
