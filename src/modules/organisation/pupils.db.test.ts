import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { addPupils, addSchool, placePupils, pupilById, pupilStates, schoolByUrn, schools } from './index.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house.close())

const stateOf = async (name: string, day: string) => {
  const states = await pupilStates(world.people.dan!(), world.schools.saltmarsh, day, 2025)
  return states.find((state) => state.pupil === world.pupils[name])
}

describe('everyone on roll on the day of a drop', () => {
  it('is one row a pupil, with year group and form', async () => {
    const states = await pupilStates(world.people.dan!(), world.schools.saltmarsh, '2026-03-13', 2025)
    expect(states).toHaveLength(32)
    expect(new Set(states.map((state) => state.form))).toEqual(new Set(['4C', '4L', '6C']))
  })
  it('holds what was true of each on that day', async () => {
    expect(await stateOf('Ayesha Rahman', '2026-03-13')).toMatchObject({
      year_group: '4',
      form: '4C',
      sex: 'F',
      ethnicity: 'APKN',
      ethnic_group: 'asian',
      first_language: 'eal',
      sen: 'N',
      fsm: true,
      fsm6: true,
      pupil_premium: true,
      disadvantaged: true,
      joined_this_year: false,
    })
  })
  it('leaves out who has not joined yet, and marks who joined in the year', async () => {
    expect(await stateOf('Isla Peters', '2026-02-22')).toBeUndefined()
    expect((await stateOf('Isla Peters', '2026-03-13'))?.joined_this_year).toBe(true)
  })
  it('carries Key Stage 2 results as prior attainment', async () => {
    const states = await pupilStates(world.people.priya!(), world.schools.northquay, '2026-03-13', 2025)
    expect(states.find((state) => state.pupil === world.pupils['Mia Chen'])).toMatchObject({
      prior_reading: 111,
      prior_mathematics: 118,
      prior: 114.5,
      prior_band: 'high',
    })
  })
})

describe('new pupils', () => {
  it('4,059 of them go in together in a few seconds, and come back with ids in the order given', async () => {
    const school = await addSchool(world.founder, { urn: '199500', name: 'Big School', phase: 'secondary' })
    const many = Array.from({ length: 4059 }, (_, at) => ({
      school,
      localId: String(at),
      from: '2025-09-01',
      placements: [{ academicYear: 2025, yearGroup: '11' }],
      characteristics: [{ kind: 'sex' as const, value: at % 2 ? 'M' : 'F', from: '2010-01-01' }],
    }))
    const ids = await addPupils(world.founder, many)
    expect(ids).toHaveLength(4059)
    expect((await pupilById(world.founder, ids[4000]!)).localId).toBe('4000')
    expect(await pupilStates(world.founder, school, '2026-03-13', 2025)).toHaveLength(4059)
  }, 180_000)

  it('with a UPN that is known already are refused, all of them', async () => {
    const pupil = (surname: string, upn?: string) => ({
      school: world.schools.saltmarsh,
      surname,
      upn,
      from: '2026-01-05',
    })
    const known = world.upns['Ayesha Rahman']!
    await expect(addPupils(world.people.dan!(), [pupil('Newcomer'), pupil('Double', known)])).rejects.toThrow(
      Refusal,
    )
    const before = await pupilStates(world.people.dan!(), world.schools.saltmarsh, '2026-03-13', 2025)
    expect(before).toHaveLength(32)
  })

  it('whose UPN is at a school that the viewer does not reach are refused with what to do', async () => {
    const pupil = {
      school: world.schools.saltmarsh,
      surname: 'Mover',
      upn: world.upns['Zara Ahmed']!,
      from: '2026-01-05',
    }
    await expect(addPupils(world.people.dan!(), [pupil])).rejects.toThrow(
      'Ask the trust’s data lead to move them',
    )
  })
})

describe('a pupil who moves between schools of the trust', () => {
  it('is one pupil with two enrolments, and each school keeps what it recorded', async () => {
    const pupil = world.pupils['Kit Penrose']!
    await placePupils(world.founder, {
      enrolments: [{ pupil, school: world.schools.saltmarsh, from: '2026-03-02' }],
      placements: [{ pupil, school: world.schools.saltmarsh, academicYear: 2025, yearGroup: '6' }],
      characteristics: [
        { pupil, school: world.schools.saltmarsh, kind: 'sen-provision', value: 'K', from: '2026-03-02' },
      ],
    })
    expect((await pupilById(world.founder, pupil)).enrolments.map((one) => one.schoolSlug)).toEqual([
      'saltmarsh',
      'gull-rock',
    ])
    const asSeenBySaltmarsh = await pupilById(world.people.ruth!(), pupil)
    expect(asSeenBySaltmarsh.enrolments.map((one) => one.schoolSlug)).toEqual(['saltmarsh'])
    expect(asSeenBySaltmarsh.characteristics.map((fact) => fact.kind)).toEqual(['sen-provision'])
  })
})

describe('schools', () => {
  it('come primaries first', async () => {
    const names = (await schools(world.people.priya!())).map((school) => school.shortName)
    expect(names.indexOf('Gull Rock')).toBeLessThan(names.indexOf('Northquay'))
  })
  it('with a URN of five digits or one that is taken are refused', async () => {
    await expect(addSchool(world.founder, { urn: '19900', name: 'Short', phase: 'primary' })).rejects.toThrow(
      'A URN has six digits.',
    )
    await expect(addSchool(world.founder, { urn: '199001', name: 'Twin', phase: 'primary' })).rejects.toThrow(
      'Saltmarsh Primary School already has the URN 199001.',
    )
    expect((await schoolByUrn(world.founder, '199001')).slug).toBe('saltmarsh')
  })
})
