import { describe, expect, it } from 'vitest'
import { namesLeftOut } from './leave-names-out.ts'

const others = [
  { forename: 'Ayesha', surname: 'Khan' },
  { forename: 'Callum', surname: 'Tierney' },
  { forename: 'Grace', surname: 'Coker' },
  { forename: 'Mark', surname: 'Bell' },
  { forename: 'Will', surname: 'Price' },
  { forename: 'Zoë', surname: "O'Shea" },
  { forename: 'Bilal', surname: 'Rahman' },
  { forename: 'Mary Jane', surname: 'van der Berg' },
]
const clear = namesLeftOut({ forename: 'Ayesha', surname: 'Rahman' }, others)
const x = '[name left out]'

describe('other people’s names in a text about one pupil', () => {
  it.each([
    ['whole names', 'Sat with Callum Tierney and Zoe O’Shea.', `Sat with ${x} and ${x}.`],
    ['surname first', 'TIERNEY, Callum: moved', `${x}: moved`],
    [
      'a part that is nobody’s but theirs',
      'Callum pushed Ayesha. Tierney’s mother rang.',
      `${x} pushed Ayesha. ${x}’s mother rang.`,
    ],
    ['a title and a surname', 'Mrs. Coker saw it; Mr Bell too', `${x} saw it; ${x} too`],
    ['the forename shared, the surname not', 'Ayesha Khan, not Ayesha Rahman', `${x}, not Ayesha Rahman`],
    ['the surname shared, the forename not', 'Bilal Rahman is her brother', `${x} is her brother`],
    ['only the first of two forenames', 'Mary van der Berg helped', `${x} helped`],
    ['a whole name that is two ordinary words', 'Will Price and Mark Bell won', `${x} and ${x} won`],
    ['written without accents, or with', 'Zoë and ZOE', `${x} and ${x}`],
  ])('go: %s', (_, text, left) => expect(clear(text).text).toBe(left))

  it.each([
    ['her own name', 'Ayesha Rahman; Rahman, Ayesha; AYESHA'],
    ['a forename she shares with another', 'Ayesha was upset'],
    ['a surname she shares with another', 'The Rahman family'],
    ['ordinary words in small letters', 'she will mark the price with grace'],
    ['words that only begin like a name', 'Callumn, Tierneys, Khanate'],
    ['nothing', ''],
    ['a score', '104'],
  ])('stay: %s', (_, text) => expect(clear(text)).toEqual({ text, out: [], look: [] }))

  it('a name that is an ordinary word stays alone, and somebody is asked to look', () => {
    expect(clear('Will she? Grace said Mark 4 is fine.')).toEqual({
      text: 'Will she? Grace said Mark 4 is fine.',
      out: [],
      look: ['Will', 'Grace', 'Mark'],
    })
    const told = namesLeftOut({ forename: 'Ayesha', surname: 'Rahman' }, others, ['Grace'])
    expect(told('Grace said Mark 4 is fine.')).toEqual({
      text: `${x} said Mark 4 is fine.`,
      out: ['Grace'],
      look: ['Mark'],
    })
  })

  it('a title with her own surname may be her mother, or nobody: somebody is asked', () => {
    expect(clear('Mrs Rahman came in')).toEqual({ text: 'Mrs Rahman came in', out: [], look: ['Mrs Rahman'] })
  })

  it('says which names it left out, as they stood', () => {
    expect(clear('Callum, then TIERNEY, Callum').out).toEqual(['Callum', 'TIERNEY, Callum'])
  })

  it('a pupil called Grace keeps her name', () => {
    const grace = namesLeftOut({ forename: 'Grace', surname: 'Hope' }, others)
    expect(grace('Grace and Mr Coker: Grace Coker is a teacher')).toEqual({
      text: `Grace and ${x}: ${x} is a teacher`,
      out: ['Mr Coker', 'Grace Coker'],
      look: [],
    })
  })

  it('takes forty thousand names', () => {
    const many = Array.from({ length: 40_000 }, (_, at) => ({ forename: `Fore${at}x`, surname: `Sur${at}x` }))
    expect(namesLeftOut({ forename: 'A', surname: 'B' }, many)('Callum met Someone').out).toEqual([])
  })
})
