import { describe, expect, it } from 'vitest'
import { yearList, yearListName } from './year-list.ts'

describe('year groups as people type them', () => {
  it.each([
    ['4, 6', ['4', '6'], '4, 6'],
    ['3-6', ['3', '4', '5', '6'], '3 to 6'],
    ['R to 2', ['R', '1', '2'], 'R to 2'],
    ['Year 10 and Y11', ['10', '11'], '10, 11'],
    ['6, 4 to 5, 4', ['4', '5', '6'], '4 to 6'],
    ['reception', ['R'], 'R'],
    ['', [], ''],
  ])('“%s”', (typed, years, name) => {
    expect(yearList(typed)).toEqual(years)
    expect(yearListName(years)).toBe(name)
  })
  it.each(['15', '6 to 4', 'four', '1-2-3'])('“%s” is refused', (typed) => {
    expect(() => yearList(typed)).toThrow('is not a year group')
  })
})
