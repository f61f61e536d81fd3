import { describe, expect, it } from 'vitest'
import { isTemporaryUpn, upnCheckLetter, upnTrouble } from './upn.ts'

describe('a UPN', () => {
  it.each([
    ['801200001001', 'H'],
    ['823432112345', 'T'],
    ['123456789012', 'A'],
    ['380209320001', 'X'],
    ['38020932000A', 'H'],
  ])('made of %s has the check letter %s', (twelve, letter) => {
    expect(upnCheckLetter(twelve)).toBe(letter)
    expect(upnTrouble(letter + twelve)).toBeUndefined()
  })
  it('with a wrong first letter is refused, saying which it would be', () => {
    expect(upnTrouble('A801200001001')).toContain('it would be H')
  })
  it('of 12 characters is refused, saying so', () => {
    expect(upnTrouble('Z99920011804')).toBe('The UPN has 12 characters; a UPN has 13.')
  })
  it('never holds I, O or S', () => {
    expect(upnTrouble('O801200001001')).toContain('never used')
  })
  it('ending in a letter is temporary', () => {
    expect(isTemporaryUpn('H38020932000A')).toBe(true)
  })
})
