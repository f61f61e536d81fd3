import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { sendFile } from '../../../../test/send-file.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import type { House } from '../../../platform/house.ts'
import {
  answerRows,
  checkImport,
  importPage,
  latestSnapshot,
  matchColumns,
  type Problem,
  publishImport,
  resultsOf,
  snapshotFiles,
  undoImport,
} from '../index.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World

const rowsOf = async (of: House, path: string) => {
  const bench = await of.lake.duck.workbench()
  try {
    return await bench.rows<Record<string, unknown>>(
      `select * from read_parquet('${path}') order by pupil, assessment`,
    )
  } finally {
    bench.close()
  }
}

const problemsOf = async (viewer: Parameters<typeof importPage>[0], id: number): Promise<Problem[]> =>
  (await importPage(viewer, id)).checked!.groups.flatMap((group) => group.problems)

describe('an import is a conversation', () => {
  beforeAll(async () => {
    house = await openTestHouse()
    world = await makeWorld(house)
  })
  afterAll(() => house.close())

  const gullRock = () => {
    const upn = (name: string) => world.upns[name]!
    const ellie = upn('Ellie Dawes')
    return [
      'Surname, Forename;UPN;Yr;Rdg SS;Ma SS;TA wri;Notes',
      `Ahmed, Zara;${upn('Zara Ahmed')};6;104;101;;good`,
      `Bell, Tom;${upn('Tom Bell')};6;97;110;;`,
      `Dawes, Ellie;${ellie.slice(0, 5)}${ellie.slice(6)};6;99;100;;`,
      `Fairweather, Zoë;${upn('Zoë Fairweather')};6;A;99;;"quiet,\nbut thoughtful"`,
      `Treloar, Jack;${upn('Jack Treloar')};6;1O4;95;;`,
      `Price, Sam;;6;101;102;;`,
      `Kitto, Morwenna;${upn('Morwenna Kitto')};6;111;108 ;;`,
    ].join('\r\n')
  }

  test('Gull Rock’s file is read as it is, whatever its name says, and its columns are recognised', async () => {
    const neil = world.people.neil!()
    const id = await sendFile(
      neil,
      world.schools.gullRock,
      Buffer.from(gullRock().replace('ë', '\xeb'), 'latin1'),
      { name: 'gullrock.pdf' },
    )
    const page = await importPage(neil, id)
    expect(page.reading).toMatchObject({
      kind: 'csv',
      encoding: 'Windows text (1252)',
      delimiter: ';',
      rows: 7,
      headingRow: 1,
    })
    expect(page.columns.map(({ targetName, from }) => [targetName, from])).toEqual([
      ['Whole name', 'guessed from heading'],
      ['UPN', 'guessed from heading'],
      ['Year group', 'guessed from heading'],
      ['Reading, scaled score', 'guessed from heading'],
      ['Maths, scaled score', 'guessed from heading'],
      ['Writing, teacher assessment', 'guessed from heading'],
      ['Left out', 'guessed from heading'],
    ])
    expect(page.steps.checked).toEqual({ ok: true })
    expect(page.steps.publishable.ok).toBe(false)
    const problems = await problemsOf(neil, id)
    expect(problems.map(({ kind, row, value, why }) => ({ kind, row, value, why }))).toEqual([
      {
        kind: 'upn',
        row: 4,
        value: expect.stringContaining('Ellie Dawes'),
        why: `The UPN has 12 characters; a UPN has 13. There is one Ellie Dawes in Year 6, ending ${world.upns['Ellie Dawes']!.slice(-4)}.`,
      },
      {
        kind: 'pupil ambiguous',
        row: 7,
        value: 'Sam Price',
        why: 'Two pupils in Year 6 have this name, born in March and in August.',
      },
      {
        kind: 'result',
        row: 6,
        value: '1O4',
        why: 'The middle character is the letter O. Scores run from 80 to 120 in whole numbers.',
      },
    ])
    expect(problems.map(({ suggestion }) => suggestion)).toEqual([
      `pupil:${world.pupils['Ellie Dawes']}`,
      undefined,
      'as:104',
    ])
    expect(page.checked!.notes.map(({ sentence }) => sentence)).toEqual([
      '“A” in Reading, scaled score, row 5, is kept as absent, never as 0.',
      'The column TA wri is empty in every row: recorded as not collected.',
    ])
    expect(page.checked!.counts).toMatchObject({
      rows: 7,
      added: 9,
      unplaced: 3,
      pupils: { matched: 5, new: 0, missing: 11 },
    })
    await expect(publishImport(neil, id)).rejects.toThrow(
      '3 problems wait for an answer, the first in row 4.',
    )
  })

  test('each answer is kept, the rows go in together, and an undo takes them out again', async () => {
    const neil = world.people.neil!()
    const id = await sendFile(neil, world.schools.gullRock, gullRock())
    const [ellie, sam, score] = await problemsOf(neil, id)
    await answerRows(neil, id, { [ellie!.key]: ellie!.suggestion!, [score!.key]: score!.suggestion! })
    const waiting = (await importPage(neil, id)).steps.publishable
    expect(waiting).toEqual({
      ok: false,
      because:
        'Row 7: Two pupils in Year 6 have this name, born in March and in August. Choose what to do with it.',
    })
    const checked = await answerRows(neil, id, { [sam!.key]: `pupil:${world.pupils['Sam Price (August)']}` })
    expect(checked.counts).toMatchObject({
      accepted: 7,
      added: 14,
      changed: 0,
      unplaced: 0,
      pupils: { matched: 7, new: 0, missing: 9 },
    })
    const { snapshot } = await publishImport(neil, id)
    expect(snapshot).toBe(1)
    const files = await resultsOf(neil, 1, world.schools.gullRock)
    const rows = await rowsOf(house, files.result!)
    expect(rows).toHaveLength(14)
    const zoe = rows.find(
      (row) => row.pupil === world.pupils['Zoë Fairweather'] && row.assessment === 'reading-scaled',
    )
    expect(zoe).toMatchObject({
      raw: 'A',
      value: null,
      status: 'absent',
      expected: null,
      year_group: '6',
      class_id: world.classes['6A'],
    })
    const jack = rows.find(
      (row) => row.pupil === world.pupils['Jack Treloar'] && row.assessment === 'reading-scaled',
    )
    expect(jack).toMatchObject({
      raw: '1O4',
      value: 104,
      status: 'result',
      expected: true,
      higher: false,
      subject: 'reading',
    })
    const bench = await house.lake.duck.workbench()
    const [population] = await bench.rows<{ many: number }>(
      `select count(*) as many from read_parquet('${files.pupil_state}')`,
    )
    bench.close()
    expect(population!.many).toBe(16)
    await expect(publishImport(neil, id)).rejects.toThrow('It is published already, as snapshot 1.')

    const undone = await undoImport(neil, id)
    expect(undone.snapshot).toBe(2)
    expect(await resultsOf(neil, 1, world.schools.gullRock)).toEqual({})
    expect(await snapshotFiles(neil, 1)).toHaveLength(2)
    expect(await snapshotFiles(neil, 2)).toHaveLength(0)
    await expect(undoImport(neil, id)).rejects.toThrow('It was undone; snapshot 2 holds what stood before.')
  })

  test('the next file finds its columns remembered, and says which heading is new', async () => {
    const neil = world.people.neil!()
    const id = await sendFile(
      neil,
      world.schools.gullRock,
      gullRock().replace('TA wri', 'Writing teacher').replace('1O4', '104'),
    )
    const page = await importPage(neil, id)
    expect(page.columns.map(({ from }) => from)).toEqual([
      'remembered',
      'remembered',
      'remembered',
      'remembered',
      'remembered',
      'new: was TA wri',
      'remembered',
    ])
  })

  test('a second file for the same pupils overrides what it says and leaves the rest', async () => {
    const dan = world.people.dan!()
    const upn = (name: string) => world.upns[name]!
    const first = await sendFile(
      dan,
      world.schools.saltmarsh,
      `UPN,Reading scaled score,Maths scaled score\n${upn('Bella Sharpe')},101,99\n${upn('Finn Gallagher')},95,97\n`,
    )
    await publishImport(dan, first)
    const second = await sendFile(
      dan,
      world.schools.saltmarsh,
      `UPN,Reading scaled score\n${upn('Bella Sharpe')},102\n${upn('Gita Sharma')},110\n`,
    )
    expect((await importPage(dan, second)).checked!.counts).toMatchObject({
      added: 1,
      changed: 1,
      removed: 0,
      unchanged: 0,
    })
    await publishImport(dan, second)
    const rows = await rowsOf(house, (await resultsOf(dan, 1, world.schools.saltmarsh)).result!)
    expect(rows.map(({ pupil, assessment, value }) => [pupil, assessment, value])).toEqual([
      [world.pupils['Bella Sharpe'], 'maths-scaled', 99],
      [world.pupils['Bella Sharpe'], 'reading-scaled', 102],
      [world.pupils['Finn Gallagher'], 'maths-scaled', 97],
      [world.pupils['Finn Gallagher'], 'reading-scaled', 95],
      [world.pupils['Gita Sharma'], 'reading-scaled', 110],
    ])
    await expect(undoImport(dan, first)).rejects.toThrow('Dan Fry has published over it since')
    const third = await sendFile(
      dan,
      world.schools.saltmarsh,
      `UPN,Reading scaled score\n${upn('Bella Sharpe')},103\n`,
    )
    const replaced = await matchColumns(dan, third, {
      columns: { 0: 'upn', 1: 'result:reading-scaled' },
      replace: true,
    })
    expect(replaced.counts).toMatchObject({ changed: 1, removed: 2 })
    await publishImport(dan, third)
    expect(await rowsOf(house, (await resultsOf(dan, 1, world.schools.saltmarsh)).result!)).toHaveLength(3)
    await undoImport(dan, third)
    expect(await rowsOf(house, (await resultsOf(dan, 1, world.schools.saltmarsh)).result!)).toHaveLength(5)
  })

  test('the same file twice is said, and taken only knowingly', async () => {
    const dan = world.people.dan!()
    const file = `UPN,Reading scaled score\n${world.upns['Harry Dunn']},100\n`
    const id = await sendFile(dan, world.schools.saltmarsh, file)
    await expect(sendFile(dan, world.schools.saltmarsh, file)).rejects.toThrow(
      /Dan Fry sent the very same file, as marks.csv, on 20 March 2026 at .* not published yet/,
    )
    await publishImport(dan, id)
    await expect(sendFile(dan, world.schools.saltmarsh, file)).rejects.toThrow(/it was published as snapshot/)
    const again = await sendFile(dan, world.schools.saltmarsh, file, { again: true })
    expect((await importPage(dan, again)).steps.publishable).toEqual({
      ok: false,
      because: 'Nothing would change: all 1 result stand in the drop already.',
    })
  })

  test('two people who import the same school at once: the second is told, and nothing of either is lost', async () => {
    const [dan, ruth] = [world.people.dan!(), world.people.ruth!()]
    const one = await sendFile(
      dan,
      world.schools.saltmarsh,
      `UPN,Reading scaled score\n${world.upns['Keira Doyle']},90\n`,
    )
    const two = await sendFile(
      ruth,
      world.schools.saltmarsh,
      `UPN,Reading scaled score\n${world.upns['Keira Doyle']},91\n`,
    )
    const outcomes = await Promise.allSettled([publishImport(dan, one), publishImport(ruth, two)])
    const refusals = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [(outcome.reason as Error).message] : [],
    )
    expect(refusals).toHaveLength(1)
    expect(refusals[0]).toMatch(/published snapshot \d+/)
    const late = outcomes[0]!.status === 'rejected' ? { viewer: dan, id: one } : { viewer: ruth, id: two }
    await expect(publishImport(late.viewer, late.id)).rejects.toThrow(/since you checked. Check again/)
    expect((await checkImport(late.viewer, late.id)).counts).toMatchObject({ changed: 1 })
    await publishImport(late.viewer, late.id)
  })

  test('a pupil who is new is added with consent, and an undo takes them off the roll again', async () => {
    const dan = world.people.dan!()
    const upn = 'P999200125001'
    const id = await sendFile(
      dan,
      world.schools.saltmarsh,
      `UPN,Surname,Forename,DOB,Gender,Year,Class,Reading scaled score\n${upn},Trevail,Jowan,14/05/2015,M,6,6C,99\n`,
    )
    const [problem] = await problemsOf(dan, id)
    const trouble = problem!.why
    expect(trouble).toMatch(/UPN/)
    const right = trouble.match(/it would be ([A-Z])/)?.[1] ?? upn[0]
    const good = await sendFile(
      dan,
      world.schools.saltmarsh,
      `UPN,Surname,Forename,DOB,Gender,Year,Class,Reading scaled score\n${right}${upn.slice(1)},Trevail,Jowan,14/05/2015,M,6,6C,99\n`,
    )
    const [unknown] = await problemsOf(dan, good)
    expect(unknown).toMatchObject({
      kind: 'pupil unknown',
      why: 'Nobody on roll has this UPN or this name.',
      suggestion: 'add',
    })
    const checked = await answerRows(dan, good, { 'all:pupil unknown': 'add' })
    expect(checked.counts.pupils).toMatchObject({ new: 1, matched: 0 })
    await publishImport(dan, good)
    const again = await sendFile(
      dan,
      world.schools.saltmarsh,
      `Surname,Forename,Reading scaled score\nTrevail,Jowan,98\n`,
    )
    expect((await importPage(dan, again)).checked!.counts).toMatchObject({
      changed: 1,
      pupils: { matched: 1 },
    })
    await undoImport(dan, good)
    expect((await checkImport(dan, again)).counts).toMatchObject({ pupils: { matched: 0 } })
  })

  test('another trust, and who may not see files, find nothing', async () => {
    const neil = world.people.neil!()
    const id = await sendFile(
      neil,
      world.schools.gullRock,
      `UPN,Reading scaled score\n${world.upns['Tom Bell']},100\n`,
    )
    await expect(importPage(world.stranger, id)).rejects.toThrow('There is nothing here')
    await expect(publishImport(world.stranger, id)).rejects.toThrow('There is nothing here')
    await expect(importPage(world.people.dan!(), id)).rejects.toThrow('There is nothing here')
    await expect(importPage(world.people.helen!(), id)).rejects.toThrow('There is nothing here')
    await expect(resultsOf(world.stranger, 1, world.schools.gullRock)).resolves.toEqual({})
    expect(await latestSnapshot(world.stranger)).toBe(0)
    await expect(sendFile(world.people.dan!(), world.schools.gullRock, 'UPN,Reading\n')).rejects.toThrow(
      'Only the school’s data manager',
    )
  })
})
