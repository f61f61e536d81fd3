import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { NotHere, Refusal } from '../../kernel/refusal.ts'
import { may } from '../../kernel/viewer.ts'
import { clockOn } from '../../platform/clock.ts'
import { read, write } from '../../platform/database/door.ts'
import type { House } from '../../platform/house.ts'
import { personByEmail } from '../organisation/index.ts'
import { endRole } from './commands/end-role.ts'
import { giveRole } from './commands/give-role.ts'
import { invite, inviteUser, sendInvitation } from './commands/invite.ts'
import { auditTrail } from './queries/audit-trail.ts'
import { peopleList } from './queries/people-list.ts'
import { ownRoles, personPage } from './queries/person.ts'
import { placesFor, rolesToGive } from './queries/places.ts'
import { viewerForCommandLine, viewerOf } from './queries/viewer-of.ts'

const today = '2026-03-20'
let house: House & { close: () => Promise<void> }
let world: World
let priya: World['founder']
let ruth: World['founder']

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  priya = world.people.priya!()
  ruth = world.people.ruth!()
})
afterAll(() => house.close())

const on = (day: string): House => ({ ...house, clock: clockOn(day) })
const atSaltmarsh = () => ({ node: 'school', school: world.schools.saltmarsh }) as const
const newcomer = (name: string) => ({
  name,
  email: `${name.toLowerCase().replaceAll(' ', '.')}@tidewell.example`,
})

describe('a viewer', () => {
  it('is a person with the roles that hold today', async () => {
    const viewer = await viewerOf(house, world.trust, world.persons.ruth!)
    expect(viewer).toMatchObject({
      name: 'Ruth Kemp',
      today,
      grants: [{ role: 'headteacher', schools: [world.schools.saltmarsh] }],
    })
    expect(may(viewer, 'sign off', { school: world.schools.saltmarsh })).toBe(true)
    expect(may(viewer, 'sign off', { school: world.schools.gullRock })).toBe(false)
  })

  it('sees nothing before a role begins and after it has ended', async () => {
    const { person } = await invite(priya, {
      ...newcomer('Terry Term'),
      role: 'data-manager',
      place: atSaltmarsh(),
      from: '2026-04-13',
      to: '2026-07-17',
    })
    for (const [day, many] of [
      ['2026-04-12', 0],
      ['2026-04-13', 1],
      ['2026-07-17', 1],
      ['2026-07-18', 0],
    ] as const) {
      const viewer = await viewerOf(on(day), world.trust, person)
      expect(viewer.grants, day).toHaveLength(many)
      const seen = await read(viewer, (db) =>
        db.selectFrom('organisation.enrolment').select('pupil_id').execute(),
      )
      expect(seen.length > 0, day).toBe(many === 1)
    }
  })

  it('of a cluster reaches its schools', async () => {
    const cluster = await read(priya, (db) =>
      db
        .selectFrom('organisation.school')
        .where('school_id', '=', world.schools.saltmarsh)
        .select('cluster_id')
        .executeTakeFirstOrThrow(),
    )
    const { person } = await invite(priya, {
      ...newcomer('Coral Coast'),
      role: 'director',
      place: { node: 'cluster', cluster: cluster.cluster_id! },
      from: today,
      to: null,
    })
    const viewer = await viewerOf(house, world.trust, person)
    expect([...(viewer.grants[0]!.schools as number[])].sort()).toEqual(
      [world.schools.saltmarsh, world.schools.gullRock].sort(),
    )
  })

  it('is nobody when the person is of another trust, or has left', async () => {
    await expect(viewerOf(house, world.trust, world.stranger.person)).rejects.toThrow(NotHere)
    const { person } = await invite(priya, {
      ...newcomer('Gone Already'),
      role: 'clerk',
      place: { node: 'trust' },
      from: today,
      to: null,
    })
    await write(world.founder, (tx) =>
      tx.updateTable('organisation.person').set({ left_on: today }).where('person_id', '=', person).execute(),
    )
    expect(
      (await viewerOf(house, world.trust, person)).grants,
      'on the last day they still work',
    ).toHaveLength(1)
    await expect(viewerOf(on('2026-03-21'), world.trust, person)).rejects.toThrow(NotHere)
  })

  it('on the command line is whoever holds the machine, or the person named', async () => {
    await expect(viewerForCommandLine(house)).rejects.toThrow(
      'Say which trust, with --trust. There is: tidewell, fenmarch.',
    )
    await expect(viewerForCommandLine(house, 'nowhere')).rejects.toThrow(/There is no trust called nowhere/)
    const operator = await viewerForCommandLine(house, 'tidewell')
    expect(may(operator, 'lock drop') && may(operator, 'manage people')).toBe(true)
    const { email } = await personPage(priya, world.persons.ruth!)
    const named = await viewerForCommandLine(house, 'tidewell', email.toUpperCase())
    expect(named.person).toBe(world.persons.ruth)
    await expect(viewerForCommandLine(house, 'tidewell', 'x@y.z')).rejects.toThrow(Refusal)
  })
})

