import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { addPupils, addSchool } from '../../organisation/index.ts'
import { addAssessment, addScale } from '../drops/commands/add-assessment.ts'
import { openDrop } from '../drops/commands/open-drop.ts'
import { dropByCode } from '../drops/queries/drops.ts'
import { publishRows, type TestPupil, type TestResult } from '../test/publish-rows.ts'
import { answerQuestion } from './answer-question.ts'
import { askedOf } from './asked-of.ts'
import { checkFindings } from './check-findings.ts'
import { health } from './health.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let serial = 0

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  await addScale(world.founder, {
    code: 'score',
    name: 'Score',
    kind: 'number',
    low: 80,
    high: 120,
    step: 1,
    expected: 100,
    from: '2015-09-01',
  })
  await addAssessment(world.founder, { code: 'read', name: 'Reading', subject: 'reading', scale: 'score' })
})
afterAll(() => house?.close())

/** A drop of its own for each test, later than all before it; the last test's drop is not compared with. */
async function newDrop(
  schools: readonly number[],
  {
    like,
    asked = [{ assessment: 'read', yearGroups: ['6'] }],
  }: { like?: string; asked?: Parameters<typeof openDrop>[1]['asked'] } = {},
): Promise<string> {
  serial++
  const academicYear = like ? 2024 : 2000 + serial * 2 - (serial % 2)
  const { drop } = await openDrop(
    world.founder,
    {
      name: `Drop ${serial}`,
      code: `drop-${serial}`,
      term: like ? 2 : 1,
      academicYear: like ? Number((await dropByCode(world.founder, like)).academicYear) : academicYear,
      purpose: 'Try what the checks ask about.',
      decides: 'Whether they ask it.',
      minutes: 0,
      opens: '2026-03-01',
      due: '2026-03-27',
      asAt: '2026-03-13',
      asked,
      schools: schools.map((school) => ({ school })),
    },
    { tell: false },
  )
  return drop.code
}

/** Marks spread as marks are: 90 to 110, none remarkable. */
const ordinary = (at: number) => 90 + ((at * 8) % 21)
const pupils = (
  many: number,
  more: (at: number) => Partial<TestPupil> = () => ({}),
  from = 1000,
): TestPupil[] => Array.from({ length: many }, (_, at) => ({ pupil: from + at, ...more(at) }))
const marks = (
  roll: readonly TestPupil[],
  value: (at: number) => number | 'absent' | undefined = ordinary,
): TestResult[] =>
  roll.flatMap((one, at) => {
    const mark = value(at)
    return mark === undefined ? [] : [{ pupil: one.pupil, assessment: 'read', value: mark }]
  })
const asks = async (code: string) =>
  (await health(world.founder, await dropByCode(world.founder, code))).questions
const asked = async (code: string, check: string) =>
  (await asks(code)).filter((one) => one.check === check).map((one) => one.question)

