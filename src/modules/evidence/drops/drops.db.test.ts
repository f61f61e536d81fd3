import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { publishImport, startImport } from '../imports/index.ts'
import { latestSnapshot } from '../snapshots/index.ts'
import { publishRows } from '../test/publish-rows.ts'
import { askSchool } from './commands/ask-school.ts'
import { chase, chasing } from './commands/chase.ts'
import { lockDrop, lockVerdicts } from './commands/lock-drop.ts'
import { openDrop } from './commands/open-drop.ts'
import { signOff, signOffVerdicts, withdrawSignOff } from './commands/sign-off.ts'
import type { NewDrop } from './domain/open-drop-shape.ts'
import { askedIn, assessments, scales } from './queries/assessments.ts'
import { dataManagers } from './queries/data-managers.ts'
import { dropByCode, drops } from './queries/drops.ts'
import { readiness, schoolReadiness } from './queries/readiness.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house?.close())

const summer = (more: Partial<NewDrop> = {}): NewDrop => ({
  name: 'Summer',
  term: 3,
  purpose: 'See how the year ended for every pupil.',
  decides: 'Where the reading team works in autumn.',
  minutes: 30,
  opens: '2026-03-20',
  due: '2026-04-02',
  asAt: '2026-03-20',
  asked: [{ assessment: 'reading-scaled', yearGroups: ['6'] }],
  schools: [{ school: world.schools.saltmarsh }, { school: world.schools.gullRock, due: '2026-04-08' }],
  ...more,
})

const marks = [
  { pupil: 1, assessment: 'reading-scaled', value: 104 },
  { pupil: 2, assessment: 'reading-scaled', value: 97 },
]
const publish = (school: number, code: string) =>
  publishRows(world.founder, code, school, [{ pupil: 1 }, { pupil: 2 }], marks)
const history = (viewer: Viewer, deed: string) =>
  read(viewer, (db) =>
    db
      .selectFrom('platform.history')
      .where('deed', '=', deed)
      .select(['person_id', 'school_id', 'detail'])
      .execute(),
  )

describe('a drop is opened', () => {
  it('with each school’s data manager asked, and says what it is for', async () => {
    const priya = world.people.priya!()
    const opened = await openDrop(priya, summer())
    expect(opened.drop).toMatchObject({
      code: '2026-summer',
      name: 'Summer',
      academicYear: 2025,
      openedBy: 'Priya Raman',
    })
    expect(opened.told).toEqual(['dan.fry@tidewell.example', 'neil.hart@tidewell.example'])
    const ready = await readiness(priya, opened.drop)
    expect(ready.map((one) => [one.school.slug, one.person?.name, one.due, one.standing])).toEqual([
      ['saltmarsh', 'Dan Fry', '2026-04-02', 'nothing yet'],
      ['gull-rock', 'Neil Hart', '2026-04-08', 'nothing yet'],
    ])
    expect((await askedIn(priya, opened.drop)).map((one) => [one.assessment.code, one.yearGroup])).toEqual([
      ['reading-scaled', '6'],
    ])
    const [said] = (await history(priya, 'opened')).filter((one) => one.detail.code === '2026-summer')
    expect(said).toMatchObject({ person_id: world.persons.priya, detail: { minutes: 30 } })
  })

  it.each<[string, () => Partial<NewDrop>, string]>([
    ['twice under one name', () => ({}), 'There is a drop 2026-summer already. Give this one another name.'],
    ['without a purpose', () => ({ name: 'A', purpose: '  ' }), 'Say in one sentence what the drop is for.'],
    [
      'on a day that isn’t',
      () => ({ name: 'A', due: '2026-02-31' }),
      '2026-02-31 is not a day on the calendar.',
    ],
    [
      'due before it opens',
      () => ({ name: 'A', due: '2026-03-01' }),
      'Files can’t be due before the drop opens.',
    ],
    [
      'asking for nothing',
      () => ({ name: 'A', asked: [] }),
      'Choose at least one assessment and its year groups.',
    ],
    ['asking nobody', () => ({ name: 'A', schools: [] }), 'Choose at least one school to ask.'],
    [
      'for an unknown assessment',
      () => ({ name: 'A', asked: [{ assessment: 'astrology', yearGroups: ['6'] as const }] as never }),
      'There is no assessment astrology.',
    ],
    [
      'for another trust’s school',
      () => ({ name: 'A', schools: [{ school: world.strangersSchool }] }),
      'One of the schools chosen is not in the trust.',
    ],
  ])('but not %s', async (_, more, because) => {
    const before = (await drops(world.people.priya!())).length
    await expect(openDrop(world.people.priya!(), summer(more()))).rejects.toThrow(because)
    expect(await drops(world.people.priya!())).toHaveLength(before)
  })

  it('and by the data lead only', async () => {
    for (const who of ['amara', 'ruth', 'dan', 'helen'] as const)
      await expect(openDrop(world.people[who]!(), summer({ name: 'Own' }))).rejects.toThrow(
        'Your role does not',
      )
  })
})

