import { write } from '../../platform/database/door.ts'
import { moment } from './clock.ts'
import type { Written } from './write-record.ts'

/** What the columns of the two schools' files were in the autumn: Saltmarsh has renamed one since. */
const autumn: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  saltmarsh: {
    UPN: 'upn',
    Surname: 'surname',
    Forename: 'forename',
    Yr: 'year group',
    Class: 'class',
    'Reading SS': 'result:reading-scaled',
    'Wri TA': 'result:writing-teacher',
    'Maths SS': 'result:maths-scaled',
    Possible: 'possible sessions',
    Auth: 'authorised absence',
    Unauth: 'unauthorised absence',
    Notes: 'leave out',
  },
  'gull-rock': {
    UPN: 'upn',
    Surname: 'surname',
    Forename: 'forename',
    DOB: 'date of birth',
    Yr: 'year group',
    Class: 'class',
    Assessment: 'assessment',
    Result: 'result',
    'Date taken': 'leave out',
    Possible: 'possible sessions',
    Auth: 'authorised absence',
    Unauth: 'unauthorised absence',
  },
}

const autumnTexts = {
  'Reading SS': 'reading-scaled',
  'Writing TA': 'writing-teacher',
  'Maths SS': 'maths-scaled',
}

/** Keeps last time's columns, as publishing keeps them, so that the two schools need not say again what they are. */
export const rememberColumns = (
  written: Written,
  slugs: readonly string[],
  drop: number,
  day: string,
): Promise<unknown> =>
  write(written.founder, (tx) =>
    tx
      .insertInto('evidence.remembered_mapping')
      .values(
        Object.entries(autumn).flatMap(([slug, columns]) => {
          const about = {
            trust_id: written.trust,
            school_id: written.schools[slugs.indexOf(slug)]!,
            from_drop: drop,
            at: moment(day, '11:00'),
          }
          const texts = slug === 'gull-rock' ? Object.entries(autumnTexts) : []
          return [
            ...Object.entries(columns).map(([heading, target]) => ({
              ...about,
              heading: heading.toLowerCase(),
              target: JSON.stringify({ target, heading }),
            })),
            ...texts.map(([heading, code]) => ({
              ...about,
              heading: `assessment: ${heading.toLowerCase()}`,
              target: JSON.stringify({ target: `result:${code}`, heading }),
            })),
          ]
        }),
      )
      .execute(),
  )
