/**
 * Unique Pupil Number: a check letter, LA number (3), establishment number (4), year of allocation (2), serial (3).
 * The serial's last place is a letter in a temporary UPN. Check letter: DfE UPN Guide 1.2, as coded in DfE's
 * multiplication tables check service (`upn.service.js`): characters 2 to 13 weighted by place, sum modulo 23.
 */
const alphabet = 'ABCDEFGHJKLMNPQRTUVWXYZ'
const shape = /^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$/

export const upnCheckLetter = (twelve: string): string => {
  const sum = [...twelve].reduce((total, character, index) => {
    const worth = /\d/.test(character) ? Number(character) : alphabet.indexOf(character)
    return total + worth * (index + 2)
  }, 0)
  return alphabet[sum % 23]!
}

/** What is wrong with a UPN, in a sentence, or nothing. */
export function upnTrouble(text: string): string | undefined {
  const upn = text.trim().toUpperCase()
  if (upn.length !== 13)
    return `The UPN has ${upn.length} character${upn.length === 1 ? '' : 's'}; a UPN has 13.`
  if (!shape.test(upn))
    return 'A UPN is a letter and 12 digits (a temporary one ends in a letter); I, O and S are never used.'
  const expected = upnCheckLetter(upn.slice(1))
  if (upn[0] !== expected)
    return `The UPN’s first letter is ${upn[0]}; for these digits it would be ${expected}, so one character is wrong.`
  return undefined
}

export const isTemporaryUpn = (upn: string): boolean => /[A-Z]$/.test(upn)
