import type { Generated } from 'kysely'

export type DecisionKind = 'taken up' | 'watched' | 'set aside'

declare module '../../platform/database/tables.ts' {
  interface Tables {
    'measures.finding_decision': {
      trust_id: number
      finding_decision_id: Generated<number>
      school_id: number
      key: string
      drop_id: number
      kind: DecisionKind
      reason: string
      sentence: string
      gap: number
      person_id: number
      at: Date
    }
  }
}
