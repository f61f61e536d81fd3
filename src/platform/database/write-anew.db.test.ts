import { mkdtempSync, openAsBlob, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, inject, it } from 'vitest'
import { openDatabase } from './open.ts'

/** Table files of the record; the journal is written over in its own time. */
const pagesHold = (folder: string, word: string) =>
  readdirSync(join(folder, 'record', 'base'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(word))

it.skipIf(!inject('template'))('a table that is written anew holds no deleted row in its pages', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-anew-'))
  const database = await openDatabase({ folder, template: await openAsBlob(inject('template')) })
  const write = (text: string) =>
    database.kysely.transaction().execute(async (tx) => {
      await sql`select set_config('throughline.trust', '1', true), set_config('throughline.pupils', 'all', true)`.execute(
        tx,
      )
      await sql.raw(text).execute(tx)
    })
  try {
    await write(`insert into organisation.trust (trust_id, slug, name) values (1, 'tidewell', 'Tidewell')`)
    await write(
      `insert into organisation.pupil (trust_id, surname) values (1, 'Quaylebridge'), (1, 'Ashworthy')`,
    )
    await write(`delete from organisation.pupil where surname = 'Quaylebridge'`)
    await database.writeAnew(['organisation.pupil'])
    await database.writeAnew(['organisation.pupil'])
    const { rows } = await database.executeSql('select current_user as who')
    expect(rows).toEqual([{ who: 'throughline_app' }])
    await database.close()
    expect(pagesHold(folder, 'Ashworthy')).toBe(true)
    expect(pagesHold(folder, 'Quaylebridge')).toBe(false)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
