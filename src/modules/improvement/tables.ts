import './evaluation-tables.ts'
import type { Generated, JSONColumnType } from 'kysely'
import type { Day } from '../../kernel/days.ts'
import type { DigestWay } from './domain/digest.ts'

interface OfTrust {
  trust_id: number
}
interface OfObjective extends OfTrust {
  objective_id: number
  school_id: number | null
}

export type Stage = 'explore' | 'prepare' | 'deliver' | 'sustain'
export type ProgressState = 'not started' | 'in progress' | 'not met' | 'partly met' | 'met'
export type DecisionVerdict = 'go on' | 'change' | 'stop'
export type TierName = 'universal' | 'targeted' | 'intensive'
export type Likely = 'unlikely' | 'possible' | 'likely'

/** Where an objective or an action came from: its words as they were, and the page that says so. */
export interface Origin {
  readonly kind: 'figure' | 'judgement' | 'finding'
  readonly text: string
  readonly href: string
  /** The same thing at every drop and snapshot: see `aboutOf`. Empty where only the page is known. */
  readonly about: string
  /** In which snapshot it was read; none for a judgement. */
  readonly snapshot: number | null
}

declare module '../../platform/database/tables.ts' {
  interface Tables {
    'improvement.plan': OfTrust & {
      plan_id: Generated<number>
      school_id: number | null
      academic_year: number
      title: string
      carried_from: number | null
      made_by: number | null
      made_at: Date
    }
    'improvement.objective': OfTrust & {
      objective_id: Generated<number>
      plan_id: number
      school_id: number | null
      priority_id: number | null
      title: string
      why: Generated<string>
      for_whom: Generated<string>
      by_day: Day
      owner_id: number | null
      stage: Generated<Stage>
      ingredients: Generated<string[]>
      origin: JSONColumnType<Origin, string | null, string | null> | null
      carried_from: number | null
      copied_from: number | null
      shared_on: Day | null
    }
    'improvement.criterion': OfObjective & {
      criterion_id: Generated<number>
      words: Generated<string>
      measure: string | null
      of_school: number | null
      year_group: string | null
      pupil_group: string | null
      target: number | null
      by_day: Day
      met_on: Day | null
    }
    'improvement.action': OfObjective & {
      action_id: Generated<number>
      title: string
      owner_id: number | null
      starts: Day
      due: Day
      cost_pounds: Generated<number>
      days: Generated<number>
      done_on: Day | null
      done_by: number | null
      origin: JSONColumnType<Origin, string | null | undefined, string | null> | null
    }
    'improvement.progress': OfObjective & {
      progress_id: Generated<number>
      term: number
      state: ProgressState
      words: Generated<string>
      on_day: Day
      person_id: number | null
    }
    'improvement.evidence': OfObjective & {
      evidence_id: Generated<number>
      words: Generated<string>
      link: Generated<string>
      measure: string | null
      place: string | null
      year_group: string | null
      pupil_group: string | null
      period: string | null
      snapshot: number | null
      on_day: Day
      person_id: number | null
    }
    'improvement.risk': OfObjective & {
      risk_id: Generated<number>
      words: string
      answer: Generated<string>
      likely: Likely
    }
    'improvement.decision': OfObjective & {
      decision_id: Generated<number>
      stage: Stage
      verdict: DecisionVerdict
      words: string
      on_day: Day
      person_id: number | null
    }
    'improvement.thanks': OfObjective & {
      thanks_id: Generated<number>
      from_school: string
      words: Generated<string>
      on_day: Day
    }
    'improvement.objective_template': OfTrust & {
      objective_template_id: Generated<number>
      title: string
      document: JSONColumnType<Record<string, unknown>>
      person_id: number | null
      on_day: Day
      ended_on: Day | null
    }
    'improvement.tier': OfTrust & {
      school_id: number
      from_day: Day
      tier: TierName
      reason: string
      would_change: string
      person_id: number | null
    }
    'improvement.digest': OfTrust & {
      person_id: number
      how: DigestWay
      sent_on: Day | null
    }
    'improvement.action_feed': OfTrust & {
      action_feed_id: Generated<number>
      person_id: number
      token_hash: string
      made_at: Date
      revoked_at: Date | null
    }
  }
}
