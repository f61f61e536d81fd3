import { upnTrouble } from '../../../../../kernel/upn.ts'
import { fold } from '../../domain/letters.ts'
import { readDate } from '../../domain/read-date.ts'
import { readYearGroup } from '../../domain/read-year-group.ts'
import type { LeftOut } from '../contract.ts'
import { readTable, type TextRow } from '../table-text.ts'
import type { Manifest } from './manifest.ts'
import { yearOfSession } from './year-of-session.ts'

export interface RosterSchool {
  readonly id: string
  readonly name: string
  readonly identifier: string
  readonly row: number
}

export interface RosterPupil {
  readonly id: string
  readonly row: number
  readonly school: string
  readonly upn?: string
  /** The number by which the school’s own system knows the pupil. */
  readonly localId: string
  readonly surname: string
  readonly forename: string
  readonly born?: string
  readonly sex?: 'F' | 'M'
  readonly yearGroup?: string
}

export interface RosterStaff {
  readonly id: string
  readonly row: number
  readonly school: string
  readonly name: string
  readonly email: string
  readonly title: string
}

export interface RosterClass {
  readonly id: string
  readonly row: number
  readonly school: string
  readonly name: string
  readonly kind: 'form' | 'teaching'
  readonly yearGroup?: string
  /** Words that may name its subject. */
  readonly subject: readonly string[]
  readonly pupils: readonly string[]
  readonly teachers: readonly string[]
}

export interface Roster {
  readonly schools: readonly RosterSchool[]
  readonly pupils: readonly RosterPupil[]
  readonly staff: readonly RosterStaff[]
  readonly classes: readonly RosterClass[]
  /** In which the classes run, where the package says. */
  readonly academicYear?: number
  readonly leftOut: readonly LeftOut[]
}

const headings: Readonly<Record<string, readonly string[]>> = {
  orgs: ['sourcedId', 'status', 'name', 'type', 'identifier'],
  users: [
    ...[
      'sourcedId',
      'status',
      'enabledUser',
      'role',
      'orgSourcedIds',
      'primaryOrgSourcedId',
      'userIds',
      'userId',
    ],
    ...[
      'userMasterIdentifier',
      'metadata.upn',
      'givenName',
      'familyName',
      'preferredGivenName',
      'preferredFamilyName',
    ],
    ...['identifier', 'email', 'grades'],
  ],
  roles: ['userSourcedId', 'status', 'roleType', 'role', 'orgSourcedId'],
  classes: [
    'sourcedId',
    'status',
    'title',
    'grades',
    'grade',
    'courseSourcedId',
    'classCode',
    'classType',
    'schoolSourcedId',
    'subjects',
  ],
  courses: ['sourcedId', 'title', 'subjects'],
  enrollments: [
    'sourcedId',
    'status',
    'classSourcedId',
    'schoolSourcedId',
    'userSourcedId',
    'role',
    'endDate',
  ],
  demographics: ['sourcedId', 'userSourcedId', 'birthDate', 'sex'],
  academicsessions: ['sourcedId', 'type', 'startDate', 'schoolYear'],
}

const titles: Readonly<Record<string, string>> = {
  teacher: 'Teacher',
  aide: 'Teaching assistant',
  principal: 'Headteacher',
  administrator: 'Administrator',
  siteadministrator: 'Administrator',
  counselor: 'Pastoral lead',
  proctor: 'Invigilator',
}

const gone = (row: TextRow) => /^(tobedeleted|inactive)$/i.test(row.of('status'))
const first = (text: string) => text.split(/[,;]/)[0]!.trim()

