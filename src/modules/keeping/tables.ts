import type { ColumnType, Generated } from 'kysely'

type Json<T> = ColumnType<T, string, string>

/** By class of record: how many rows or files went. */
export type Went = Readonly<Record<string, number>>

declare module '../../platform/database/tables.ts' {
  interface Tables {
    'keeping.erasure': {
      trust_id: number
      erasure_id: Generated<number>
      pupil_id: number
      at: Date
      person_id: number | null
      reason: string
      figures: 'without them' | 'nameless row'
      went: Json<Went>
      marks: string[]
      again: boolean
    }
    'keeping.joined': {
      trust_id: number
      joined_id: Generated<number>
      pupil_id: number
      was_pupil_id: number
      at: Date
      person_id: number | null
      reason: string
      came: Json<Went>
    }
    'keeping.rule': {
      trust_id: number
      rule_id: Generated<number>
      record_class: string
      years: number | null
      reason: string
      person_id: number | null
      set_at: Date
    }
    'keeping.carrying_out': {
      trust_id: number
      carrying_out_id: Generated<number>
      nightly: boolean
      reason: string
      person_id: number | null
      set_at: Date
    }
    'keeping.letting_go': {
      trust_id: number
      letting_go_id: Generated<number>
      at: Date
      person_id: number | null
      nightly: boolean
      went: Json<Went>
    }
  }
}
