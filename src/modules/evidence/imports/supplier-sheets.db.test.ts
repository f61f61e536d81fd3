import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { sendFile } from '../../../../test/send-file.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { importPage } from '../index.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house.close())

const read = async (headings: readonly string[], cells: (upn: string) => readonly string[]) => {
  const row = (values: readonly string[]) => values.map((value) => `"${value}"`).join(',')
  const content = [row(headings), row(cells(world.upns['Zara Ahmed']!)), row(cells(world.upns['Tom Bell']!))]
  const id = await sendFile(world.people.priya!(), world.schools.gullRock, `${content.join('\r\n')}\r\n`)
  const page = await importPage(world.people.priya!(), id)
  return {
    columns: Object.fromEntries(page.columns.map(({ heading, target }) => [heading, target])),
    notes: page.reading.notes,
  }
}

it('a SIMS marksheet is recognised by its headings: an aspect and a result set a column', async () => {
  const { columns, notes } = await read(
    [
      'Surname',
      'Forename',
      'Reg',
      'Year',
      'Gender',
      'DOB',
      'UPN',
      'Adno',
      'Reading SS Y6 Spring 2026',
      'Maths SS Y6 Spring 2026',
      'Writing TA Y6 Spring 2026',
      'Reading Target Y6 Summer 2026',
    ],
    (upn) => ['Ahmed', 'Zara', '6B', 'Year  6', 'F', '14/01/2015', upn, '003412', '104', '101', 'EXS', '108'],
  )
  expect(columns).toEqual({
    Surname: 'surname',
    Forename: 'forename',
    Reg: 'class',
    Year: 'year group',
    Gender: 'sex',
    DOB: 'date of birth',
    UPN: 'upn',
    Adno: 'local id',
    'Reading SS Y6 Spring 2026': 'result:reading-scaled',
    'Maths SS Y6 Spring 2026': 'result:maths-scaled',
    'Writing TA Y6 Spring 2026': 'result:writing-teacher',
    'Reading Target Y6 Summer 2026': 'leave out',
  })
  expect(notes[0]).toMatch(/^It reads like a SIMS marksheet/)
})

it('an Arbor sheet, with the dates of each assessment in brackets', async () => {
  const { columns, notes } = await read(
    [
      'Student',
      'Arbor Student ID',
      'Preferred First Name',
      'Preferred Last Name',
      'Year Group',
      'Registration Form',
      'UPN',
      'SEN Status',
      'Pupil Premium Recipient',
      'EAL',
      'Reading Scaled Score (05 Jan 2026 - 27 Mar 2026)',
      'Maths Scaled Score (05 Jan 2026 - 27 Mar 2026)',
      'Writing Teacher Assessment (05 Jan 2026 - 27 Mar 2026)',
    ],
    (upn) => [
      'Zara Ahmed',
      '2201',
      'Zara',
      'Ahmed',
      'Year 6',
      '6B',
      upn,
      'No Specified Special Educational Need',
      'No',
      'No',
      '104',
      '101',
      'EXS',
    ],
  )
  expect(columns).toMatchObject({
    'Arbor Student ID': 'local id',
    'Preferred First Name': 'forename',
    'Preferred Last Name': 'surname',
    'Year Group': 'year group',
    'Registration Form': 'class',
    UPN: 'upn',
    'Pupil Premium Recipient': 'pupil premium',
    'Reading Scaled Score (05 Jan 2026 - 27 Mar 2026)': 'result:reading-scaled',
    'Maths Scaled Score (05 Jan 2026 - 27 Mar 2026)': 'result:maths-scaled',
    'Writing Teacher Assessment (05 Jan 2026 - 27 Mar 2026)': 'result:writing-teacher',
  })
  expect(notes[0]).toMatch(/^It reads like an Arbor sheet/)
})

it('a Bromcom sheet, subject first', async () => {
  const { columns, notes } = await read(
    [
      'Pupil Name',
      'Tutor Group',
      'Year Group',
      'UPN',
      'Admission Number',
      'PersonID',
      'Reading Scaled Score',
      'Mathematics Scaled Score',
      'Writing Teacher Assessment',
      'Mathematics Effort',
    ],
    (upn) => ['Ahmed, Zara', '6B', '6', upn, '003412', '99120', '104', '101', 'EXS', '2'],
  )
  expect(columns).toMatchObject({
    'Pupil Name': 'name',
    'Tutor Group': 'class',
    'Year Group': 'year group',
    UPN: 'upn',
    'Admission Number': 'local id',
    PersonID: 'leave out',
    'Reading Scaled Score': 'result:reading-scaled',
    'Mathematics Scaled Score': 'result:maths-scaled',
    'Writing Teacher Assessment': 'result:writing-teacher',
    'Mathematics Effort': 'leave out',
  })
  expect(notes[0]).toMatch(/^It reads like a Bromcom sheet/)
})