describe('the checks ask', () => {
  it('nothing of results that are as usual', async () => {
    const code = await newDrop([world.schools.saltmarsh])
    const roll = pupils(60, (at) => ({ class: at % 2 ? world.classes['6C'] : world.classes['4C'] }))
    await publishRows(world.founder, code, world.schools.saltmarsh, roll, marks(roll))
    expect(await asks(code)).toEqual([])
  })

  it.each<[string, string, () => { roll: TestPupil[]; results: TestResult[] }, string]>([
    [
      'about marks that the scale does not have',
      'off the scale',
      () => {
        const roll = pupils(20)
        return { roll, results: marks(roll, (at) => (at === 3 ? 130 : at === 4 ? 12 : ordinary(at))) }
      },
      '2 pupils have 12 to 130 in reading; its scale runs from 80 to 120. Is another scale meant?',
    ],
    [
      'about a class whose marks are all the same',
      'same marks',
      () => {
        const roll = pupils(20, (at) => ({ class: at < 10 ? world.classes['6C'] : world.classes['4C'] }))
        return { roll, results: marks(roll, (at) => (at < 10 ? 101 : ordinary(at))) }
      },
      'All 10 pupils with a result in 6C have 101 in reading. Was one mark filled down the column?',
    ],
    [
      'about marks that are nearly the same',
      'narrow marks',
      () => {
        const roll = pupils(60, (at) => ({ class: at < 12 ? world.classes['6C'] : world.classes['4C'] }))
        return { roll, results: marks(roll, (at) => (at < 12 ? 101 + (at % 2) : ordinary(at))) }
      },
      'All 12 marks of 6C in reading lie between 101 and 102. Were they estimated?',
    ],
    [
      'about marks that end in 0 or 5',
      'round marks',
      () => {
        const roll = pupils(40)
        return { roll, results: marks(roll, (at) => (at < 30 ? 85 + (at % 6) * 5 : ordinary(at))) }
      },
      'of 40 marks in Year 6 in reading end in 0 or 5; one in five would. Were they rounded or estimated?',
    ],
    [
      'about a pile just at the standard',
      'pile at the standard',
      () => {
        const roll = pupils(40)
        return { roll, results: marks(roll, (at) => (at < 10 ? 100 : at === 10 ? 99 : 85 + (at % 12))) }
      },
      'have exactly 100 in reading, the expected standard, and',
    ],
    [
      'about one mark that many share',
      'one mark over and over',
      () => {
        const roll = pupils(30)
        return { roll, results: marks(roll, (at) => (at < 12 ? 80 : ordinary(at))) }
      },
      '12 of 30 pupils in Year 6 have 80 in reading. Does that number stand for something else, such as absent?',
    ],
    [
      'about a year group of which nothing came',
      'nothing came',
      () => ({ roll: pupils(30), results: [{ pupil: 5, assessment: 'maths-scaled', value: 100 }] }),
      'Not one of the 30 pupils in Year 6 has anything in reading. Is a file or a column still to come?',
    ],
    [
      'about a class with marks missing, but not about those with a reason',
      'coverage by class',
      () => {
        const roll = pupils(40, (at) => ({ class: at < 20 ? world.classes['6C'] : world.classes['4C'] }))
        return {
          roll,
          results: marks(roll, (at) => (at < 6 ? undefined : at > 35 ? 'absent' : ordinary(at))),
        }
      },
      '6 of 20 pupils in 6C have neither a result nor a reason in reading. Were they absent, or is a page of marks missing?',
    ],
    [
      'about a group whose results are missing',
      'coverage by group',
      () => {
        const roll = pupils(60, (at) => ({ disadvantaged: at < 15 }))
        return { roll, results: marks(roll, (at) => (at < 9 ? undefined : ordinary(at))) }
      },
      '9 of 15 disadvantaged pupils have no result in reading; of the other 45, 0 have none.',
    ],
    [
      'about results of pupils who are not on roll',
      'not on roll',
      () => {
        const roll = pupils(20)
        return { roll: roll.slice(1), results: marks(roll) }
      },
      '1 pupil with a result in reading was not on roll on the day this drop counts. Has that pupil left, or joined after?',
    ],
    [
      'about two results of one pupil',
      'result twice',
      () => {
        const roll = pupils(20)
        return { roll, results: [...marks(roll), { pupil: roll[0]!.pupil, assessment: 'read', value: 99 }] }
      },
      '1 pupil has two results in reading. Which is right?',
    ],
    [
      'about prior attainment that is the wrong way round',
      'prior bands reversed',
      () => {
        const roll = pupils(30, (at) => ({ prior: at < 15 ? 'low' : 'high' }))
        return { roll, results: marks(roll, (at) => (at < 15 ? 105 + (at % 7) : 88 + (at % 7))) }
      },
      'In reading the pupils with low prior attainment have',
    ],
    [
      'about a mixed school with one girl',
      'nearly single sex',
      () => {
        const roll = pupils(40, (at) => ({ sex: at === 0 ? 'F' : 'M' }))
        return { roll, results: marks(roll) }
      },
      'Only 1 girl among the 40 pupils of Saltmarsh, which admits girls and boys. Is it a single-sex school, or is sex recorded wrongly?',
    ],
  ])('%s', async (_, check, made, question) => {
    const code = await newDrop([world.schools.saltmarsh])
    const { roll, results } = made()
    await publishRows(world.founder, code, world.schools.saltmarsh, roll, results)
    const said = await asked(code, check)
    expect(said).toHaveLength(1)
    expect(said[0]).toContain(question)
  })

  it('nothing about subjects that pupils choose', async () => {
    await addAssessment(world.founder, { code: 'drama', name: 'Drama', subject: 'drama', scale: 'score' })
    const { northquay } = world.schools
    const code = await newDrop([northquay], {
      asked: ['read', 'drama'].map((assessment) => ({ assessment, yearGroups: ['11'] })),
    })
    const roll = pupils(40, (at) => ({
      year: '11',
      class: at < 20 ? world.classes['6A'] : world.classes['6B'],
    }))
    const drama = marks(roll, (at) => (at % 5 ? undefined : ordinary(at))).map((one) => ({
      ...one,
      assessment: 'drama',
    }))
    await publishRows(world.founder, code, northquay, roll, [...marks(roll), ...drama])
    expect(await asks(code)).toEqual([])
    const { coverage } = await health(world.founder, await dropByCode(world.founder, code))
    expect(coverage.find((one) => one.assessment === 'drama')).toMatchObject({ n: 8, of: 8 })
  })

  it('nothing about assessments that only other kinds of school send', async () => {
    const { saltmarsh, gullRock, northquay } = world.schools
    await addAssessment(world.founder, {
      code: 'steps',
      name: 'Own next steps',
      subject: 'reading',
      scale: 'score',
    })
    const code = await newDrop([saltmarsh, gullRock, northquay], {
      asked: ['read', 'steps'].map((assessment) => ({ assessment, yearGroups: ['6'] })),
    })
    for (const [at, school] of [saltmarsh, gullRock].entries()) {
      const roll = pupils(30, () => ({}), 4000 + at * 100)
      await publishRows(world.founder, code, school, roll, marks(roll))
    }
    const others = pupils(30, () => ({}), 4900)
    const steps = marks(others).map((one) => ({ ...one, assessment: 'steps' }))
    await publishRows(world.founder, code, northquay, others, steps)
    expect((await asked(code, 'nothing came')).filter((one) => one.includes('own next steps'))).toEqual([])
  })

  it('once about many classes with the same trouble, naming them, and again when another joins', async () => {
    const { saltmarsh } = world.schools
    const names = ['4C', '4L', '6C', '6A', '6B'] as const
    const code = await newDrop([saltmarsh])
    const roll = pupils(100, (at) => ({ class: world.classes[names[Math.floor(at / 20)]!] }))
    const missing = (many: number) =>
      marks(roll, (at) => (at % 20 < 6 && at / 20 < many ? undefined : ordinary(at)))
    await publishRows(world.founder, code, saltmarsh, roll, missing(3))
    const first = (await asks(code)).filter((one) => one.check === 'coverage by class')
    expect(first).toHaveLength(1)
    expect(first[0]?.where).toBe('3 places')
    for (const name of names.slice(0, 3)) expect(first[0]?.question).toContain(`class ${name}`)
    const answer = 'A trip to the cathedral.'
    await answerQuestion(world.people.dan!(), { drop: code, finding: first[0]!.key, answer })
    const kept = (await asks(code)).filter((one) => one.check === 'coverage by class')
    expect(kept.map((one) => one.answer?.text)).toEqual([answer])
    await publishRows(world.founder, code, saltmarsh, roll, missing(4))
    const more = (await asks(code)).filter((one) => one.check === 'coverage by class')
    expect(more.map((one) => [one.where, one.answer])).toEqual([['4 places', undefined]])
  })

  it('at most ten questions of a school that sent some of twenty subjects', async () => {
    const { gullRock } = world.schools
    const subjects = Array.from({ length: 20 }, (_, at) => `subject-${at}`)
    for (const code of subjects)
      await addAssessment(world.founder, { code, name: `Test ${code}`, subject: 'reading', scale: 'score' })
    const code = await newDrop([gullRock], {
      asked: subjects.map((assessment) => ({ assessment, yearGroups: ['6'] })),
    })
    const roll = pupils(40, (at) => ({ class: at < 20 ? world.classes['6A'] : world.classes['6B'] }), 7000)
    const results = subjects
      .slice(0, 12)
      .flatMap((assessment) =>
        marks(roll, (at) => (at < 6 ? undefined : ordinary(at))).map((one) => ({ ...one, assessment })),
      )
    await publishRows(world.founder, code, gullRock, roll, results)
    const questions = (await asks(code)).filter((one) => one.school === gullRock)
    expect(questions.length).toBeGreaterThan(0)
    expect(questions.length).toBeLessThanOrEqual(10)
    expect(questions.find((one) => one.check === 'nothing came')?.where).toBe('8 places')
    const { pupils: covered } = await health(world.founder, await dropByCode(world.founder, code))
    expect(covered).toEqual([{ school: gullRock, n: 34, of: 40 }])
  })

  it('about a boy in a girls’ school', async () => {
    const school = await addSchool(world.founder, {
      urn: '199050',
      name: 'St Hild’s School for Girls',
      shortName: 'St Hild’s',
      phase: 'secondary',
      admits: 'girls',
    })
    const code = await newDrop([school])
    const roll = pupils(30, (at) => ({ sex: at === 7 ? 'M' : 'F' }))
    await publishRows(world.founder, code, school, roll, marks(roll))
    expect(await asked(code, 'single sex')).toEqual([
      '1 boy is on the roll of St Hild’s, a school for girls. Is the sex or the school recorded wrongly?',
    ])
  })

  it('about a pupil on two rolls, at both schools', async () => {
    const { saltmarsh, gullRock } = world.schools
    const code = await newDrop([saltmarsh, gullRock])
    const [one, other] = [pupils(20), pupils(20, () => ({}), 1019)]
    await publishRows(world.founder, code, saltmarsh, one, marks(one))
    await publishRows(world.founder, code, gullRock, other, marks(other))
    expect((await asked(code, 'on two rolls')).sort()).toEqual([
      '1 pupil on this roll stands on another school’s on the same day (Gull Rock). Where are they now?',
      '1 pupil on this roll stands on another school’s on the same day (Saltmarsh). Where are they now?',
    ])
  })

  it('about a sudden jump, and a roll that changed, since the last drop', async () => {
    const { saltmarsh, gullRock, northquay } = world.schools
    const all = [saltmarsh, gullRock, northquay]
    const before = await newDrop(all)
    const rolls = all.map((_, at) => pupils(30, () => ({}), 2000 + at * 100))
    for (const [at, school] of all.entries())
      await publishRows(world.founder, before, school, rolls[at]!, marks(rolls[at]!))
    const code = await newDrop(all, { like: before })
    const moved = (at: number, by: number) => ordinary(at) + by + (at % 3) - 1
    const gone = rolls[0]!.slice(0, 23)
    await publishRows(
      world.founder,
      code,
      saltmarsh,
      gone,
      marks(gone, (at) => moved(at, 9)),
    )
    for (const at of [1, 2])
      await publishRows(
        world.founder,
        code,
        all[at]!,
        rolls[at]!,
        marks(rolls[at]!, (one) => moved(one, 1)),
      )
    expect(await asked(code, 'sudden jump')).toEqual([
      expect.stringContaining(
        'The 23 pupils in Year 6 who were tested both times moved by +9.0 on average in reading since',
      ),
    ])
    expect(await asked(code, 'roll changed')).toEqual([
      expect.stringMatching(
        /^30 pupils were on roll in Year 6 in .*; now there are 23: 7 left and 0 came\. Did they, and when\?$/,
      ),
    ])
  })

  it('about twins in the record: one name, one birthday', async () => {
    const twin = {
      surname: 'Holt',
      forename: 'Daisy',
      born: '2016-10-19',
      from: '2025-09-01',
      school: world.schools.saltmarsh,
    }
    await addPupils(world.founder, [{ ...twin, placements: [{ academicYear: 2025, yearGroup: '4' }] }])
    const roll = pupils(20)
    await publishRows(world.founder, world.drop, world.schools.saltmarsh, roll, [])
    expect(await asked(world.drop, 'same pupil twice')).toEqual([
      'Daisy Holt is on the roll twice, with the same birthday. Is it one pupil, or twins with one name?',
    ])
  })
})

