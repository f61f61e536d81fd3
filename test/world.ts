import { assessments, scales, subjects } from '../src/app/demo/assessments.ts'
import { demoPeople, emailOf } from '../src/app/demo/people.ts'
import { tidewell, tidewellSchools } from '../src/app/demo/tidewell.ts'
import type { Role } from '../src/kernel/roles.ts'
import { upnCheckLetter } from '../src/kernel/upn.ts'
import type { Grant } from '../src/kernel/viewer.ts'
import { addAssessment, addScale, openDrop } from '../src/modules/evidence/index.ts'
import {
  addClasses,
  addDepartment,
  addPerson,
  addPupils,
  addSchool,
  addSubjects,
  addTrust,
  founderOf,
  type NewPupil,
} from '../src/modules/organisation/index.ts'
import { write } from '../src/platform/database/door.ts'
import type { House } from '../src/platform/house.ts'
import type { Viewer } from '../src/platform/viewer.ts'
import { roll } from './world-roll.ts'

/**
 * Tidewell in miniature: three schools and 62 pupils with names, the demo's people, and the spring drop of 2026, open and empty.
 * Beside it Fenmarch Trust, from which the stranger comes.
 */
export interface World {
  readonly trust: number
  readonly schools: { readonly saltmarsh: number; readonly gullRock: number; readonly northquay: number }
  readonly classes: Readonly<Record<'4C' | '4L' | '6C' | '6A' | '6B' | '11x', number>>
  readonly department: number
  /** Pupil ids by `Forename Surname`; the second Sam Price is `Sam Price (August)`. */
  readonly pupils: Readonly<Record<string, number>>
  /** UPNs by the same names. */
  readonly upns: Readonly<Record<string, string>>
  /** Person ids by first name: amara, priya, ruth, dan, neil, tomasz, grace, helen, owen, lena. */
  readonly persons: Readonly<Record<string, number>>
  /** Viewers by first name: `people.priya()` is the trust's data lead. */
  readonly people: Readonly<Record<string, () => Viewer>>
  /** Whoever holds the machine: may do everything, is nobody. */
  readonly founder: Viewer
  /** Code of the open drop. */
  readonly drop: string
  /** Data lead of another trust in the same house. */
  readonly stranger: Viewer
  readonly strangersSchool: number
  readonly strangersPupil: number
}

const year = 2025
const start = '2025-09-01'
const asAt = '2026-03-13'

const establishments: Record<string, string> = {
  saltmarsh: '9992001',
  'gull-rock': '9992002',
  northquay: '9994006',
}

interface NamedPupil extends NewPupil {
  readonly key: string
  readonly upn: string
}

function namedPupil(
  line: string,
  school: { id: number; slug: string },
  yearGroup: string,
  form: number,
  serial: number,
): NamedPupil {
  const [forename, surname, sex, born, ...marks] = line.split(' ') as [
    string,
    string,
    string,
    string,
    ...string[],
  ]
  const joined = marks.find((mark) => mark.startsWith('+'))?.slice(1)
  const twelve = `${establishments[school.slug]}${yearGroup === '11' ? '14' : '20'}${String(serial).padStart(3, '0')}`
  const facts: {
    kind:
      | 'sex'
      | 'ethnicity'
      | 'first-language'
      | 'sen-provision'
      | 'fsm'
      | 'fsm6'
      | 'pupil-premium'
      | 'looked-after'
      | 'ks2-reading'
      | 'ks2-mathematics'
    value: string
    from: string
  }[] = [
    { kind: 'sex', value: sex, from: born },
    { kind: 'ethnicity', value: marks.find((mark) => /^[A-Z]{4}$/.test(mark)) ?? 'WBRI', from: born },
    { kind: 'first-language', value: marks.find((mark) => /^[A-Z]{3}$/.test(mark)) ?? 'ENG', from: born },
  ]
  const sen = marks.find((mark) => mark === 'K' || mark === 'E')
  if (sen) facts.push({ kind: 'sen-provision', value: sen, from: '2023-11-06' })
  if (marks.includes('F')) facts.push({ kind: 'fsm', value: 'FSM', from: '2022-09-05' })
  if (marks.includes('D'))
    facts.push(
      { kind: 'fsm6', value: 'Y', from: '2022-09-05' },
      { kind: 'pupil-premium', value: 'DPP', from: '2023-04-01' },
    )
  if (marks.includes('L')) facts.push({ kind: 'looked-after', value: 'Y', from: '2024-06-10' })
  const prior = marks
    .find((mark) => mark.startsWith('ks2='))
    ?.slice(4)
    .split('/')
  if (prior) {
    facts.push(
      { kind: 'ks2-reading', value: prior[0]!, from: '2021-07-06' },
      { kind: 'ks2-mathematics', value: prior[1]!, from: '2021-07-06' },
    )
  }
  const from = joined ?? start
  const name = `${forename} ${surname}`
  return {
    key: name === 'Sam Price' && born.startsWith('2015-08') ? 'Sam Price (August)' : name,
    school: school.id,
    upn: upnCheckLetter(twelve) + twelve,
    localId: String(1000 + serial),
    surname,
    forename,
    born,
    from,
    placements: [{ academicYear: year, yearGroup }],
    classes: [{ class: form, from }],
    characteristics: facts,
  }
}

