import { describe, expect, it } from 'vitest'
import { type Deed, deeds, mayDo, type Role, roles } from '../../../kernel/roles.ts'
import { type Grant, may, type Sight } from '../../../kernel/viewer.ts'
import { canTry, type Earlier, limits } from './attempts.ts'
import { auditSentence } from './audit-sentence.ts'
import { browserName } from './browser-name.ts'
import { type AskedRole, type Circumstances, canEnd, canGive } from './can-give.ts'
import { canLeave, type LeaverKnown } from './can-leave.ts'
import { type AuditLine, beginning, brokenAt, canonical, linkHash } from './chain.ts'
import { type GivenRole, grantsOn, holdsOn } from './grants.ts'
import { canAccept } from './invitation.ts'
import { pageOfPeople, peopleOnAPage } from './page-of-people.ts'
import { canBePassword } from './password.ts'
import { rolePlaces } from './role-places.ts'
import { safeReturn } from './safe-return.ts'

const today = '2026-03-20'
const [saltmarsh, gullRock] = [1, 2]
const sight = (person: number, ...grants: Grant[]): Sight => ({
  trust: 1,
  person,
  name: 'Somebody',
  title: '',
  today,
  grants,
})
const inTrust = (role: Role): Grant => ({ role, node: 'trust', schools: 'all' })
const inSchool = (role: Role, school: number): Grant => ({ role, node: 'school', schools: [school] })
const given = (role: Role, node: Grant['node'], rest: Partial<GivenRole> = {}): GivenRole => ({
  role,
  node,
  cluster: null,
  school: null,
  department: null,
  class: null,
  from: '2025-09-01',
  to: null,
  ...rest,
})

describe('who may see what', () => {
  const allowed: Record<Deed, readonly Role[]> = {
    'see figures': [...roles],
    'see small groups': [
      'data-lead',
      'director',
      'headteacher',
      'data-manager',
      'subject-leader',
      'class-teacher',
    ],
    'see pupils': ['data-lead', 'director', 'headteacher', 'data-manager', 'subject-leader', 'class-teacher'],
    'see files': ['data-lead', 'director', 'headteacher', 'data-manager'],
    'open drop': ['data-lead'],
    'keep schools': ['administrator', 'data-lead'],
    'send results': ['data-lead', 'headteacher', 'data-manager'],
    'sign off': ['headteacher'],
    'lock drop': ['data-lead'],
    'let go': ['data-lead'],
    chase: ['data-lead', 'director'],
    'manage people': ['administrator', 'data-lead', 'headteacher'],
    'break glass': [
      'administrator',
      'data-lead',
      'director',
      'headteacher',
      'data-manager',
      'subject-leader',
      'class-teacher',
    ],
    'see audit': ['administrator', 'data-lead', 'director', 'headteacher'],
    'run the system': ['administrator', 'data-lead'],
    'set direction': ['director', 'headteacher'],
    'write plan': ['director', 'headteacher'],
    'write evaluation': ['headteacher'],
  }
  const table = roles.flatMap((role) => (Object.keys(deeds) as Deed[]).map((deed) => ({ role, deed })))

  it('has an answer for every role and every deed', () => expect(table).toHaveLength(10 * 18))

  it.each(table)('$role: $deed', ({ role, deed }) => {
    expect(mayDo[role].includes(deed)).toBe(allowed[deed].includes(role))
    expect(may(sight(7, inTrust(role)), deed)).toBe(allowed[deed].includes(role))
  })

  it('never shows a pupil’s name or a small group to trustees, governors and clerks', () => {
    for (const role of ['trustee', 'local-governor', 'clerk'] as const)
      expect(mayDo[role]).toEqual(['see figures'])
  })

  it('gives every role somewhere to be held', () => {
    for (const role of roles) expect(rolePlaces[role].length).toBeGreaterThan(0)
  })
})

