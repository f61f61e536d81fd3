import { count } from '../../../../../kernel/numbers.ts'
import { Refusal } from '../../../../../kernel/refusal.ts'
import { may } from '../../../../../kernel/viewer.ts'
import type { Viewer } from '../../../../../platform/viewer.ts'
import { type School, schools } from '../../../../organisation/index.ts'
import { matchSchools } from '../../domain/match-schools.ts'
import type { LeftOut, Wish } from '../contract.ts'
import type { Roster, RosterSchool } from './roster.ts'

export interface PlacedSchools {
  /** By the package’s id: the trust’s school. */
  readonly known: ReadonlyMap<string, School>
  /** Schools that we do not have, which would be added. */
  readonly fresh: readonly RosterSchool[]
  readonly notes: readonly string[]
  readonly leftOut: readonly LeftOut[]
}

/** Which of the trust’s schools each school of a package is: by URN, LAESTAB, code or name. @throws Refusal when it is of another school. */
export async function placeSchools(viewer: Viewer, roster: Roster, wish: Wish): Promise<PlacedSchools> {
  const ours = await schools(viewer)
  const byId = new Map(ours.map((school) => [school.id, school]))
  const known = new Map<string, School>()
  for (const school of roster.schools)
    for (const text of [school.identifier, school.id, school.name]) {
      const [found] = matchSchools([{ text, row: school.row, rows: 1 }], ours, {}, 'identifier', false)
      if (text && found?.placing.standing === 'known' && !known.has(school.id))
        known.set(school.id, byId.get(found.placing.school)!)
    }
  if (wish.school !== null) return onlyOne(roster, known, byId.get(wish.school)!)
  const unknown = roster.schools.filter(({ id }) => !known.has(id))
  const add = known.size === 0 && may(viewer, 'keep schools')
  return {
    known,
    fresh: add ? unknown : [],
    notes: add
      ? [
          `None of the package’s schools is known in the trust: ${count(unknown.length, 'school')} would be added. Without a URN they go by numbers from 900001 on.`,
        ]
      : [],
    leftOut: add
      ? []
      : unknown.map(({ id, name, identifier, row }) => ({
          part: 'orgs.csv',
          row,
          column: 'identifier',
          value: identifier || id,
          why: `No school of the trust has this URN, LAESTAB or code, or is called ${name}; its pupils and classes are left out.`,
        })),
  }
}

/** A file that a school sends for itself: other schools in it are left alone. */
function onlyOne(roster: Roster, known: ReadonlyMap<string, School>, school: School): PlacedSchools {
  const mine = [...known].filter(([, one]) => one.id === school.id)
  if (mine.length === 0 && (roster.schools.length > 1 || known.size > 0))
    throw new Refusal(
      `This package is of ${[...new Set(roster.schools.map(({ name }) => name))].slice(0, 3).join(', ')}, and none of these is ${school.name}. Choose the right school, or give ${school.name} its LAESTAB so that it is recognised.`,
    )
  const others = roster.schools.length - Math.max(mine.length, 1)
  return {
    known: new Map(mine.length ? mine : [[roster.schools[0]!.id, school]]),
    fresh: [],
    notes: [
      ...(mine.length
        ? []
        : [
            `The package names its only school “${roster.schools[0]!.name}”; it is taken to be ${school.name}, because you said so.`,
          ]),
      ...(others
        ? [`${count(others, 'other school')} in the package ${others === 1 ? 'is' : 'are'} left alone.`]
        : []),
    ],
    leftOut: [],
  }
}
