import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { bringIn, putIn } from '../../evidence/index.ts'
import { everyPage } from '../pages/every/query.ts'
import { gradesPage } from '../pages/grades/query.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house.close())

const bring = async (...rows: string[]) => {
  const priya = world.people.priya!()
  const upload = { name: 'facts.csv', ...(await house.files.keep(Buffer.from(rows.join('\n')))) }
  await putIn(priya, await bringIn(priya, { upload, wish: { school: world.schools.saltmarsh } }))
}

it('a school’s registers and events are figures at the drop that stands open', async () => {
  const [one, two] = ['Ayesha Rahman', 'Maja Wojcik'].map((name) => world.upns[name]!)
  await bring('UPN,/,\\,L,I,U', `${one},100,98,2,0,0`, `${two},90,90,4,12,4`)
  await bring(
    'UPN,Start date,Category',
    `${one},2026-01-20,SUSP`,
    `${one},2026-02-03,LNCH`,
    `${two},2026-04-20,SUSP`,
  )
  const { rows, without } = await everyPage(world.people.priya!(), 'saltmarsh')
  const of = (id: string) => rows.find(({ measure }) => measure.id === id)?.figure
  expect(of('attendance')).toMatchObject({ kind: 'value', n: 384, of: 400, value: 96 })
  expect(of('lateness')).toMatchObject({ kind: 'value', n: 10, of: 400, value: 2.5 })
  expect(of('absence-illness')).toMatchObject({ kind: 'value', n: 12, value: 3 })
  expect(of('suspension-rate')).toMatchObject({ kind: 'value', n: 2, of: 32, value: 6.25 })
  expect(of('suspended-once')).toMatchObject({ kind: 'value', n: 1, of: 32 })
  expect(without.map(({ id }) => id)).toContain('praise-per-pupil')
  expect(of('mobility')).toMatchObject({ kind: 'value', of: 32 })
})

it('a stranger sees no page of figures or grades, and a trustee no grades of few pupils', async () => {
  await expect(everyPage(world.stranger, 'saltmarsh')).rejects.toThrow(NotHere)
  await expect(gradesPage(world.stranger, 'northquay', 'mathematics')).rejects.toThrow(NotHere)
  await expect(gradesPage(world.people.helen!(), 'northquay', 'mathematics')).rejects.toThrow(NotHere)
  const page = await gradesPage(world.people.priya!(), 'northquay', 'mathematics')
  expect(page.national).toHaveLength(7)
})