describe('a school is asked', () => {
  it('for the year groups it teaches, and nothing of another trust’s school is told', async () => {
    const { saltmarsh, northquay } = world.schools
    const drop = await dropByCode(
      world.founder,
      await newDrop([saltmarsh, northquay], {
        like: world.drop,
        asked: [
          { assessment: 'read', yearGroups: ['4', '6'] },
          { assessment: 'maths-scaled', yearGroups: ['11'] },
        ],
      }),
    )
    const found = await health(world.founder, drop)
    const of = async (school: number) =>
      (await askedOf(world.founder, drop, school, found)).map(
        (one) => `${one.assessment.code} ${one.yearGroup}`,
      )
    expect((await of(saltmarsh)).sort()).toEqual(['read 4', 'read 6'])
    expect(await of(northquay)).toEqual(['maths-scaled 11'])
    await expect(askedOf(world.stranger, drop, saltmarsh, found)).rejects.toThrow()
  })
})

describe('a question', () => {
  it('is answered once, by those who send the results, and comes back when the counts change', async () => {
    const { saltmarsh } = world.schools
    const code = await newDrop([saltmarsh])
    const roll = pupils(40, (at) => ({ class: at < 20 ? world.classes['6C'] : world.classes['4C'] }))
    await publishRows(
      world.founder,
      code,
      saltmarsh,
      roll,
      marks(roll, (at) => (at < 6 ? undefined : ordinary(at))),
    )
    const [question] = (await asks(code)).filter((one) => one.check === 'coverage by class')
    const give = (who: string, answer: string) =>
      answerQuestion(world.people[who]!(), { drop: code, finding: question!.key, answer })
    await expect(give('neil', 'They were ill.')).rejects.toThrow('no longer asked')
    await expect(give('amara', 'They were ill.')).rejects.toThrow('Your role does not')
    await expect(give('dan', ' ')).rejects.toThrow('Write what the reason is')
    await give('dan', 'Six were at the cathedral that day.')
    const again = (await asks(code)).find((one) => one.key === question!.key)
    expect(again?.answer).toMatchObject({ text: 'Six were at the cathedral that day.', by: 'Dan Fry' })
    const listed = await checkFindings(world.people.dan!(), code, saltmarsh)
    expect(listed.find((one) => one.key === question!.key)).toMatchObject({
      schoolName: 'Saltmarsh',
      answer: 'Six were at the cathedral that day.',
    })
    await publishRows(
      world.founder,
      code,
      saltmarsh,
      roll,
      marks(roll, (at) => (at < 9 ? undefined : ordinary(at))),
    )
    const changed = (await asks(code)).find((one) => one.check === 'coverage by class')
    expect(changed).toMatchObject({ n: 9 })
    expect(changed?.answer).toBeUndefined()
  })

  it('is seen by those who see the school’s files, and by no stranger', async () => {
    const code = await newDrop([world.schools.saltmarsh])
    const roll = pupils(30)
    await publishRows(
      world.founder,
      code,
      world.schools.saltmarsh,
      roll,
      marks(roll, (at) => (at < 12 ? 80 : ordinary(at))),
    )
    const drop = await dropByCode(world.founder, code)
    const many = async (who: string) => (await health(world.people[who]!(), drop)).questions.length
    expect(await many('ruth')).toBeGreaterThan(0)
    expect([await many('neil'), await many('helen'), await many('grace')]).toEqual([0, 0, 0])
    const theirs = await health(world.stranger, drop)
    expect([theirs.questions, theirs.coverage]).toEqual([[], []])
    await expect(checkFindings(world.stranger, code)).rejects.toThrow('There is no drop')
    await expect(
      answerQuestion(world.stranger, { drop: code, finding: 'any', answer: 'Because.' }),
    ).rejects.toThrow('There is no drop')
  })
})