/** The people and places of a package, rows that can’t be used left out with their sentence. */
export function readRoster(files: ReadonlyMap<string, Buffer>, manifest: Manifest): Roster {
  const leftOut: LeftOut[] = []
  const tableOf = (name: string): readonly TextRow[] => {
    const bytes = manifest.files.get(name) === 'bulk' ? files.get(`${name}.csv`) : undefined
    return bytes ? readTable(bytes, `${name}.csv`, headings[name]!).rows.filter((row) => !gone(row)) : []
  }
  const out = (part: string, row: TextRow, column: string, value: string, why: string) =>
    leftOut.push({ part, row: row.row, column, value, why })

  const schools = new Map<string, RosterSchool>()
  for (const row of tableOf('orgs'))
    if (/^school$/i.test(row.of('type')) && row.of('sourcedId'))
      schools.set(row.of('sourcedId'), {
        id: row.of('sourcedId'),
        name: row.of('name') || row.of('sourcedId'),
        identifier: row.of('identifier'),
        row: row.row,
      })

  const roles = new Map<string, { role: string; org: string }[]>()
  for (const row of tableOf('roles')) {
    const one = { role: row.of('role'), org: row.of('orgSourcedId') }
    const there = roles.get(row.of('userSourcedId')) ?? []
    roles.set(
      row.of('userSourcedId'),
      /^primary$/i.test(row.of('roleType')) ? [one, ...there] : [...there, one],
    )
  }
  const facts = new Map<string, { born?: string; sex?: 'F' | 'M' }>()
  for (const row of tableOf('demographics')) {
    const birth = readDate(row.of('birthDate'))
    if (birth.kind === 'wrong') out('demographics.csv', row, 'birthDate', row.of('birthDate'), birth.why)
    const sex = row.of('sex').toLowerCase()
    facts.set(row.of('sourcedId') || row.of('userSourcedId'), {
      born: birth.kind === 'day' ? birth.day : undefined,
      sex: sex === 'female' ? 'F' : sex === 'male' ? 'M' : undefined,
    })
  }

  const pupils = new Map<string, RosterPupil>()
  const byUpn = new Map<string, RosterPupil>()
  const staff = new Map<string, RosterStaff>()
  for (const row of tableOf('users')) {
    const id = row.of('sourcedId')
    const held = roles.get(id) ?? [
      { role: row.of('role'), org: row.of('primaryOrgSourcedId') || first(row.of('orgSourcedIds')) },
    ]
    const here = held.find(({ org }) => schools.has(org)) ?? held[0]!
    const role = here.role.toLowerCase()
    const surname = row.of('preferredFamilyName') || row.of('familyName')
    const forename = row.of('preferredGivenName') || row.of('givenName')
    if (role !== 'student' && !titles[role]) continue
    if (!id) out('users.csv', row, 'sourcedId', `${forename} ${surname}`, 'This user has no sourcedId.')
    else if (pupils.has(id) || staff.has(id))
      out('users.csv', row, 'sourcedId', id, `The user ${id} stands in the file already.`)
    else if (!schools.has(here.org))
      out('users.csv', row, 'orgSourcedIds', here.org, 'This user is at no school of the package.')
    else if (!surname && !forename) out('users.csv', row, 'familyName', id, 'This user has no name.')
    else if (role === 'student') {
      const others = new Set(
        [
          ...held.map(({ org }) => org),
          ...row
            .of('orgSourcedIds')
            .split(/[,;]/)
            .map((org) => org.trim()),
        ].filter((org) => org !== here.org && schools.has(org)),
      )
      for (const other of others)
        out(
          'users.csv',
          row,
          'orgSourcedIds',
          other,
          `${forename} ${surname} is at two schools on one day. ${schools.get(here.org)!.name} is taken, because it stands first; mend the other in the system it comes from.`,
        )
      const numbers = numbersOf(row)
      const twin = numbers.upn ? byUpn.get(numbers.upn) : undefined
      if (twin) {
        out(
          'users.csv',
          row,
          'identifier',
          numbers.upn!,
          `${twin.forename} ${twin.surname} in row ${twin.row} has this UPN already, and a UPN is one pupil’s.`,
        )
        continue
      }
      const pupil: RosterPupil = {
        id,
        row: row.row,
        school: here.org,
        ...numbers,
        surname,
        forename,
        ...facts.get(id),
        yearGroup: yearOf(row.of('grades')),
      }
      pupils.set(id, pupil)
      if (pupil.upn) byUpn.set(pupil.upn, pupil)
    } else
      staff.set(id, {
        id,
        row: row.row,
        school: here.org,
        name: `${forename} ${surname}`.trim(),
        email: row.of('email'),
        title: titles[role]!,
      })
  }

  const courses = new Map(tableOf('courses').map((row) => [row.of('sourcedId'), row]))
  const members = new Map<string, { pupils: Set<string>; teachers: Set<string> }>()
  for (const row of tableOf('enrollments')) {
    const [user, group] = [row.of('userSourcedId'), row.of('classSourcedId')]
    const inClass = members.get(group) ?? { pupils: new Set(), teachers: new Set() }
    members.set(group, inClass)
    if (pupils.has(user)) inClass.pupils.add(user)
    else if (staff.has(user)) inClass.teachers.add(user)
    else if (!leftOut.some(({ part, value }) => part === 'users.csv' && value === user))
      out(
        'enrollments.csv',
        row,
        'userSourcedId',
        user,
        'No pupil or member of staff of users.csv has this sourcedId.',
      )
  }
  const classes: RosterClass[] = []
  for (const row of tableOf('classes')) {
    const [id, school, name] = [
      row.of('sourcedId'),
      row.of('schoolSourcedId'),
      row.of('title') || row.of('classCode'),
    ]
    if (!schools.has(school))
      out('classes.csv', row, 'schoolSourcedId', school, `The class ${name} is at no school of the package.`)
    else if (!name) out('classes.csv', row, 'title', id, 'This class has no name.')
    else {
      const course = courses.get(row.of('courseSourcedId'))
      classes.push({
        id,
        row: row.row,
        school,
        name: classes.some((one) => one.school === school && fold(one.name) === fold(name))
          ? `${name} (${row.of('classCode') || id})`
          : name,
        kind: /^homeroom$/i.test(row.of('classType')) ? 'form' : 'teaching',
        yearGroup: yearOf(row.of('grades') || row.of('grade')),
        subject: [row.of('subjects'), course?.of('subjects') ?? '', course?.of('title') ?? ''].filter(
          (text) => text !== '',
        ),
        pupils: [...(members.get(id)?.pupils ?? [])],
        teachers: [...(members.get(id)?.teachers ?? [])],
      })
    }
  }
  return {
    schools: [...schools.values()],
    pupils: [...pupils.values()],
    staff: [...staff.values()],
    classes,
    academicYear: yearIn(tableOf('academicsessions')),
    leftOut,
  }
}