describe('a role from a day to a day', () => {
  it('holds on its first and its last day, and on neither side of them', () => {
    const term = { from: '2026-01-05', to: '2026-03-20' }
    expect(['2026-01-04', '2026-01-05', '2026-03-20', '2026-03-21'].map((day) => holdsOn(term, day))).toEqual(
      [false, true, true, false],
    )
  })

  it('without a last day goes on', () =>
    expect(holdsOn({ from: '2020-09-01', to: null }, '2199-01-01')).toBe(true))

  it('in a cluster reaches its schools, and those of no other', () => {
    const held = [given('director', 'cluster', { cluster: 5 })]
    expect(
      grantsOn(
        held,
        today,
        new Map([
          [5, [1, 2]],
          [6, [3]],
        ]),
      ),
    ).toEqual([{ role: 'director', node: 'cluster', schools: [1, 2] }])
    expect(grantsOn(held, today, new Map())[0]?.schools).toEqual([])
  })

  it('in a class reaches that class only', () => {
    const [grant] = grantsOn([given('class-teacher', 'class', { school: 1, class: 9 })], today, new Map())
    const grace = sight(7, grant!)
    expect(may(grace, 'see pupils', { school: 1, class: 9 })).toBe(true)
    expect(may(grace, 'see pupils', { school: 1, class: 8 })).toBe(false)
    expect(may(grace, 'see pupils', { school: 1 })).toBe(false)
  })
})

describe('giving a role', () => {
  const asked = (rest: Partial<AskedRole> = {}): AskedRole => ({
    person: 40,
    role: 'data-manager',
    place: { node: 'school', school: saltmarsh },
    from: today,
    to: null,
    ...rest,
  })
  const known = (rest: Partial<Circumstances> = {}): Circumstances => ({
    schoolsOfPerson: [saltmarsh],
    schoolsOfCluster: [],
    held: [],
    leftOn: null,
    ...rest,
  })
  const ruth = sight(7, inSchool('headteacher', saltmarsh))
  const priya = sight(8, inTrust('data-lead'))

  it('is for a headteacher in the own school, to the school’s own people', () => {
    expect(canGive(ruth, asked(), known())).toEqual({ ok: true })
  })

  it('is for the data lead anywhere', () => {
    expect(canGive(priya, asked({ place: { node: 'school', school: gullRock } }), known())).toEqual({
      ok: true,
    })
    expect(canGive(priya, asked({ role: 'trustee', place: { node: 'trust' } }), known())).toEqual({
      ok: true,
    })
  })

  const no: readonly [string, Sight, AskedRole, Circumstances, RegExp][] = [
    [
      'a headteacher in another school',
      ruth,
      asked({ place: { node: 'school', school: gullRock } }),
      known({ schoolsOfPerson: [gullRock] }),
      /manage people elsewhere/,
    ],
    [
      'a headteacher in the whole trust',
      ruth,
      asked({ role: 'data-lead', place: { node: 'trust' } }),
      known(),
      /manage people elsewhere/,
    ],
    [
      'a headteacher to someone of another school',
      ruth,
      asked(),
      known({ schoolsOfPerson: [gullRock] }),
      /not at your school/,
    ],
    [
      'a headteacher in a cluster that is larger than the own school',
      ruth,
      asked({ role: 'director', place: { node: 'cluster', cluster: 5 } }),
      known({ schoolsOfCluster: [saltmarsh, gullRock] }),
      /manage people elsewhere/,
    ],
    ['anyone to themselves', priya, asked({ person: 8 }), known(), /to yourself/],
    ['a headteacher to themselves', ruth, asked({ person: 7, role: 'headteacher' }), known(), /to yourself/],
    [
      'a role where it is not held',
      priya,
      asked({ role: 'class-teacher', place: { node: 'trust' } }),
      known(),
      /held at a class/,
    ],
    [
      'administration of one school',
      ruth,
      asked({ role: 'administrator' }),
      known(),
      /held at the whole trust/,
    ],
    ['a director', sight(9, inTrust('director')), asked(), known(), /not at all/],
    ['a data manager', sight(9, inSchool('data-manager', saltmarsh)), asked(), known(), /not at all/],
    ['from a day gone by', priya, asked({ from: '2026-03-19' }), known(), /today, 20 March 2026, or later/],
    ['to a day before it begins', priya, asked({ to: '2026-03-19' }), known(), /before the first/],
    [
      'from a day that does not exist',
      priya,
      asked({ from: '2026-02-31' }),
      known(),
      /day on which the role begins/,
    ],
    [
      'twice',
      priya,
      asked(),
      known({ held: [given('data-manager', 'school', { school: saltmarsh })] }),
      /hold this role there already/,
    ],
    ['to someone who has left', priya, asked(), known({ leftOn: '2026-02-01' }), /left on 1 February 2026/],
  ]
  it.each(no)('is refused: %s', (_, viewer, what, circumstances, because) => {
    const verdict = canGive(viewer, what, circumstances)
    expect(verdict).toMatchObject({ ok: false, because: expect.stringMatching(because) })
  })

  it('again is fine once the first has ended', () => {
    const held = [given('data-manager', 'school', { school: saltmarsh, to: '2026-03-19' })]
    expect(canGive(priya, asked(), known({ held }))).toEqual({ ok: true })
  })
})

