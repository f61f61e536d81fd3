import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { viewerOf } from '../../access/index.ts'
import { addPupils, pupilById, pupilStates, rollQuestions } from '../../organisation/index.ts'
import { packageOf, zipOf } from '../imports/formats/oneroster/sample.ts'
import { answerRows, importPage } from '../imports/index.ts'
import { bringIn, publishImport, putIn, startImport, undoImport } from '../index.ts'
import { latestSnapshot } from '../snapshots/index.ts'
import { visiting } from '../test/visit.ts'
import { answerBothRolls, answerLeft } from './answer-roll.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
const day = '2026-03-13'
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house?.close())

const who = (name: string): Viewer => world.people[name]!()
const states = async (school: number) =>
  (await pupilStates(who('priya'), school, day, 2025)).map(({ pupil }) => pupil)

/** Gull Rock sends a mark sheet that names a pupil of Saltmarsh by UPN; its data manager says to add them. */
async function sheetOf(name: string, by = 'neil'): Promise<number> {
  const [forename, surname] = name.split(' ')
  const upload = {
    name: `${surname}.csv`,
    ...(await house.files.keep(
      Buffer.from(`UPN,Surname,Forename,Year,Reading\n${world.upns[name]},${surname},${forename},4,101\n`),
    )),
  }
  const id = await startImport(who(by), { drop: world.drop, school: world.schools.gullRock, upload })
  const { checked } = await importPage(who(by), id)
  const problem = checked!.groups[0]!.problems[0]!
  await answerRows(who(by), id, {
    [problem.key]: problem.choices.find(({ value }) => value === 'add')!.value,
  })
  await publishImport(who(by), id)
  return id
}

const open = async (viewer: Viewer) => (await rollQuestions(viewer)).filter((one) => one.open)

describe('the same pupil in two schools on one day', () => {
  it('is found when a mark sheet comes, asked of both schools, and counts once until it is answered', async () => {
    const pupil = world.pupils['Ayesha Rahman']!
    await sheetOf('Ayesha Rahman')
    for (const viewer of [who('neil'), who('ruth'), who('priya')]) {
      const [question] = await open(viewer)
      expect(question).toMatchObject({
        kind: 'two rolls',
        school: world.schools.gullRock,
        other: world.schools.saltmarsh,
        day,
      })
    }
    expect(await rollQuestions(world.stranger)).toEqual([])
    expect(await rollQuestions(who('helen'))).toEqual([])
    expect(await states(world.schools.saltmarsh)).toContain(pupil)
    expect(await states(world.schools.gullRock)).not.toContain(pupil)
    const page = await visiting(house, who('ruth')).get('/questions')
    expect(page.text).toContain(
      'On 13 March 2026 Ayesha Rahman is on roll at both Saltmarsh and Gull Rock: which is right?',
    )
    expect((await visiting(house, who('helen')).get('/questions')).status).toBe(404)
  })

  it('what the school that gains says waits for the school that loses', async () => {
    const [question] = await open(who('neil'))
    const pupil = question!.pupils[0]!.pupil
    const moved = { says: 'moved', main: world.schools.gullRock, day: '2026-03-02' } as const
    expect(await answerBothRolls(who('neil'), question!.id, moved)).toBe(false)
    expect(await states(world.schools.saltmarsh)).toContain(pupil)
    expect((await open(who('ruth')))[0]!.answers[0]).toMatchObject({ says: 'moved', takesEffect: false })
    const before = await latestSnapshot(who('priya'))
    expect(await answerBothRolls(who('ruth'), question!.id, moved)).toBe(true)
    const { enrolments } = await pupilById(who('priya'), pupil)
    expect(enrolments.map(({ school, from, to }) => [school, from, to])).toEqual([
      [world.schools.gullRock, '2026-03-02', null],
      [world.schools.saltmarsh, '2025-09-01', '2026-03-01'],
    ])
    expect(await states(world.schools.saltmarsh)).not.toContain(pupil)
    expect(await states(world.schools.gullRock)).toContain(pupil)
    expect(await latestSnapshot(who('priya'))).toBe(before + 1)
    expect(await open(who('priya'))).toEqual([])
    await expect(answerBothRolls(who('ruth'), question!.id, moved)).rejects.toThrow('has been answered')
  })

  it('dual registered, counts at the main school that was said', async () => {
    const pupil = world.pupils['Callum Tierney']!
    await sheetOf('Callum Tierney')
    const [question] = await open(who('priya'))
    await answerBothRolls(who('priya'), question!.id, { says: 'dual', main: world.schools.gullRock })
    expect(await states(world.schools.saltmarsh)).not.toContain(pupil)
    expect(await states(world.schools.gullRock)).toContain(pupil)
  })

  it('not the same pupil: each has a record, and the marks go with the right one', async () => {
    const pupil = world.pupils['Ben Ashworth']!
    await sheetOf('Ben Ashworth')
    const [question] = await open(who('neil'))
    expect(await answerBothRolls(who('neil'), question!.id, { says: 'not the same' })).toBe(true)
    expect((await pupilById(who('priya'), pupil)).enrolments).toHaveLength(1)
    const other = (await states(world.schools.gullRock)).filter(
      (one) => !Object.values(world.pupils).includes(one),
    )
    expect(other).toHaveLength(1)
    expect(await pupilById(who('priya'), other[0]!)).toMatchObject({ surname: 'Ashworth', upn: null })
  })

  it('goes when the sheet that put them there is undone', async () => {
    const id = await sheetOf('Daisy Holt')
    expect(await open(who('neil'))).toHaveLength(1)
    await undoImport(who('neil'), id)
    expect(await open(who('neil'))).toEqual([])
    expect((await pupilById(who('priya'), world.pupils['Daisy Holt']!)).enrolments).toHaveLength(1)
  })

  it.each([
    ['without a choice', {}, 'Choose what is so.'],
    ['moved on no day', { says: 'moved' }, 'Say on which day they moved.'],
    ['moved before they came', { says: 'moved', day: ['1', '9', '2024'] }, 'did not move on'],
  ])('is refused %s, with a sentence', async (_, said, sentence) => {
    if (!(await open(who('priya'))).length) await sheetOf('Efe Osei')
    const [question] = await open(who('priya'))
    const fields = {
      ...('says' in said ? { says: `${said.says}:${world.schools.gullRock}` } : {}),
      ...('day' in said
        ? { 'day-day': said.day[0]!, 'day-month': said.day[1]!, 'day-year': said.day[2]! }
        : {}),
    }
    const answer = await visiting(house, who('priya')).post(`/questions/${question!.id}`, fields)
    expect([answer.status, answer.text]).toEqual([422, expect.stringContaining(sentence)])
    expect(await open(who('priya'))).toHaveLength(1)
  })
})

