import { departments } from './classes.ts'
import type { DemoWorld } from './demo-world.ts'
import { dice } from './dice.ts'
import type { DemoSchool } from './intakes.ts'
import { nameFor } from './names.ts'
import { type DemoPerson, emailOf } from './people.ts'

export interface DemoTeacher {
  readonly name: string
  readonly email: string
  readonly title: string
  readonly school: number
}

/** Who teaches a class of a school, by the name of its form or department. */
export interface Staff {
  readonly teachers: readonly DemoTeacher[]
  /** By class in the world's list: index into `teachers`, or a demo person's key. */
  readonly ofClass: readonly (number | string)[]
}

const departmentOf = (subject: string) =>
  Object.keys(departments).find((name) => departments[name]!.includes(subject))!

/** Teachers for every class: a form keeps its teacher from year to year, a teaching group has one of its department's. */
export function staffOf(world: DemoWorld, people: readonly DemoPerson[]): Staff {
  const roll = dice(`${world.seed} staff`)
  const teachers: DemoTeacher[] = []
  const taken = new Set(people.map((person) => emailOf(person.name)))
  const posts = new Map<string, number>()

  const appoint = (school: number, post: string, title: (school: DemoSchool) => string): number => {
    const key = `${school} ${post}`
    const known = posts.get(key)
    if (known !== undefined) return known
    const at = world.schools[school]!
    for (;;) {
      const sex = roll.chance(0.68) ? 'F' : 'M'
      const { forename, surname } = nameFor(
        roll,
        sex,
        roll.weighted({ WBRI: 80, BCRB: 4, AIND: 5, APKN: 4, BAFR: 3, WIRI: 4 }),
        'ENG',
      )
      const name = `${forename} ${surname}`
      const email = emailOf(name, at.domain)
      if (taken.has(email)) continue
      taken.add(email)
      teachers.push({ name, email, title: title(at), school })
      posts.set(key, teachers.length - 1)
      return teachers.length - 1
    }
  }
  const leader = (school: string, within: string) =>
    people.find((person) => person.school === school && person.within === within)

  const ofClass = world.classes.map((one, at) => {
    const school = world.schools[one.school]!
    if (!one.subject) {
      const person = leader(school.slug, one.name)
      if (person?.role === 'class-teacher' && one.academicYear === world.drops.at(-1)!.academicYear)
        return person.key
      return appoint(one.school, `form ${one.name}`, ({ shortName }) =>
        school.phase === 'secondary' ? `Tutor and teacher, ${shortName}` : `Class teacher, ${shortName}`,
      )
    }
    const department = departmentOf(one.subject)
    const person = leader(school.slug, department)
    if (person?.role === 'subject-leader' && one.name.endsWith('1')) return person.key
    return appoint(
      one.school,
      `${department} ${at % 7}`,
      ({ shortName }) => `Teacher of ${department.toLowerCase()}, ${shortName}`,
    )
  })
  return { teachers, ofClass }
}
