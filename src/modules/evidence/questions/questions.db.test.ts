import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { bringIn, delivery, putIn } from '../deliveries/index.ts'
import { visiting } from '../test/visit.ts'
import { facility } from './facility.ts'
import { paperPage, papers } from './papers.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house.close())

const sheet = (zara = '1') =>
  [
    'UPN,Name,Q1,Q2a [2],Q2b,Q3',
    'Max marks,,1,,1,3',
    'Topic,,Fractions,Fractions,Area,Area',
    `${world.upns['Zara Ahmed']},Zara Ahmed,${zara},2,0,3`,
    `${world.upns['Tom Bell']},Tom Bell,0,1,,1.5`,
    `${world.upns['Ayesha Rahman']},Ayesha Rahman,1,2,1,9`,
    'Z999999999999,Nobody Known,1,1,1,1',
    `${world.upns['Jack Treloar']},Jack Treloar,A,A,A,A`,
  ].join('\n')
const bring = async (who: string, school: number | null, content: string) => {
  const upload = { name: 'Year 6 arithmetic.csv', ...(await house.files.keep(Buffer.from(content))) }
  return bringIn(world.people[who]!(), { upload, wish: { school } })
}

it('reads marks, what each question is out of and about, and names every line that is not as it should be', async () => {
  const priya = world.people.priya!()
  const id = await bring('priya', null, sheet())
  const { says, planned } = await delivery(priya, id)
  expect(says).toBe('Marks of 4 pupils in 4 questions')
  expect(planned.leftOut.map(({ row, value, why }) => [row, value, why])).toEqual([
    [6, '9', 'The question is out of 3; it counts as unanswered.'],
    [7, 'Nobody Known', 'No pupil on roll, or more than one, has this UPN, number or name.'],
  ])
  expect(planned.notes).toContain('Row 8 has no mark: the pupil did not sit the test, and is in no share.')
  await putIn(priya, id)
  const [paper] = await papers(priya)
  expect(paper).toMatchObject({ title: 'Year 6 arithmetic', questions: 4, pupils: 3 })
  const page = await paperPage(priya, paper!.id)
  expect(
    page.questions.map(({ label, most, topic, all }) => [label, most, topic, all.share, all.unanswered]),
  ).toEqual([
    ['1', 1, 'Fractions', 200 / 3, 0],
    ['2a', 2, 'Fractions', 500 / 6, 0],
    ['2b', 1, 'Area', 100 / 3, 1],
    ['3', 3, 'Area', 450 / 9, 1],
  ])
})

it('takes a corrected sheet, and refuses one of other questions under the same name', async () => {
  const priya = world.people.priya!()
  const id = await bring('priya', null, sheet('0'))
  expect((await delivery(priya, id)).planned.changes).toEqual([
    { what: 'mark', added: 0, changed: 1, same: 11 },
  ])
  await putIn(priya, id)
  const [paper] = await papers(priya)
  expect((await paperPage(priya, paper!.id)).questions[0]!.all.share).toBeCloseTo(100 / 3)
  await expect(bring('priya', null, sheet().replace('Q2b', 'Q9'))).rejects.toThrow('with other questions')
})

it('shows a school its own pupils only, and a stranger or a trustee nothing', async () => {
  const neil = world.people.neil!()
  const [paper] = await papers(neil)
  const page = await paperPage(neil, paper!.id)
  expect(page.schools.map(({ name, pupils }) => [name, pupils])).toEqual([['Gull Rock', 2]])
  for (const viewer of [world.stranger, world.people.helen!()]) {
    expect(await papers(viewer)).toEqual([])
    await expect(paperPage(viewer, paper!.id)).rejects.toThrow(NotHere)
  }
  const read = await visiting(house, world.people.priya!()).get(`/tests/${paper!.id}`)
  expect(read.text).toMatch(/Area .* 46%/)
  expect((await visiting(house, world.people.priya!()).get('/tests')).text).toContain('Year 6 arithmetic')
  expect((await visiting(house, world.people.helen!()).get('/tests')).status).toBe(404)
})

it('a question’s facility is marks got of marks that could have been got', () => {
  expect(facility([{ marks: 30, answered: 18, pupils: 20 }], 2)).toEqual({
    pupils: 20,
    unanswered: 2,
    marks: 30,
    possible: 40,
    share: 75,
  })
  expect(facility([], 2).share).toBeUndefined()
})
