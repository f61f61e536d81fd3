import type { Role } from '../../kernel/roles.ts'

export interface DemoPerson {
  /** How the tests and the demo's door name them. */
  readonly key: string
  readonly name: string
  readonly title: string
  readonly role: Role
  readonly school?: string
  /** Of a class teacher: the form. Of a subject leader: the department. */
  readonly within?: string
}

/** The people whom a visitor of the demo may be, one for each role. */
export const demoPeople: readonly DemoPerson[] = [
  { key: 'amara', name: 'Amara Okafor', title: 'Director of education', role: 'director' },
  { key: 'priya', name: 'Priya Raman', title: 'Trust data lead', role: 'data-lead' },
  {
    key: 'ruth',
    name: 'Ruth Kemp',
    title: 'Headteacher, Saltmarsh',
    role: 'headteacher',
    school: 'saltmarsh',
  },
  {
    key: 'tomasz',
    name: 'Tomasz Zielinski',
    title: 'Head of maths, Northquay',
    role: 'subject-leader',
    school: 'northquay',
    within: 'Mathematics',
  },
  {
    key: 'grace',
    name: 'Grace Coker',
    title: 'Teacher of 4C, Saltmarsh',
    role: 'class-teacher',
    school: 'saltmarsh',
    within: '4C',
  },
  {
    key: 'dan',
    name: 'Dan Fry',
    title: 'Data manager, Saltmarsh',
    role: 'data-manager',
    school: 'saltmarsh',
  },
  {
    key: 'neil',
    name: 'Neil Hart',
    title: 'Data manager, Gull Rock',
    role: 'data-manager',
    school: 'gull-rock',
  },
  { key: 'helen', name: 'Helen Marsh', title: 'Trustee, chair of standards', role: 'trustee' },
  {
    key: 'owen',
    name: 'Owen Pryce',
    title: 'Local governor, Saltmarsh',
    role: 'local-governor',
    school: 'saltmarsh',
  },
  { key: 'lena', name: 'Lena Novak', title: 'Governance professional', role: 'clerk' },
]

/** Others by whose hand the demo's history was made: heads and data managers of the other schools. */
export const otherPeople: readonly DemoPerson[] = [
  {
    key: 'gull-rock-head',
    name: 'Siân Morgan',
    title: 'Headteacher, Gull Rock',
    role: 'headteacher',
    school: 'gull-rock',
  },
  {
    key: 'st-brannocks-head',
    name: 'Peter Ansah',
    title: 'Headteacher, St Brannock’s',
    role: 'headteacher',
    school: 'st-brannocks',
  },
  {
    key: 'st-brannocks-data',
    name: 'Judith Vale',
    title: 'Data manager, St Brannock’s',
    role: 'data-manager',
    school: 'st-brannocks',
  },
  {
    key: 'harbour-lane-head',
    name: 'Farida Aziz',
    title: 'Headteacher, Harbour Lane',
    role: 'headteacher',
    school: 'harbour-lane',
  },
  {
    key: 'harbour-lane-data',
    name: 'Colin Baptiste',
    title: 'Data manager, Harbour Lane',
    role: 'data-manager',
    school: 'harbour-lane',
  },
  {
    key: 'fenwick-road-head',
    name: 'Meera Nair',
    title: 'Headteacher, Fenwick Road',
    role: 'headteacher',
    school: 'fenwick-road',
  },
  {
    key: 'fenwick-road-data',
    name: 'Alan Whitlock',
    title: 'Data manager, Fenwick Road',
    role: 'data-manager',
    school: 'fenwick-road',
  },
  {
    key: 'northquay-head',
    name: 'Denise Holloway',
    title: 'Headteacher, Northquay',
    role: 'headteacher',
    school: 'northquay',
  },
  {
    key: 'northquay-data',
    name: 'Kwame Mensah',
    title: 'Data manager, Northquay',
    role: 'data-manager',
    school: 'northquay',
  },
  {
    key: 'the-weir-head',
    name: 'Ian Castell',
    title: 'Headteacher, The Weir',
    role: 'headteacher',
    school: 'the-weir',
  },
  {
    key: 'the-weir-data',
    name: 'Rosa Lindqvist',
    title: 'Data manager, The Weir',
    role: 'data-manager',
    school: 'the-weir',
  },
  {
    key: 'estuary-high-head',
    name: 'Yusuf Demir',
    title: 'Headteacher, Estuary High',
    role: 'headteacher',
    school: 'estuary-high',
  },
  {
    key: 'estuary-high-data',
    name: 'Bethan Rees',
    title: 'Data manager, Estuary High',
    role: 'data-manager',
    school: 'estuary-high',
  },
  {
    key: 'larkfield-head',
    name: 'Moira Kelso',
    title: 'Headteacher, Larkfield',
    role: 'headteacher',
    school: 'larkfield',
  },
  {
    key: 'larkfield-data',
    name: 'Stephen Tran',
    title: 'Data manager, Larkfield',
    role: 'data-manager',
    school: 'larkfield',
  },
]

/** In the large trust the same people have their parts in its first schools. */
const parts: Readonly<Record<string, readonly [slug: string, name: string]>> = {
  saltmarsh: ['alder-primary', 'Alder'],
  'gull-rock': ['birch-primary', 'Birch'],
  northquay: ['island-academy', 'Island'],
}

export const peopleOfLargeTrust: readonly DemoPerson[] = demoPeople.map((person) => {
  if (!person.school) return person
  const [school, name] = parts[person.school]!
  return {
    ...person,
    school,
    title: person.title.replace('4C', '4A').replace(/, .*/, `, ${name}`),
    within: person.within?.replace('4C', '4A'),
  }
})

/** `Amara Okafor` → `amara.okafor@tidewell.example` */
export const emailOf = (name: string, domain = 'tidewell.example'): string =>
  `${name
    .normalize('NFKD')
    .replace(/[\p{M}’']/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.')}@${domain}`