describe('ending a role', () => {
  const priya = sight(8, inTrust('data-lead'))
  const ruth = sight(7, inSchool('headteacher', saltmarsh))
  const dan = {
    ...given('data-manager', 'school', { school: saltmarsh }),
    place: { node: 'school', school: saltmarsh } as const,
  }
  const lead = { ...given('data-lead', 'trust'), place: { node: 'trust' } as const }
  const left = (many: number) => ({ schoolsOfCluster: [], trustManagersLeft: many })

  it('works at once, or after a last day', () => {
    expect(canEnd(ruth, dan, '2026-03-19', left(1))).toEqual({ ok: true })
    expect(canEnd(ruth, dan, '2026-08-31', left(1))).toEqual({ ok: true })
  })

  it('is refused elsewhere, in the past, and when it has ended', () => {
    expect(canEnd(sight(7, inSchool('headteacher', gullRock)), dan, today, left(1))).toMatchObject({
      ok: false,
    })
    expect(canEnd(ruth, dan, '2026-03-18', left(1))).toMatchObject({
      because: expect.stringMatching(/yesterday at the earliest/),
    })
    expect(canEnd(ruth, { ...dan, to: '2026-03-01' }, today, left(1))).toMatchObject({
      because: 'This role has ended already.',
    })
    expect(canEnd(ruth, { ...dan, to: '2026-04-01' }, '2026-05-01', left(1))).toMatchObject({
      because: expect.stringMatching(/give it again/),
    })
  })

  it('never leaves the trust without someone who manages its people', () => {
    expect(canEnd(priya, lead, today, left(0))).toMatchObject({
      because: expect.stringMatching(/Nobody would be left/),
    })
    expect(canEnd(priya, lead, today, left(1))).toEqual({ ok: true })
  })
})

describe('guessing a password', () => {
  const now = new Date('2026-03-20T09:00:00Z')
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
  const earlier = (rest: Partial<Earlier>): Earlier => ({
    accountHere: [],
    account: [],
    address: [],
    ...rest,
  })
  const times = (many: number, minutes: number) => Array.from({ length: many }, () => ago(minutes))

  it('stops after five wrong ones from one place', () => {
    expect(canTry('sign-in', earlier({ accountHere: times(4, 1) }), now)).toEqual({ ok: true })
    expect(canTry('sign-in', earlier({ accountHere: times(5, 1) }), now)).toEqual({
      ok: false,
      because: 'Too many attempts. Try again in 14 minutes.',
    })
  })

  it('stops over many places, and over many accounts from one place', () => {
    expect(canTry('sign-in', earlier({ account: times(limits['sign-in'].account, 2) }), now)).toMatchObject({
      ok: false,
    })
    expect(canTry('sign-in', earlier({ address: times(limits['sign-in'].address, 2) }), now)).toMatchObject({
      ok: false,
    })
  })

  it('goes on after a quarter of an hour', () => {
    expect(canTry('sign-in', earlier({ accountHere: times(5, 15) }), now)).toEqual({ ok: true })
    expect(
      canTry('sign-in', earlier({ accountHere: [ago(1), ago(1), ago(2), ago(3), ago(14.5)] }), now),
    ).toEqual({
      ok: false,
      because: 'Too many attempts. Try again in a minute.',
    })
  })
})

