import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../../../test/database.ts'
import { makeWorld, type World } from '../../../../../test/world.ts'
import { NotHere } from '../../../../kernel/refusal.ts'
import { packageOf, zipOf } from '../../imports/formats/oneroster/sample.ts'
import { visiting } from '../../test/visit.ts'
import { handleDeliveries } from './do-delivery-work.ts'
import { deliveriesUnderWay, deliveryWorkAndProgress } from './work-under-way.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house.close())

/** Somebody who never waits, while nobody works on files yet. */
const idle = (who: string) => visiting(house, world.people[who]!(), { patience: 0, idle: true })
const roster = { name: 'saltmarsh.zip', text: new Uint8Array(zipOf(packageOf('1.1'))) }
const jobIn = (address: string) => /\/files\/work\/([0-9a-f-]{36})$/.exec(address)![1]!

it('a file for the record is read and put in outside the request, and its page can be left', async () => {
  const sent = await idle('priya').send('/files', roster)
  expect(sent).toMatchObject({ status: 303, to: expect.stringMatching(/^\/files\/work\//) })
  const waits = await idle('priya').get(sent.to)
  expect(waits.text).toContain('Waiting for its turn')
  expect(waits.html).toContain('http-equiv="refresh"')
  expect((await idle('priya').get('/files')).text).toContain('Reading the file: saltmarsh.zip')
  expect((await idle('ruth').get(sent.to)).status).toBe(404)
  await expect(deliveryWorkAndProgress(world.stranger, jobIn(sent.to))).rejects.toThrow(NotHere)
  expect(await deliveriesUnderWay(world.stranger)).toEqual([])

  let changed = 0
  await handleDeliveries(house, () => changed++)
  const priya = world.people.priya!()
  await house.jobs.settled(priya, jobIn(sent.to), 60_000)
  const read = await idle('priya').get(sent.to)
  expect(read).toMatchObject({ status: 303, to: expect.stringMatching(/^\/files\/\d+$/) })
  expect((await idle('priya').get(read.to)).text).toContain('OneRoster 1.1 from Harbour MIS')
  expect(changed).toBe(0)

  const put = await idle('priya').post(`${read.to}/put-in`)
  await house.jobs.settled(priya, jobIn(put.to), 60_000)
  expect((await idle('priya').get(put.to)).to).toBe(`${read.to}?done=put-in`)
  expect((await idle('priya').get(read.to)).text).toContain('Put on record')
  expect(changed).toBe(1)
})

it('what could not be read is said once to who sent it, when they come back', async () => {
  const files = packageOf('1.1')
  delete files['orgs.csv']
  const sent = await idle('priya').send('/files', { name: 'half.zip', text: new Uint8Array(zipOf(files)) })
  await house.jobs.settled(world.people.priya!(), jobIn(sent.to), 60_000)
  expect((await idle('priya').get(sent.to)).to).toBe('/files')
  expect((await idle('dan').get('/files')).text).not.toContain('half.zip')
  expect((await idle('priya').get('/files')).text).toContain('half.zip: ')
  expect((await idle('priya').get('/files')).text).not.toContain('half.zip')
})
