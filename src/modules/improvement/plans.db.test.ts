import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { NotHere } from '../../kernel/refusal.ts'
import { clockOn } from '../../platform/clock.ts'
import { write } from '../../platform/database/door.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { endMembership, recordJoining } from '../organisation/index.ts'
import * as purpose from '../purpose/index.ts'
import * as improvement from './index.ts'
import { objectivePage } from './pages/objective-page.tsx'
import { overviewPage } from './pages/overview-page.tsx'
import { planPage } from './pages/plan-page.tsx'
import { threadPage } from './pages/thread-page.tsx'
import { actionsByToken } from './queries/action-feed.ts'
import { planPaper } from './routes.tsx'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let amara: Viewer
let ruth: Viewer
let priority: number
let plan: number
let fluency: number
const on = (viewer: Viewer, day: string): Viewer => ({
  ...viewer,
  today: day,
  house: { ...viewer.house, clock: clockOn(day) },
})
const headOf = (school: number): Viewer => ({
  ...world.people.neil!(),
  grants: [{ role: 'headteacher', node: 'school', schools: [school] }],
})

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  amara = world.people.amara!()
  ruth = world.people.ruth!()
  await purpose.beginFrom(amara, 'excellence-for-all')
  const [aim] = (await purpose.purposeOn(amara)).aims
  priority = await purpose.setPriority(amara, { aim: aim!.id, title: 'Fluency', by: '2027-07-20' })
  plan = await improvement.startPlan(on(ruth, '2025-09-04'), {
    school: world.schools.saltmarsh,
    academicYear: 2025,
  })
  fluency = await improvement.addObjective(ruth, plan, {
    title: 'Year 4 read aloud fluently',
    by: '2026-07-17',
    owner: world.persons.ruth,
    priority,
    origin: {
      kind: 'figure',
      text: 'Reading, Year 4: 9 of 27',
      href: '/figure/reading-expected/saltmarsh/year-4/all/2026-spring/1',
    },
  })
})
afterAll(() => house.close())

