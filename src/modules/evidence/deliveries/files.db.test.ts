import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { packageOf, zipOf } from '../imports/formats/oneroster/sample.ts'
import { visiting } from '../test/visit.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house.close())

const as = (who: string) => visiting(house, world.people[who]!())
const roster = () => ({ name: 'saltmarsh.zip', text: new Uint8Array(zipOf(packageOf('1.1'))) })

it('a data lead sends a package, sees what it would change, and puts it on record', async () => {
  const sent = await as('priya').send('/files', roster())
  expect(sent.status).toBe(303)
  const page = await as('priya').get(sent.to)
  expect(page.text).toContain('OneRoster 1.1 from Harbour MIS: 1 school, 2 pupils')
  expect(page.text).toMatch(/Pupils 2 0 0/)
  expect(page.text).toContain('It also holds 2 results')
  const put = await as('priya').post(`${sent.to}/put-in`)
  expect(put.to).toBe(`${sent.to}?done=put-in`)
  expect((await as('priya').get(put.to)).text).toContain('It is on record.')
  const again = await as('priya').post(`${sent.to}/put-in`)
  expect(again.status).toBe(422)
  expect(again.text).toContain('It has been put in already.')
  expect((await as('priya').get('/files')).text).toContain('saltmarsh.zip')
})

it('a headteacher’s file is of their own school without saying so, and others don’t see it', async () => {
  const sent = await as('ruth').send('/files', roster())
  expect(sent.status).toBe(303)
  expect((await as('neil').get(sent.to)).status).toBe(404)
  expect((await as('helen').get('/files')).status).toBe(404)
  const aside = await as('ruth').post(`${sent.to}/set-aside`)
  expect(aside.to).toBe('/files?done=set-aside')
  expect((await as('ruth').get(sent.to)).text).toContain('Set aside')
})

it('a mark sheet is sent back with the place where it belongs', async () => {
  const sent = await as('priya').send('/files', { name: 'marks.csv', text: 'UPN,Reading\nA1,104\n' })
  expect(sent.status).toBe(422)
  expect(sent.text).toContain('open the drop, choose the school, and send it there')
  expect((await as('priya').send('/files')).text).toContain('Choose a file first.')
})

it('a roster without results that is sent to a drop is told where it belongs', async () => {
  const files = packageOf('1.1')
  files['manifest.csv'] = files['manifest.csv']!.replace('file.results,bulk', 'file.results,absent')
  const sent = await as('ruth').send(`/drops/${world.drop}/schools/saltmarsh/files`, {
    name: 'roster.zip',
    text: new Uint8Array(zipOf(files)),
  })
  expect(sent.text).toContain('is not a file of results for a drop')
})