/** Makes both trusts in an empty house, by the product's own commands. */
export async function makeWorld(house: House): Promise<World> {
  const trust = await addTrust(house, tidewell)
  const founder = founderOf(house, trust)
  const schoolIds: Record<string, number> = {}
  for (const school of tidewellSchools.filter((one) => one.slug in establishments)) {
    const { domain: _, ...fields } = school
    schoolIds[school.slug] = await addSchool(founder, fields)
  }
  const schools = {
    saltmarsh: schoolIds.saltmarsh!,
    gullRock: schoolIds['gull-rock']!,
    northquay: schoolIds.northquay!,
  }
  const subjectIds = await addSubjects(founder, subjects)
  const department = await addDepartment(founder, {
    school: schools.northquay,
    name: 'Mathematics',
    subjects: [subjectIds.get('mathematics')!],
  })

  const forms = Object.keys(roll).map((head) => {
    const [school, yearGroup, name] = head.split(' ') as [string, string, string]
    return { head, slug: school, school: schoolIds[school]!, yearGroup, name }
  })
  const classIds = await addClasses(founder, [
    ...forms.map(({ school, yearGroup, name }) => ({ school, academicYear: year, name, yearGroup })),
    {
      school: schools.northquay,
      academicYear: year,
      name: '11x/Ma1',
      yearGroup: '11',
      kind: 'teaching' as const,
      subject: subjectIds.get('mathematics')!,
      department,
    },
  ])
  const formIds = Object.fromEntries(forms.map((form, at) => [form.name, classIds[at]!]))
  const mathsClass = classIds.at(-1)!

  let serial = 0
  const named = forms.flatMap((form) =>
    roll[form.head]!.map((line) => {
      const pupil = namedPupil(
        line,
        { id: form.school, slug: form.slug },
        form.yearGroup,
        formIds[form.name]!,
        ++serial,
      )
      return form.name === '11x'
        ? { ...pupil, classes: [...(pupil.classes ?? []), { class: mathsClass, from: start }] }
        : pupil
    }),
  )
  const pupilIds = await addPupils(founder, named)

  const persons: Record<string, number> = {}
  const grants: Record<string, Grant> = {}
  for (const one of demoPeople) {
    const school = one.school ? schoolIds[one.school]! : undefined
    persons[one.key] = await addPerson(founder, {
      name: one.name,
      email: emailOf(one.name),
      title: one.title,
      school,
      from: start,
    })
    grants[one.key] = {
      role: one.role,
      node:
        one.role === 'class-teacher'
          ? 'class'
          : one.role === 'subject-leader'
            ? 'department'
            : school
              ? 'school'
              : 'trust',
      schools: school ? [school] : 'all',
      ...(one.role === 'class-teacher' ? { class: formIds[one.within!]! } : {}),
      ...(one.role === 'subject-leader' ? { department } : {}),
    }
  }
  await giveRoles(founder, persons, grants)

  for (const scale of scales) await addScale(founder, scale)
  for (const one of assessments.filter(
    (known) =>
      known.kind === 'statutory' || !/(gcse|grade|next)/.test(known.code) || known.code === 'maths-grade',
  )) {
    await addAssessment(founder, {
      code: one.code,
      name: one.name,
      subject: one.subject,
      scale: one.scale,
      kind: one.kind,
    })
  }
  const viewer = (key: string): Viewer => {
    const one = demoPeople.find((person) => person.key === key)!
    return {
      house,
      trust,
      person: persons[key]!,
      name: one.name,
      title: one.title,
      today: house.clock.today(),
      grants: [grants[key]!],
    }
  }
  await openDrop(
    viewer('priya'),
    {
      code: '2026-spring',
      name: 'Spring',
      term: 2,
      purpose:
        'See who is not yet reading well enough to learn from books, while there is still time to help this year.',
      decides: 'Which year groups get fluency partners after Easter.',
      minutes: 40,
      opens: '2026-03-09',
      due: '2026-03-27',
      asAt,
      asked: [
        ...['reading-scaled', 'writing-teacher', 'maths-scaled'].map((assessment) => ({
          assessment,
          yearGroups: ['4', '6'] as const,
        })),
        { assessment: 'maths-grade', yearGroups: ['11'] as const },
      ].map((one) => ({ assessment: one.assessment, yearGroups: [...one.yearGroups] })),
      schools: Object.values(schools).map((school) => ({ school })),
    },
    { tell: false },
  )

  const far = await makeFenmarch(house)
  return {
    trust,
    schools,
    classes: { ...(formIds as Record<'4C' | '4L' | '6C' | '6A' | '6B' | '11x', number>) },
    department,
    pupils: Object.fromEntries(named.map((pupil, at) => [pupil.key, pupilIds[at]!])),
    upns: Object.fromEntries(named.map((pupil) => [pupil.key, pupil.upn])),
    persons,
    people: Object.fromEntries(demoPeople.map((one) => [one.key, () => viewer(one.key)])),
    founder,
    drop: '2026-spring',
    ...far,
  }
}