describe('a roster', () => {
  const roster = async (files = packageOf('1.1')) => {
    const upload = { name: 'roster.zip', ...(await house.files.keep(Buffer.from(zipOf(files)))) }
    const id = await bringIn(who('ruth'), { upload, wish: { school: world.schools.saltmarsh } })
    await putIn(who('ruth'), id)
    return id
  }

  it('that lacks most of the school ends nobody, and is asked about as cut short', async () => {
    await roster()
    const left = (await open(who('ruth'))).find(({ kind }) => kind === 'left')!
    expect(left.pupils.length).toBeGreaterThan(25)
    const page = await visiting(house, who('ruth')).get('/questions')
    expect(page.text).toContain('looks cut short')
    await expect(
      answerLeft(who('ruth'), left.id, {
        who: left.pupils.map(({ pupil }) => pupil),
        last: '2026-03-19',
        whole: false,
      }),
    ).rejects.toThrow('so many that the file may be cut short')
    await expect(answerLeft(world.stranger, left.id, { who: [], last: '', whole: false })).rejects.toThrow(
      NotHere,
    )
    await expect(answerLeft(who('neil'), left.id, { who: [], last: '', whole: false })).rejects.toThrow(
      NotHere,
    )
  })

  it('that is whole ends those who left that day, and leaves the others', async () => {
    const left = (await open(who('ruth'))).find(({ kind }) => kind === 'left')!
    const gone = left.pupils[0]!.pupil
    await answerLeft(who('ruth'), left.id, { who: [gone], last: '2026-03-19', whole: false })
    const { enrolments, classes } = await pupilById(who('priya'), gone)
    expect(enrolments.find(({ school }) => school === world.schools.saltmarsh)!.to).toBe('2026-03-19')
    expect(classes.every(({ to }) => to === '2026-03-19')).toBe(true)
    expect((await pupilById(who('priya'), left.pupils[1]!.pupil)).enrolments[0]!.to).toBeNull()
  })

  it('that no longer lists a teacher asks, and ends posts and access that day', async () => {
    const question = (await open(who('ruth'))).find(({ kind }) => kind === 'staff left')!
    expect(question.staff.map(({ person }) => person)).toContain(world.persons.grace)
    await expect(
      answerLeft(who('ruth'), question.id, { who: [world.persons.ruth!], last: '2026-03-19', whole: true }),
    ).rejects.toThrow('you yourself')
    expect((await viewerOf(house, world.trust, world.persons.grace!)).grants).toHaveLength(1)
    await answerLeft(who('ruth'), question.id, {
      who: [world.persons.grace!],
      last: '2026-03-19',
      whole: true,
    })
    await expect(viewerOf(house, world.trust, world.persons.grace!)).rejects.toThrow(NotHere)
    const posts = await read(world.founder, (db) =>
      db
        .selectFrom('organisation.post')
        .select('to_day')
        .where('person_id', '=', world.persons.grace!)
        .execute(),
    )
    expect(posts).toEqual([{ to_day: '2026-03-19' }])
  })

  it('with somebody who is on another roll puts them on this one too, and asks', async () => {
    const [pupil] = await addPupils(world.founder, [
      {
        school: world.schools.northquay,
        upn: 'H801200001001',
        surname: 'Two',
        forename: 'Tim',
        from: '2025-09-01',
      },
    ])
    const files = packageOf('1.1')
    files['users.csv'] = files['users.csv']!.replace(/\w\d{12}/, 'H801200001001')
      .replace('Ines', 'Tim')
      .replace('Moreau', 'Two')
    await roster(files)
    expect(
      (await open(who('priya'))).some((one) => one.kind === 'two rolls' && one.pupils[0]?.pupil === pupil),
    ).toBe(true)
  })
})