describe('a plan', () => {
  it('is one a school a year, written by its head and the director, read by who sees the school', async () => {
    await expect(
      improvement.startPlan(ruth, { school: world.schools.saltmarsh, academicYear: 2025 }),
    ).rejects.toThrow('a plan for 2025/26 already')
    await expect(
      improvement.startPlan(ruth, { school: world.schools.gullRock, academicYear: 2025 }),
    ).rejects.toThrow('headteacher')
    await expect(improvement.startPlan(ruth, { school: null, academicYear: 2025 })).rejects.toThrow(
      'director',
    )
    for (const who of ['owen', 'helen', 'grace'])
      expect((await improvement.planById(world.people[who]!(), plan)).objectives).toHaveLength(1)
    await expect(improvement.planById(world.people.neil!(), plan)).rejects.toThrow(NotHere)
    await expect(
      improvement.addObjective(world.people.owen!(), plan, { title: 'Mine', by: '2026-07-17' }),
    ).rejects.toThrow('headteacher')
  })

  it('answers bad input field by field, and keeps nothing of it', async () => {
    const action = { title: 'Partners', starts: '2026-01-05', due: '2026-02-27' }
    await expect(improvement.addAction(ruth, fluency, { ...action, due: '2025-12-01' })).rejects.toThrow(
      'before it starts',
    )
    await expect(improvement.addAction(ruth, fluency, { ...action, starts: '2026-02-30' })).rejects.toThrow(
      'Enter the day',
    )
    await expect(improvement.addAction(ruth, fluency, { ...action, cost: 'much' })).rejects.toThrow(
      'whole pounds',
    )
    await expect(improvement.addAction(ruth, fluency, { ...action, owner: 999_999 })).rejects.toThrow(
      'not in the trust',
    )
    await expect(improvement.addCriterion(ruth, fluency, { by: '2026-07-17' })).rejects.toThrow(
      'Choose a figure',
    )
    await expect(
      improvement.addNote(ruth, fluency, { words: 'See', link: 'javascript:alert(1)' }),
    ).rejects.toThrow('https://')
    await expect(
      improvement.addObjective(ruth, plan, {
        title: 'From elsewhere',
        by: '2026-07-17',
        origin: { kind: 'figure', text: 'x', href: '//evil.example/figure' },
      }),
    ).rejects.toThrow('not a page of this site')
    await expect(improvement.sayProgress(ruth, fluency, { term: 4, state: 'met' } as never)).rejects.toThrow()
    expect((await improvement.objectiveById(ruth, fluency)).actions).toEqual([])
  })

  it('says what is late, due and silent, and who may mark an action as done', async () => {
    const late = await improvement.addAction(ruth, fluency, {
      title: 'Choose texts',
      owner: world.persons.grace,
      starts: '2026-01-05',
      due: '2026-03-06',
      cost: 400,
      days: 2.5,
    })
    await improvement.addAction(ruth, fluency, {
      title: 'Partners',
      owner: world.persons.grace,
      starts: '2026-01-05',
      due: '2026-04-01',
    })
    const [line] = await improvement.planLines(amara)
    expect(line).toMatchObject({
      objectives: 1,
      actions: 2,
      done: 0,
      late: 1,
      due: 1,
      silent: 1,
      cost: 400,
      days: 2.5,
    })
    expect((await improvement.myActions(world.people.grace!())).map((one) => one.title)).toEqual([
      'Choose texts',
      'Partners',
    ])
    await expect(improvement.markAction(world.people.owen!(), late, true)).rejects.toThrow('Only its owner')
    await improvement.markAction(world.people.grace!(), late, true)
    await improvement.sayProgress(ruth, fluency, { term: 2, state: 'partly met', words: 'Half of them.' })
    expect((await improvement.planLines(amara))[0]).toMatchObject({
      done: 1,
      late: 0,
      silent: 0,
      partlyMet: 1,
    })
    expect(String(await planPage(ruth, plan))).toContain('Partly met')
  })

  it('goes on through its stages by decisions that say why', async () => {
    await expect(improvement.decideStage(ruth, fluency, { verdict: 'go on', words: ' ' })).rejects.toThrow(
      'Say why',
    )
    await improvement.decideStage(ruth, fluency, { verdict: 'go on', words: 'The problem is real.' })
    await improvement.decideStage(ruth, fluency, { verdict: 'change', words: 'Start with Year 3.' })
    expect(await improvement.objectiveById(ruth, fluency)).toMatchObject({
      stage: 'prepare',
      decisions: [{ verdict: 'go on' }, { verdict: 'change' }],
    })
  })

  it('still works when the measure of a criterion was withdrawn, and when an owner has left', async () => {
    const id = await improvement.addObjective(ruth, plan, {
      title: 'Loose',
      by: '2026-07-17',
      owner: world.persons.dan,
    })
    await improvement.addCriterion(ruth, id, {
      measure: 'reading-expected',
      year: '4',
      target: 60,
      by: '2026-07-17',
    })
    await write(ruth, async (tx) => {
      await tx
        .updateTable('improvement.criterion')
        .set({ measure: 'gone' })
        .where('objective_id', '=', id)
        .execute()
      await tx
        .updateTable('organisation.person')
        .set({ left_on: '2026-02-13' })
        .where('person_id', '=', world.persons.dan!)
        .execute()
    })
    const html = String(await objectivePage(ruth, id))
    expect(html).toContain('Measure withdrawn')
    expect(html).toContain('Dan Fry, who has left')
    expect((await planPaper(ruth, plan)).byteLength).toBeGreaterThan(2000)
  })

  it('carries over what is unfinished, a year on, without the owner who left', async () => {
    const next = await improvement.carryOver(on(ruth, '2026-09-03'), plan)
    const carried = await improvement.planById(ruth, next)
    expect(carried).toMatchObject({ academicYear: 2026, carriedFrom: plan })
    expect(
      carried.objectives.map((one) => [one.title, one.by, one.owner?.name ?? null, one.actions.length]),
    ).toEqual([
      ['Year 4 read aloud fluently', '2027-07-17', 'Ruth Kemp', 1],
      ['Loose', '2027-07-17', null, 0],
    ])
    await expect(improvement.carryOver(ruth, plan)).rejects.toThrow('already')
  })

  it('is shared only when its school says so, and then copied with thanks', async () => {
    const neil = headOf(world.schools.gullRock)
    const into = await improvement.startPlan(neil, { school: world.schools.gullRock, academicYear: 2025 })
    await expect(
      improvement.copyObjective(neil, { objective: fluency, plan: into, thanks: '' }),
    ).rejects.toThrow(NotHere)
    await improvement.shareObjective(ruth, fluency, true)
    expect((await improvement.sharedObjectives(neil)).map((one) => one.id)).toEqual([fluency])
    const copy = await improvement.copyObjective(neil, {
      objective: fluency,
      plan: into,
      thanks: 'Well done.',
    })
    expect(await improvement.objectiveById(neil, copy)).toMatchObject({
      school: world.schools.gullRock,
      copiedFrom: fluency,
      stage: 'explore',
      actions: [{ owner: null }, { owner: null }],
    })
    expect((await improvement.objectiveById(ruth, fluency)).thanks).toMatchObject([{ words: 'Well done.' }])
    await expect(improvement.addNote(neil, fluency, { words: 'Mine now' })).rejects.toThrow('headteacher')
    expect(String(await objectivePage(neil, fluency))).toContain('Copy with thanks')
  })

  it('goes out and in again without loss', async () => {
    await improvement.addRisk(ruth, fluency, { words: 'Absence', likely: 'likely', answer: 'Two adults' })
    await improvement.addNote(ruth, fluency, { words: 'Visit', link: 'https://example.org/visit' })
    const file = await improvement.exportPlan(amara, plan)
    const id = await improvement.importPlan(
      amara,
      JSON.parse(JSON.stringify({ ...file, academicYear: 2027 })),
    )
    expect(await improvement.exportPlan(amara, id)).toEqual({ ...file, academicYear: 2027 })
    const many = (await improvement.plansWith(amara, {})).length
    for (const [broken, sentence] of [
      [{ ...file, academicYear: 2027 }, 'already'],
      [{ ...file, academicYear: 2028, school: '123456' }, 'URN 123456'],
      [{ throughline: 'plan' }, 'not a plan as Throughline writes it'],
      ['<script>', 'not a plan'],
      [
        {
          ...file,
          academicYear: 2028,
          objectives: [{ ...file.objectives[0]!, owner: 'nobody@example.org' }],
        },
        'nobody@example.org',
      ],
    ] as const)
      await expect(improvement.importPlan(amara, broken)).rejects.toThrow(sentence)
    expect(await improvement.plansWith(amara, {})).toHaveLength(many)
  })

  it('of 400 actions is one page, that shows what is not done and the way to the rest', async () => {
    const big = await improvement.startPlan(headOf(world.schools.northquay), {
      school: world.schools.northquay,
      academicYear: 2025,
    })
    const file = await improvement.exportPlan(amara, plan)
    const [one] = file.objectives
    const action = {
      title: 'One of many',
      owner: null,
      starts: '2024-09-01',
      due: '2025-06-30',
      cost: 10,
      days: 0.5,
      doneOn: null,
    }
    const large = await improvement.importPlan(amara, {
      ...file,
      school: '199006',
      academicYear: 2024,
      objectives: Array.from({ length: 8 }, () => ({
        ...one!,
        actions: Array.from({ length: 50 }, () => action),
      })),
    })
    // Of each of its eight objectives twenty actions are shown, and the way to all of them.
    const html = String(await planPage(amara, large))
    expect(html.match(/One of many/g)).toHaveLength(160)
    expect(html.match(/All 50 actions/g)).toHaveLength(8)
    const [first] = (await improvement.planById(amara, large)).objectives
    expect(String(await objectivePage(amara, first!.id)).match(/One of many/g)).toHaveLength(50)
    expect(big).not.toBe(large)
    expect((await improvement.planLines(amara, 2024))[0]).toMatchObject({
      actions: 400,
      late: 400,
      cost: 4000,
    })
  })
})