/** The UPN stands in one of several fields, by system: `{UPN:A123…}`, the identifier, the master identifier. */
function numbersOf(row: TextRow): { upn?: string; localId: string } {
  const inIds = /\{\s*UPN\s*:\s*([A-Za-z0-9]+)\s*\}/i.exec(row.of('userIds') || row.of('userId'))?.[1]
  const identifier = row.of('identifier')
  const upn = [row.of('metadata.upn'), inIds, row.of('userMasterIdentifier'), identifier].find(
    (text) => text && upnTrouble(text) === undefined,
  )
  const own = identifier && identifier !== upn ? identifier : row.of('sourcedId')
  return { ...(upn ? { upn: upn.trim().toUpperCase() } : {}), localId: own }
}

/** OneRoster’s grades are American words for ages; English systems put the year group there. */
function yearOf(grades: string): string | undefined {
  const grade = first(grades)
  if (/^KG$/i.test(grade)) return 'R'
  if (/^(PK|PR|IT)$/i.test(grade)) return 'N2'
  return readYearGroup(grade)
}

/** `schoolYear` is the year in which the school year ends. */
function yearIn(sessions: readonly TextRow[]): number | undefined {
  const years = sessions.flatMap((row) => yearOfSession(row.of('schoolYear'), row.of('startDate')) ?? [])
  return years.length ? Math.max(...years) : undefined
}
