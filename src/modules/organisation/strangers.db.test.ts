import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { NotHere, Refusal } from '../../kernel/refusal.ts'
import { write } from '../../platform/database/door.ts'
import type { Viewer } from '../../platform/viewer.ts'
import * as organisation from './index.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let question: number
let twice: number
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  await organisation.addPredecessors(world.founder, [
    { school: world.schools.saltmarsh, urn: '199901', until: '2017-08-31' },
  ])
  await organisation.addPupils(world.founder, [
    {
      school: world.schools.saltmarsh,
      surname: 'Gone',
      forename: 'Gil',
      born: '2014-05-06',
      from: '2024-09-01',
      to: '2025-12-19',
      characteristics: [{ kind: 'sex', value: 'M', from: '2014-05-06' }],
    },
  ])
  await organisation.askLeft(world.founder, {
    school: world.schools.saltmarsh,
    day: '2026-03-20',
    pupils: [world.pupils['Ayesha Rahman']!],
    onRoll: 32,
    staff: [],
    working: 0,
  })
  await organisation.splitClass(world.founder, {
    class: world.classes['4L'],
    day: '2026-03-16',
    parts: [{ name: '4M', pupils: [world.pupils['Una Keogh']!] }],
  })
  question = (await organisation.rollQuestions(world.founder))[0]!.id
  ;[twice] = (await organisation.addPupils(world.founder, [
    {
      school: world.schools.saltmarsh,
      surname: 'Rahman',
      forename: 'Ayesha',
      born: '2017-02-11',
      from: '2025-10-01',
      characteristics: [{ kind: 'ethnicity', value: 'WBRI', from: '2017-02-11' }],
    },
  ])) as [number]
  await write(world.founder, (tx) =>
    tx
      .updateTable('organisation.person')
      .set({ left_on: '2026-02-13' })
      .where('trust_id', '=', world.trust)
      .where('person_id', '=', world.persons.owen!)
      .execute(),
  )
})
afterAll(() => house.close())

/** Each exported query, asked for something of Tidewell's, with what a stranger must get. */
const queries: Record<string, (viewer: Viewer) => Promise<unknown>> = {
  schools: async (viewer) =>
    (await organisation.schools(viewer)).filter((school) => Object.values(world.schools).includes(school.id)),
  schoolBySlug: (viewer) => organisation.schoolBySlug(viewer, 'saltmarsh'),
  schoolById: (viewer) => organisation.schoolById(viewer, world.schools.saltmarsh),
  schoolByUrn: (viewer) => organisation.schoolByUrn(viewer, '199001'),
  predecessors: (viewer) => organisation.predecessors(viewer),
  clusters: (viewer) => organisation.clusters(viewer),
  people: async (viewer) =>
    (await organisation.people(viewer)).filter((person) => person.id === world.persons.priya),
  person: (viewer) => organisation.person(viewer, world.persons.priya!),
  personByEmail: (viewer) => organisation.personByEmail(viewer, 'priya.raman@tidewell.example'),
  classesOf: (viewer) => organisation.classesOf(viewer, world.schools.saltmarsh, 2025),
  classById: (viewer) => organisation.classById(viewer, world.classes['4C']),
  classPlaces: async (viewer) => [
    ...(await organisation.classPlaces(viewer, world.schools.saltmarsh, [world.classes['4C']])).pupils,
  ],
  subjects: (viewer) => organisation.subjects(viewer),
  departments: (viewer) => organisation.departments(viewer, world.schools.northquay),
  pupilsForMatching: (viewer) =>
    organisation.pupilsForMatching(viewer, [world.schools.saltmarsh], 2025, '2026-03-13'),
  pupilStates: (viewer) => organisation.pupilStates(viewer, world.schools.saltmarsh, '2026-03-13', 2025),
  pupilStatesOf: (viewer) =>
    organisation.pupilStatesOf(viewer, [world.schools.saltmarsh], '2026-03-13', 2025),
  pupilById: (viewer) => organisation.pupilById(viewer, world.pupils['Ayesha Rahman']!),
  pupilIdByUpn: (viewer) => organisation.pupilIdByUpn(viewer, world.upns['Ayesha Rahman']!),
  pupilNames: async (viewer) => [...(await organisation.pupilNames(viewer, Object.values(world.pupils)))],
  pupilFacts: async (viewer) => [...(await organisation.pupilFacts(viewer, world.schools.saltmarsh))],
  pupilsByUpn: (viewer) => organisation.pupilsByUpn(viewer, [world.upns['Ayesha Rahman']!], '2026-03-13'),
  rollQuestions: (viewer) => organisation.rollQuestions(viewer),
  rollQuestion: (viewer) => organisation.rollQuestion(viewer, question),
  leftAsked: async (viewer) => [...(await organisation.leftAsked(viewer, world.schools.saltmarsh)).pupils],
  pupilsHeld: (viewer) => organisation.pupilsHeld(viewer, world.schools.saltmarsh),
  classMembers: (viewer) => organisation.classMembers(viewer, world.schools.saltmarsh, world.classes['4C']),
  classKin: (viewer) => organisation.classKin(viewer, world.classes['4L']),
  staffOf: (viewer) => organisation.staffOf(viewer, world.schools.saltmarsh),
  placesOfUpns: (viewer) => organisation.placesOfUpns(viewer, [world.upns['Ayesha Rahman']!]),
  leaversOf: (viewer) => organisation.leaversOf(viewer, world.schools.saltmarsh, '2000-01-01', '2100-01-01'),
  searchSchools: (viewer) => organisation.searchSchools(viewer, 'saltmarsh'),
  pupilMarks: (viewer) => organisation.pupilMarks(viewer, Object.values(world.pupils)),
  namesKnown: async (viewer) =>
    (await organisation.namesKnown(viewer, 0)).filter(({ surname }) => surname === 'Tierney'),
  recordRows: async (viewer) =>
    Object.values(await organisation.recordRows(viewer, [world.pupils['Ayesha Rahman']!])).filter(Boolean),
  pupilsBornUpTo: (viewer) => organisation.pupilsBornUpTo(viewer, '2100-01-01'),
  describedLeaversUpTo: (viewer) => organisation.describedLeaversUpTo(viewer, '2100-01-01'),
  peopleLeftUpTo: (viewer) => organisation.peopleLeftUpTo(viewer, '2100-01-01'),
  likelyTwos: (viewer) => organisation.likelyTwos(viewer),
  recordClashes: (viewer) =>
    organisation.recordClashes(viewer, { stays: world.pupils['Ayesha Rahman']!, comes: twice }),
  searchPupils: (viewer) => organisation.searchPupils(viewer, 'rahman'),
}

