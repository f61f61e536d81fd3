import { join } from 'node:path'
import { type Clock, systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { type Database, openDatabase } from './database/open.ts'
import { openFiles } from './files.ts'
import type { House } from './house.ts'
import { openJobs } from './jobs.ts'
import { openLake } from './lake/lake.ts'
import { jsonLog, type Log } from './log.ts'
import { openMail } from './mail.ts'

export interface OpenHouse extends House {
  /** Lets work under way finish, then closes everything in the order opposite to its opening. May be called twice. */
  readonly close: () => Promise<void>
}

interface Openings {
  readonly clock?: Clock
  readonly log?: Log
  /** An already open record, which the house then closes. */
  readonly database?: Database
  /** A dumped record to start an empty data folder from. */
  readonly template?: Blob
}

/**
 * Opens everything in order; what was opened is closed again when a later part fails.
 * @throws FolderHeld when another process has the data folder open.
 */
export async function openHouse(config: Config, openings: Openings = {}): Promise<OpenHouse> {
  const { clock = systemClock, log = jsonLog, template } = openings
  const opened: (() => void | Promise<void>)[] = []
  const close = async () => {
    for (let shut = opened.pop(); shut; shut = opened.pop())
      await Promise.resolve(shut()).catch((error) => log.error('closing', error))
  }
  try {
    const database =
      openings.database ?? (await openDatabase({ folder: config.data, url: config.databaseUrl, template }))
    opened.push(database.close)
    const lake = await openLake({ folder: join(config.data, 'lake'), keepFree: config.keepFree })
    opened.push(lake.close)
    const files = await openFiles({
      folder: join(config.data, 'files'),
      limit: config.uploadLimit,
      keepFree: config.keepFree,
    })
    const mail = openMail({
      smtpUrl: config.smtpUrl,
      from: config.mailFrom,
      outbox: join(config.data, 'outbox'),
      clock,
    })
    opened.push(mail.close)
    const jobs = openJobs({ database, log })
    opened.push(jobs.close)
    return { config, clock, log, database, lake, files, jobs, mail, close }
  } catch (error) {
    await close()
    throw error
  }
}