describe('the thread', () => {
  it('joins aims to actions and says what hangs loose', async () => {
    const map = await improvement.thread(amara)
    const kinds = new Set(map.nodes.map((node) => node.kind))
    for (const kind of ['aim', 'priority', 'objective', 'action', 'evidence', 'decision'] as const)
      expect(kinds).toContain(kind)
    const ids = new Set(map.nodes.map((node) => node.id))
    expect(ids.size).toBe(map.nodes.length)
    for (const { from, to } of map.links) expect([ids.has(from), ids.has(to)]).toEqual([true, true])
    expect(map.links).toContainEqual({ from: `priority-${priority}`, to: `objective-${fluency}` })
    const why = (kind: string) => map.loose.filter((one) => one.node.startsWith(kind)).map((one) => one.why)
    expect(why('aim')).toHaveLength(2)
    expect(why('objective').join()).toContain('Dan Fry, has left')
    expect(String(await threadPage(amara))).toContain('What hangs loose')
    expect(String(await threadPage(ruth, { school: 'saltmarsh' }))).toContain('Year 4 read aloud fluently')
    await expect(threadPage(ruth, { school: 'gull-rock' })).rejects.toThrow(NotHere)
  })

  it('shows a headteacher only their own school’s and the trust’s knots', async () => {
    const { nodes } = await improvement.thread(ruth)
    expect(new Set(nodes.map((node) => node.school))).toEqual(new Set([null, world.schools.saltmarsh]))
  })
})

