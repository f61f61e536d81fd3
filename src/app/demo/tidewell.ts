import type { Role } from '../../kernel/roles.ts'
import type { NewSchool } from '../../modules/organisation/index.ts'

/** The made-up trust of the demo, of the tests and of every screenshot. No such trust, school or person exists. */
export const tidewell = {
  slug: 'tidewell',
  name: 'Tidewell Learning Trust',
  companiesHouse: '09990001',
  vision: 'Every child reads well enough to learn from books, and is known, stretched and never written off.',
} as const

type Slug =
  | 'saltmarsh'
  | 'gull-rock'
  | 'st-brannocks'
  | 'harbour-lane'
  | 'fenwick-road'
  | 'northquay'
  | 'the-weir'
  | 'estuary-high'
  | 'larkfield'

export const tidewellSchools: readonly (NewSchool & { readonly slug: Slug; readonly domain: string })[] = [
  {
    slug: 'saltmarsh',
    urn: '199001',
    laestab: '9992001',
    localCode: 'SALT',
    name: 'Saltmarsh Primary School',
    shortName: 'Saltmarsh',
    phase: 'primary',
    ages: [3, 11],
    cluster: 'Coast',
    motto: 'Known, stretched and never written off.',
    from: '2016-09-01',
    domain: 'saltmarsh.example',
  },
  {
    slug: 'gull-rock',
    urn: '199002',
    laestab: '9992002',
    localCode: 'GULL',
    name: 'Gull Rock Primary School',
    shortName: 'Gull Rock',
    phase: 'primary',
    ages: [4, 11],
    cluster: 'Coast',
    motto: 'Small school, wide horizon.',
    from: '2019-01-01',
    domain: 'gullrock.example',
  },
  {
    slug: 'st-brannocks',
    urn: '199003',
    laestab: '9993003',
    localCode: 'STBR',
    name: 'St Brannock’s Church of England Primary School',
    shortName: 'St Brannock’s',
    phase: 'primary',
    ages: [4, 11],
    cluster: 'Coast',
    motto: 'In all we do, kindness first.',
    from: '2021-04-01',
    domain: 'stbrannocks.example',
  },
  {
    slug: 'harbour-lane',
    urn: '199004',
    laestab: '9992004',
    localCode: 'HARB',
    name: 'Harbour Lane Primary School',
    shortName: 'Harbour Lane',
    phase: 'primary',
    ages: [4, 11],
    cluster: 'City',
    motto: 'Aim high, land well.',
    from: '2014-09-01',
    domain: 'harbourlane.example',
  },
  {
    slug: 'fenwick-road',
    urn: '199005',
    laestab: '9992005',
    localCode: 'FENW',
    name: 'Fenwick Road Primary School',
    shortName: 'Fenwick Road',
    phase: 'primary',
    ages: [4, 11],
    cluster: 'City',
    motto: 'Forty languages, one school.',
    from: '2014-09-01',
    domain: 'fenwickroad.example',
  },
  {
    slug: 'northquay',
    urn: '199006',
    laestab: '9994006',
    localCode: 'NQ',
    name: 'Northquay Academy',
    shortName: 'Northquay',
    phase: 'secondary',
    ages: [11, 16],
    cluster: 'City',
    motto: 'Steady work, open doors.',
    from: '2017-09-01',
    domain: 'northquay.example',
  },
  {
    slug: 'the-weir',
    urn: '199007',
    laestab: '9994007',
    localCode: 'WEIR',
    name: 'The Weir School',
    shortName: 'The Weir',
    phase: 'secondary',
    ages: [11, 16],
    cluster: 'City',
    motto: 'Turn the tide.',
    from: '2018-09-01',
    domain: 'theweir.example',
  },
  {
    slug: 'estuary-high',
    urn: '199008',
    laestab: '9994008',
    localCode: 'EST',
    name: 'Estuary High School',
    shortName: 'Estuary High',
    phase: 'secondary',
    ages: [11, 16],
    cluster: 'City',
    motto: 'Where rivers meet.',
    from: '2014-09-01',
    domain: 'estuaryhigh.example',
  },
  {
    slug: 'larkfield',
    urn: '199009',
    laestab: '9997009',
    localCode: 'LARK',
    name: 'Larkfield School',
    shortName: 'Larkfield',
    phase: 'special',
    ages: [5, 16],
    cluster: 'City',
    motto: 'Next steps, every day.',
    from: '2020-09-01',
    domain: 'larkfield.example',
  },
]

export interface DemoPerson {
  /** How the tests and the demo's door name them. */
  readonly key: string
  readonly name: string
  readonly title: string
  readonly role: Role
  readonly school?: Slug
  /** Of a class teacher: the form. Of a subject leader: the department. */
  readonly within?: string
  readonly governs?: string
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

/** `Amara Okafor` → `amara.okafor@tidewell.example` */
export const emailOf = (name: string, domain = 'tidewell.example'): string =>
  `${name
    .normalize('NFKD')
    .replace(/[\p{M}’']/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.')}@${domain}`
