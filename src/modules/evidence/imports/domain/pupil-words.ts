import { dayName } from '../../../../kernel/days.ts'
import { yearGroupName } from '../../../../kernel/year-group.ts'
import type { RollPupil } from './roll.ts'
import type { Choice } from './words.ts'

export const leaveOut: Choice = { value: 'leave out', label: 'Leave out' }
export const addAsNew: Choice = { value: 'add', label: 'Add as a new pupil' }

/** How a pupil on roll is called where a person has to choose. */
export const nameOf = (pupil: RollPupil) =>
  `${pupil.forename} ${pupil.surname}`.trim() || `number ${pupil.localId ?? pupil.pupil}`

export const placeOf = (pupil: RollPupil) =>
  [
    pupil.yearGroup ? ` in ${yearGroupName(pupil.yearGroup)}` : '',
    pupil.upn ? `, ending ${pupil.upn.slice(-4)}` : '',
  ].join('')

export const described = (pupil: RollPupil) =>
  [
    nameOf(pupil),
    pupil.born ? `born ${dayName(pupil.born)}` : '',
    pupil.form ? `class ${pupil.form}` : pupil.yearGroup ? yearGroupName(pupil.yearGroup) : '',
    pupil.upn ? `UPN ending ${pupil.upn.slice(-4)}` : '',
  ]
    .filter(Boolean)
    .join(', ')

export const itIs = (pupil: RollPupil): Choice => ({
  value: `pupil:${pupil.pupil}`,
  label: `It is ${nameOf(pupil)}${pupil.form ? `, class ${pupil.form}` : ''}`,
})

/** Who is on roll and not in the file, for the page. */
export const missingNames = (pupils: readonly RollPupil[]): string[] =>
  pupils.map((pupil) => `${nameOf(pupil)}${pupil.form ? `, ${pupil.form}` : ''}`)
