import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../../../test/database.ts'
import { makeWorld, type World } from '../../../../../../test/world.ts'
import { NotHere } from '../../../../../kernel/refusal.ts'
import { addPupils, pupilById, pupilFacts, searchPupils } from '../../../../organisation/index.ts'
import { bringIn, delivery, openDrop, putIn, resultsOf, runImport, writeTransfer } from '../../../index.ts'
import { ctfTree } from './sample.ts'
import type { CtfTree } from './tree.ts'
import { writeCtf } from './write-ctf.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house.close())

const bring = async (tree: CtfTree, school: number | null = null) =>
  bringIn(world.people.priya!(), {
    upload: { name: 'x_CTF_y.xml', ...(await house.files.keep(Buffer.from(writeCtf(tree, 25)))) },
    wish: { school },
  })

const of = (pupil: CtfTree): CtfTree => ({ ...ctfTree(25), CTFpupilData: { Pupil: [pupil] } })

describe('a transfer file', () => {
  it('brings a newcomer in with dated facts', async () => {
    const priya = world.people.priya!()
    const id = await bring(ctfTree(25))
    const { says, planned } = await delivery(priya, id)
    expect(says).toBe('CTF 25.0: 1 pupil, 1 result')
    expect(planned.changes).toEqual([{ what: 'pupil', added: 1, changed: 0, same: 0 }])
    expect(planned.notes[0]).toBe(
      'From Otter Vale Primary, 999/2990 to 999/2001: read for Saltmarsh Primary School.',
    )
    await putIn(priya, id)
    const [found] = await searchPupils(priya, 'quayle')
    const page = await pupilById(priya, found!.pupil)
    expect(page.years).toEqual([{ academicYear: 2025, yearGroup: '2', school: world.schools.saltmarsh }])
    expect(page.characteristics.map(({ kind, value, from }) => [kind, value, from])).toEqual([
      ['sex', 'F', '2018-10-02'],
      ['fsm', 'FSM', '2024-01-08'],
      ['sen-provision', 'K', '2025-01-13'],
      ['ethnicity', 'WBRI', '2026-02-27'],
      ['first-language', 'ENG', '2026-02-27'],
    ])
  })

  it('adds what has changed of a pupil on roll from the day of the file, and overwrites nothing', async () => {
    const priya = world.people.priya!()
    const name = 'Ayesha Rahman'
    const pupil = world.pupils[name]!
    const before = (await pupilFacts(priya, world.schools.saltmarsh)).get(pupil)!
    const id = await bring(
      of({
        UPN: world.upns[name]!,
        Surname: 'RAHMAN',
        Forename: 'Ayesha',
        BasicDetails: { Ethnicity: 'MWAS' },
        SENhistory: { SEN: [{ StartDate: '2026-01-12', SENprovision: 'E' }] },
        StageAssessments: {
          KeyStage: [
            {
              Stage: 'KS2',
              StageAssessment: [
                {
                  Year: '2025',
                  Subject: 'ENG',
                  Method: 'TT',
                  Component: 'REA',
                  ResultStatus: 'R',
                  Result: '104',
                },
              ],
            },
          ],
        },
      }),
    )
    await putIn(priya, id)
    const after = (await pupilFacts(priya, world.schools.saltmarsh)).get(pupil)!
    expect(after).toEqual(expect.arrayContaining([...before]))
    expect(
      after.slice().filter((fact) => !before.some((one) => JSON.stringify(one) === JSON.stringify(fact))),
    ).toEqual([
      { kind: 'ks2-reading', value: '104', from: '2025-07-01', to: null },
      { kind: 'sen-provision', value: 'E', from: '2026-01-12', to: null },
      { kind: 'ethnicity', value: 'MWAS', from: '2026-02-27', to: null },
    ])
    expect((await pupilById(priya, pupil)).surname).toBe('Rahman')
  })

  it('for another school is refused with both schools named', async () => {
    await expect(bring(ctfTree(25), world.schools.gullRock)).rejects.toThrow(
      /^This CTF is for another school: it goes from Otter Vale Primary, 999\/2990 to 999\/2001, and .* is 999\/2002\. Send it to the school it is for\.$/,
    )
    const stray: CtfTree = {
      ...ctfTree(25),
      Header: { CTFversion: '25.0', DestSchool: { LEA: '998', Estab: '1111' } },
    }
    await expect(bring(stray)).rejects.toThrow('neither is a school of the trust')
  })

  it('asks about a pupil who is on roll elsewhere in the trust, with the school', async () => {
    const priya = world.people.priya!()
    const [name, upn] = Object.entries(world.upns).find(([, one]) => one.slice(1, 8) === '9994006')!
    const id = await bring(of({ UPN: upn, Surname: name.split(' ')[1]!, Forename: name.split(' ')[0]! }))
    const { planned } = await delivery(priya, id)
    expect(planned.changes).toEqual([{ what: 'pupil', added: 1, changed: 0, same: 0 }])
    expect(planned.notes).toContainEqual(
      expect.stringMatching(/on the same day: .* at Northquay.*both schools are asked/),
    )
  })
})

