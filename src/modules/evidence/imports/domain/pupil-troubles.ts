import { dayName } from '../../../../kernel/days.ts'
import { upnTrouble } from '../../../../kernel/upn.ts'
import { yearGroupName } from '../../../../kernel/year-group.ts'
import { fold } from './letters.ts'
import { addAsNew, described, itIs, leaveOut, nameOf, placeOf } from './pupil-words.ts'
import { oneApart } from './read-result.ts'
import { bornOf, type FilePerson, namesOf, type Roll, type RollPupil } from './roll.ts'
import type { Choice, ProblemKind } from './words.ts'

/** Why a person of the file is nobody on roll for certain, and what a person may choose. */
export interface Trouble {
  readonly kind: ProblemKind
  readonly column: string
  readonly value: string
  readonly why: string
  readonly choices: readonly Choice[]
  readonly suggestion?: string
}

export type Finding = { readonly pupil: number } | { readonly trouble: Trouble }

/** Headings under which the identifying columns stand in this file. */
export type Headings = Readonly<Record<'upn' | 'localId' | 'name' | 'born', string>>

/** The name fits one pupil, who was born on another day. */
export const bornOnAnotherDay = (
  person: FilePerson,
  pupil: RollPupil,
  born: string,
  headings: Headings,
): Finding => ({
  trouble: {
    kind: 'pupil disagrees',
    column: headings.born,
    value: `${namesOf(person).whole}, ${person.born}`,
    why: `${nameOf(pupil)}${placeOf(pupil)} was born on ${dayName(pupil.born!)}; the row says ${dayName(born)}.`,
    choices: [itIs(pupil), addAsNew, leaveOut],
    suggestion:
      oneApart(born, pupil.born!) || swappedDay(born, pupil.born!) ? `pupil:${pupil.pupil}` : undefined,
  },
})

/** The day and month may have been swapped: 3 August for 8 March. */
const swappedDay = (one: string, other: string) =>
  one.slice(0, 4) === other.slice(0, 4) &&
  one.slice(5, 7) === other.slice(8) &&
  one.slice(8) === other.slice(5, 7)

/** The number is nobody’s on roll: the name, or a number one character away, may still say who it is. */
export function byWrongUpn(
  person: FilePerson,
  upn: string,
  roll: Roll,
  named: readonly RollPupil[],
  said: string,
  headings: Headings,
): Finding {
  const trouble = upnTrouble(upn)
  if (named.length === 1) {
    const pupil = named[0]!
    const born = bornOf(person)
    if (!pupil.upn && born && born === pupil.born) return { pupil: pupil.pupil }
    const why = trouble ?? 'Nobody on roll has this UPN.'
    const bornApart =
      born && pupil.born && born !== pupil.born
        ? ` They were born on ${dayName(pupil.born)}; the row says ${dayName(born)}.`
        : ''
    return {
      trouble: {
        kind: 'upn',
        column: headings.upn,
        value: [said, person.upn].filter(Boolean).join(' · '),
        why: `${why} There is one ${nameOf(pupil)}${placeOf(pupil)}.${bornApart}`,
        choices: [itIs(pupil), ...(trouble ? [] : [addAsNew]), leaveOut],
        suggestion: bornApart ? undefined : `pupil:${pupil.pupil}`,
      },
    }
  }
  if (named.length > 1) return ambiguous(person, named, said, headings, undefined, trouble)
  const near = said
    ? []
    : roll.all.filter((pupil) => pupil.upn !== null && oneApart(pupil.upn.toUpperCase(), upn))
  if (near.length === 1)
    return {
      trouble: {
        kind: 'upn',
        column: headings.upn,
        value: person.upn,
        why: `${trouble ?? 'Nobody on roll has this UPN.'} It is one character away from ${nameOf(near[0]!)}’s${placeOf(near[0]!)}.`,
        choices: [itIs(near[0]!), ...(trouble ? [] : [addAsNew]), leaveOut],
        suggestion: `pupil:${near[0]!.pupil}`,
      },
    }
  if (trouble)
    return {
      trouble: {
        kind: 'upn',
        column: headings.upn,
        value: [said, person.upn].filter(Boolean).join(' · '),
        why: `${trouble} ${said ? 'Nobody on roll has this name.' : 'No name stands beside it.'}`,
        choices: [leaveOut],
      },
    }
  return {
    trouble: {
      kind: 'pupil unknown',
      column: headings.upn,
      value: [said, person.upn].filter(Boolean).join(' · '),
      why: said ? 'Nobody on roll has this UPN or this name.' : 'Nobody on roll has this UPN.',
      choices: [addAsNew, leaveOut],
      suggestion: addAsNew.value,
    },
  }
}

const monthsApart = (pupils: readonly RollPupil[]) => {
  const months = pupils.map((pupil) => (pupil.born ? dayName(pupil.born).split(' ')[1]! : undefined))
  if (months.some((month) => month === undefined) || new Set(months).size < months.length) return ''
  return `, born in ${months.slice(0, -1).join(', in ')} and in ${months.at(-1)}`
}

/** Several pupils on roll fit. */
export function ambiguous(
  person: FilePerson,
  pupils: readonly RollPupil[],
  said: string,
  headings: Headings,
  what = 'this name',
  trouble?: string,
): Finding {
  const years = new Set(pupils.map((pupil) => pupil.yearGroup))
  const inYear = years.size === 1 && pupils[0]!.yearGroup ? ` in ${yearGroupName(pupils[0]!.yearGroup)}` : ''
  const number = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six'][pupils.length] ?? String(pupils.length)
  return {
    trouble: {
      kind: 'pupil ambiguous',
      column: headings.name,
      value: said || person.localId,
      why: `${trouble ? `${trouble} ` : ''}${number} pupils${inYear} have ${what}${monthsApart(pupils)}.`,
      choices: [
        ...pupils.map((pupil) => ({ value: `pupil:${pupil.pupil}`, label: described(pupil) })),
        leaveOut,
      ],
    },
  }
}

/** Nobody on roll fits by number or name. */
export function unknown(
  person: FilePerson,
  roll: Roll,
  born: string | undefined,
  said: string,
  headings: Headings,
): Finding {
  if (!said && !person.localId)
    return {
      trouble: {
        kind: 'pupil unknown',
        column: headings.name,
        value: '',
        why: 'The row says nothing about who the pupil is.',
        choices: [leaveOut],
        suggestion: leaveOut.value,
      },
    }
  const words = fold(said).split(' ')
  const near =
    born && said
      ? roll.all.filter(
          (pupil) =>
            pupil.born === born &&
            fold(`${pupil.forename} ${pupil.surname}`)
              .split(' ')
              .some((word) =>
                words.some((other) => word === other || (word.length > 3 && oneApart(word, other))),
              ),
        )
      : []
  if (near.length === 1)
    return {
      trouble: {
        kind: 'pupil disagrees',
        column: headings.name,
        value: said,
        why: `Nobody on roll has this name. ${described(near[0]!)}, has the same birthday.`,
        choices: [itIs(near[0]!), addAsNew, leaveOut],
        suggestion: `pupil:${near[0]!.pupil}`,
      },
    }
  return {
    trouble: {
      kind: 'pupil unknown',
      column: said ? headings.name : headings.localId,
      value: said || person.localId,
      why: said ? 'Nobody on roll has this name.' : 'Nobody on roll has this number.',
      choices: [addAsNew, leaveOut],
      suggestion: addAsNew.value,
    },
  }
}
