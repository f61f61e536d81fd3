import type { Generated } from 'kysely'

interface JobTable {
  trust_id: number
  job_id: string
  name: string
  person_id: number | null
  state: Generated<'waiting' | 'working' | 'done' | 'failed'>
  done: Generated<number>
  of: Generated<number>
  words: Generated<string>
  trouble: string | null
  started_at: Generated<Date>
  changed_at: Generated<Date>
}

declare module '../database/tables.ts' {
  interface Tables {
    'platform.job': JobTable
  }
}
