import type { Generated, JSONColumnType } from 'kysely'
import type { Day } from '../../kernel/days.ts'
import type { FrozenJudgement, SignedDocument } from './domain/frozen.ts'
import type { ProposedPart } from './domain/proposed.ts'

interface OfEvaluation {
  trust_id: number
  evaluation_id: number
  school_id: number | null
}
interface Written {
  grade: string | null
  words: string
  strengths: string
  next_steps: string
}

declare module '../../platform/database/tables.ts' {
  interface Tables {
    'improvement.framework': {
      trust_id: number
      code: string
      document: JSONColumnType<Record<string, unknown>>
      person_id: number | null
    }
    'improvement.evaluation': {
      trust_id: number
      evaluation_id: Generated<number>
      school_id: number | null
      framework: string
      started_on: Day
      started_by: number | null
    }
    'improvement.judgement': OfEvaluation &
      Written & { area: string; revision: number; saved_at: Date; saved_by: number | null }
    'improvement.clash': OfEvaluation &
      Written & {
        clash_id: Generated<number>
        area: string
        person_id: number | null
        at: Date
        settled_at: Date | null
      }
    'improvement.citation': OfEvaluation & {
      citation_id: Generated<number>
      area: string
      line: number
      words: Generated<string>
      link: Generated<string>
      objective_id: number | null
      measure: string | null
      of_school: number | null
      year_group: string | null
      pupil_group: string | null
      period: string | null
      snapshot: number | null
      kept_why: string | null
      kept_over: string | null
    }
    'improvement.brought': OfEvaluation & {
      brought_id: Generated<number>
      name: string
      parts: JSONColumnType<ProposedPart[]>
      person_id: number | null
      at: Date
      settled_at: Date | null
    }
    'improvement.confirmed': OfEvaluation & {
      confirmed_id: Generated<number>
      area: string
      grade: string
      revision: number
      on_day: Day
      person_id: number | null
      document: JSONColumnType<FrozenJudgement>
    }
    'improvement.signed_evaluation': OfEvaluation & {
      signed_id: Generated<number>
      on_day: Day
      person_id: number | null
      document: JSONColumnType<SignedDocument>
    }
  }
}