describe('the thread of an earlier year', () => {
  it('is read as it stood: its plan, under the aims of its day, without what came later', async () => {
    const then = on(ruth, '2024-09-06')
    const { aims } = await purpose.purposeOn(amara)
    const earlier = await improvement.startPlan(then, {
      school: world.schools.saltmarsh,
      academicYear: 2024,
    })
    const objective = await improvement.addObjective(then, earlier, {
      title: 'Phonics from the first week',
      by: '2025-07-11',
      owner: world.persons.ruth,
      priority,
    })
    const action = await improvement.addAction(then, objective, {
      title: 'Buy the books',
      starts: '2024-09-10',
      due: '2025-05-01',
    })
    await improvement.markAction(on(ruth, '2025-10-01'), action, true)
    await improvement.decideStage(on(ruth, '2025-10-02'), objective, { verdict: 'go on', words: 'Later' })

    const map = await improvement.thread(amara, '2025-08-31')
    const titles = map.nodes.map((node) => node.title)
    expect(titles).toContain('Phonics from the first week')
    expect(map.nodes.map((node) => node.id)).not.toContain(`objective-${fluency}`)
    expect(titles).not.toContain('Later')
    expect(map.loose).toContainEqual({
      node: `action-${action}`,
      why: 'It is past its date and not done.',
    })
    // The aims began in 2026: in 2024 the plan stood on none of them, and says so.
    expect(map.nodes.filter((node) => node.kind === 'aim')).toEqual([])
    expect(aims.length).toBeGreaterThan(0)
    expect(map.loose).toContainEqual({
      node: `objective-${objective}`,
      why: 'It stands on no priority of that day.',
    })
    const page = String(await threadPage(amara, { year: 2024 }))
    expect(page).toContain('As it stood on 31 August 2025')
    expect(page).not.toContain(`/improvement/objectives/${fluency}"`)
    expect(await improvement.planLines(amara, 2024)).toContainEqual(
      expect.objectContaining({ school: world.schools.saltmarsh, actions: 1, done: 0, late: 1 }),
    )
  })
})

