import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import * as organisation from './index.ts'

describe('a stranger from another trust', () => {
  let house: Awaited<ReturnType<typeof openTestHouse>>
  let world: World
  beforeAll(async () => {
    house = await openTestHouse()
    const began = performance.now()
    world = await makeWorld(house)
    console.log('world', performance.now() - began)
  })
  afterAll(() => house.close())

  it('sees only the trust they come from', async () => {
    expect((await organisation.trustOf(world.stranger)).name).toBe('Fenmarch Trust')
  })
})
