import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { addPupils, searchPupils } from '../index.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  const names = [
    ['O’Brien', 'Zoë'],
    ['Nun\u0303ez Garci\u0301a', 'Chloe'],
    ['Percy%', 'Under_score'],
  ] as const
  await addPupils(
    world.founder,
    names.map(([surname, forename]) => ({
      school: world.schools.saltmarsh,
      surname,
      forename,
      from: '2025-09-01',
      placements: [{ academicYear: 2025, yearGroup: '4' }],
    })),
  )
})
afterAll(() => house.close())

const found = async (words: string) =>
  (await searchPupils(world.people.priya!(), words)).map(({ surname, forename }) => `${forename} ${surname}`)

describe('a search for a pupil', () => {
  it.each(['zoe obrien', "O'Brien, Zoë", 'ZOË O’BRIEN', 'Zoe\u0308', 'brien'])(
    'finds Zoë O’Brien by “%s”',
    async (words) => expect(await found(words)).toContain('Zoë O’Brien'),
  )
  it('finds a name that was sent with loose accents', async () =>
    expect(await found('garcía nunez')).toHaveLength(1))
  it('takes % and _ as letters', async () => {
    expect(await found('%')).toEqual(['Under_score Percy%'])
    expect(await found('r_s')).toEqual(['Under_score Percy%'])
  })
  it('says year group and school, and wants every word', async () => {
    expect(await searchPupils(world.people.priya!(), 'zoe obrien')).toMatchObject([
      { schoolName: 'Saltmarsh', yearGroup: '4' },
    ])
    expect(await found('zoe rahman')).toEqual([])
  })
})