describe('what somebody owned who has left', () => {
  it('is handed over at once: objectives, and actions that are not done', async () => {
    const { saltmarsh } = world.schools
    const dan = world.persons.dan!
    const theirs = await improvement.startPlan(ruth, { school: saltmarsh, academicYear: 2030 })
    const objective = await improvement.addObjective(ruth, theirs, {
      title: 'Registers are right',
      by: '2031-07-11',
      owner: ruth.person,
    })
    const add = (title: string) =>
      improvement.addAction(ruth, objective, { title, owner: null, starts: '2030-09-02', due: '2031-01-31' })
    const [open, done] = [await add('Open'), await add('Done')]
    await write(world.founder, (tx) =>
      tx
        .updateTable('improvement.action')
        .set({ owner_id: dan })
        .where('objective_id', '=', objective)
        .execute(),
    )
    await improvement.markAction(ruth, done, true)
    expect(String(await planPage(ruth, theirs))).toContain('Dan Fry')
    expect(String(await planPage(ruth, theirs))).toContain('0 objectives and 1 action that is not done')
    const hand = (to: number, viewer = ruth) => improvement.handOver(viewer, theirs, { from: dan, to })
    await expect(hand(dan)).rejects.toThrow('somebody else')
    await expect(hand(999_999)).rejects.toThrow('not in the trust')
    await expect(hand(ruth.person, world.people.owen!())).rejects.toThrow('headteacher')
    await expect(hand(ruth.person, world.people.neil!())).rejects.toThrow(NotHere)
    expect(await hand(ruth.person)).toEqual({ objectives: 0, actions: 1 })
    await expect(hand(ruth.person)).rejects.toThrow('Nothing in this plan is theirs')
    const { actions } = await improvement.objectiveById(ruth, objective)
    expect(actions.find((one) => one.id === open)!.owner!.id).toBe(ruth.person)
    expect(actions.find((one) => one.id === done)!.owner!.id).toBe(dan)
    expect(String(await planPage(ruth, theirs))).not.toContain('hand-over')
  })
})

describe('a calendar address', () => {
  it('gives its owner’s actions to whoever holds it, until it is ended', async () => {
    const grace = world.people.grace!()
    const token = await improvement.makeActionFeed(grace)
    const text = await actionsByToken(house, token)
    expect(text).toContain('SUMMARY:Due: Partners')
    expect(text).not.toContain('Choose texts')
    const second = await improvement.makeActionFeed(grace)
    await expect(actionsByToken(house, token)).rejects.toThrow(NotHere)
    await improvement.revokeActionFeed(grace)
    await expect(actionsByToken(house, second)).rejects.toThrow(NotHere)
    await expect(actionsByToken(house, '1-guess')).rejects.toThrow(NotHere)
  })
})

describe('tiers of support', () => {
  it('are set by the director, with a reason and what would change them', async () => {
    const tier = { tier: 'targeted', reason: 'Reading', wouldChange: 'Two good drops' } as const
    await expect(improvement.setTier(ruth, world.schools.saltmarsh, tier)).rejects.toThrow('director')
    await expect(
      improvement.setTier(amara, world.schools.saltmarsh, { ...tier, reason: '' }),
    ).rejects.toThrow('Say why')
    await improvement.setTier(amara, world.schools.saltmarsh, tier)
    expect((await improvement.tiers(ruth))[0]).toMatchObject({ tier: 'targeted', by: 'Amara Okafor' })
    expect(String(await overviewPage(amara))).toContain('Two good drops')
    const map = await improvement.thread(amara)
    const decision = map.nodes.find((node) => node.id.startsWith('tier-'))!
    expect(decision).toMatchObject({ kind: 'decision', school: world.schools.saltmarsh })
    expect(map.loose).toContainEqual({ node: decision.id, why: 'No judgement stands behind it.' })
  })
})

