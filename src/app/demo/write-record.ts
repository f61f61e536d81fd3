import {
  addClasses,
  addDepartment,
  addPupils,
  addSchool,
  addSubjects,
  addTrust,
  founderOf,
  type NewTrust,
  placePupils,
} from '../../modules/organisation/index.ts'
import type { House } from '../../platform/house.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { subjects } from './assessments.ts'
import { departments } from './classes.ts'
import type { DemoPupil, Fact } from './demo-pupil.ts'
import type { DemoWorld } from './demo-world.ts'
import type { DemoPerson } from './people.ts'
import { staffOf } from './staff.ts'
import { writePeople, writeRoles, writeTeachers } from './write-people.ts'

/** Where everything of the made-up world stands in the record. */
export interface Written {
  readonly founder: Viewer
  readonly trust: number
  readonly schools: readonly number[]
  /** By a pupil's key. */
  readonly pupils: readonly number[]
  readonly classes: readonly number[]
  readonly people: ReadonlyMap<string, number>
}

export type Progress = (words: string) => void

const atOnce = 1_500
/** Pupils of these years sat no key stage 2 tests: they were cancelled in 2020 and 2021. */
const cancelled = [2020, 2021]

/** All that a school has on file of a pupil, key stage 2 results with the rest once there are any. */
export function factsOf(pupil: DemoPupil): Fact[] {
  const birthYear = Number(pupil.born.slice(0, 4)) + (pupil.born.slice(5) >= '09-01' ? 1 : 0)
  const tested = birthYear + 11
  if (!pupil.ks2 || cancelled.includes(tested)) return pupil.facts
  const from = `${tested}-07-09`
  return [
    ...pupil.facts,
    { kind: 'ks2-reading', value: String(pupil.ks2.reading), from, to: null },
    { kind: 'ks2-mathematics', value: String(pupil.ks2.maths), from, to: null },
  ]
}

/**
 * Writes the trust, its schools, people, classes and pupils, by the product's own commands. With `onlyThisYearsClasses` who was
 * in which class in earlier years is left out: the large trust is for measuring, and its past is in the lake.
 */
export async function writeRecord(
  house: House,
  world: DemoWorld,
  trustAsked: NewTrust,
  people: readonly DemoPerson[],
  progress: Progress,
  { onlyThisYearsClasses = false } = {},
): Promise<Written> {
  const since = `${world.drops[0]!.academicYear}-09-01`
  const trust = await addTrust(house, trustAsked)
  const founder = founderOf(house, trust)
  const schools: number[] = []
  for (const { intake: _, domain: __, ...school } of world.schools)
    schools.push(await addSchool(founder, school))
  const subjectIds = await addSubjects(founder, subjects)
  const departmentIds = new Map<string, number>()
  for (const [at, school] of world.schools.entries()) {
    if (school.phase !== 'secondary') continue
    for (const [name, taught] of Object.entries(departments)) {
      const id = await addDepartment(founder, {
        school: schools[at]!,
        name,
        subjects: taught.map((code) => subjectIds.get(code)!),
      })
      departmentIds.set(`${at} ${name}`, id)
    }
  }
  progress('People and classes …')
  const known = people.filter(
    (person) => !person.school || world.schools.some((school) => school.slug === person.school),
  )
  const personIds = await writePeople(founder, known, world.schools, schools, since)
  const staff = staffOf(world, known)
  const teacherIds = await writeTeachers(founder, staff.teachers, schools, since)
  const current = world.drops.at(-1)!.academicYear
  const classes = await addClasses(
    founder,
    world.classes.map((one, at) => {
      const teacher = staff.ofClass[at]!
      const department =
        one.subject && Object.keys(departments).find((name) => departments[name]!.includes(one.subject!))
      return {
        school: schools[one.school]!,
        academicYear: one.academicYear,
        name: one.name,
        yearGroup: one.yearGroup,
        kind: one.subject ? ('teaching' as const) : ('form' as const),
        subject: one.subject ? subjectIds.get(one.subject) : undefined,
        department: department ? departmentIds.get(`${one.school} ${department}`) : undefined,
        teachers: [
          {
            person: typeof teacher === 'string' ? personIds.get(teacher)! : teacherIds[teacher]!,
            from: `${one.academicYear}-09-01`,
            to: one.academicYear === current ? null : `${one.academicYear + 1}-08-31`,
          },
        ],
      }
    }),
  )
  await writeRoles(
    founder,
    known,
    personIds,
    (person) => {
      const at = world.schools.findIndex((school) => school.slug === person.school)
      if (at === -1) return {}
      const within = world.classes.findIndex(
        (one) => one.school === at && one.academicYear === current && one.name === person.within,
      )
      return {
        school: schools[at],
        department: departmentIds.get(`${at} ${person.within}`),
        class: within === -1 ? undefined : classes[within],
      }
    },
    since,
  )
  const fromYear = onlyThisYearsClasses ? current : 0
  const pupils = await writePupils(founder, world, schools, classes, fromYear, progress)
  return { founder, trust, schools, pupils, classes, people: personIds }
}