it('results of a transfer file go to the assessments of the drop that asks for them', async () => {
  const priya = world.people.priya!()
  const { drop } = await openDrop(
    priya,
    {
      code: '2025-results',
      name: 'Results',
      academicYear: 2024,
      term: 4,
      kind: 'statutory',
      purpose: 'Hold the published results beside our own assessments.',
      decides: 'Which subjects are looked at in the autumn review.',
      minutes: 10,
      opens: '2026-03-01',
      due: '2026-04-30',
      asAt: '2026-03-13',
      asked: [{ assessment: 'multiplication-check', yearGroups: ['4'] }],
      schools: [{ school: world.schools.saltmarsh }],
    },
    { tell: false },
  )
  const check = (Result: string) => ({
    KeyStage: [
      {
        Stage: 'KS2',
        StageAssessment: [
          {
            Year: '2025',
            Subject: 'MAT',
            Method: 'TT',
            Component: 'MTC',
            ResultStatus: 'R',
            ResultQualifier: 'MT',
            Result,
          },
        ],
      },
    ],
  })
  const pupils = (
    [
      ['Ayesha Rahman', '25'],
      ['Maja Wojcik', 'A'],
    ] as const
  ).map(([name, result]) => ({
    UPN: world.upns[name]!,
    Surname: name.split(' ')[1]!,
    Forename: name.split(' ')[0]!,
    StageAssessments: check(result),
  }))
  const file = join(mkdtempSync(join(tmpdir(), 'throughline-ctf-')), 'x_CTF_y.xml')
  writeFileSync(file, writeCtf({ ...ctfTree(25), CTFpupilData: { Pupil: pupils } }, 25))
  const run = await runImport(priya, { file, school: world.schools.saltmarsh, drop: drop.code })
  rmSync(dirname(file), { recursive: true })
  expect(run).toMatchObject({ rows: 2, accepted: 2, rejected: [], results: { added: 2 } })
  const live = await resultsOf(priya, drop.id, world.schools.saltmarsh)
  const bench = await house.lake.duck.workbench()
  const rows = await bench.rows(
    `select assessment, raw, value, status, higher from read_parquet('${live.result}') order by raw desc`,
  )
  bench.close()
  expect(rows).toEqual([
    { assessment: 'multiplication-check', raw: 'A', value: null, status: 'absent', higher: null },
    { assessment: 'multiplication-check', raw: '25', value: 25, status: 'result', higher: true },
  ])
})

describe('leavers as a transfer file', () => {
  it('are written for their next school, read back by it, and hold what the school knew', async () => {
    const priya = world.people.priya!()
    const [pupil] = await addPupils(priya, [
      {
        school: world.schools.saltmarsh,
        upn: 'H801200001001',
        surname: 'Gone & Away',
        forename: 'Gil',
        born: '2015-02-03',
        from: '2023-09-01',
        to: '2026-02-13',
        placements: [{ academicYear: 2025, yearGroup: '6' }],
        characteristics: [
          { kind: 'sex', value: 'M', from: '2015-02-03' },
          { kind: 'fsm', value: 'FSM', from: '2024-01-08', to: '2025-07-01' },
          { kind: 'sen-provision', value: 'K', from: '2025-01-13' },
        ],
      },
    ])
    const asked = { school: world.schools.saltmarsh, from: '2026-02-01', to: '2026-02-28' }
    const made = await writeTransfer(priya, { ...asked, dest: '999/2002' })
    expect(made).toMatchObject({ name: '9992001_CTF_9992002_001.xml', pupils: 1 })
    const id = await bringIn(priya, {
      upload: { name: made.name, ...(await house.files.keep(Buffer.from(made.text))) },
      wish: { school: world.schools.gullRock },
    })
    expect((await delivery(priya, id)).planned.changes).toEqual([
      { what: 'pupil', added: 1, changed: 0, same: 0 },
    ])
    await putIn(priya, id)
    expect((await pupilFacts(priya, world.schools.gullRock)).get(pupil!)).toEqual(
      expect.arrayContaining([
        { kind: 'fsm', value: 'FSM', from: '2024-01-08', to: '2025-07-01' },
        { kind: 'sen-provision', value: 'K', from: '2025-01-13', to: null },
      ]),
    )
    expect((await pupilById(priya, pupil!)).enrolments).toHaveLength(2)
  })

  it('are refused for a stranger, for days that can’t be, and when nobody left', async () => {
    const asked = { school: world.schools.saltmarsh, from: '2020-02-01', to: '2020-02-28' }
    await expect(writeTransfer(world.stranger, asked)).rejects.toThrow(NotHere)
    await expect(writeTransfer(world.people.helen!(), asked)).rejects.toThrow(NotHere)
    const priya = world.people.priya!()
    await expect(writeTransfer(priya, asked)).rejects.toThrow('Nobody left Saltmarsh Primary School')
    await expect(writeTransfer(priya, { ...asked, from: '2021-02-30' })).rejects.toThrow(
      'which day to which day',
    )
    await expect(writeTransfer(priya, { ...asked, version: 12 })).rejects.toThrow('writes CTF versions')
    await expect(writeTransfer(priya, { ...asked, dest: '12' })).rejects.toThrow('LAESTAB')
  })
})