describe('giving and ending roles', () => {
  it('is written down: who, whom, where, from when', async () => {
    const { person } = await invite(ruth, {
      ...newcomer('Nadia Newly'),
      role: 'class-teacher',
      place: { node: 'class', school: world.schools.saltmarsh, class: world.classes['4L'] },
      from: today,
      to: '2026-08-31',
    })
    const page = await personPage(ruth, person)
    expect(page.roles).toMatchObject([
      {
        roleName: 'Class teacher',
        where: 'Saltmarsh, class 4L',
        givenBy: 'Ruth Kemp',
        to: '2026-08-31',
        managed: true,
      },
    ])
    const { lines } = await auditTrail(ruth, { deed: 'gave role' })
    expect(lines[0]!.sentence).toBe(
      'Ruth Kemp gave Nadia Newly the role Class teacher, Saltmarsh, from 20 March 2026 to 31 August 2026.',
    )
    const history = await read(ruth, (db) =>
      db
        .selectFrom('platform.history')
        .where('subject', '=', 'access.role_grant')
        .where('subject_id', '=', String(page.roles[0]!.id))
        .select(['deed', 'person_id'])
        .execute(),
    )
    expect(history).toEqual([{ deed: 'gave', person_id: ruth.person }])
  })

  it('ends a role at once, and its date says so ever after', async () => {
    const dan = await viewerOf(house, world.trust, world.persons.dan!)
    const [role] = await ownRoles(dan)
    await endRole(ruth, role!.id, '2026-03-19')
    expect((await viewerOf(house, world.trust, dan.person)).grants).toEqual([])
    expect((await personPage(ruth, dan.person)).roles).toMatchObject([{ id: role!.id, to: '2026-03-19' }])
    await expect(endRole(ruth, role!.id, today)).rejects.toThrow('This role has ended already.')
    await giveRole(ruth, {
      person: dan.person,
      role: 'data-manager',
      place: atSaltmarsh(),
      from: today,
      to: null,
    })
    expect((await viewerOf(house, world.trust, dan.person)).grants).toHaveLength(1)
  })

  it('is refused to a headteacher beyond the own school, and nothing changes', async () => {
    const before = await personPage(priya, world.persons.neil!)
    const gullRock = { node: 'school', school: world.schools.gullRock } as const
    await expect(
      giveRole(ruth, {
        person: world.persons.neil!,
        role: 'data-manager',
        place: atSaltmarsh(),
        from: today,
        to: null,
      }),
    ).rejects.toThrow(/not at your school/)
    await expect(
      giveRole(ruth, {
        person: world.persons.dan!,
        role: 'data-manager',
        place: gullRock,
        from: today,
        to: null,
      }),
    ).rejects.toThrow(/manage people elsewhere/)
    await expect(endRole(ruth, before.roles[0]!.id, today)).rejects.toThrow(/don’t manage people there/)
    await expect(sendInvitation(ruth, world.persons.neil!)).rejects.toThrow(NotHere)
    await expect(
      invite(ruth, {
        ...newcomer('Sly Step'),
        role: 'data-lead',
        place: { node: 'trust' },
        from: today,
        to: null,
      }),
    ).rejects.toThrow(Refusal)
    expect(await personPage(priya, world.persons.neil!)).toEqual(before)
    expect(await personByEmail(priya, 'sly.step@tidewell.example')).toBeUndefined()
  })

  it('is refused to everyone for themselves', async () => {
    for (const viewer of [priya, ruth])
      await expect(
        giveRole(viewer, {
          person: viewer.person,
          role: 'director',
          place: { node: 'trust' },
          from: today,
          to: null,
        }),
      ).rejects.toThrow(/to yourself/)
  })

  it('is refused to everyone who does not manage people', async () => {
    for (const who of ['amara', 'dan', 'grace', 'tomasz', 'helen', 'owen', 'lena']) {
      const viewer = world.people[who]!()
      const asked = {
        person: world.persons.neil!,
        role: 'local-governor',
        place: atSaltmarsh(),
        from: today,
        to: null,
      } as const
      await expect(giveRole(viewer, asked), who).rejects.toThrow(Refusal)
      expect(rolesToGive(viewer), who).toEqual([])
    }
  })

  it('never takes the last one who manages the trust’s people away', async () => {
    const [lead] = await ownRoles(priya)
    await expect(endRole(priya, lead!.id, today)).rejects.toThrow(/Nobody would be left/)
    await giveRole(priya, {
      person: world.persons.lena!,
      role: 'administrator',
      place: { node: 'trust' },
      from: today,
      to: null,
    })
    const lena = await viewerOf(house, world.trust, world.persons.lena!)
    const [own] = (await ownRoles(lena)).filter((held) => held.role === 'administrator')
    await endRole(priya, own!.id, '2026-03-19')
  })

  it('knows no place of another trust', async () => {
    const place = { node: 'school', school: world.strangersSchool } as const
    await expect(
      giveRole(priya, { person: world.persons.lena!, role: 'clerk', place, from: today, to: null }),
    ).rejects.toThrow(NotHere)
    const grant = (await ownRoles(world.stranger))[0]!
    await expect(endRole(priya, grant.id, today)).rejects.toThrow(NotHere)
    await expect(
      giveRole(priya, {
        person: world.stranger.person,
        role: 'clerk',
        place: { node: 'trust' },
        from: today,
        to: null,
      }),
    ).rejects.toThrow(NotHere)
  })

  it('can’t rewrite a role in the record: it can only be ended', async () => {
    const change = write(priya, (tx) =>
      sql`update access.role_grant set role = 'data-lead' where person_id = ${world.persons.dan!}`.execute(
        tx,
      ),
    )
    await expect(change).rejects.toThrow(/permission denied/)
    await expect(write(priya, (tx) => sql`delete from access.role_grant`.execute(tx))).rejects.toThrow(
      /permission denied/,
    )
  })
})