async function writePupils(
  founder: Viewer,
  world: DemoWorld,
  schools: readonly number[],
  classes: readonly number[],
  fromYear: number,
  progress: Progress,
): Promise<number[]> {
  const pupils: number[] = []
  const memberships = new Map<number, { school: number; class: number; from: string; to: string | null }[]>()
  world.classes.forEach((one, at) => {
    if (one.academicYear < fromYear) return
    for (const member of one.members) {
      const row = { school: schools[one.school]!, class: classes[at]!, from: member.from, to: member.to }
      const rows = memberships.get(member.pupil.key)
      if (rows) rows.push(row)
      else memberships.set(member.pupil.key, [row])
    }
  })
  for (let start = 0; start < world.pupils.length; start += atOnce) {
    const some = world.pupils.slice(start, start + atOnce)
    const ids = await addPupils(
      founder,
      some.map((pupil) => ({
        school: schools[pupil.stays[0]!.school]!,
        upn: pupil.upn,
        localId: String(10_000 + pupil.key),
        surname: pupil.surname,
        forename: pupil.forename,
        born: pupil.born,
        from: pupil.stays[0]!.from,
        to: pupil.stays[0]!.to,
      })),
    )
    pupils.push(...ids)
    await placePupils(founder, {
      enrolments: some.flatMap((pupil, at) =>
        pupil.stays
          .slice(1)
          .map((stay) => ({ pupil: ids[at]!, school: schools[stay.school]!, from: stay.from, to: stay.to })),
      ),
      placements: some.flatMap((pupil, at) =>
        unique(
          pupil.stays.flatMap((stay) =>
            stay.years.map((year) => ({ pupil: ids[at]!, school: schools[stay.school]!, ...year })),
          ),
          (row) => `${row.school} ${row.academicYear}`,
        ),
      ),
      classes: some.flatMap((pupil, at) =>
        (memberships.get(pupil.key) ?? []).map((row) => ({ ...row, pupil: ids[at]! })),
      ),
      characteristics: some.flatMap((pupil, at) =>
        unique(
          pupil.stays.flatMap((stay) =>
            factsOf(pupil)
              .filter((fact) => stay.to === null || fact.from <= stay.to)
              .map((fact) => ({ ...fact, pupil: ids[at]!, school: schools[stay.school]! })),
          ),
          (row) => `${row.school} ${row.kind} ${row.from} ${row.value}`,
        ),
      ),
    })
    progress(
      `${Math.min(start + atOnce, world.pupils.length).toLocaleString('en-GB')} of ${world.pupils.length.toLocaleString('en-GB')} pupils`,
    )
  }
  return pupils
}

const unique = <T>(rows: readonly T[], by: (row: T) => string): T[] => [
  ...new Map(rows.map((row) => [by(row), row])).values(),
]
