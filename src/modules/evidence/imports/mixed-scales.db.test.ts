import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { sendFile } from '../../../../test/send-file.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { literal } from '../../../platform/lake/duck.ts'
import { answerRows, importPage, latestSnapshot, publishImport, snapshotFiles, undoImport } from '../index.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house.close())

const year11 = () => Object.keys(world.pupils).filter((name) => world.upns[name]!.startsWith('9994006', 1))
const mixed = ['7', 'B', 'DIST', '3.4', 'EXS', '5+', '4-', '6a', 'x', 'ABS', '4/5', '5+']
const file = (cells: readonly string[]) =>
  `UPN,Name,maths-grade\n${cells.map((cell, at) => `${world.upns[year11()[at]!]},"${year11()[at]}",${cell}`).join('\n')}\n`

const sealed = async () => {
  const priya = world.people.priya!()
  const files = await snapshotFiles(priya, await latestSnapshot(priya))
  const bench = await house.lake.duck.workbench()
  try {
    return await bench.rows<Record<string, unknown>>(
      `select raw, grade, value, status from read_parquet([${files
        .filter(({ fact }) => fact === 'result')
        .map(({ path }) => literal(house.lake.path(path)))
        .join(', ')}]) order by pupil`,
    )
  } finally {
    bench.close()
  }
}

describe('a column of mixed scales', () => {
  it('is mapped once by a person, text by text, kept raw, and remembered the next time', async () => {
    const priya = world.people.priya!()
    const { northquay } = world.schools
    const id = await sendFile(priya, northquay, file(mixed))
    const before = await importPage(priya, id)
    const problems = before.checked!.groups.find(({ kind }) => kind === 'result')!.problems
    expect(
      Object.fromEntries(problems.map(({ value, rows, suggestion }) => [value, [rows, suggestion]])),
    ).toEqual({
      B: [1, undefined],
      DIST: [1, undefined],
      '3.4': [1, 'as:3'],
      EXS: [1, undefined],
      '5+': [2, 'as:5'],
      '4-': [1, 'as:4'],
      '6a': [1, 'as:6'],
      '4/5': [1, 'as:4'],
    })
    expect(problems[0]!.choices.map(({ value }) => value)).toEqual([
      ...['U', '1', '2', '3', '4', '5', '6', '7', '8', '9'].map((grade) => `as:${grade}`),
      ...['as:absent', 'as:not taken', 'as:left', 'as:other scale', 'leave out'],
    ])
    const answers = Object.fromEntries(
      problems.map(({ key, suggestion, value }) => [
        key,
        suggestion ?? (value === 'B' ? 'as:5' : 'as:other scale'),
      ]),
    )
    const checked = await answerRows(priya, id, answers)
    expect(checked.counts.unplaced).toBe(0)
    expect(checked.notes.map(({ sentence }) => sentence)).toContainEqual(
      expect.stringMatching(/^“DIST” in .* is kept as it stands, on another scale; no figure counts it\.$/),
    )
    await publishImport(priya, id)
    expect(await sealed()).toEqual(
      [
        ['7', '7', 7, 'result'],
        ['B', '5', 5, 'result'],
        ['DIST', 'DIST', null, 'other scale'],
        ['3.4', '3', 3, 'result'],
        ['EXS', 'EXS', null, 'other scale'],
        ['5+', '5', 5, 'result'],
        ['4-', '4', 4, 'result'],
        ['6a', '6', 6, 'result'],
        ['x', 'X', null, 'not taken'],
        ['ABS', null, null, 'absent'],
        ['4/5', '4', 4, 'result'],
        ['5+', '5', 5, 'result'],
      ].map(([raw, grade, value, status]) => ({ raw, grade, value, status })),
    )

    const next = await sendFile(priya, northquay, file(mixed.toReversed()))
    const again = await importPage(priya, next)
    expect(again.checked!.counts.unplaced).toBe(0)
    const remembered = again.checked!.groups.find(({ kind }) => kind === 'result')!
    expect(remembered).toMatchObject({ count: 8, open: 0 })
    expect(remembered.problems.every(({ why }) => why.endsWith('Read as you said last time.'))).toBe(true)
    const changed = await answerRows(priya, next, { [remembered.problems[0]!.key]: 'leave out' })
    expect(changed.counts.leftOut).toBeGreaterThan(0)
    await undoImport(priya, id)
  })

  it('that changes its meaning halfway is said to, with the row', async () => {
    const cells = ['7', '5', '6', '4', '8', '5', 'WTS', 'GDS', 'WTS', 'HNM', 'HNM', 'GDS']
    const id = await sendFile(world.people.priya!(), world.schools.northquay, file(cells))
    const { checked } = await importPage(world.people.priya!(), id)
    expect(checked!.notes.map(({ sentence }) => sentence)).toContainEqual(
      expect.stringMatching(
        /^The column maths-grade seems to change its meaning in row 8: 6 cells above it stand/,
      ),
    )
  })

  it('of another school is asked about anew: what one school means by B is its own', async () => {
    const priya = world.people.priya!()
    const id = await sendFile(
      priya,
      world.schools.gullRock,
      `UPN,Name,TA writing\n${world.upns['Zara Ahmed']},Zara Ahmed,EXS+\n`,
    )
    const [problem] = (await importPage(priya, id)).checked!.groups.flatMap(({ problems }) => problems)
    expect(problem).toMatchObject({ value: 'EXS+', suggestion: 'as:EXS' })
    expect(problem!.answer).toBeUndefined()
  })
})
