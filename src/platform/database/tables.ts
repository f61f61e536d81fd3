/**
 * Every table of the record, by its full name. Each module adds its own by declaration merging in its `tables.ts`:
 * `declare module '../../platform/database/tables.ts' { interface Tables { 'organisation.school': SchoolTable } }`
 */
export interface Tables {
  'platform.history': {
    trust_id: number
    history_id: import('kysely').Generated<number>
    school_id: number | null
    at: import('kysely').Generated<Date>
    person_id: number | null
    subject: string
    subject_id: string
    deed: string
    detail: import('kysely').JSONColumnType<Record<string, unknown>>
  }
  'platform.changed': {
    trust_id: number
    part: string
    school_id: number
    version: number
  }
}
