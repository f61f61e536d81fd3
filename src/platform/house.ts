import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Database } from './database/open.ts'
import type { Files } from './files.ts'
import type { Jobs } from './jobs.ts'
import type { Lake } from './lake/lake.ts'
import type { Log } from './log.ts'
import type { Mail } from './mail.ts'

/** The parts of a running Throughline, opened once and handed around. Knows no school word. */
export interface House {
  readonly config: Config
  readonly clock: Clock
  readonly log: Log
  readonly database: Database
  readonly lake: Lake
  readonly files: Files
  readonly jobs: Jobs
  readonly mail: Mail
}
