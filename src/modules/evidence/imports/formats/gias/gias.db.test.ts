import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../../../test/database.ts'
import { makeWorld, type World } from '../../../../../../test/world.ts'
import { read } from '../../../../../platform/database/door.ts'
import type { Viewer } from '../../../../../platform/viewer.ts'
import { predecessors, schoolByUrn, schools, trustOf } from '../../../../organisation/index.ts'
import { bringIn, delivery, putIn } from '../../../index.ts'
import { phaseOf } from './establishments.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house.close())

const bring = async (viewer: Viewer, content: string | Buffer, only?: string) =>
  bringIn(viewer, {
    upload: { name: 'gias.csv', ...(await house.files.keep(Buffer.from(content))) },
    wish: { school: null, only },
  })

const head =
  'URN,LA (code),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),OpenDate,CloseDate,PhaseOfEducation (name),StatutoryLowAge,StatutoryHighAge,Gender (name),Trusts (code),Trusts (name),Town'

describe('an extract of establishments', () => {
  it('names a row that is no school, a school that stands twice, and what is odd', async () => {
    const id = await bring(
      world.people.priya!(),
      [
        head,
        '12345,999,1,No Such School,,Open,,,Primary,4,11,Mixed,,,',
        '199301,999,3001,Lantern Special School,Academy special converter,Open,01-09-2020,,Not applicable,4,19,Mixed,,,Wick',
        '199301,999,3001,Lantern Special School,Academy special converter,Open,01-09-2020,,Not applicable,4,19,Mixed,,,Wick',
        '199302,999,,Old Mill School,Community school,Closed,01-09-1990,31-08-2012,Secondary,11,16,Boys,,,Wick',
      ].join('\n'),
    )
    const { planned, says } = await delivery(world.people.priya!(), id)
    expect(says).toBe('GIAS extract of 2 schools')
    expect(planned.leftOut).toEqual([
      { row: 2, column: 'URN', value: '12345', why: 'A URN has six digits, so this row names no school.' },
      { row: 4, column: 'URN', value: '199301', why: 'The URN 199301 stands in row 3 already.' },
    ])
    expect(planned.notes).toEqual([
      'Row 5, Old Mill School (URN 199302): has no LAESTAB; closed on 31 August 2012.',
    ])
    await putIn(world.people.priya!(), id)
    expect(await schoolByUrn(world.people.priya!(), '199301')).toMatchObject({
      phase: 'special',
      laestab: '9993001',
      lowAge: 4,
      highAge: 19,
    })
  })

  it('of all England gives only the trust’s own schools, or those of the group that is named', async () => {
    const many = Array.from(
      { length: 300 },
      (_, at) =>
        `${120000 + at},888,${2000 + at},School ${at},Community school,Open,,,Primary,4,11,Mixed,${at === 7 ? '777,HARBOUR TRUST' : ','},`,
    )
    const file = [head, ...many].join('\n')
    await expect(bring(world.people.priya!(), file)).rejects.toThrow('Say which group is yours')
    const { planned } = await delivery(world.people.priya!(), await bring(world.people.priya!(), file, '777'))
    expect(planned.changes).toEqual([{ what: 'school', added: 1, changed: 0, same: 0 }])
    await expect(bring(world.people.priya!(), file, 'No such group')).rejects.toThrow(
      'No school of the extract',
    )
  })

  it('is for the data lead or an administrator, not for a school', async () => {
    await expect(bring(world.people.ruth!(), `${head}\n`)).rejects.toThrow('administrator')
  })
})

it.each([
  ['Middle deemed secondary', '', [9, 13], 'secondary'],
  ['16 plus', 'Further education', [16, 99], 'secondary'],
  ['Not applicable', 'Pupil referral unit', [5, 16], 'special'],
  ['Not applicable', 'Other independent school', [3, 18], 'all-through'],
  ['Not applicable', 'Other independent school', [3, 13], 'primary'],
  ['Not applicable', 'Other independent school', [11, 18], 'secondary'],
] as const)('the phase “%s” of a %s for ages %j is %s', (said, kind, ages, phase) =>
  expect(phaseOf(said, kind, ages).phase).toBe(phase),
)

