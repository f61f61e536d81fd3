import { describe, expect, it } from 'vitest'
import { readTable } from '../table-text.ts'
import {
  conductColumns,
  exclusionColumns,
  readConduct,
  readExclusions,
  readRegister,
  registerColumns,
} from './read-facts.ts'

const upn = 'H801200001001'
const table = (columns: readonly string[], ...rows: string[]) =>
  readTable(Buffer.from(rows.join('\n')), 'The file', columns)

describe('a register', () => {
  it('is read by the codes of each day; others are left out with their sentence', () => {
    const { facts, leftOut } = readRegister(
      table(
        registerColumns,
        'UPN,Date,AM,PM',
        `${upn},08/07/2024,J,/`,
        `${upn},2025-10-06,J,l`,
        `${upn},2025-10-07,?,-`,
      ),
      'days',
    )
    expect(facts.map(({ day, what }) => [day, what])).toEqual([
      ['2024-07-08', 'J'],
      ['2024-07-08', '/'],
      ['2025-10-06', 'L'],
    ])
    expect(leftOut.map(({ row, column, why }) => [row, column, why])).toEqual([
      [3, 'AM', 'J was not a code of the register on 6 October 2025.'],
      [4, 'AM', '“?” is not a code of the register.'],
    ])
  })

  it('in summary has numbers of sessions under each code', () => {
    const { facts, leftOut } = readRegister(
      table(['UPN', '/', '\\', 'I', 'H'], 'UPN,/,\\,I,H', `${upn},100,99,3,2`, `${upn},x,,,`),
      'summary',
    )
    expect(facts.map(({ what, many }) => [what, many])).toEqual([
      ['/', 100],
      ['\\', 99],
      ['I', 3],
    ])
    expect(leftOut.map(({ why }) => why)).toEqual([
      'H is no longer a code of the register.',
      'This is not a number of sessions; a year has at most 420.',
    ])
  })
})

it('an exclusion counts without a reason that is not in the list of its year', () => {
  const { facts, leftOut } = readExclusions(
    table(
      exclusionColumns,
      'UPN,Start date,Category,Reason 1,Reason 2',
      `${upn},2025-10-06,SUSP,PP,VR`,
      `${upn},2026-10-06,PERM,VR,`,
      `${upn},2026-10-06,HOLIDAY,VR,`,
    ),
  )
  expect(facts.map(({ what, reasons }) => [what, reasons])).toEqual([
    ['suspension', ['PP']],
    ['permanent', ['VR']],
  ])
  expect(leftOut.map(({ row, column }) => [row, column])).toEqual([
    [2, 'Reason 2'],
    [4, 'Category'],
  ])
})

it('an event is praise or behaviour, or is left out', () => {
  const { facts, leftOut } = readConduct(
    table(
      conductColumns,
      'UPN,Date,Event',
      `${upn},2025-10-06,Achievement`,
      `${upn},2025-10-06,Sanction`,
      `${upn},,Praise`,
      `${upn},2025-10-06,constructor`,
    ),
  )
  expect(facts.map(({ what }) => what)).toEqual(['praise', 'behaviour'])
  expect(leftOut.map(({ row }) => row)).toEqual([4, 5])
})