describe('sign-off and lock', () => {
  it('wait for each other and say for whom', async () => {
    const { priya, ruth, dan } = {
      priya: world.people.priya!(),
      ruth: world.people.ruth!(),
      dan: world.people.dan!(),
    }
    const { saltmarsh, gullRock } = world.schools
    await openDrop(priya, summer({ name: 'Mock' }), { tell: false })
    const drop = '2026-mock'
    await expect(lockDrop(priya, drop)).rejects.toThrow('there is nothing to lock')
    await expect(signOff(ruth, { drop, school: saltmarsh })).rejects.toThrow(
      'Nothing of Saltmarsh is published',
    )

    const first = await publish(saltmarsh, drop)
    await expect(signOff(dan, { drop, school: saltmarsh })).rejects.toThrow(
      'Saltmarsh’s headteacher signs off',
    )
    await expect(signOff(ruth, { drop, school: gullRock })).rejects.toThrow()
    expect(await signOff(ruth, { drop, school: saltmarsh })).toBe(first)
    await expect(signOff(ruth, { drop, school: saltmarsh })).rejects.toThrow('Ruth Kemp signed off')
    await expect(lockDrop(priya, drop)).rejects.toThrow('One school has not signed off: Gull Rock.')
    expect(await lockVerdicts(priya, drop)).toEqual({
      lock: { ok: false, because: 'One school has not signed off: Gull Rock.' },
      without: { ok: true },
    })

    const second = await publish(saltmarsh, drop)
    const changed = await schoolReadiness(priya, await dropByCode(priya, drop), 'saltmarsh')
    expect(changed).toMatchObject({ standing: 'published', changedSinceSignOff: true })
    expect(await signOff(ruth, { drop, school: saltmarsh })).toBe(second)

    await expect(withdrawSignOff(ruth, { drop, school: saltmarsh, why: ' ' })).rejects.toThrow('Say why')
    await withdrawSignOff(ruth, { drop, school: saltmarsh, why: 'Class 6C’s writing was another term’s.' })
    expect((await signOffVerdicts(ruth, { drop, school: saltmarsh })).signOff).toEqual({ ok: true })
    await signOff(ruth, { drop, school: saltmarsh })

    await expect(lockDrop(priya, drop, { without: 'late' })).rejects.toThrow('Say in a sentence why')
    const final = await lockDrop(priya, drop, { without: 'Gull Rock was flooded all week.' })
    expect(final).toBe(second + 1)
    expect((await dropByCode(priya, drop)).lock).toMatchObject({
      snapshot: final,
      by: 'Priya Raman',
      note: 'Gull Rock was flooded all week.',
    })
    const because = `snapshot ${final} is final`
    await expect(lockDrop(priya, drop)).rejects.toThrow(because)
    await expect(withdrawSignOff(ruth, { drop, school: saltmarsh, why: 'too late now' })).rejects.toThrow(
      because,
    )
    await expect(chase(priya, drop)).rejects.toThrow(because)
    expect((await history(priya, 'locked')).at(-1)).toMatchObject({
      detail: { snapshot: final, without: ['Gull Rock'], why: 'Gull Rock was flooded all week.' },
    })
  })

  it('two people who lock at once make one lock and one snapshot', async () => {
    const priya = world.people.priya!()
    await openDrop(priya, summer({ name: 'Race' }), { tell: false })
    await publish(world.schools.saltmarsh, '2026-race')
    const tries = await Promise.allSettled(
      [1, 2, 3].map(() => lockDrop(priya, '2026-race', { without: 'We need it for the board tonight.' })),
    )
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    const locks = await read(priya, (db) =>
      db
        .selectFrom('evidence.snapshot as s')
        .innerJoin('evidence.drop as d', (on) =>
          on.onRef('d.trust_id', '=', 's.trust_id').onRef('d.drop_id', '=', 's.drop_id'),
        )
        .where('d.code', '=', '2026-race')
        .where('s.reason', '=', 'lock')
        .select('s.snapshot')
        .execute(),
    )
    expect(locks).toHaveLength(1)
  })

  it('a lock while a file is being published leaves it wholly in the drop, or wholly out', async () => {
    const [priya, dan] = [world.people.priya!(), world.people.dan!()]
    for (const round of [1, 2, 3]) {
      const drop = `2026-during-${round}`
      await openDrop(priya, summer({ name: `During ${round}` }), { tell: false })
      await publish(world.schools.gullRock, drop)
      const [amir] = Object.keys(world.upns).filter((name) => name === 'Amir Haddad')
      const text = `UPN,Surname,Forename,Rdg SS\n${world.upns[amir!]},Haddad,Amir,${100 + round}`
      const { sha256, bytes } = await house.files.keep(Buffer.from(text))
      const file = await startImport(dan, {
        drop,
        school: world.schools.saltmarsh,
        upload: { name: 'one.csv', sha256, bytes },
      })
      const [published, locked] = await Promise.allSettled([
        publishImport(dan, file),
        new Promise((resolve) => setTimeout(resolve, round * 40)).then(() =>
          lockDrop(priya, drop, { without: 'The board meets tonight.' }),
        ),
      ])
      expect(locked.status).toBe('fulfilled')
      const final = (await dropByCode(priya, drop)).lock!.snapshot
      expect(await latestSnapshot(priya)).toBe(final)
      const files = await read(priya, (db) =>
        db
          .selectFrom('evidence.lake_file')
          .where('drop_id', '=', (of) =>
            of.selectFrom('evidence.drop').where('code', '=', drop).select('drop_id'),
          )
          .where('school_id', '=', world.schools.saltmarsh)
          .select(['fact', 'added_in'])
          .execute(),
      )
      if (published.status === 'fulfilled') expect(files.every((one) => one.added_in < final)).toBe(true)
      else {
        expect(String(published.reason)).toContain('locked')
        expect(files).toEqual([])
      }
      await expect(publishImport(dan, file)).rejects.toThrow()
    }
  })

  it('two sign-offs at once leave one that stands', async () => {
    const [priya, ruth] = [world.people.priya!(), world.people.ruth!()]
    await openDrop(priya, summer({ name: 'Twice' }), { tell: false })
    await publish(world.schools.saltmarsh, '2026-twice')
    const sign = () => signOff(ruth, { drop: '2026-twice', school: world.schools.saltmarsh })
    const tries = await Promise.allSettled([sign(), sign()])
    expect(tries.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('chasing', () => {
  it('shows first who would be written to, writes once a day, and keeps that it did', async () => {
    const [priya, amara, dan] = [world.people.priya!(), world.people.amara!(), world.people.dan!()]
    await openDrop(priya, summer({ name: 'Chase', opens: '2026-03-02', due: '2026-03-18' }), { tell: false })
    const drop = '2026-chase'
    await expect(chase(dan, drop)).rejects.toThrow('The trust data lead or the director sends reminders')
    const before = await chasing(amara, drop)
    expect(before.recipients.map((one) => [one.name, one.missing])).toEqual([
      ['Dan Fry', 'Nothing has come from Saltmarsh yet.'],
      ['Neil Hart', 'Nothing has come from Gull Rock yet.'],
    ])
    await chase(amara, drop, [world.schools.saltmarsh])
    const after = await chasing(amara, drop)
    expect(after.recipients.map((one) => one.name)).toEqual(['Neil Hart'])
    expect(after.passedOver).toEqual([{ school: 'Saltmarsh', because: 'Dan Fry was reminded today' }])
    await expect(chase(amara, drop, [world.schools.saltmarsh])).rejects.toThrow('twice in a day')
    const [saltmarsh] = await readiness(amara, await dropByCode(amara, drop))
    expect(saltmarsh).toMatchObject({ late: true, reminders: [{ to: 'Dan Fry' }] })
  })
})

describe('a school is asked otherwise', () => {
  it('of another person and by another day, by the data lead only', async () => {
    const priya = world.people.priya!()
    await openDrop(priya, summer({ name: 'Other' }), { tell: false })
    const drop = '2026-other'
    const school = world.schools.gullRock
    const ask = (who: string, person: number | null, due = '2026-04-10') =>
      askSchool(world.people[who]!(), { drop, school, person, due })
    await expect(ask('neil', null)).rejects.toThrow('Your role does not')
    await expect(ask('priya', null, '2026-02-31')).rejects.toThrow('2026-02-31 is not a day on the calendar.')
    await expect(ask('priya', null, '2026-01-01')).rejects.toThrow('before the drop opens, on 20 March 2026')
    await expect(ask('priya', 999_999)).rejects.toThrow('no longer in the trust')
    await expect(
      askSchool(world.stranger, { drop, school, person: null, due: '2026-04-10' }),
    ).rejects.toThrow('There is no drop')
    await ask('priya', world.persons.ruth!)
    expect(await schoolReadiness(priya, await dropByCode(priya, drop), 'gull-rock')).toMatchObject({
      person: { name: 'Ruth Kemp' },
      due: '2026-04-10',
    })
  })
})

describe('who sees a drop', () => {
  it('a data manager sees their own school’s place in it, not the others’', async () => {
    const dan = world.people.dan!()
    const drop = await dropByCode(dan, world.drop)
    expect((await readiness(dan, drop)).map((one) => one.school.slug)).toEqual(['saltmarsh'])
    await expect(schoolReadiness(dan, drop, 'gull-rock')).rejects.toThrow('There is nothing here')
  })

  it('a stranger from another trust sees no drop, no assessment, no address, and can do nothing', async () => {
    const { stranger } = world
    expect(await drops(stranger)).toEqual([])
    expect(await scales(stranger)).toEqual([])
    expect(await assessments(stranger)).toEqual([])
    expect((await dataManagers(stranger)).filter((one) => one.school !== world.strangersSchool)).toEqual([])
    const drop = await dropByCode(world.people.priya!(), world.drop)
    expect(await readiness(stranger, drop)).toEqual([])
    expect(await askedIn(stranger, drop)).toEqual([])
    const school = world.schools.saltmarsh
    for (const attempt of [
      () => dropByCode(stranger, world.drop),
      () => schoolReadiness(stranger, drop, 'saltmarsh'),
      () => chasing(stranger, world.drop),
      () => chase(stranger, world.drop),
      () => lockVerdicts(stranger, world.drop),
      () => lockDrop(stranger, world.drop, { without: 'Because I would like to.' }),
      () => signOffVerdicts(stranger, { drop: world.drop, school }),
      () => signOff(stranger, { drop: world.drop, school }),
      () => withdrawSignOff(stranger, { drop: world.drop, school, why: 'Because I would like to.' }),
    ])
      await expect(attempt()).rejects.toThrow()
    expect((await dropByCode(world.people.priya!(), world.drop)).lock).toBeUndefined()
  })
})