describe('a school that joins or leaves in the middle of the year', () => {
  it('is counted while it belongs: its plan stays in the thread of the days before', async () => {
    const { gullRock } = world.schools
    const siân = headOf(gullRock)
    const [{ id: theirs }] = (await improvement.plansWith(siân, {
      school: gullRock,
      academicYear: 2025,
    })) as [improvement.Plan]
    await improvement.addObjective(siân, theirs, { title: 'Small boats', by: '2026-07-17', priority })
    const lineOf = async (viewer: Viewer) =>
      (await improvement.planLines(viewer, 2025)).some((line) => line.school === gullRock)
    const inThread = async (day: string) =>
      (await improvement.thread(amara, day)).nodes.some((node) => node.title === 'Small boats')
    expect([await lineOf(amara), await inThread('2026-03-20')]).toEqual([true, true])

    await recordJoining(world.people.priya!(), gullRock, '2025-11-01')
    expect(await inThread('2025-10-01')).toBe(false)
    expect(await inThread('2025-11-01')).toBe(true)

    await endMembership(world.people.priya!(), gullRock, '2026-02-28', 'It joined its neighbours.')
    expect([await inThread('2026-02-28'), await inThread('2026-03-01')]).toEqual([true, false])
    expect(await lineOf(amara)).toBe(false)
    const page = String(await overviewPage(amara))
    expect(page).toContain('No longer in the trust: Gull Rock (until 28 February 2026)')
    expect(page).not.toContain('Small boats')
    expect(String(await threadPage(amara))).not.toContain('/thread?school=gull-rock')
    await expect(threadPage(amara, { school: 'gull-rock' })).rejects.toThrow(NotHere)
    // What was written is not lost with it.
    expect((await improvement.planById(amara, theirs)).objectives.map((one) => one.title)).toContain(
      'Small boats',
    )
    await expect(improvement.startPlan(amara, { school: gullRock, academicYear: 2026 })).rejects.toThrow(
      'Gull Rock left the trust on 28 February 2026',
    )
  })
})

describe('a stranger from another trust', () => {
  const director = (): Viewer => ({
    ...world.stranger,
    grants: [
      { role: 'director', node: 'trust', schools: 'all' },
      { role: 'headteacher', node: 'trust', schools: 'all' },
    ],
  })
  const lists: Record<string, (viewer: Viewer) => Promise<readonly unknown[]>> = {
    plansWith: (viewer) => improvement.plansWith(viewer, {}),
    planLines: (viewer) => improvement.planLines(viewer),
    sharedObjectives: (viewer) => improvement.sharedObjectives(viewer),
    tiers: (viewer) => improvement.tiers(viewer),
    thread: async (viewer) => (await improvement.thread(viewer)).nodes,
  }
  it.each(Object.keys(lists))(
    'gets nothing from %s, from which the director gets something',
    async (name) => {
      expect((await lists[name]!(amara)).length).toBeGreaterThan(0)
      expect(await lists[name]!(director())).toEqual([])
    },
  )

  it('can open nothing of ours, and write nothing into it', async () => {
    const far = director()
    const before = await improvement.exportPlan(amara, plan)
    const action = (await improvement.objectiveById(ruth, fluency)).actions[0]!.id
    for (const asked of [
      () => improvement.planById(far, plan),
      () => improvement.objectiveById(far, fluency),
      () => improvement.exportPlan(far, plan),
      () => improvement.carryOver(far, plan),
      () => improvement.addObjective(far, plan, { title: 'Cuckoo', by: '2026-07-17' }),
      () => improvement.addNote(far, fluency, { words: 'Cuckoo' }),
      () => improvement.markAction(far, action, true),
      () => improvement.shareObjective(far, fluency, false),
    ])
      await expect(asked()).rejects.toThrow()
    await expect(
      improvement.setTier(far, world.schools.saltmarsh, { tier: 'intensive', reason: 'x', wouldChange: 'y' }),
    ).rejects.toThrow()
    expect(await improvement.myActions(far)).toEqual([])
    expect(await improvement.actionFeedMadeAt(far)).toBeUndefined()
    expect(await improvement.exportPlan(amara, plan)).toEqual(before)
  })
})