const giveRoles = (founder: Viewer, persons: Record<string, number>, grants: Record<string, Grant>) =>
  write(founder, (tx) =>
    tx
      .insertInto('access.role_grant')
      .values(
        Object.entries(grants).map(([key, grant]) => ({
          trust_id: founder.trust,
          person_id: persons[key]!,
          role: grant.role as Role,
          node: grant.node,
          school_id: grant.schools === 'all' ? null : grant.schools[0]!,
          department_id: grant.department ?? null,
          class_id: grant.class ?? null,
          from_day: start,
        })),
      )
      .execute(),
  )

/** Another trust, with its own school, pupil and data lead, who must see nothing of Tidewell. */
async function makeFenmarch(house: House) {
  const trust = await addTrust(house, { slug: 'fenmarch', name: 'Fenmarch Trust' })
  const founder = founderOf(house, trust)
  const strangersSchool = await addSchool(founder, {
    urn: '199101',
    name: 'Fenmarch Primary School',
    shortName: 'Fenmarch',
    phase: 'primary',
    from: '2015-09-01',
  })
  const person = await addPerson(founder, {
    name: 'Stella Stranger',
    email: 'stella@fenmarch.example',
    title: 'Trust data lead',
  })
  const grant: Grant = { role: 'data-lead', node: 'trust', schools: 'all' }
  await giveRoles(founder, { stella: person }, { stella: grant })
  const [strangersPupil] = await addPupils(founder, [
    {
      school: strangersSchool,
      surname: 'Elsewhere',
      forename: 'Edie',
      born: '2016-10-01',
      from: start,
      placements: [{ academicYear: year, yearGroup: '4' }],
    },
  ])
  const stranger: Viewer = {
    house,
    trust,
    person,
    name: 'Stella Stranger',
    title: 'Trust data lead',
    today: house.clock.today(),
    grants: [grant],
  }
  return { stranger, strangersSchool, strangersPupil: strangersPupil! }
}
