import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { sendFile } from '../../../../test/send-file.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import {
  answerRows,
  importPage,
  lockDrop,
  type Problem,
  publishImport,
  resultsOf,
  undoImport,
} from '../index.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house.close())

const send = async (rows: readonly string[], heading = 'UPN,Surname,Forename,DOB,Reading scaled score') => {
  const dan = world.people.dan!()
  const id = await sendFile(dan, world.schools.saltmarsh, [heading, ...rows].join('\n'))
  const page = await importPage(dan, id)
  return {
    dan,
    id,
    checked: page.checked!,
    problems: page.checked!.groups.flatMap((group): readonly Problem[] => group.problems),
  }
}

describe('rows that can’t be taken as they are', () => {
  test('a UPN with a wrong check letter is said, with the letter it should have', async () => {
    const right = world.upns['Bella Sharpe']!
    const { problems } = await send([
      `${right[0] === 'A' ? 'B' : 'A'}${right.slice(1)},Sharpe,Bella,19/01/2015,101`,
    ])
    expect(problems).toEqual([
      expect.objectContaining({ kind: 'upn', row: 2, suggestion: `pupil:${world.pupils['Bella Sharpe']}` }),
    ])
    expect(problems[0]!.why).toContain(`for these digits it would be ${right[0]}`)
  })

  test('a date of 31/02 is said; the result can go in without it', async () => {
    const { dan, id, problems } = await send([`${world.upns['Bella Sharpe']},Sharpe,Bella,31/02/2015,101`])
    expect(problems).toEqual([
      expect.objectContaining({
        kind: 'date',
        value: '31/02/2015',
        why: '“31/02/2015” is not a date: February 2015 has no day 31.',
        suggestion: 'without',
      }),
    ])
    expect((await answerRows(dan, id, { 'all:date': 'without' })).counts).toMatchObject({
      added: 1,
      unplaced: 0,
    })
  })

  test('the same pupil twice: rows that agree are one, rows that differ are a choice', async () => {
    const [bella, finn] = [world.upns['Bella Sharpe'], world.upns['Finn Gallagher']]
    const { dan, id, checked, problems } = await send([
      `${bella},Sharpe,Bella,,101`,
      `${finn},,,,99`,
      `${bella},Sharpe,Bella,,101`,
      `${finn},,,,98`,
    ])
    expect(checked.notes.map(({ sentence }) => sentence)).toEqual([
      'Rows 2 and 4 name a pupil a second time with the same results: counted once.',
    ])
    expect(problems).toEqual([
      expect.objectContaining({
        kind: 'pupil twice',
        row: 3,
        why: 'Rows 3 and 5 are the same pupil with different results (Reading, scaled score: 99 and 98).',
      }),
    ])
    expect((await answerRows(dan, id, { [problems[0]!.key]: 'row:5' })).counts).toMatchObject({
      added: 2,
      unplaced: 0,
    })
  })

  test('a name that contradicts its number is asked about, and a pupil of another school is not on this roll', async () => {
    const { problems } = await send([
      `${world.upns['Bella Sharpe']},Okonkwo,Chidi,01/01/2015,101`,
      `${world.upns['Tom Bell']},Bell,Tom,22/10/2014,97`,
    ])
    expect(problems.map(({ kind, why }) => [kind, why])).toEqual([
      ['pupil unknown', 'Nobody on roll has this UPN or this name.'],
      ['pupil disagrees', expect.stringContaining('Bella Sharpe’s in Year 6')],
    ])
  })

  test('a formula and a script stay text, and never become a name or a score', async () => {
    const { problems } = await send([
      `${world.upns['Bella Sharpe']},<script>alert(1)</script>,Bella,,"=cmd|' /C calc'!A0"`,
    ])
    expect(problems).toEqual([
      expect.objectContaining({
        kind: 'result',
        value: "=cmd|' /C calc'!A0",
        why: expect.stringContaining('kept as text and never worked out'),
      }),
    ])
  })

  test('ragged rows are asked about, not shifted', async () => {
    const { problems } = await send([
      `${world.upns['Bella Sharpe']},Sharpe,Bella,,101`,
      `${world.upns['Finn Gallagher']},Gallagher,99`,
      `${world.upns['Gita Sharma']},Sharma,Gita,,100,late`,
    ])
    expect(
      problems.filter(({ kind }) => kind === 'ragged').map(({ row, why }) => [row, why.slice(0, 40)]),
    ).toEqual([
      [3, 'The row has 3 cells; the heading has 5. '],
      [4, 'The row has 6 cells; the heading has 5. '],
    ])
  })

  test('a long file says which assessment each row is, and what the drop doesn’t ask for is asked about', async () => {
    const bella = world.upns['Bella Sharpe']
    const { dan, id, problems, checked } = await send(
      [
        `${bella},Reading scaled score,104`,
        `${bella},Maths scaled,99`,
        `${bella},Astrology,12`,
        `${bella},Astrology,13`,
      ],
      'UPN,Assessment,Result',
    )
    expect(checked.counts.added).toBe(2)
    expect(problems).toEqual([
      expect.objectContaining({
        kind: 'assessment unknown',
        value: 'Astrology',
        rows: 2,
        why: 'This drop asks for no “Astrology”.',
      }),
    ])
    expect((await answerRows(dan, id, { 'all:assessment unknown': 'leave out' })).counts).toMatchObject({
      added: 2,
      leftOut: 2,
      unplaced: 0,
      accepted: 2,
    })
  })

  test('attendance goes in beside results', async () => {
    const { dan, id, checked, problems } = await send(
      [`${world.upns['Bella Sharpe']},230,8,2`, `${world.upns['Finn Gallagher']},230,200,60`],
      'UPN,Possible,Authorised,Unauthorised',
    )
    expect(checked.counts.attendance).toBe(1)
    expect(problems).toEqual([expect.objectContaining({ kind: 'attendance', row: 3 })])
    await answerRows(dan, id, { 'all:attendance': 'leave out' })
    await publishImport(dan, id)
    const bench = await house.lake.duck.workbench()
    const rows = await bench.rows(
      `select pupil, possible, authorised, unauthorised, year_group from read_parquet('${(await resultsOf(dan, 1, world.schools.saltmarsh)).attendance}')`,
    )
    bench.close()
    expect(rows).toEqual([
      { pupil: world.pupils['Bella Sharpe'], possible: 230, authorised: 8, unauthorised: 2, year_group: '6' },
    ])
    await undoImport(dan, id)
  })

  test('a lock during an import: the import says who locked, and nothing goes in or out', async () => {
    const published = await send([`${world.upns['Bella Sharpe']},Sharpe,Bella,,101`])
    await publishImport(published.dan, published.id)
    const { dan, id } = await send([`${world.upns['Finn Gallagher']},Gallagher,Finn,,99`])
    await lockDrop(world.people.priya!(), '2026-spring', {
      without: 'Half-term begins.',
    })
    const sentence = /The spring drop was locked by Priya Raman on 20 March 2026, as snapshot \d+/
    await expect(publishImport(dan, id)).rejects.toThrow(sentence)
    await expect(undoImport(dan, published.id)).rejects.toThrow(sentence)
    await expect(answerRows(dan, id, {})).rejects.toThrow(sentence)
    await expect(sendFile(dan, world.schools.saltmarsh, 'UPN,Reading\nA,1\n')).rejects.toThrow(sentence)
  })
})