describe('a password', () => {
  const ruth = { name: 'Ruth Kemp', email: 'ruth.kemp@tidewell.example' }
  it.each(['three herons at low tide', 'GreyGoose-over-the-weir', 'ßüéñ long enough to use'])(
    'may be %s',
    (password) => expect(canBePassword(password, ruth)).toEqual({ ok: true }),
  )
  it.each([
    'short',
    'passwordpassword',
    'aaaaaaaaaaaaaaaa',
    'ruth.kemp1234',
    'Password1234',
    '123456789012',
    'x'.repeat(129),
  ])('may not be %s', (password) => expect(canBePassword(password, ruth).ok).toBe(false))
})

describe('an invitation', () => {
  const now = new Date('2026-03-20T09:00:00Z')
  const open = { expires: new Date('2026-04-03T09:00:00Z'), accepted: null, withdrawn: null }
  it('holds until it is used, replaced or has run out', () => {
    expect(canAccept(open, now)).toEqual({ ok: true })
    expect(canAccept({ ...open, accepted: now }, now)).toMatchObject({
      because: expect.stringMatching(/has been used/),
    })
    expect(canAccept({ ...open, withdrawn: now }, now)).toMatchObject({
      because: expect.stringMatching(/replaced/),
    })
    expect(canAccept({ ...open, expires: now }, now)).toMatchObject({
      because: expect.stringMatching(/has run out/),
    })
  })
})

describe('the way back after signing in', () => {
  it.each([
    ['/schools/saltmarsh?measure=reading', '/schools/saltmarsh?measure=reading'],
    ['//evil.example/', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example/', '/'],
    ['/a\nb', '/'],
    ['/sign-out', '/'],
    ['', '/'],
    [undefined, '/'],
  ])('%s leads to %s', (to, where) => expect(safeReturn(to)).toBe(where))
})

describe('the chain of the audit trail', () => {
  const line = (seq: number, deed: string): AuditLine => ({
    trust: 1,
    seq,
    at: new Date('2026-03-20T09:00:00Z'),
    person: 7,
    name: 'Ruth Kemp',
    deed,
    subject: 'organisation.pupil',
    id: '71',
    school: 1,
    detail: {},
  })
  const first = line(1, 'saw pupil')
  const hash = linkHash(beginning, first)

  it('reads the same facts the same way, in whatever order they are written', () => {
    expect(canonical({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}')
    expect(canonical({ y: 1, x: 2 })).toBe(canonical({ x: 2, y: 1 }))
  })

  it('holds, and breaks when a line is changed, taken out or cut from the one before', () => {
    const before = { seq: 0, hash: beginning }
    expect(brokenAt(before, { seq: 1, previous: beginning, hash }, first)).toBeUndefined()
    expect(
      brokenAt(before, { seq: 1, previous: beginning, hash }, { ...first, name: 'Someone Else' }),
    ).toMatch(/Line 1 has been changed/)
    expect(brokenAt(before, { seq: 2, previous: hash, hash }, first)).toMatch(/Line 1 is missing/)
    expect(brokenAt({ seq: 1, hash }, { seq: 2, previous: beginning, hash }, line(2, 'x'))).toMatch(
      /does not follow/,
    )
    expect(brokenAt(before, { seq: 1, previous: beginning, hash }, undefined)).toMatch(
      /words of line 1 are missing/,
    )
  })
})

describe('words', () => {
  it('say what was done in a sentence', () => {
    const base = {
      name: 'Priya Raman',
      subject: 'organisation.pupil',
      id: '71',
      ownDeed: false,
      schoolName: 'Saltmarsh',
      detail: {},
    }
    expect(auditSentence({ ...base, deed: 'saw pupil', about: 'Ayesha Rahman' })).toBe(
      'Priya Raman saw pupil Ayesha Rahman, Saltmarsh.',
    )
    expect(auditSentence({ ...base, deed: 'saw pupil', about: null })).toBe(
      'Priya Raman saw pupil 71, Saltmarsh.',
    )
    expect(
      auditSentence({
        ...base,
        subject: 'organisation.person',
        deed: 'gave role',
        about: 'Dan Fry',
        detail: { role: 'data-manager', from: today, to: '2026-08-31' },
      }),
    ).toBe(
      'Priya Raman gave Dan Fry the role School data manager, Saltmarsh, from 20 March 2026 to 31 August 2026.',
    )
    expect(
      auditSentence({
        ...base,
        deed: 'exported',
        subject: 'measures.figure',
        about: null,
        detail: { what: 'Reading by school, CSV' },
      }),
    ).toBe('Priya Raman exported Reading by school, CSV, Saltmarsh.')
    expect(
      auditSentence({
        ...base,
        subject: 'organisation.person',
        schoolName: null,
        deed: 'signed in',
        about: 'Priya Raman',
        ownDeed: true,
      }),
    ).toBe('Priya Raman signed in.')
  })

  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36',
      'Chrome on a Chromebook',
    ],
    [
      'Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 Mobile Safari/604.1',
      'Safari on an iPad',
    ],
    ['curl/8', 'An unknown browser'],
  ])('name a browser', (agent, name) => expect(browserName(agent)).toBe(name))
})

