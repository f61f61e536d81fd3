import { expect, it } from 'vitest'
import { codeMeant, wholeGrades } from './near-grades.ts'

it.each([
  ['5+', ['5']],
  ['4-', ['4']],
  ['4−', ['4']],
  ['6a', ['6']],
  ['6 secure', ['6']],
  ['3.4', ['3']],
  ['4/5', ['4', '5']],
  ['5-4', ['5', '4']],
  ['EXS+', ['EXS']],
  ['A*', []],
  ['DIST', []],
  ['104', []],
  ['10.25', []],
  ['', []],
])('“%s” lies in %j', (said, grades) => expect(wholeGrades(said)).toEqual(grades))

it.each([
  ['ABS', 'as:absent'],
  ['x', 'as:not taken'],
  ['not submitted', 'as:not taken'],
  ['Leaver', 'as:left'],
  ['7', undefined],
  ['Distinction', undefined],
])('“%s” suggests %s', (said, choice) => expect(codeMeant(said)).toBe(choice))
