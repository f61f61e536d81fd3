import { describe, expect, it } from 'vitest'
import { nameRemover } from './names-in-text.ts'

const { without, withoutIn, names } = nameRemover([
  { forename: 'Zoë', surname: "O'Shea-Brontë", numbers: ['A999200120001'] },
  { forename: 'Will', surname: 'Price' },
])

describe('taking a pupil’s name out of a text', () => {
  it.each([
    ['Zoë O’Shea-Brontë was moved', '[taken out] was moved'],
    ['zoe oshea bronte was moved', '[taken out] was moved'],
    ['O’Shea-Brontë, Zoë; 4C', '[taken out]; 4C'],
    ['UPN A999200120001 twice', 'UPN [taken out] twice'],
    ['a999200120001', '[taken out]'],
    ['Price,Will', '[taken out]'],
    ['Will Price’s paper', '[taken out]’s paper'],
  ])('finds %s', (text, left) => expect(without(text)).toBe(left))

  it.each([
    'Will pay the price',
    'Zoë is somebody’s forename',
    'Will Priceman',
    'Goodwill Price',
    'A9992001200011',
    'Café à la crème',
    '',
  ])('leaves %s as it is', (text) => {
    expect(without(text)).toBe(text)
    expect(names(text)).toBe(false)
  })

  it('goes through whatever JSON holds, names of fields too', () => {
    expect(withoutIn({ 'pupil Will Price': [1, null, { why: 'Will Price left' }], n: true })).toEqual({
      'pupil [taken out]': [1, null, { why: '[taken out] left' }],
      n: true,
    })
  })

  it('with nobody to look for leaves all', () =>
    expect(nameRemover([]).without('Will Price')).toBe('Will Price'))
})