describe('recording that someone has left', () => {
  const atSaltmarsh: LeaverKnown = {
    schools: [saltmarsh],
    places: [{ node: 'school', school: saltmarsh }],
    leftOn: null,
    lastManager: false,
  }
  const head = sight(1, inSchool('headteacher', saltmarsh))
  const lead = sight(1, inTrust('data-lead'))

  it('is for the headteacher at the own school, and for the data lead anywhere', () => {
    expect(canLeave(head, 2, '2026-03-19', atSaltmarsh)).toEqual({ ok: true })
    expect(canLeave(lead, 2, '2026-08-31', { ...atSaltmarsh, schools: [gullRock] })).toEqual({ ok: true })
  })

  it('is refused to a headteacher for anyone who also works elsewhere', () => {
    for (const known of [
      { ...atSaltmarsh, schools: [saltmarsh, gullRock] },
      { ...atSaltmarsh, schools: [] },
      { ...atSaltmarsh, places: [{ node: 'trust' } as const] },
    ])
      expect(canLeave(head, 2, '2026-03-19', known)).toMatchObject({
        because: expect.stringMatching(/also work elsewhere/),
      })
  })

  it('is refused for oneself, to those who manage nobody, without a day, and for the last who manages people', () => {
    expect(canLeave(lead, 1, today, atSaltmarsh)).toMatchObject({
      because: expect.stringMatching(/yourself/),
    })
    const teacher = sight(1, inSchool('class-teacher', saltmarsh))
    expect(canLeave(teacher, 2, today, atSaltmarsh)).toMatchObject({
      because: expect.stringMatching(/manage no people/),
    })
    for (const day of ['', '2026-02-30'])
      expect(canLeave(lead, 2, day, atSaltmarsh)).toMatchObject({
        because: expect.stringMatching(/last day/),
      })
    expect(canLeave(lead, 2, today, { ...atSaltmarsh, lastManager: true })).toMatchObject({
      because: expect.stringMatching(/Nobody would be left/),
    })
  })
})

describe('the list of people', () => {
  const people = Array.from({ length: 120 }, (_, at) => ({
    name: `Person ${at}`,
    email: `p${at}@tidewell.example`,
    title: at === 7 ? 'Zoë’s mentor' : 'Teacher',
    roles: at >= 100 ? ['a role'] : [],
  }))

  it('shows fifty a page, those with roles first, and nobody twice or never', () => {
    const pages = [1, 2, 3].map((page) => pageOfPeople(people, '', page))
    expect(pages.map((page) => page.people.length)).toEqual([peopleOnAPage, peopleOnAPage, 20])
    expect(pages[0]!.people.slice(0, 21).map((one) => one.name)).toEqual([
      ...people.slice(100).map((one) => one.name),
      'Person 0',
    ])
    expect(new Set(pages.flatMap((page) => page.people)).size).toBe(120)
  })

  it('is searched by every word, without accents, and a page that is not there is the nearest', () => {
    expect(pageOfPeople(people, 'zoe’s  MENTOR', 1).found.map((one) => one.name)).toEqual(['Person 7'])
    expect(pageOfPeople(people, 'mentor 8', 1).found).toEqual([])
    for (const [asked, page] of [
      [99, 3],
      [-1, 1],
      [Number.NaN, 1],
    ] as const)
      expect(pageOfPeople(people, '', asked).page).toBe(page)
  })
})