/** What the front door holds besides queries. */
const notQueries = [
  ...[
    'addClasses',
    'askLeft',
    'answerPupilsLeft',
    'answerStaffLeft',
    'answerTwoRolls',
    'leaveRoll',
    'carryInto',
    'mergers',
    'renameClass',
    'splitClass',
    'eraseCharacteristics',
    'erasePupils',
    'letPeopleGo',
    'endPostsAt',
    'takeBackPlaces',
    'movePupil',
    'askTwoRolls',
    'changePerson',
    'addDepartment',
    'addPerson',
    'addPupils',
    'addSchool',
    'addSubjects',
    'addTrust',
    'addPredecessors',
    'addTeachers',
    'endClassPlaces',
    'revisePupils',
    'endMembership',
    'recordJoining',
    'reviseSchool',
    'reviseTrust',
    'placePupils',
    'removePupils',

    'joinPupils',

    'setVision',
  ],
  ...[
    'canRecordLeaving',
    'belongedOn',
    'latestMembership',
    'looksCutShort',
    'beforeJoining',
    'recordLeaving',
    'founderOf',
    'slugOf',
    'characteristicKinds',
    'characteristicsOn',
    'codes',
    'groupBySlug',
    'groups',
    'pupilState',
  ],
  ...['trustOf', 'trustsHere'],
]

const answer = (asked: Promise<unknown>) =>
  asked.catch((error) => {
    if (error instanceof NotHere) return 'not here'
    throw error
  })
const isNothing = (found: unknown) =>
  found === undefined || found === 'not here' || (Array.isArray(found) && found.length === 0)

