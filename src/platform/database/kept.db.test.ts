import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { read, within, write } from './door.ts'
import { keptUntilWritten, recordMark, signInMark } from './kept.ts'

describe('an answer kept until the record is written to', () => {
  let house: Awaited<ReturnType<typeof openTestHouse>>
  let world: World
  let asked = 0
  beforeAll(async () => {
    house = await openTestHouse()
    world = await makeWorld(house)
  })
  afterAll(() => house.close())
  const priya = () => world.people.priya!()

  const names = () =>
    keptUntilWritten(priya(), 'names of people', () => {
      asked++
      return read(priya(), (db) => db.selectFrom('organisation.person').select('name').execute())
    })

  it('is asked for once, and again after a write', async ({ skip }) => {
    if (recordMark(house.database) === undefined)
      skip('On a server others may write to the record, so nothing is kept.')
    await names()
    await names()
    expect(asked).toBe(1)
    await write(priya(), (tx) =>
      tx.updateTable('organisation.person').set({ title: 'Anything' }).where('person_id', '=', -1).execute(),
    )
    await names()
    expect(asked).toBe(2)
  })

  it('does not change because somebody looked, but does for a session', async ({ skip }) => {
    const { database } = house
    const mark = recordMark(database)
    if (mark === undefined) skip('On a server others may write to the record, so nothing is kept.')
    const before = signInMark(database)
    await sql`delete from access.sign_in_session where false`.execute(database.kysely)
    expect(recordMark(database)).toBe(mark)
    expect(signInMark(database)).toBeGreaterThan(before!)
  })

  it('is never taken from, nor left by, an open transaction', async () => {
    await names()
    const before = asked
    await write(priya(), async (tx) => {
      await keptUntilWritten(within(priya(), tx), 'names of people', async () => {
        asked++
        return []
      })
    })
    expect(asked).toBe(before + 1)
    expect((await names()).length).toBeGreaterThan(0)
  })

  it('is kept apart by what its viewers may see', async () => {
    await names()
    const stranger = await keptUntilWritten(world.stranger, 'names of people', async () => 'asked anew')
    expect(stranger).toBe('asked anew')
  })
})
