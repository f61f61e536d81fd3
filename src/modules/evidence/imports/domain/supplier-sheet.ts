import { fold } from './letters.ts'

/** What each supplier’s sheets are known by: headings that its reports always write, and others do not. */
const suppliers: readonly {
  readonly says: string
  readonly all: readonly (readonly string[])[]
}[] = [
  {
    says: 'an Arbor sheet',
    all: [
      ['arbor student id', 'preferred first name', 'preferred last name', 'pupil premium recipient'],
      ['upn', 'registration form', 'student'],
    ],
  },
  {
    says: 'a Bromcom sheet',
    all: [
      ['personid', 'person id'],
      ['tutor group', 'pupil name', 'admission number'],
    ],
  },
  {
    says: 'a SIMS marksheet',
    all: [
      ['adno', 'reg', 'reg group'],
      ['surname', 'forename', 'name'],
    ],
  },
]

/** `an Arbor sheet`: whose the headings are, when one of each of a supplier’s own stands among them. */
export function supplierOf(headings: readonly string[]): string | undefined {
  const here = new Set(headings.map(fold))
  return suppliers.find(({ all }) => all.every((some) => some.some((heading) => here.has(heading))))?.says
}
