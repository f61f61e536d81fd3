import type { Generated } from 'kysely'

export type DecisionKind = 'taken up' | 'watched' | 'set aside'
export type DoubtAnswerKind = 'explained' | 'looked into' | 'set aside'

declare module '../../platform/database/tables.ts' {
  interface Tables {
    'measures.doubt_answer': {
      trust_id: number
      doubt_answer_id: Generated<number>
      school_id: number
      drop_id: number
      key: string
      kind: DoubtAnswerKind
      reason: string
      question: string
      person_id: number
      at: Date
    }
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