describe('the command line', () => {
  it('invites someone to a school by its URN, and gives the link', async () => {
    const made = await inviteUser(world.founder, {
      ...newcomer('Hilda Head'),
      role: 'headteacher',
      urn: '199002',
    })
    expect(made).toMatchObject({
      role: 'headteacher',
      sent: true,
      link: expect.stringMatching(/\/invitations\/\d+-[\w-]{32}$/),
    })
    await expect(inviteUser(world.founder, { ...newcomer('No Role'), role: 'wizard' })).rejects.toThrow(
      /There is no role wizard/,
    )
    await expect(
      inviteUser(world.founder, { ...newcomer('No Place'), role: 'class-teacher' }),
    ).rejects.toThrow(/held at a class/)
  })
})

describe('the list of people', () => {
  it('is everyone for the data lead and the director, and the own school’s for a headteacher', async () => {
    const all = (await peopleList(priya)).map((person) => person.name)
    expect(all).toEqual(expect.arrayContaining(['Amara Okafor', 'Neil Hart', 'Ruth Kemp']))
    expect((await peopleList(world.people.amara!())).map((person) => person.name)).toEqual(all)
    const own = (await peopleList(ruth)).map((person) => person.name)
    expect(own).toEqual(expect.arrayContaining(['Ruth Kemp', 'Dan Fry', 'Grace Coker', 'Owen Pryce']))
    for (const elsewhere of ['Neil Hart', 'Amara Okafor', 'Helen Marsh']) expect(own).not.toContain(elsewhere)
    expect(await peopleList(priya, world.schools.gullRock)).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'Neil Hart' })]),
    )
    expect(await peopleList(ruth, world.schools.gullRock)).toEqual([])
  })

  it('is empty, and each person not here, for everyone else', async () => {
    for (const who of ['dan', 'grace', 'tomasz', 'helen', 'owen', 'lena']) {
      expect(await peopleList(world.people[who]!()), who).toEqual([])
      await expect(personPage(world.people[who]!(), world.persons.ruth!), who).rejects.toThrow(NotHere)
    }
    await expect(personPage(ruth, world.persons.neil!)).rejects.toThrow(NotHere)
  })

  it('offers a headteacher places in the own school only', async () => {
    expect(rolesToGive(ruth)).not.toContain('data-lead')
    expect(
      (await placesFor(ruth, 'class-teacher')).every((place) =>
        place.value.startsWith(`class:${world.schools.saltmarsh}:`),
      ),
    ).toBe(true)
    expect(await placesFor(ruth, 'data-manager')).toEqual([
      { value: `school:${world.schools.saltmarsh}`, text: 'Saltmarsh' },
    ])
    expect((await placesFor(priya, 'director')).map((place) => place.text)).toEqual(
      expect.arrayContaining(['The whole trust', 'The schools of Coast']),
    )
  })
})

describe('a stranger from another trust', () => {
  it('sees none of Tidewell’s people, roles or places', async () => {
    const { stranger } = world
    expect((await peopleList(stranger)).map((person) => person.name)).toEqual(['Stella Stranger'])
    expect(await peopleList(stranger, world.schools.saltmarsh)).toEqual([])
    await expect(personPage(stranger, world.persons.ruth!)).rejects.toThrow(NotHere)
    expect((await ownRoles(stranger)).map((held) => held.role)).toEqual(['data-lead'])
    for (const role of rolesToGive(stranger))
      for (const place of await placesFor(stranger, role))
        expect(place.text).not.toMatch(/Saltmarsh|Gull Rock|Northquay|Coast|City/)
    const grant = (await ownRoles(ruth))[0]!
    await expect(endRole(stranger, grant.id, today)).rejects.toThrow(NotHere)
    await expect(
      giveRole(stranger, {
        person: world.persons.ruth!,
        role: 'trustee',
        place: { node: 'trust' },
        from: today,
        to: null,
      }),
    ).rejects.toThrow(NotHere)
    await expect(sendInvitation(stranger, world.persons.ruth!)).rejects.toThrow(NotHere)
  })
})