it('links give a school its earlier URNs, from either end, and history finds it by them', async () => {
  const priya = world.people.priya!()
  const id = await bring(
    priya,
    [
      'URN,LinkURN,LinkName,LinkType,LinkEstablishedDate',
      '199001,150001,Old Saltmarsh,Predecessor,01-09-2018',
      '150002,199002,Gull Rock,Successor - amalgamated,01-04-2015',
      '199001,199002,Gull Rock,Predecessor,01-09-2018',
      '123456,150009,Elsewhere,Predecessor,01-09-2018',
    ].join('\n'),
  )
  const { planned } = await delivery(priya, id)
  expect(planned.leftOut.map(({ row }) => row)).toEqual([4])
  await putIn(priya, id)
  expect((await predecessors(priya)).map(({ urn, until }) => [urn, until])).toEqual([
    ['150001', '2018-08-31'],
    ['150002', '2015-03-31'],
  ])
  expect((await schoolByUrn(priya, '150002')).id).toBe(world.schools.gullRock)
})

it('group links say when each school joined', async () => {
  const priya = world.people.priya!()
  const head = 'URN,Group UID,Group ID,Group Name,Group Type,Joined date'
  const lines = [
    head,
    '199001,777,TR00777,Tidewell Learning Trust,Multi-academy trust,01-09-2017',
    '199002,777,TR00777,Tidewell Learning Trust,Multi-academy trust,',
    '199999,777,TR00777,Tidewell Learning Trust,Multi-academy trust,01-09-2017',
    '100001,778,TR00778,Another,Multi-academy trust,01-09-2017',
  ].join('\n')
  const id = await bring(priya, lines)
  const { planned, says } = await delivery(priya, id)
  expect(says).toBe('GIAS extract of 4 schools in groups')
  expect(planned.leftOut.map(({ row, column }) => [row, column])).toEqual([
    [3, 'Joined date'],
    [4, 'URN'],
  ])
  expect(planned.notes[0]).toBe('1 school of another group is left alone.')
  await putIn(priya, id)
  expect(await schoolByUrn(priya, '199001')).toMatchObject({ joined: '2017-09-01', left: null })
  await expect(
    bring(priya, `${head}\n199001,5,TR00005,Nobody,Multi-academy trust,01-09-2017`),
  ).rejects.toThrow('No group of the extract is “Tidewell Learning Trust”')
})

const real = join(import.meta.dirname, '../../../../../../../shared/data/gias-samples')

describe.skipIf(!existsSync(real))('DfE’s own rows', () => {
  it('are 118, of 109 schools (nine stand in both files): all created, each odd one named, and a trust takes its number', async () => {
    const priya = world.people.priya!()
    const before = (await schools(priya)).length
    const added: number[] = []
    for (const name of ['gias_sample_98.csv', 'tv_example_schools_data.csv']) {
      const id = await bring(priya, readFileSync(join(real, name)))
      const { planned } = await delivery(priya, id)
      expect(planned.leftOut).toEqual([])
      added.push(planned.changes[0]!.added)
      await putIn(priya, id)
    }
    const made = (await schools(priya)).length - before
    expect({ added, made }).toMatchInlineSnapshot(`
      {
        "added": [
          99,
          10,
        ],
        "made": 109,
      }
    `)
    const group = readFileSync(join(real, 'tv_example_groups_data.csv'))
    await putIn(priya, await bring(priya, group, 'ABBEY MULTI ACADEMY TRUST'))
    expect((await trustOf(priya)).companiesHouse).toBe('07705552')
    const memberships = await read(priya, (db) =>
      db.selectFrom('organisation.membership').select('to_day').where('to_day', 'is not', null).execute(),
    )
    expect(memberships.length).toBeGreaterThan(8)
  })
})
