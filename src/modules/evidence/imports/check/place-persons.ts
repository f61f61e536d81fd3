import type { PupilForMatching } from '../../../organisation/index.ts'
import { matchPupils, type Placed, type Placing } from '../domain/match-pupils.ts'
import type { PlacedSchool } from '../domain/match-schools.ts'
import type { FilePerson } from '../domain/roll.ts'
import type { Answers, Problem } from '../domain/words.ts'
import type { Columns } from './columns.ts'
import { asFilePerson, type PersonRow } from './lay-persons.ts'
import { placeSchools } from './place-schools.ts'
import { type EmptyCell, factsOf } from './read-facts.ts'
import type { Setting } from './setting.ts'
import { sharedNumbers } from './shared-numbers.ts'

/** Where a person of the file ended up. */
export interface Standing {
  readonly of: PersonRow
  readonly person: FilePerson
  readonly placing: Placing
  /** Why not, when they did not. */
  readonly why?: { readonly column: string; readonly value: string; readonly why: string }
  /** What the file says about them, in the record’s codes. */
  readonly about: readonly { readonly kind: string; readonly value: string }[]
  readonly born?: string
  readonly yearGroup?: string
}

export interface Standings {
  readonly persons: readonly Standing[]
  readonly problems: readonly Problem[]
  /** Cells that were left empty while the row goes in. */
  readonly cells: readonly EmptyCell[]
  readonly schools: readonly PlacedSchool[]
  /** Texts of schools that would be added, in order: the n-th has the number −n until it is published. */
  readonly newSchools: readonly string[]
  readonly roll: readonly PupilForMatching[]
  readonly sameNumber: number
}

/** Which school and which pupil each person of the file is, and what is wrong with what the file says about them. */
export async function placePersons(
  rows: readonly PersonRow[],
  columns: Columns,
  setting: Setting,
  answers: Answers,
): Promise<Standings> {
  const problems: Problem[] = []
  const { schoolOf, placedSchools, newSchools } = placeSchools(rows, columns, setting, answers, problems)
  const touched = [
    ...new Set(
      rows.map(schoolOf).filter((school): school is number => typeof school === 'number' && school > 0),
    ),
  ]
  const roll = await setting.roll(touched)
  const shared = sharedNumbers(rows, columns, roll, schoolOf, answers, problems)
  const placed = matchPupils(
    rows.map((row) => {
      const school = schoolOf(row)
      return asFilePerson(row, typeof school === 'number' ? school : undefined)
    }),
    roll,
    answers,
    {
      upn: columns.heading('upn'),
      localId: columns.heading('local id'),
      name: columns.of('surname')
        ? `${columns.heading('surname')}, ${columns.heading('forename')}`
        : columns.heading('name') || columns.heading('local id') || columns.heading('upn'),
      born: columns.heading('date of birth'),
    },
  )
  const cells: EmptyCell[] = []
  const persons = placed.map((one, at): Standing => {
    const of = rows[at]!
    const school = schoolOf(of)
    const facts = factsOf(of, columns, setting, answers, problems, cells)
    if (school === 'open' || school === 'left out') {
      const value = of.cells.school ?? ''
      return {
        of,
        person: one.person,
        placing: { standing: school },
        about: [],
        why: {
          column: columns.heading('school'),
          value,
          why: value ? `No school of the trust goes by “${value}”.` : 'The row names no school.',
        },
      }
    }
    const number = shared.get(of.person)
    if (number)
      return { of, person: one.person, placing: { standing: number.standing }, about: [], why: number }
    if (one.problem) problems.push(one.problem)
    const refused = one.placing.standing === 'open' || one.placing.standing === 'left out'
    if (facts.refuse && !refused)
      return {
        of,
        person: one.person,
        placing: { standing: facts.refuse.standing },
        about: [],
        why: facts.refuse,
      }
    return {
      of,
      person: one.person,
      placing: one.placing,
      about: facts.about,
      ...(facts.born ? { born: facts.born } : {}),
      ...(facts.yearGroup ? { yearGroup: facts.yearGroup } : {}),
      ...(refused && one.problem ? { why: reasonOf(one) } : {}),
    }
  })
  return {
    persons,
    problems,
    cells,
    schools: placedSchools,
    newSchools,
    roll,
    sameNumber: [...shared.values()].length,
  }
}

const reasonOf = ({ problem }: Placed) => ({
  column: problem!.column,
  value: problem!.value,
  why: problem!.why,
})
