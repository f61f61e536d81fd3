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
  }
}
