import type { Generated } from 'kysely'
import type { Day } from '../../kernel/days.ts'

interface OfTrust {
  trust_id: number
}
interface Dated {
  from_day: Day
  to_day: Day | null
}

export type StatementKind = 'mission' | 'vision' | 'value' | 'ethos'
export type StanceKind = 'adopt' | 'adapt' | 'not now'
export type PolicyModel = 'standardised' | 'aligned' | 'own'

declare module '../../platform/database/tables.ts' {
  interface Tables {
    'purpose.statement': OfTrust &
      Dated & {
        statement_id: Generated<number>
        school_id: number | null
        kind: StatementKind
        title: Generated<string>
        words: string
        practice: Generated<string>
      }
    'purpose.aim': OfTrust & Dated & { aim_id: Generated<number> }
    'purpose.aim_wording': OfTrust & {
      aim_id: number
      from_day: Day
      title: string
      why: Generated<string>
      areas: Generated<string[]>
    }
    'purpose.priority': OfTrust &
      Dated & {
        priority_id: Generated<number>
        aim_id: number
        school_id: number | null
        title: string
        why: Generated<string>
        owner_id: number | null
        by_day: Day
      }
    'purpose.success_measure': OfTrust & {
      success_measure_id: Generated<number>
      priority_id: number
      school_id: number | null
      measure: string
      year_group: string
      pupil_group: Generated<string>
      target: number
      by_day: Day
    }
    'purpose.stance': OfTrust & {
      school_id: number
      priority_id: number
      from_day: Day
      stance: StanceKind
      words: Generated<string>
    }
    'purpose.policy': OfTrust &
      Dated & {
        policy_id: Generated<number>
        title: string
        model: PolicyModel
        decides: string
        words: Generated<string>
      }
  }
}