describe('a stranger from another trust', () => {
  it('is asked for here by every query that this module exports', () => {
    const exported = Object.keys(organisation).filter((name) => !notQueries.includes(name))
    expect(Object.keys(queries).sort()).toEqual(exported.sort())
  })

  it.each(Object.keys(queries))(
    'gets nothing from %s, from which the data lead gets something',
    async (name) => {
      expect(isNothing(await answer(queries[name]!(world.people.priya!())))).toBe(false)
      expect(isNothing(await answer(queries[name]!(world.stranger)))).toBe(true)
    },
  )
  it('knows only the trust they come from', async () => {
    expect((await organisation.trustOf(world.stranger)).name).toBe('Fenmarch Trust')
  })
  it('can take no pupil of ours away', async () => {
    const pupil = world.pupils['Ayesha Rahman']!
    await write(world.stranger, async (tx) => {
      await organisation.erasePupils(world.stranger, tx, [pupil])
      await organisation.eraseCharacteristics(world.stranger, tx, [pupil])
      await organisation.letPeopleGo(world.stranger, tx, [world.persons.owen!])
    })
    await expect(
      write(world.stranger, (tx) =>
        organisation.joinPupils(world.stranger, tx, { stays: pupil, comes: twice }, new Set()),
      ),
    ).rejects.toThrow(NotHere)
    await organisation
      .removePupils(world.stranger, [{ pupil, school: world.schools.saltmarsh }])
      .catch(() => undefined)
    expect((await organisation.pupilById(world.people.priya!(), pupil)).surname).toBe('Rahman')
  })
  it('can neither answer nor move a pupil of ours', async () => {
    const pupil = world.pupils['Ayesha Rahman']!
    const { saltmarsh, gullRock } = world.schools
    for (const attempt of [
      () =>
        organisation.answerPupilsLeft(world.stranger, question, {
          pupils: [pupil],
          last: '2026-03-19',
          whole: true,
        }),
      () => organisation.answerTwoRolls(world.stranger, question, { says: 'dual', main: saltmarsh }),
      () =>
        organisation.movePupil(world.stranger, { pupil, from: saltmarsh, to: gullRock, day: '2026-03-19' }),
      () =>
        organisation.movePupil(world.people.ruth!(), {
          pupil,
          from: saltmarsh,
          to: gullRock,
          day: '2026-03-19',
        }),
      () => organisation.renameClass(world.stranger, world.classes['4C'], '4X'),
      () =>
        organisation.splitClass(world.people.neil!(), {
          class: world.classes['4C'],
          day: '2026-03-16',
          parts: [{ name: '4X', pupils: [pupil] }],
        }),
      () =>
        organisation.takeBackPlaces(world.people.neil!(), [{ pupil, school: saltmarsh, from: '2025-09-01' }]),
    ])
      await expect(attempt()).rejects.toThrow()
    await organisation
      .leaveRoll(world.stranger, [{ pupil, school: saltmarsh }], '2026-03-19')
      .catch(() => undefined)
    expect((await organisation.pupilById(world.people.priya!(), pupil)).enrolments[0]!.to).toBeNull()
  })
  it('can write nothing into a school of ours', async () => {
    const pupil = { school: world.schools.saltmarsh, surname: 'Cuckoo', from: '2025-09-01' }
    await expect(organisation.addPupils(world.stranger, [pupil])).rejects.toThrow()
    const names = await organisation.searchPupils(world.people.priya!(), 'cuckoo')
    expect(names).toEqual([])
  })
})

describe('inside the trust', () => {
  const seen = async (viewer: Viewer) =>
    (await organisation.pupilNames(viewer, Object.values(world.pupils))).size

  it.each([
    ['the data lead, every pupil', 'priya', 62],
    ['the headteacher of Saltmarsh, the pupils of Saltmarsh', 'ruth', 32],
    ['the teacher of 4C, the pupils of 4C', 'grace', 12],
    ['the head of maths at Northquay, the pupils of the maths classes', 'tomasz', 14],
    ['a trustee, nobody by name', 'helen', 0],
    ['a local governor, nobody by name', 'owen', 0],
    ['the clerk, nobody by name', 'lena', 0],
  ])('%s', async (_, who, many) => {
    expect(await seen(world.people[who]!())).toBe(many)
  })

  it('the teacher of 4C cannot open a pupil of 4L, nor find one by name', async () => {
    const grace = world.people.grace!()
    await expect(organisation.pupilById(grace, world.pupils['Maja Wojcik']!)).rejects.toThrow(NotHere)
    expect(await organisation.searchPupils(grace, 'wojcik')).toEqual([])
    expect((await organisation.pupilById(grace, world.pupils['Ayesha Rahman']!)).surname).toBe('Rahman')
  })

  it('the data manager of Gull Rock gets no list of Saltmarsh’s pupils', async () => {
    const found = await organisation.pupilsForMatching(
      world.people.neil!(),
      [world.schools.saltmarsh, world.schools.gullRock],
      2025,
      '2026-03-13',
    )
    expect(new Set(found.map((pupil) => pupil.school))).toEqual(new Set([world.schools.gullRock]))
    expect(found.filter((pupil) => pupil.surname === 'Price')).toHaveLength(2)
  })

  it('a trustee may not add a school, and is told who may', async () => {
    const school = { urn: '199999', name: 'New School', phase: 'primary' as const }
    await expect(organisation.addSchool(world.people.helen!(), school)).rejects.toThrow(Refusal)
  })
})
